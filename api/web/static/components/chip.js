// The number of a citation at the words that rest on it. It leads to the clause; pages that show a
// clause beside the answer take the click. `data-cite` says which citation it is.

import { clauseAddress } from "../core/citations.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html } from "../vendor/lit.js";

/** @param {import("../core/types.js").Citation} cited */
export function chip({ n, label, clause_id: clauseId }) {
  return html`<a
    class="chip"
    href=${clauseAddress(root, clauseId)}
    data-cite=${n}
    aria-label=${t("ask.cite", { n, label })}
    >${n}</a
  >`;
}
