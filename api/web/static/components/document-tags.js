// What has to be known of a clause before it is relied on: a draft, a repealed document, damage.

import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";

const MARKED = ["draft", "repealed"];

/** @param {Pick<import("../core/types.js").Citation, "document" | "damaged"> & {truncated?: boolean}} cited */
export function documentTags({ document, damaged, truncated = false }) {
  return [
    standingTag(document),
    damaged ? tag("damaged", t("common.damaged")) : nothing,
    truncated ? tag("truncated", t("common.truncated")) : nothing,
  ];
}

/** Mark a document that is not in force. @param {{status: string}} document */
export function standingTag({ status }) {
  return MARKED.includes(status) ? tag(status, t(`common.status_${status}`)) : nothing;
}

/** @param {string} kind @param {string} words */
const tag = (kind, words) => html`<span class="tag ${kind}">${words}</span>`;
