// What a comparison found, from its clauses to who says nothing.

import { documentName } from "../core/citations.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { chain } from "./chain.js";
import { regionsOf } from "./columns.js";
import { contrast } from "./contrast.js";
import { said } from "./said.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */

const FEW = 8; // documents that say nothing, shown at once

/** How many documents have something to say. @param {Comparison} told */
export function speaking({ rows }) {
  return new Set(rows.map((row) => row.document.id)).size;
}

/** Clauses side by side, point by point, and one above the other. @param {Comparison} told */
export function found(told) {
  const regions = regionsOf(told);
  const documents = speaking(told);
  return html`${documents === 1 ? html`<p class="note">${t("compare.one")}</p>` : nothing}
    <h2>${t("compare.said")}</h2>
    ${said(told, regions)}
    ${documents > 1
      ? html`<h2>${t("compare.points")}</h2>
          <p class="soft hint">${t("compare.points_hint")}</p>
          ${contrast(told, regions)}`
      : nothing}
    ${told.chain.length
      ? html`<h2>${t("compare.chain")}</h2>
          <p class="soft hint">${t("compare.chain_hint")}</p>
          ${chain(told.chain)}`
      : nothing}`;
}

/** Who says nothing, and what is not held. @param {Comparison} told */
export function silent({ missing, lacking }) {
  return html`${missing.length
      ? html`<p class="note warn">${t("compare.missing", { names: missing.join(t("filters.separator")) })}</p>`
      : nothing}
    ${lacking.length
      ? html`<details class="lacking" ?open=${lacking.length <= FEW}>
          <summary>${t("compare.lacking", { count: lacking.length })}</summary>
          <ul>
            ${lacking.map(
              (each) => html`<li>${each.region ? html`<strong>${each.region.name}</strong> ` : nothing}${documentName(each)}</li>`,
            )}
          </ul>
        </details>`
      : nothing}`;
}
