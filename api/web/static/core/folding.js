// Words found whatever their case, width or spacing, at their exact place in the text.

/** @typedef {import("./codepoints.js").Span} Span */

/** @param {string} point one code point */
const fold = (point) => (/\s/.test(point) ? "" : point.normalize("NFKC").toLowerCase());

/** Give words without what width, case and spaces make of them. @param {string} words */
export const folded = (words) => Array.from(words, fold).join("");

/** A text in which words are sought. */
export class FoldedText {
  /** @param {readonly string[]} points the text, code point by code point */
  constructor(points) {
    /** @type {string[]} */
    const parts = [];
    /** @type {number[]} for each UTF-16 unit of the folded text the code point it comes from */
    this.origins = [];
    points.forEach((point, at) => {
      const folded = fold(point);
      parts.push(folded);
      for (let unit = 0; unit < folded.length; unit++) this.origins.push(at);
    });
    this.text = parts.join("");
  }

  /**
   * Give every place at which words stand, none of which overlap.
   * @param {string} words
   * @returns {Span[]} counted in code points
   */
  find(words) {
    const wanted = folded(words);
    /** @type {Span[]} */
    const found = [];
    if (wanted === "") return found;
    let at = this.text.indexOf(wanted);
    while (at >= 0) {
      const last = at + wanted.length - 1;
      const end = /** @type {number} */ (this.origins[last]) + 1;
      found.push({ start: /** @type {number} */ (this.origins[at]), end });
      at = this.text.indexOf(wanted, last + 1);
    }
    return found;
  }
}
