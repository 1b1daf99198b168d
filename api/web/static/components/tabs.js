// Views of one thing as tabs, by the pattern of the ARIA Authoring Practices.

import { html } from "../vendor/lit.js";

/**
 * @param {object} about
 * @param {string} about.name what the views are of
 * @param {readonly {id: string, label: string}[]} about.tabs
 * @param {string} about.selected
 * @param {string} about.panel the id of the panel that shows the one selected
 * @param {(id: string) => void} select
 */
export function tabs({ name, tabs, selected, panel }, select) {
  return html`<div class="tabs unprinted" role="tablist" aria-label=${name} @keydown=${move}>
    ${tabs.map(
      ({ id, label }) => html`<button
        type="button"
        role="tab"
        id="tab-${id}"
        aria-selected=${id === selected ? "true" : "false"}
        aria-controls=${panel}
        tabindex=${id === selected ? 0 : -1}
        @click=${() => select(id)}
      >
        ${label}
      </button>`,
    )}
  </div>`;
}

/** Move between tabs by arrows; the one reached is shown. @param {KeyboardEvent} event */
function move(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
  const at = all.findIndex((each) => each === document.activeElement);
  /** @type {Record<string, number>} */
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 };
  const next = to[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  const tab = all[(next + all.length) % all.length];
  tab?.click();
  tab?.focus();
}
