// The number of a citation at the words that rest on it. It leads to the clause; pages that show a
// clause beside the answer take the click. `data-cite` says which citation it is.

import { clauseAddress } from "../core/citations.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html } from "../vendor/lit.js";

/**
 * @param {Pick<import("../core/types.js").Citation, "n" | "label" | "clause_id">} cited
 * @param {string} [name] for who does not see it
 */
export function chip({ n, label, clause_id: clauseId }, name = t("ask.cite", { n, label })) {
  return html`<a
    class="chip"
    href=${clauseAddress(root, clauseId)}
    data-cite=${n}
    aria-label=${name}
    >${n}</a
  >`;
}
