// The order of the task table by any of its columns.

import { lang } from "../core/page.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {"task" | "lead" | "members" | "qualifiers" | "deadline" | "target" | "document" | "basis"} Column */

/** @type {Record<Column, (task: Task) => string>} */
const WORDS = {
  task: (task) => task.task,
  lead: (task) => task.leads.join("、"),
  members: (task) => task.members.join("、"),
  qualifiers: (task) => task.qualifiers.join("、"),
  deadline: (task) => quotes(task.deadlines),
  target: (task) => quotes(task.targets),
  document: (task) => task.label,
  basis: (task) => (task.lead_basis ? task.lead_basis.kind + task.lead_basis.quote : ""),
};

/** @type {readonly Column[]} */
export const COLUMNS = /** @type {Column[]} */ (Object.keys(WORDS));

/** A column, and whether from its end. @typedef {{column: Column, down: boolean}} Sort */

/** Read an order as the address has it: `lead`, or `-lead` from the end. @param {string | null} said */
export function sortOf(said) {
  const column = COLUMNS.find((each) => each === said?.replace(/^-/, ""));
  return column ? { column, down: said?.startsWith("-") ?? false } : null;
}

/** The order that a click on a column leads to: up, down, and as in the documents again. @param {Sort | null} now @param {Column} column */
export function nextSort(now, column) {
  if (now?.column !== column) return column;
  return now.down ? null : `-${column}`;
}

/**
 * Put tasks in order; what is not stated stands last either way, and equals as in the documents.
 * @param {readonly Task[]} tasks @param {Sort | null} sort
 */
export function sorted(tasks, sort) {
  if (sort === null) return tasks;
  const words = WORDS[sort.column];
  const sign = sort.down ? -1 : 1;
  const order = new Intl.Collator(lang, { numeric: true });
  return tasks
    .map((task) => ({ task, key: words(task) }))
    .sort((a, b) => emptyLast(a.key, b.key) || sign * order.compare(a.key, b.key))
    .map(({ task }) => task);
}

/** @param {string} a @param {string} b */
const emptyLast = (a, b) => Number(a === "") - Number(b === "");

/** @param {import("../core/types.js").Stated[]} stated */
const quotes = (stated) => stated.map((each) => each.quote).join("；");
