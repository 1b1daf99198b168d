// The clauses that an answer rests on, as offices cite them, word for word.

import { clauseAddress, officialForm } from "../core/citations.js";
import { root } from "../core/page.js";
import { quoteSegments } from "../core/quotes.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { documentTags } from "./document-tags.js";
import { quotation } from "./quotation.js";
import { SEVERAL, showAll } from "./show-all.js";

/** @typedef {import("../core/types.js").Citation} Citation */
/**
 * @typedef {object} Shown
 * @property {boolean} all whether all citations are shown, or the first few
 * @property {() => void} toggle
 * @property {(cited: Citation) => void} copy
 */

/** @param {Citation[]} citations @param {Shown} shown */
export function citationLists(citations, shown) {
  const of = (/** @type {Citation["role"]} */ role) => citations.filter((each) => each.role === role);
  const related = of("related");
  return html`
    ${list(t("ask.citations"), of("answer"), shown)} ${list(t("ask.rules"), of("rule"), shown)}
    ${related.length
      ? html`<details class="related">
          <summary>${t("ask.related", { count: related.length })}</summary>
          ${items(related, shown)}
        </details>`
      : nothing}
  `;
}

/** @param {string} title @param {Citation[]} citations @param {Shown} shown */
function list(title, citations, shown) {
  if (!citations.length) return nothing;
  return html`<section><h3>${title}</h3>${items(citations, shown)}</section>`;
}

/** @param {Citation[]} citations @param {Shown} shown */
function items(citations, shown) {
  const long = citations.length > SEVERAL;
  const short = long && !shown.all;
  return html`
    <ol class="citations ${short ? "short" : ""}" role="list">
      ${citations.map((cited) => html`<li class="citation">${item(cited, shown)}</li>`)}
    </ol>
    ${long ? showAll("ask.show_all_citations", citations.length, shown) : nothing}
  `;
}

/** @param {Citation} cited @param {Shown} shown */
function item(cited, { copy }) {
  const form = officialForm(cited);
  return html`
    <p class="source">
      <span class="number" aria-hidden="true">${cited.n}</span>
      <span>
        <a href=${clauseAddress(root, cited.clause_id)} data-cite=${cited.n} lang="zh">${form}</a>
        ${documentTags(cited)}
      </span>
    </p>
    ${quotation(quoteSegments(cited))}
    <p class="tools unprinted">
      <button type="button" class="button quiet" aria-label=${t("ask.copy_citation_n", { n: cited.n })}
        @click=${() => copy(cited)}>
        ${t("ask.copy_citation")}
      </button>
    </p>
  `;
}
