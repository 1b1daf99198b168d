// The list of documents: chosen and sorted at once, as the server does it without this script.

import { keepInAddress } from "../core/address.js";
import { LEVELS } from "../core/filters.js";
import { folded } from "../core/folding.js";
import { lang } from "../core/page.js";
import { t } from "../core/words.js";

const NAMES = ["q", "region", "level", "status", "sort"];
const collator = new Intl.Collator(lang, { numeric: true });

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** The form with its list. */
class DocumentList {
  /** @param {HTMLFormElement} form @param {HTMLTableElement} table */
  constructor(form, table) {
    this.form = form;
    this.table = table;
    this.body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
    this.rows = [...this.body.rows];
    form.addEventListener("input", () => this.choose());
    form.addEventListener("submit", (event) => event.preventDefault());
    element("clear").addEventListener("click", (event) => this.clear(event));
    this.restore();
  }

  /** Take what the browser put back into the fields on going back. */
  restore() {
    const asked = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const control = this.control(name);
      control.value = asked.get(name) ?? "";
      // What is none of the choices may be another name of one, which the server has read.
      control.value ||= (asked.has(name) && control.querySelector("[selected]")?.getAttribute("value")) || "";
    }
    this.choose();
  }

  /** @param {string} name @returns {Control} */
  control(name) {
    return /** @type {Control} */ (this.form.elements.namedItem(name));
  }

  choose() {
    const wanted = Object.fromEntries(NAMES.map((name) => [name, this.control(name).value]));
    const words = (wanted.q ?? "").split(/\s+/).map(folded);
    for (const row of this.rows) row.hidden = !fits(row, wanted, words);
    this.body.append(...[...this.rows].sort(order(wanted.sort ?? "")));
    this.tell(this.rows.filter((row) => !row.hidden).length);
    keepInAddress(/** @type {Record<string, string>} */ (wanted));
  }

  /** @param {number} shown */
  tell(shown) {
    const count = this.rows.length;
    const told = shown === count ? t("documents.count", { count }) : t("documents.count_of", { shown, count });
    if (element("count").textContent !== told) element("count").textContent = told;
    element("none").hidden = shown > 0;
    this.table.hidden = shown === 0;
  }

  /** @param {Event} event */
  clear(event) {
    event.preventDefault();
    for (const name of NAMES) this.control(name).value = "";
    this.choose();
    this.control("q").focus();
  }
}

/** @param {HTMLTableRowElement} row @param {Record<string, string>} wanted @param {string[]} words */
function fits({ dataset }, wanted, words) {
  const same = ["region", "level", "status"].every((name) => !wanted[name] || wanted[name] === dataset[name]);
  return same && words.every((each) => dataset.words?.includes(each));
}

/** @param {string} sort @returns {(one: HTMLTableRowElement, two: HTMLTableRowElement) => number} */
function order(sort) {
  const newest = (/** @type {HTMLElement} */ one, /** @type {HTMLElement} */ two) =>
    (two.dataset.date ?? "").localeCompare(one.dataset.date ?? "") || before(one, two);
  if (sort === "title") {
    return (one, two) => collator.compare(one.dataset.title ?? "", two.dataset.title ?? "");
  }
  return sort === "region" ? (one, two) => place(one) - place(two) || newest(one, two) : newest;
}

/** Give the level and the region as one number; those of no region stand last. @param {HTMLElement} row */
function place({ dataset }) {
  const level = LEVELS.indexOf(dataset.level ?? "");
  return (level < 0 ? 9 : level) * 1e7 + Number(dataset.region || 999999);
}

/** @param {HTMLElement} one @param {HTMLElement} two */
const before = (one, two) => Number(one.dataset.order) - Number(two.dataset.order);

const form = document.querySelector("form.choosing");
const table = document.getElementById("list");
if (form instanceof HTMLFormElement && table instanceof HTMLTableElement) new DocumentList(form, table);
