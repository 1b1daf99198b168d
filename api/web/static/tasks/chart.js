// Who leads and takes part in how much: a table of figures, with a bar in each row.

import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, nothing, svg } from "../vendor/lit.js";
import { sharesOf } from "./records.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {import("./records.js").Share} Share */
/** @typedef {import("./records.js").Role} Role */

const FEW = 20;
/** @type {readonly Role[]} */
const ROLES = ["lead", "member", "sole"];

/**
 * @param {readonly Task[]} tasks
 * @param {boolean} whole whether every unit is shown
 * @param {() => void} onWhole
 */
export function taskChart(tasks, whole, onWhole) {
  const shares = sharesOf(tasks);
  const most = shares[0]?.total ?? 1;
  const regions = new Set(shares.map((share) => share.region)).size;
  return html`<div class="sheet chart">
      <table>
        <caption>
          ${t("tasks.chart_name")}${regions > 1 ? html` <span class="soft">${t("tasks.chart_note")}</span>` : nothing}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t("tasks.chart_unit")}</th>
            <td class="amount"></td>
            ${ROLES.map((role) => html`<th scope="col">${key(role)}${t(`tasks.chart_${role}`)}</th>`)}
            <th scope="col">${t("tasks.chart_total")}</th>
          </tr>
        </thead>
        <tbody>
          ${shares.slice(0, whole ? shares.length : FEW).map((share) => row(share, most, regions > 1))}
        </tbody>
      </table>
    </div>
    ${shares.length > FEW
      ? html`<p class="more unprinted">
          <button type="button" class="button" aria-expanded=${whole ? "true" : "false"} @click=${onWhole}>
            ${whole ? t("tasks.chart_few") : t("tasks.chart_all", { count: shares.length })}
          </button>
        </p>`
      : nothing}`;
}

/** @param {Share} share @param {number} most @param {boolean} placed */
function row(share, most, placed) {
  const { unit, region } = share;
  const query = new URLSearchParams([["unit", unit], ...(region ? [["region", region]] : [])]);
  return html`<tr>
    <th scope="row">
      <a href="${root}/tasks?${query}">${placed && region ? t("tasks.unit_of", { unit, region }) : unit}</a>
    </th>
    <td class="amount">${bar(share, most)}</td>
    ${ROLES.map((role) => html`<td>${share[role]}</td>`)}
    <td class="total">${share.total}</td>
  </tr>`;
}

/** @param {Share} share @param {number} most */
function bar(share, most) {
  let at = 0;
  const parts = ROLES.map((role) => {
    const width = (100 * share[role]) / most;
    const x = at;
    at += width;
    return width ? svg`<rect class=${role} x="${x}%" width="${width}%" y="1" height="14"></rect>` : nothing;
  });
  return html`<svg width="100%" height="16" aria-hidden="true">${hatch()}${parts}</svg>`;
}

/** @param {Role} role */
function key(role) {
  return html`<svg class="key" width="16" height="12" aria-hidden="true">
    ${hatch()}
    <rect class=${role} x="1" y="1" width="14" height="10"></rect>
  </svg>`;
}

/** Parts differ by pattern, not by colour alone. */
const hatch = () => svg`<defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="ground" width="5" height="5"></rect><rect class="stroke" width="2" height="5"></rect>
  </pattern>
</defs>`;
