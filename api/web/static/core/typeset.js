// How each clause of a document is set: its lines, its heading, its depth among the headings.

import { FoldedText } from "./folding.js";
import { lines } from "./layers.js";

/** @typedef {import("./types.js").Clause} Clause */
/** @typedef {import("./documents.js").OpenDocument} OpenDocument */
/** @typedef {import("./layers.js").Line} Line */
/** @typedef {import("./codepoints.js").Span} Span */
/**
 * @typedef {object} SetClause
 * @property {Clause} clause
 * @property {Line[]} lines
 * @property {Span | null} head its number and heading, as published
 * @property {number} level 1 for what stands under no heading
 */

const HEADINGS = new Set(["title", "heading", "annex", "box"]);
const DEEPEST = 5;
/** @type {WeakMap<OpenDocument, SetClause[]>} */
const known = new WeakMap();

/** Set a document's clauses, in order. @param {OpenDocument} document */
export function setClauses(document) {
  const set = known.get(document) ?? setAll(document);
  known.set(document, set);
  return set;
}

/** Whether a clause is a heading and what it leads in. @param {Clause} clause */
export const isHeading = (clause) => HEADINGS.has(clause.kind);

/** @param {OpenDocument} document @returns {SetClause[]} */
function setAll({ detail, text }) {
  /** @type {Map<string, {level: number, heading: boolean}>} */
  const above = new Map();
  return detail.clauses.map((clause) => {
    const parent = clause.parent_id === null ? undefined : above.get(clause.parent_id);
    const level = Math.min(DEEPEST, parent ? parent.level + Number(parent.heading) : 1);
    above.set(clause.clause_id, { level, heading: isHeading(clause) });
    return { clause, lines: lines(text, clause.source), head: headOf(clause, text), level };
  });
}

/** @param {Clause} clause @param {OpenDocument["text"]} text @returns {Span | null} */
function headOf({ kind, number, heading, source: { start, end } }, text) {
  const named = heading ?? number;
  if (named === null || kind === "table_row") return null;
  const length = (number ?? "").length + 2 * named.length + 20;
  const found = new FoldedText(text.points.slice(start, Math.min(end, start + length))).find(named);
  return found[0] ? { start, end: start + found[0].end } : null;
}
