// How far the documents answer, as a shape and in words: never by colour alone.

import { t } from "../core/words.js";
import { html, svg } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Answer["status"]} Status */

const SHAPES = {
  answered: svg`<circle cx="10" cy="10" r="9"/><path d="m5.8 10.4 2.8 2.8 5.6-6"/>`,
  partial: svg`<circle cx="10" cy="10" r="9"/><path class="full" d="M10 3.5a6.5 6.5 0 0 1 0 13z"/>`,
  not_stated: svg`<circle cx="10" cy="10" r="9"/><path d="M5.8 10h8.4"/>`,
  not_found: svg`<circle cx="9" cy="9" r="6.5"/><path d="m13.8 13.8 4.7 4.7M6.9 6.9l4.2 4.2m0-4.2-4.2 4.2"/>`,
};

/** @param {Status} status */
export function statusBadge(status) {
  return html`<p class="status ${status}">
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${SHAPES[status]}</svg>
    ${t(`ask.status_${status}`)}
  </p>`;
}
