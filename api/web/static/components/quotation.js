// A clause's words as published, with those marked that answer.

import { langOf } from "../core/quotes.js";
import { html } from "../vendor/lit.js";

/** @param {import("../core/codepoints.js").Segment[]} segments */
export function marked(segments) {
  return segments.map(({ text, marked: on }) => (on ? html`<mark>${text}</mark>` : text));
}

/** @param {import("../core/codepoints.js").Segment[]} segments */
export function quotation(segments) {
  const lang = langOf(segments.map(({ text }) => text).join(""));
  return html`<blockquote class="quote" lang=${lang}>${marked(segments)}</blockquote>`;
}
