// The pages of a long table.

import { t } from "../core/words.js";
import { html } from "../vendor/lit.js";

/** How many rows a page has. */
export const ROWS = 100;

/** Read which page is asked for; one that is not there is the nearest. @param {string | null} said @param {number} rows */
export function pageOf(said, rows) {
  const pages = Math.ceil(rows / ROWS);
  return { page: Math.min(Math.max(1, Math.trunc(Number(said)) || 1), pages), pages };
}

/** @param {number} page @param {number} pages @param {(page: number) => void} turn */
export function pager(page, pages, turn) {
  const to = (/** @type {number} */ next, /** @type {string} */ words) =>
    html`<button
      type="button"
      class="button"
      ?disabled=${next < 1 || next > pages}
      @click=${() => turn(next)}
    >
      ${words}
    </button>`;
  return html`<nav class="pages unprinted" aria-label=${t("tasks.pages")}>
    ${to(page - 1, t("tasks.previous"))}
    <span role="status">${t("tasks.page", { page, pages })}</span>
    ${to(page + 1, t("tasks.next"))}
  </nav>`;
}
