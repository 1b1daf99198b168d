// Units and tasks of one document as a matrix: a row for each task, a column for each unit.

import { clauseAddress, documentName } from "../core/citations.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { rolesOf, sharesOf } from "./records.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {import("./records.js").Role} Role */

const MOST_UNITS = 60;
const MOST_TASKS = 200;
/** @type {Record<Role, string>} */
const SIGNS = { lead: "●", member: "○", sole: "◎" };

/**
 * @param {readonly Task[]} tasks
 * @param {string | null} wanted the document to show; the one with most tasks where it is none
 * @param {(documentId: string) => void} onDocument
 */
export function taskMatrix(tasks, wanted, onDocument) {
  const groups = byDocument(tasks);
  const first = [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a));
  const own = groups.get(wanted ?? "") ?? first;
  const document = /** @type {Task} */ (own[0]).document;
  const units = sharesOf(own).map((share) => share.unit);
  const shown = units.slice(0, MOST_UNITS);
  return html`<div class="about">
      ${groups.size > 1 ? picker(groups, document.id, onDocument) : nothing}
      <ul class="legend">
        ${Object.entries(SIGNS).map(
          ([role, sign]) => html`<li><span class="sign ${role}">${sign}</span> ${t(`tasks.chart_${role}`)}</li>`,
        )}
      </ul>
    </div>
    ${left("matrix_units_left", MOST_UNITS, units.length)}
    ${left("matrix_tasks_left", MOST_TASKS, own.length)}
    <div
      class="scroll sheet both"
      role="region"
      tabindex="0"
      aria-label=${t("tasks.matrix_name", { document: documentName(document) })}
    >
      <table class="matrix">
        <caption class="unseen">
          ${t("tasks.matrix_caption")}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="corner">${t("tasks.task")}</th>
            ${shown.map((unit) => html`<th scope="col"><span>${unit}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${own.slice(0, MOST_TASKS).map((task) => row(task, shown))}
        </tbody>
      </table>
    </div>`;
}

/** @param {readonly Task[]} tasks */
function byDocument(tasks) {
  /** @type {Map<string, Task[]>} */
  const groups = new Map();
  for (const task of tasks) {
    const own = groups.get(task.document.id);
    if (own) own.push(task);
    else groups.set(task.document.id, [task]);
  }
  return groups;
}

/** @param {Map<string, Task[]>} groups @param {string} now @param {(id: string) => void} pick */
function picker(groups, now, pick) {
  return html`<div class="field">
    <label for="matrix-document">${t("tasks.matrix_document")}</label>
    <select
      id="matrix-document"
      @change=${(/** @type {Event} */ event) =>
        pick(/** @type {HTMLSelectElement} */ (event.target).value)}
    >
      ${[...groups].map(([id, own]) => {
        const name = documentName(/** @type {Task} */ (own[0]).document);
        return html`<option value=${id} .selected=${id === now}>
          ${t("tasks.matrix_option", { name, count: own.length })}
        </option>`;
      })}
    </select>
  </div>`;
}

/** @param {string} name @param {number} shown @param {number} all */
function left(name, shown, all) {
  return all > shown
    ? html`<p class="note">${t(`tasks.${name}`, { shown, count: all - shown })}</p>`
    : nothing;
}

/** @param {Task} task @param {readonly string[]} units */
function row(task, units) {
  const roles = rolesOf(task);
  return html`<tr>
    <th scope="row"><a href=${clauseAddress(root, task.clause_id)}>${task.task}</a></th>
    ${units.map((unit) => {
      const role = roles.get(unit);
      return role === undefined
        ? html`<td></td>`
        : html`<td class=${role}>
            <span aria-hidden="true">${SIGNS[role]}</span
            ><span class="unseen">${t(`tasks.chart_${role}`)}</span>
          </td>`;
    })}
  </tr>`;
}
