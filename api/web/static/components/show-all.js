// The button under a long list that shows its first few, or all.

import { t } from "../core/words.js";
import { html } from "../vendor/lit.js";

/** How many of a list are shown at first; ask.css hides the others. */
export const SEVERAL = 6;

/**
 * @param {string} name of the message that says how many there are
 * @param {number} count
 * @param {{all: boolean, toggle: () => void}} shown
 */
export function showAll(name, count, { all, toggle }) {
  return html`<button
    type="button"
    class="button quiet unprinted"
    aria-expanded=${all}
    @click=${toggle}
  >
    ${all ? t("ask.show_fewer") : t(name, { count })}
  </button>`;
}
