// Point by point: what all state, what only some do, and who does not.

import { documentName } from "../core/citations.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { ASPECTS, markOf } from "./columns.js";
import { rowChip } from "./said.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */
/** @typedef {import("../core/types.js").Point} Point */
/** @typedef {import("./columns.js").Region} Region */

/** @param {Comparison} told @param {readonly Region[]} regions */
export function contrast(told, regions) {
  const groups = ASPECTS.map((aspect) => ({
    aspect,
    points: [...told.shared[aspect], ...told.differences[aspect]],
  })).filter(({ points }) => points.length);
  if (!groups.length) return html`<p class="note">${t("compare.no_points")}</p>`;
  return html`<div class="scroll sheet" role="region" tabindex="0" aria-label=${t("compare.points_name")}>
    <table class="points" .style=${`--columns: ${regions.length}`}>
      <thead>
        <tr>
          <th scope="col">${t("compare.point")}</th>
          ${regions.map((region) => html`<th scope="col">${region.name}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        ({ aspect, points }) => html`<tbody class=${aspect}>
          <tr class="group">
            <th scope="rowgroup" colspan=${regions.length + 1}>${t(`compare.${aspect}`)}</th>
          </tr>
          ${points.map((point) => row(told, point, regions, aspect))}
        </tbody>`,
      )}
    </table>
  </div>`;
}

/**
 * @param {Comparison} told
 * @param {Point} point
 * @param {readonly Region[]} regions
 * @param {import("../core/types.js").Column} aspect
 */
function row(told, point, regions, aspect) {
  const mark = markOf(point);
  const held = new Set(point.held.map((each) => each.document_id));
  const lacking = regions
    .filter(({ documents }) => documents.every((each) => !held.has(each.id)))
    .filter((region) => !(aspect === "lead" && hasLead(region)))
    .map(({ name }) => name);
  return html`<tr class=${mark}>
    <th scope="row">
      <span class="tag ${mark}">${markWords(point, regions)}</span>
      ${lacking.length
        ? html`<span class="where">${t("compare.lacking_are", { names: lacking.join(t("filters.separator")) })}</span>`
        : nothing}
    </th>
    ${regions.map((region) => cell(told, point, region, aspect === "lead" && hasLead(region)))}
  </tr>`;
}

/** @param {Point} point @param {readonly Region[]} regions */
function markWords(point, regions) {
  const mark = markOf(point);
  const holding = new Set(point.held.map((each) => each.document_id));
  if (mark === "all") return t("compare.all_state");
  if (mark === "some") {
    return t("compare.some", { count: holding.size, lacking: point.lacking.length });
  }
  const where = regions.find(({ documents }) => documents.some((each) => holding.has(each.id)));
  return t("compare.only", { where: where?.name ?? "" });
}

/** Whether a region has a lead, be it another one. @param {Region} region */
const hasLead = ({ rows }) => rows.some((each) => each.leads.length > 0);

/** @param {Comparison} told @param {Point} point @param {Region} region @param {boolean} other whether the region has a lead of its own */
function cell(told, point, { name, documents }, other) {
  const own = (/** @type {string} */ id) => documents.some((each) => each.id === id);
  const held = point.held.filter((each) => own(each.document_id));
  const lacking = point.lacking.filter(own);
  return html`<td class=${held.length ? "" : "lacks"}>
    <span class="where">${name}</span>
    ${held.map((each) => {
      const row = told.rows.find(({ n }) => n === each.n);
      return html`<div class="one">${each.words} ${row ? rowChip(row) : nothing}</div>`;
    })}
    ${held.length
      ? documents
          .filter((each) => lacking.includes(each.id))
          .map((each) => html`<div class="soft">${t("compare.lacks", { document: documentName(each) })}</div>`)
      : html`<span>${t(other ? "compare.other_lead" : "compare.unstated")}</span>`}
  </td>`;
}
