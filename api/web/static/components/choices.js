// The filters by documents: a group of boxes each, folded until it is wanted. They work within a
// plain form too; templates/filters.html.jinja has the same.

import { KEYS, labelOf } from "../core/filters.js";
import { t } from "../core/words.js";
import { html, live } from "../vendor/lit.js";

/** @typedef {import("../core/filters.js").Key} Key */
/** @typedef {import("../core/filters.js").Option} Option */

/**
 * @param {Record<Key, Option[]>} options
 * @param {Record<Key, string[]>} chosen
 */
export function choices(options, chosen) {
  return KEYS.map((key) => choice(key, options, chosen[key]));
}

/** @param {Key} key @param {Record<Key, Option[]>} options @param {string[]} chosen */
function choice(key, options, chosen) {
  const known = options[key].map((each) => each.value);
  // What the address asks for and no document has stays in sight, to be taken away.
  const others = chosen.filter((each) => !known.includes(each));
  const offered = [...options[key], ...others.map((value) => ({ value, label: value }))];
  return html`<div class="field choice">
    <span class="name" id="name-${key}">${t(`filters.${key}`)}</span>
    <details @keydown=${closeByKey} @focusout=${closeBehind}>
      <summary aria-describedby="name-${key}">${summary(key, options, chosen)}</summary>
      <div class="options sheet" role="group" aria-labelledby="name-${key}">
        ${offered.map(
          ({ value, label }) => html`<label>
            <input
              type="checkbox"
              name=${key}
              value=${value}
              .checked=${live(chosen.includes(value))}
            />
            <span>${label}</span>
          </label>`,
        )}
      </div>
    </details>
  </div>`;
}

/** @param {Key} key @param {Record<Key, Option[]>} options @param {string[]} chosen */
function summary(key, options, chosen) {
  if (chosen.length > 1) return t("filters.chosen", { count: chosen.length });
  return chosen[0] === undefined ? t("filters.all") : labelOf(options, key, chosen[0]);
}

/** @param {KeyboardEvent} event */
function closeByKey(event) {
  const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !details.open) return;
  details.open = false;
  details.querySelector("summary")?.focus();
}

/** @param {FocusEvent} event */
function closeBehind(event) {
  const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  const next = event.relatedTarget;
  // A click on a label moves the focus to nothing for a moment.
  if (next instanceof Node && !details.contains(next)) details.open = false;
}

/** Fold what is open when a click falls beside it. @param {ParentNode} root @param {Event} event */
export function closeOutside(root, event) {
  for (const details of root.querySelectorAll(".choice details[open]")) {
    if (!event.composedPath().includes(details)) details.removeAttribute("open");
  }
}

/** Read the boxes of a form. @param {FormData} form */
export function chosenIn(form) {
  return Object.fromEntries(KEYS.map((key) => [key, form.getAll(key).map(String)]));
}
