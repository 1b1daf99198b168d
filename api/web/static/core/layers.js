// A stretch of a text cut into lines, and these where one of several layers of spans begins or ends.

/** @typedef {import("./codepoints.js").Span} Span */
/** @typedef {import("./codepoints.js").CodePoints} CodePoints */
/** @typedef {Record<string, readonly Span[]>} Layers spans by what they mean; those of a layer
 *    stand in order and do not overlap */
/** @typedef {{text: string, start: number, held: Record<string, Span>}} Piece `held`: by layer the
 *    span that it stands in */
/** @typedef {{start: number, end: number, blank: boolean}} Line with the break that ends it */

const BREAKS = new Set(["\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"]);

/**
 * Cut a stretch into its lines; joined they are the stretch.
 * @param {CodePoints} text @param {Span} stretch
 * @returns {Line[]}
 */
export function lines(text, { start, end }) {
  const { points } = text;
  /** @type {Line[]} */
  const cut = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const point = /** @type {string} */ (points[at]);
    const within = point === "\r" && points[at + 1] === "\n" && at + 1 < end;
    if (within || (!BREAKS.has(point) && at + 1 < end)) continue;
    cut.push({ start: from, end: at + 1, blank: text.slice(from, at + 1).trim() === "" });
    from = at + 1;
  }
  return cut;
}

/**
 * Cut a line of a table into its cells, each with the tab that ends it.
 * @param {CodePoints} text @param {Span} line
 * @returns {Span[]}
 */
export function cells(text, { start, end }) {
  /** @type {Span[]} */
  const cut = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text.points[at] !== "\t" && at + 1 < end) continue;
    cut.push({ start: from, end: at + 1 });
    from = at + 1;
  }
  return cut;
}

/**
 * Cut a stretch where spans begin or end; joined, the pieces are the stretch.
 * @param {CodePoints} text @param {Span} stretch @param {Layers} layers
 * @returns {Piece[]}
 */
export function pieces(text, stretch, layers) {
  const touching = Object.entries(layers).flatMap(([layer, spans]) =>
    within(spans, stretch).map((span) => ({ layer, span })),
  );
  const cuts = new Set([stretch.start, stretch.end]);
  for (const { span } of touching) {
    cuts.add(Math.max(span.start, stretch.start));
    cuts.add(Math.min(span.end, stretch.end));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(1).map((end, at) => {
    const start = /** @type {number} */ (ordered[at]);
    const holding = touching.filter(({ span }) => overlap(span, { start, end }));
    const held = Object.fromEntries(holding.map(({ layer, span }) => [layer, span]));
    return { text: text.slice(start, end), start, held };
  });
}

/**
 * Give the spans that share a character with a stretch.
 * @template {Span} S
 * @param {readonly S[]} spans in order, none overlapping another
 * @param {Span} stretch
 * @returns {S[]}
 */
export function within(spans, stretch) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {S} */ (spans[middle]).end <= stretch.start) low = middle + 1;
    else high = middle;
  }
  /** @type {S[]} */
  const found = [];
  for (let at = low; at < spans.length; at++) {
    const span = /** @type {S} */ (spans[at]);
    if (span.start >= stretch.end) break;
    found.push(span);
  }
  return found;
}

/** Whether two spans share a character. @param {Span} one @param {Span} two */
export function overlap(one, two) {
  return one.start < two.end && two.start < one.end && one.start < one.end;
}

/**
 * Join spans that overlap, in order, without the empty ones.
 * @param {readonly Span[]} spans
 * @returns {Span[]}
 */
export function united(spans) {
  /** @type {Span[]} */
  const joined = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined[joined.length - 1];
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) joined.push({ start, end });
  }
  return joined;
}
