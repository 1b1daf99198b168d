// What has to be known of a clause before it is relied on: a draft, a repealed document, damage.

import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";

const MARKED = ["draft", "repealed"];

/** @param {import("../core/types.js").Citation} cited */
export function documentTags({ document, damaged, truncated }) {
  const tags = [
    MARKED.includes(document.status) && [document.status, t(`common.status_${document.status}`)],
    damaged && ["damaged", t("common.damaged")],
    truncated && ["truncated", t("common.truncated")],
  ];
  return tags.map((tag) => (tag ? html`<span class="tag ${tag[0]}">${tag[1]}</span>` : nothing));
}
