// A quotation with the words in it that answer, whole or as much as a preview holds.

import { CodePoints, segments } from "./codepoints.js";

/** @typedef {import("./types.js").Citation} Citation */
/** @typedef {import("./codepoints.js").Segment} Segment */

const BEFORE = 50; // characters of a preview that stand before the first that answers

/** Give what a citation rests on: the words that answer, else the whole clause. @param {Citation} cited */
export function spansOf({ highlights, source }) {
  return highlights.length ? highlights : [{ start: source.start, end: source.end }];
}

/** Cut a quotation into what answers and what does not. @param {Citation} cited */
export function quoteSegments({ quote, highlights, source }) {
  return segments(quote, highlights, source.start);
}

/**
 * Give the part of a quotation around the words that answer.
 * @param {Citation} cited
 * @param {number} most characters
 * @returns {{segments: Segment[], before: boolean, after: boolean}} whether something is left out
 */
export function excerpt({ quote, highlights, source }, most) {
  const points = new CodePoints(quote);
  const first = Math.min(...highlights.map((each) => each.start), source.end) - source.start;
  const whole = points.length <= most;
  const from = whole || !highlights.length ? 0 : Math.min(Math.max(0, first - BEFORE), points.length - most);
  const to = whole ? points.length : from + most;
  return {
    segments: segments(points.slice(from, to), highlights, source.start + from),
    before: from > 0,
    after: to < points.length,
  };
}

/** Give the language that words are in, for who reads them aloud. @param {string} words */
export function langOf(words) {
  return /[\u3400-\u9fff]/.test(words) ? "zh" : "en";
}
