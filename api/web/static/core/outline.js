// A document's outline: what of it has a number or is a heading, as a tree.

import { isHeading } from "./typeset.js";

/** @typedef {import("./types.js").Clause} Clause */
/** @typedef {import("./documents.js").OpenDocument} OpenDocument */
/** @typedef {{id: string, name: string, above: Entry | null, below: Entry[]}} Entry */

const START = 18;

/** The entries of an outline, and which of them each clause stands under. */
export class Outline {
  /** @param {OpenDocument} document */
  constructor(document) {
    /** @type {Entry[]} those that stand under none */
    this.top = [];
    /** @type {Map<string, Entry>} by clause: its own entry, else the last one before it */
    this.entries = new Map();
    /** @type {Entry | null} */
    let last = null;
    for (const clause of document.detail.clauses) {
      if (isListed(clause)) last = this.add(clause, document);
      if (last) this.entries.set(clause.clause_id, last);
    }
    this.size = new Set(this.entries.values()).size;
  }

  /** @param {Clause} clause @param {OpenDocument} document @returns {Entry} */
  add(clause, document) {
    const parent = clause.parent_id === null ? undefined : this.entries.get(clause.parent_id);
    const above = parent?.id === clause.parent_id ? (parent ?? null) : null;
    /** @type {Entry} */
    const entry = { id: clause.clause_id, name: nameOf(clause, document), above, below: [] };
    (above?.below ?? this.top).push(entry);
    return entry;
  }
}

/** Give what an entry stands under, the nearest first. @param {Entry | null | undefined} entry @returns {Entry[]} */
export function ancestors(entry) {
  const above = entry?.above;
  return above ? [above, ...ancestors(above)] : [];
}

/** @param {Clause} clause */
function isListed(clause) {
  return !clause.noise && clause.kind !== "table_row" && (clause.number !== null || isHeading(clause));
}

/** Give a clause's number and heading; without a heading, how it begins. @param {Clause} clause @param {OpenDocument} document */
export function nameOf({ path, number, heading, kind, source }, { text }) {
  const own = path[path.length - 1];
  if (own && number !== null && heading) return own;
  if (heading && kind !== "table_row") return heading;
  const words = text.slice(source.start, Math.min(source.end, source.start + 2 * START)).replace(/\s+/g, " ").trim();
  const points = Array.from(words);
  return points.length > START ? `${points.slice(0, START).join("")}…` : words;
}
