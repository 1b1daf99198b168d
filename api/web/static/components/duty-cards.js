// Who leads and who takes part, a card for each clause, by level and region.

import { place } from "../core/citations.js";
import { dutiesOf, grouped } from "../core/duties.js";
import { t } from "../core/words.js";
import { html, nothing } from "../vendor/lit.js";
import { chip } from "./chip.js";
import { documentTags } from "./document-tags.js";
import { SEVERAL, showAll } from "./show-all.js";

/** @typedef {import("../core/types.js").Answer} Answer */
/** @typedef {import("../core/duties.js").Duty} Duty */
/** @typedef {import("../core/duties.js").DutyGroup} DutyGroup */

/**
 * @param {Answer} answer
 * @param {{all: boolean, toggle: () => void}} shown whether all cards are, or the first few
 */
export function dutyCards(answer, shown) {
  const duties = dutiesOf(answer);
  if (!duties.length) return nothing;
  const long = duties.length > SEVERAL;
  const short = long && !shown.all;
  const groups = grouped(duties);
  return html`<section class="duties ${short ? "short" : ""}">
    <h3>${t("ask.duties")}</h3>
    ${groups.map((group) => groupOf(group, groups.length > 1, answer))}
    ${long ? showAll("ask.show_all_duties", duties.length, shown) : nothing}
  </section>`;
}

/** @param {DutyGroup} group @param {boolean} titled @param {Answer} answer */
function groupOf({ level, region, duties }, titled, answer) {
  return html`
    ${titled ? html`<h4 class="place">${t(`common.level_${level}`)}<span lang="zh">${region}</span></h4>` : nothing}
    <ul class="cards" role="list">
      ${duties.map((duty) => html`<li class="card">${card(duty, answer)}</li>`)}
    </ul>
  `;
}

/** @param {Duty} duty @param {Answer} answer */
function card(duty, answer) {
  const { cited } = duty;
  const task = cited.path[cited.path.length - 1] ?? place(cited);
  return html`
    <p class="task"><span lang="zh">${task}</span> ${chip(cited)}</p>
    <p class="tags">
      <span class="soft">${cited.document.number ?? cited.document.title ?? cited.document.id}</span>
      ${documentTags(cited)}
    </p>
    <dl>
      ${leadRow(duty)} ${row(t(duty.leads.length ? "ask.members" : "ask.units"), duty.sole ? [] : duty.members)}
      ${row(t("ask.qualifiers"), duty.qualifiers)} ${basisRow(duty, answer)}
    </dl>
  `;
}

/** @param {Duty} duty */
function leadRow({ leads, sole, units }) {
  if (leads.length) return row(t(leads.length > 1 ? "ask.leads" : "ask.lead"), leads, "lead");
  if (sole) return row(t("ask.sole"), [sole], "sole");
  const none = t(units.length ? "ask.no_lead" : "ask.no_units");
  return html`<div><dt>${t("ask.lead")}</dt><dd class="soft">${none}</dd></div>`;
}

/** @param {string} name @param {string[]} bodies @param {string} [kind] */
function row(name, bodies, kind = "") {
  if (!bodies.length) return nothing;
  return html`<div class=${kind}>
    <dt>${name}</dt>
    <dd lang="zh">${bodies.join("、")}</dd>
  </div>`;
}

/** @param {Duty} duty @param {Answer} answer */
function basisRow({ lead_basis: basis }, answer) {
  if (!basis) return nothing;
  const cited = basis.citation === null ? null : answer.citations[basis.citation - 1];
  return html`<div>
    <dt>${t(`ask.basis_${basis.kind}`)}</dt>
    <dd><q lang="zh">${basis.quote}</q> ${cited ? chip(cited) : nothing}</dd>
  </div>`;
}
