// What the rows of the task table say of units.

import { soleOf } from "../core/duties.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {"lead" | "member" | "sole"} Role */
/** @typedef {{unit: string, region: string, lead: number, member: number, sole: number, total: number}} Share */

/** Give each unit of a task with its part in it, once. @param {Task} task */
export function rolesOf(task) {
  /** @type {Map<string, Role>} */
  const roles = new Map(task.leads.map((unit) => [unit, "lead"]));
  for (const unit of task.members) roles.set(unit, soleOf(task) ? "sole" : "member");
  return roles;
}

/**
 * Count what units have to do, those with most first. Units of one name in two regions are two.
 * @param {readonly Task[]} tasks
 * @returns {Share[]}
 */
export function sharesOf(tasks) {
  /** @type {Map<string, Share>} */
  const shares = new Map();
  for (const task of tasks) {
    const region = task.document.region?.name ?? "";
    for (const [unit, role] of rolesOf(task)) {
      const key = JSON.stringify([unit, region]);
      const share = shares.get(key) ?? { unit, region, lead: 0, member: 0, sole: 0, total: 0 };
      shares.set(key, share);
      share[role] += 1;
      share.total += 1;
    }
  }
  return [...shares.values()].sort((a, b) => b.total - a.total || b.lead - a.lead);
}
