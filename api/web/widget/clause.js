// A clause that an answer rests on: where it stands, its words with what counts marked, the way to it.

import { clauseAddress, officialForm } from "../static/core/citations.js";
import { segments } from "../static/core/codepoints.js";
import { h } from "./dom.js";

/** @typedef {import("../static/core/types.js").Citation} Citation */

/** Give the language of a document's words as far as their script tells. @param {string} words */
const langOfWords = (words) => (/\p{Script=Han}/u.test(words) ? "zh" : null);

/**
 * Show a clause.
 * @param {Citation} citation
 * @param {string} base where the service lies; its address is made of the clause's id and leads
 *   nowhere else, whatever the answer says
 * @param {import("./words.js").Words} t
 */
export function clauseView(citation, base, t) {
  const { n, quote, document: source } = citation;
  const cut = segments(quote, citation.highlights, citation.source.start);
  const words = cut.map(({ text, marked }) => (marked ? h("mark", {}, text) : text));
  const name = t("clause", { n });
  const link = {
    class: "link",
    href: clauseAddress(base, citation.clause_id),
    target: "_blank",
    rel: "noopener noreferrer",
  };
  return h(
    "div",
    { class: "clause", part: "clause", role: "group", "aria-label": name },
    h("p", { class: "from", lang: langOfWords(quote) }, officialForm(citation), ...tags(source.status, citation.damaged, t)),
    h("blockquote", { tabindex: 0, role: "group", "aria-label": name, lang: langOfWords(quote) }, ...words),
    h("a", link, t("read"), h("span", { class: "unseen" }, t("new_tab"))),
  );
}

/** @param {string} status @param {boolean} damaged @param {import("./words.js").Words} t */
function tags(status, damaged, t) {
  const told = status === "draft" || status === "repealed" ? [status] : [];
  if (damaged) told.push("damaged");
  return told.map((each) => h("span", { class: "tag warn" }, t(each)));
}

/**
 * Bring a shown clause into view, and its first marked words in it; the page around stays.
 * @param {HTMLElement} shown
 */
export function scrollToMark(shown) {
  const quote = shown.querySelector("blockquote");
  const mark = shown.querySelector("mark");
  if (quote && mark) quote.scrollTop += Math.max(0, below(mark, quote) - quote.clientHeight / 3);
  const log = shown.closest(".log");
  if (log) log.scrollTop += Math.min(over(shown, log), below(shown, log));
}

/** @param {Element} inner @param {Element} outer */
const below = (inner, outer) => inner.getBoundingClientRect().top - outer.getBoundingClientRect().top;

/** @param {Element} inner @param {Element} outer */
const over = (inner, outer) => Math.max(0, inner.getBoundingClientRect().bottom - outer.getBoundingClientRect().bottom);
