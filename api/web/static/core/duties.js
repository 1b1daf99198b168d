// Who is responsible by an answer: its records with their citations, by level and region.

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Citation} Citation */
/** @typedef {import("./types.js").Responsibility} Responsibility */
/** @typedef {Responsibility & {cited: Citation, members: string[], sole: string | null}} Duty */
/** @typedef {{level: string, region: string, duties: Duty[]}} DutyGroup */

const RANKS = ["national", "province", "city", "county"];

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

/** Give the units that do not lead. @param {Responsibility} record */
function membersOf({ units, leads }) {
  return units.filter((unit) => !leads.includes(unit));
}

/** A single unit that nothing makes the lead is responsible alone. @param {Responsibility} record */
function soleOf({ units, leads }) {
  return units.length === 1 && !leads.length ? (units[0] ?? null) : null;
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
  const at = RANKS.indexOf(level);
  return at < 0 ? RANKS.length : at;
}
