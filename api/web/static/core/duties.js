// Who is responsible by an answer: its records with their citations, by level and region.

import { LEVELS } from "./filters.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Citation} Citation */
/** @typedef {import("./types.js").Responsibility} Responsibility */
/** @typedef {Pick<Responsibility, "units" | "leads" | "qualifiers">} Listed */
/** @typedef {Responsibility & {cited: Citation, members: string[], sole: string | null}} Duty */
/** @typedef {{level: string, region: string, duties: Duty[]}} DutyGroup */

/**
 * Give the duties that an answer tells of; none where no clause of it lists a body.
 * @param {Answer} answer
 * @returns {Duty[]}
 */
export function dutiesOf({ responsibilities, citations }) {
  const duties = responsibilities.flatMap((record) => {
    const cited = citations[record.citation - 1];
    return cited ? [{ ...record, cited, members: membersOf(record), sole: soleOf(record) }] : [];
  });
  return duties.some(({ units, leads, qualifiers }) => units.length + leads.length + qualifiers.length)
    ? duties
    : [];
}

/** Give the units that do not lead. @param {Listed} record */
export function membersOf({ units, leads }) {
  return units.filter((unit) => !leads.includes(unit));
}

/**
 * Give the unit that is responsible alone: it is the only one listed, nothing makes it the lead, and
 * no words beside it bring in others.
 * @param {Listed} record
 */
export function soleOf({ units, leads, qualifiers }) {
  return units.length === 1 && !leads.length && !qualifiers.length ? (units[0] ?? null) : null;
}

/**
 * Group duties by level and region, from the nation down; within a group they keep their order.
 * @param {Duty[]} duties
 * @returns {DutyGroup[]}
 */
export function grouped(duties) {
  /** @type {Map<string, DutyGroup>} */
  const groups = new Map();
  for (const duty of duties) {
    const { level, region } = duty.cited.document;
    const key = `${level} ${region?.code}`;
    const group = groups.get(key) ?? { level: level ?? "unknown", region: region?.name ?? "", duties: [] };
    group.duties.push(duty);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => rank(a.level) - rank(b.level));
}

/** @param {string} level */
function rank(level) {
  const at = LEVELS.indexOf(level);
  return at < 0 ? LEVELS.length : at;
}
