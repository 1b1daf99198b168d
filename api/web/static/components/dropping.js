// What keeps a listing empty, and the filters that can be dropped.

import { ServiceError, told } from "../core/errors.js";
import { labelOf } from "../core/filters.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/filters.js").Active} Active */
/** @typedef {Record<import("../core/filters.js").Key, import("../core/filters.js").Option[]>} Options */

const MOST_KNOWN = 12;
// Kinds of problem about the words of a subject, by the end of their type.
const WORDS = ["empty-topic", "question-too-long", "question-not-text"];

/**
 * A button for each filter, with what dropping it gives where that is known; one that gives nothing
 * is left out, unless all do.
 * @param {readonly Active[]} active
 * @param {Options} options
 * @param {(each: Active) => void} drop
 * @param {(each: Active) => number | undefined} [gives]
 */
export function dropping(active, options, drop, gives = () => undefined) {
  const useful = active.filter((each) => gives(each) !== 0);
  return html`<ul class="drops">
    ${(useful.length ? useful : active).map((each) => {
      const count = gives(each);
      const about = {
        name: t(`filters.${each.key}`),
        value: shown(options, each),
        ...(count === undefined ? {} : { count }),
      };
      return html`<li>
        <button type="button" class="button" @click=${() => drop(each)}>
          ${t(count === undefined ? "filters.drop" : "filters.drop_gives", about)}
        </button>
      </li>`;
    })}
  </ul>`;
}

/**
 * What went wrong, and what to do about it.
 * @param {unknown} error
 * @param {object} hands
 * @param {readonly Active[]} hands.active
 * @param {Options} hands.options
 * @param {(each: Active) => void} hands.drop
 * @param {(key: string, old: string, value: string) => void} hands.take another value instead
 * @param {() => void} hands.again
 */
export function trouble(error, { active, options, drop, take, again }) {
  const { key, value, known } = error instanceof ServiceError ? error.problem : {};
  if (key && value !== undefined && known) {
    return html`<div class="note error" role="alert">
      <p>${t("filters.unknown", { value, known: "" })}</p>
      <ul class="drops">
        ${known.slice(0, MOST_KNOWN).map(
          (each) => html`<li>
            <button type="button" class="button" @click=${() => take(key, value, each)}>
              ${shown(options, { key, value: each })}
            </button>
          </li>`,
        )}
      </ul>
      ${dropping([{ key, value }], options, drop)}
    </div>`;
  }
  const kind = error instanceof ServiceError ? error.slug : "";
  if (WORDS.includes(kind)) {
    return html`<p class="note error" role="alert">${t(`filters.${kind.replaceAll("-", "_")}`)}</p>`;
  }
  if (kind === "contradictory-filters") {
    return html`<div class="note warn" role="alert">
      <p>${t("filters.contradictory")}</p>
      ${dropping(active, options, drop)}
    </div>`;
  }
  const empty = error instanceof ServiceError && error.failure === "no_index";
  const retry = !(error instanceof ServiceError) || error.passing || empty;
  return html`<div class="note ${empty ? "warn" : "error"}" role="alert">
    <p>${told(error, t)}</p>
    ${retry
      ? html`<p><button type="button" class="button" @click=${again}>${t("common.retry")}</button></p>`
      : nothing}
  </div>`;
}

/** @param {Options} options @param {Active} active */
function shown(options, { key, value }) {
  return key === "role" && ["lead", "member"].includes(value)
    ? t(`tasks.role_${value}`)
    : labelOf(options, key, value);
}
