// An answer's words with a chip at each statement, a paragraph a line.

import { pieces } from "../core/answers.js";
import { html } from "../vendor/lit.js";
import { chip } from "./chip.js";

/** @typedef {import("../core/types.js").Answer} Answer */

/** @param {Answer} answer */
export function answerText({ answer, citations, lang }) {
  const lines = answer.split("\n").filter((line) => line.trim());
  return html`<div class="words" lang=${lang}>
    ${lines.map((line) => html`<p>${pieces(line, citations.length).map((each) => shown(each, citations))}</p>`)}
  </div>`;
}

/**
 * @param {import("../core/answers.js").Piece} piece
 * @param {Answer["citations"]} citations
 */
function shown(piece, citations) {
  if ("words" in piece) return piece.words;
  const cited = citations[piece.mark - 1];
  return cited ? chip(cited) : "";
}
