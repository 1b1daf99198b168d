// An answer's text as words and the marks of its citations.

/** @typedef {{words: string} | {mark: number}} Piece */

/**
 * Cut an answer at its marks; [3] is one only where there is a citation 3.
 * @param {string} answer
 * @param {number} citations how many there are
 * @returns {Piece[]}
 */
export function pieces(answer, citations) {
  /** @type {Piece[]} */
  const cut = [];
  let at = 0;
  for (const match of answer.matchAll(/\[(\d{1,4})\]/g)) {
    const mark = Number(match[1]);
    if (mark < 1 || mark > citations) continue;
    if (match.index > at) cut.push({ words: answer.slice(at, match.index) });
    cut.push({ mark });
    at = match.index + match[0].length;
  }
  if (at < answer.length) cut.push({ words: answer.slice(at) });
  return cut;
}
