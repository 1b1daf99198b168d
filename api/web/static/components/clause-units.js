// Who is responsible for a clause, as it stands beside its words.

import { html, nothing } from "../vendor/lit.js";
import { clauseAddress } from "../core/citations.js";
import { membersOf } from "../core/duties.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";

/** @typedef {import("../core/types.js").UnitsRecord} UnitsRecord */

/** Tell what each record of a clause says. @param {readonly UnitsRecord[]} records */
export function units(records) {
  return records.length ? html`<div class="units">${records.map(one)}</div>` : nothing;
}

/** @param {UnitsRecord} record */
function one(record) {
  const { leads, qualifiers } = record;
  const others = membersOf(record);
  const name = leads.length ? t("document.members") : t("document.units");
  return html`<dl>
    ${leads.length ? entry("lead", t("document.lead"), leads) : nothing}
    ${!leads.length && others.length > 1 ? plain(t("document.lead"), t("document.no_lead")) : nothing}
    ${others.length ? entry("others", name, others) : nothing}
    ${qualifiers.length ? entry("said", t("document.said"), qualifiers) : nothing}
    ${basis(record)}
  </dl>`;
}

/** @param {string} kind @param {string} name @param {readonly string[]} named */
function entry(kind, name, named) {
  return html`<div class=${kind}><dt>${name}</dt><dd>${named.join("、")}</dd></div>`;
}

/** @param {string} name @param {unknown} words */
function plain(name, words) {
  return html`<div class="basis"><dt>${name}</dt><dd>${words}</dd></div>`;
}

/** @param {UnitsRecord} record */
function basis({ lead_basis: rule, inherited_from: from }) {
  if (from !== null) return plain(t("document.source"), clauseLink(from, t("document.inherited")));
  if (rule?.kind !== "first_listed") return nothing;
  const stated = t("document.first_listed", { quote: rule.quote });
  return plain(t("document.basis"), clauseLink(rule.clause_id, stated));
}

/** @param {string} clauseId @param {string} words */
function clauseLink(clauseId, words) {
  return html`<a href=${clauseAddress(root, clauseId)} data-opens-clause=${clauseId}>${words}</a>`;
}
