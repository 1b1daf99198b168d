// Text counted in Unicode code points, as the service counts; JavaScript counts UTF-16 units.

/** @typedef {{start: number, end: number}} Span offsets in code points, `end` outside */
/** @typedef {{text: string, marked: boolean, start: number}} Segment */

/** A text that is cut by code points. */
export class CodePoints {
  /** @param {string} text */
  constructor(text) {
    this.points = [...text]; // not Array.from: libraries on a host page replace that
  }

  get length() {
    return this.points.length;
  }

  /** @param {number} start @param {number} [end] */
  slice(start, end) {
    return this.points.slice(start, end).join("");
  }
}

/**
 * Cut a text into what is marked and what is not.
 * @param {string} text what stands from `offset` on
 * @param {readonly Span[]} spans counted as `offset` is; they may overlap or stand outside
 * @param {number} [offset] where the text begins
 * @returns {Segment[]} in order; joined they are the text
 */
export function segments(text, spans, offset = 0) {
  const points = new CodePoints(text);
  const end = offset + points.length;
  /** @type {Segment[]} */
  const cut = [];
  let at = offset;
  const add = (/** @type {number} */ to, /** @type {boolean} */ marked) => {
    if (to > at) cut.push({ text: points.slice(at - offset, to - offset), marked, start: at });
    at = Math.max(at, to);
  };
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    add(Math.min(Math.max(span.start, at), end), false);
    add(Math.min(span.end, end), true);
  }
  add(end, false);
  return cut;
}
