// The task table: a row for each task, a card each where the screen is narrow.

import { standingTag } from "../components/document-tags.js";
import { clauseAddress, documentName, place } from "../core/citations.js";
import { soleOf } from "../core/duties.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { COLUMNS } from "./sorting.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {import("./sorting.js").Column} Column */
/** @typedef {import("./sorting.js").Sort} Sort */

/**
 * @param {readonly Task[]} tasks
 * @param {Sort | null} sort
 * @param {(column: Column) => void} onSort
 */
export function taskTable(tasks, sort, onSort) {
  return html`<div class="scroll sheet" role="region" tabindex="0" aria-label=${t("tasks.title")}>
    <table class="tasks">
      <caption class="unseen">
        ${t("tasks.sort_note")}
      </caption>
      <thead>
        <tr>
          ${COLUMNS.map((column) => head(column, sort, onSort))}
        </tr>
      </thead>
      <tbody>
        ${tasks.map(row)}
      </tbody>
    </table>
  </div>`;
}

/** @param {Column} column @param {Sort | null} sort @param {(column: Column) => void} onSort */
function head(column, sort, onSort) {
  const own = sort?.column === column ? sort : null;
  const order = own ? (own.down ? "descending" : "ascending") : null;
  return html`<th scope="col" class=${column} aria-sort=${order ?? nothing}>
    <button type="button" class="head" @click=${() => onSort(column)}>
      ${t(`tasks.${column}`)}<span class="arrow" aria-hidden="true"
        >${order ? (own?.down ? "▼" : "▲") : "↕"}</span
      >
    </button>
  </th>`;
}

/** @param {Task} task */
function row(task) {
  return html`<tr data-clause=${task.clause_id}>
    <th scope="row" class="task"><a href=${clauseAddress(root, task.clause_id)}>${task.task}</a></th>
    ${cell("lead", lead(task))} ${cell("members", members(task))}
    ${cell("qualifiers", listed(task.qualifiers))} ${cell("deadline", stated(task.deadlines))}
    ${cell("target", stated(task.targets))} ${cell("document", source(task))}
    ${cell("basis", basis(task))}
  </tr>`;
}

/** @param {Column} column @param {unknown} content */
const cell = (column, content) =>
  html`<td class=${column}><span class="column">${t(`tasks.${column}`)}</span>${content}</td>`;

const none = () =>
  html`<span class="blank" aria-hidden="true">—</span><span class="unseen">${t("tasks.none")}</span>`;

/** @param {readonly string[]} names */
const listed = (names) => (names.length ? names.join(t("filters.separator")) : none());

/** @param {readonly import("../core/types.js").Stated[]} all */
const stated = (all) => (all.length ? all.map(({ quote }) => html`<q>${quote}</q>`) : none());

/** @param {Task} task */
function lead(task) {
  return task.lead
    ? html`<strong>${listed(task.leads)}</strong>`
    : html`<span class="soft">${t("tasks.no_lead")}</span>`;
}

/** @param {Task} task */
function members(task) {
  return html`${listed(task.members)}${soleOf(task)
    ? html` <span class="tag">${t("tasks.sole")}</span>`
    : nothing}`;
}

/** @param {Task} task */
function source({ document, label }) {
  return html`${document.region ? html`<span class="region">${document.region.name}</span>` : nothing}
    <span class="name">${document.number ?? documentName(document)}</span>
    <span class="soft">${place({ document, label })}</span>
    ${standingTag(document)}`;
}

/** @param {Task} task */
function basis({ lead_basis, inherited_from }) {
  return html`${lead_basis
    ? html`<a href=${clauseAddress(root, lead_basis.clause_id)}
          >${t(`tasks.basis_${lead_basis.kind}`)}</a
        ><span class="soft">${t("tasks.quoted", { quote: lead_basis.quote })}</span>`
    : none()}${inherited_from
    ? html` <a class="from" href=${clauseAddress(root, inherited_from)}>${t("tasks.inherited")}</a>`
    : nothing}`;
}
