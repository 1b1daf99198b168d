// What each region's clauses say, side by side.

import { chip } from "../components/chip.js";
import { documentTags } from "../components/document-tags.js";
import { clauseAddress, officialForm } from "../core/citations.js";
import { soleOf } from "../core/duties.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { ASPECTS, isOnly } from "./columns.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */
/** @typedef {import("../core/types.js").Compared} Compared */
/** @typedef {import("../core/types.js").Column} Column */
/** @typedef {import("./columns.js").Region} Region */

/** @param {Comparison} told @param {readonly Region[]} regions */
export function said(told, regions) {
  return html`<div class="scroll sheet" role="region" tabindex="0" aria-label=${t("compare.said_name")}>
    <table class="compared" .style=${`--columns: ${regions.length}`}>
      <thead>
        <tr>
          <td></td>
          ${regions.map((region) => html`<th scope="col">${region.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${line("clause", regions, clause)}
        ${ASPECTS.map((aspect) =>
          told.rows.some((row) => wordsOf(row, aspect).length || (aspect === "units" && row.qualifiers.length))
            ? line(aspect, regions, (row) => own(told, row, aspect))
            : unstated(aspect, regions.length),
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {"clause" | Column} name @param {readonly Region[]} regions @param {(row: Compared) => unknown} content */
function line(name, regions, content) {
  return html`<tr class=${name}>
    <th scope="row">${t(`compare.${name}`)}</th>
    ${regions.map(
      (region) => html`<td>
        <span class="where">${region.name}</span>
        ${region.rows.map((row) => html`<div class="one">${content(row)}</div>`)}
      </td>`,
    )}
  </tr>`;
}

/** A line of what no clause states. @param {Column} aspect @param {number} columns */
function unstated(aspect, columns) {
  return html`<tr class=${aspect}>
    <th scope="row">${t(`compare.${aspect}`)}</th>
    <td class="soft" colspan=${columns}>${t("compare.all_unstated")}</td>
  </tr>`;
}

/** A link to a clause by its number. @param {Compared} row */
export function rowChip(row) {
  return chip(row, t("compare.cite", { n: row.n, form: officialForm(row) }));
}

/** @param {Compared} row */
function clause(row) {
  return html`<p class="form">
      ${rowChip(row)}
      <a href=${clauseAddress(root, row.clause_id)}>${officialForm(row)}</a>
      ${documentTags(row)}
    </p>
    ${row.says.map((piece) => html`<blockquote>${legible(piece)}</blockquote>`)}`;
}

/**
 * Give words as published; where the source has signs or line breaks pushed between them, as they
 * are made legible.
 * @param {import("../core/types.js").Words} piece
 */
function legible({ quote, text }) {
  const whole = quote.trim();
  return bare(whole) === bare(text) && !whole.includes("\n") ? whole : text;
}

/** @param {string} words */
const bare = (words) => words.normalize("NFKC").replace(/[\s\p{P}]/gu, "");

/** @param {Comparison} told @param {Compared} row @param {Column} aspect */
function own(told, row, aspect) {
  const items = wordsOf(row, aspect).map((each) => item(each, isOnly(told.differences[aspect], row.n, each)));
  const blank = html`<span class="soft"
    >${t(aspect === "lead" && row.units.length ? "compare.no_lead" : "compare.unstated")}</span
  >`;
  return html`${rowChip(row)}
  ${items.length ? html`<ul>${items}</ul>` : blank}
  ${aspect === "units" ? also(row) : nothing}`;
}

/** Give what a clause states of one aspect. @param {Compared} row @param {Column} aspect */
function wordsOf(row, aspect) {
  if (aspect === "lead") return row.leads;
  return aspect === "units" ? row.units : row[aspect].map((each) => each.text);
}

/** @param {string} words @param {boolean} only */
const item = (words, only) =>
  html`<li>${words}${only ? html` <span class="tag only">${t("compare.only_here")}</span>` : nothing}</li>`;

/** @param {Compared} row */
function also(row) {
  const words = row.qualifiers.join(t("filters.separator"));
  return html`${soleOf(row) ? html`<p class="soft">${t("compare.sole")}</p>` : nothing}
  ${words ? html`<p class="soft">${t("compare.also", { words })}</p>` : nothing}
  ${row.inherited_from ? html`<p class="soft">${t("compare.inherited")}</p>` : nothing}`;
}
