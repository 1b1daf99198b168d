// The chain of documents that cite one another, from the nation down, as boxes within one another.

import { standingTag } from "../components/document-tags.js";
import { clauseAddress, documentName, officialForm } from "../core/citations.js";
import { lang, root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, nothing, svg } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Step} Step */

/** @param {readonly Step[]} steps @param {number | null} [above] @returns {unknown} */
export function chain(steps, above = null) {
  const own = steps.filter((step) => step.above === above);
  if (!own.length) return nothing;
  return html`<ol class="chain">
    ${own.map((step) => html`<li class=${step.aligned ? "" : "weak"}>${box(step)}${chain(steps, step.n)}</li>`)}
  </ol>`;
}

/** @param {Step} step */
function box(step) {
  const { document, citation, link, aligned } = step;
  return html`<div class="step">
    <p class="title">
      ${document.region ? html`<strong>${document.region.name}</strong>` : nothing}
      ${document.level ? html`<span class="tag">${t(`common.level_${document.level}`)}</span>` : nothing}
      ${standingTag(document)}
    </p>
    <p>
      ${citation
        ? html`<a href=${clauseAddress(root, citation.clause_id)}>${officialForm(citation)}</a>`
        : html`${documentName(document)} <em>${t("compare.dropped")}</em>`}
    </p>
    ${step.score === null
      ? nothing
      : html`<p class="score">
          ${bar(step.score)} ${t("compare.score", { score: written(step.score) })}
          ${citation && !aligned ? html`<span class="tag weak">${t("compare.unaligned")}</span>` : nothing}
        </p>`}
    ${link
      ? html`<p class="link">
          <span class="soft">${t("compare.cites")}</span>
          <a href=${clauseAddress(root, link.clause_id)}>${link.quote.trim()}</a>
        </p>`
      : nothing}
  </div>`;
}

/** @param {number} score 0 to 1 */
function bar(score) {
  return html`<svg class="gauge" width="80" height="10" aria-hidden="true">
    ${svg`<rect class="ground" width="80" height="10" rx="2"></rect><rect class="held" width=${80 * score} height="10" rx="2"></rect>`}
  </svg>`;
}

const figures = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** @param {number} score */
const written = (score) => figures.format(score);
