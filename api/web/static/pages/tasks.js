// The task table page: what its address asks for, as a table, a matrix or a chart.

import { choices, chosenIn } from "../components/choices.js";
import { dropping } from "../components/dropping.js";
import { FilteredPage } from "../components/filtered-page.js";
import { tabs } from "../components/tabs.js";
import { asked, tellSwitch } from "../core/address.js";
import { KEYS, filtersIn } from "../core/filters.js";
import { lang } from "../core/page.js";
import { t } from "../core/words.js";
import { taskChart } from "../tasks/chart.js";
import { taskMatrix } from "../tasks/matrix.js";
import { ROWS, pageOf, pager } from "../tasks/pager.js";
import { nextSort, sortOf, sorted } from "../tasks/sorting.js";
import { taskTable } from "../tasks/table.js";
import { html, live, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {import("../core/filters.js").Active} Active */

const VIEWS = ["table", "matrix", "chart"];
const PANEL = "tasks-panel";

class TasksPage extends FilteredPage {
  static properties = {
    ...FilteredPage.properties,
    tasks: { state: true },
    whole: { state: true },
    counts: { state: true },
  };
  static keys = ["unit", "role", ...KEYS];

  constructor() {
    super();
    /** @type {readonly Task[]} */
    this.tasks = [];
    this.whole = false;
    /** @type {Map<string, number>} what dropping a filter gives */
    this.counts = new Map();
    this.shown = "";
  }

  get query() {
    const params = asked();
    return { unit: params.get("unit")?.trim(), role: params.get("role"), ...filtersIn(params) };
  }

  /** Show what the address says now; only other filters need the service. */
  follow() {
    if (JSON.stringify(this.query) !== this.shown) return super.follow();
    tellSwitch();
    this.requestUpdate();
  }

  /** @param {AbortSignal} signal */
  async read(signal) {
    this.shown = JSON.stringify(this.query);
    const told = await this.service.get("/v1/responsibilities", this.query, signal);
    this.tasks = told.responsibilities;
    if (!this.tasks.length) this.countDrops(signal);
  }

  /** Count what is found without each of the filters. @param {AbortSignal} signal */
  async countDrops(signal) {
    this.counts = new Map();
    for (const each of this.active) {
      const told = await this.service
        .get("/v1/responsibilities", { ...this.query, [each.key]: this.rest(each) }, signal)
        .catch(() => null);
      if (signal.aborted) return;
      if (told) this.counts = new Map(this.counts).set(nameOf(each), told.responsibilities.length);
    }
  }

  /** @param {Event} event */
  filter(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const words = Object.fromEntries(
      ["unit", "role"].map((key) => [key, String(form.get(key) ?? "").trim()]),
    );
    this.change({ ...words, ...chosenIn(form), page: null });
  }

  clear() {
    this.change(Object.fromEntries(["page", ...TasksPage.keys].map((key) => [key, null])));
    /** @type {HTMLElement | null} */ (this.querySelector("#unit"))?.focus();
  }

  render() {
    return html`${this.form()}${this.error && !this.busy ? this.failed() : this.results()}`;
  }

  form() {
    const { unit, role, ...filters } = this.query;
    return html`<form
      class="filters sheet unprinted"
      method="get"
      aria-label=${t("filters.name")}
      @submit=${this.filter}
      @change=${this.filter}
    >
      <div class="field unit">
        <label for="unit">${t("filters.unit")}</label>
        <input
          type="search"
          id="unit"
          name="unit"
          list="units"
          autocomplete="off"
          placeholder=${t("tasks.unit_hint")}
          .value=${live(unit ?? "")}
        />
      </div>
      <div class="field">
        <label for="role">${t("filters.role")}</label>
        <select id="role" name="role">
          ${["", "lead", "member"].map(
            (each) => html`<option value=${each} .selected=${each === (role ?? "")}>
              ${t(`tasks.role_${each || "any"}`)}
            </option>`,
          )}
        </select>
      </div>
      ${choices(this.options, filters)}
      <div class="actions">
        <button class="button main">${t("tasks.apply")}</button>
        ${this.active.length
          ? html`<button type="button" class="button quiet" @click=${this.clear}>
              ${t("filters.clear")}
            </button>`
          : nothing}
      </div>
    </form>`;
  }

  results() {
    const count = this.busy ? t("common.loading") : t("tasks.count", { count: this.tasks.length });
    const view = this.view;
    return html`<div class="toolbar">
        ${this.tasks.length
          ? tabs(
              {
                name: t("tasks.views"),
                tabs: VIEWS.map((id) => ({ id, label: t(`tasks.view_${id}`) })),
                selected: view,
                panel: PANEL,
              },
              (id) => this.change({ view: id === VIEWS[0] ? null : id }),
            )
          : nothing}
        <p class="count ${this.busy ? "loading" : ""}" role="status">${count}</p>
        ${this.tasks.length ? this.exports() : nothing}
      </div>
      ${this.tasks.length
        ? html`<div
            id=${PANEL}
            role="tabpanel"
            aria-labelledby="tab-${view}"
            aria-busy=${this.busy ? "true" : "false"}
          >
            ${this.panel(view)}
          </div>`
        : this.nothingFound()}`;
  }

  get view() {
    const wanted = asked().get("view") ?? "";
    return VIEWS.includes(wanted) ? wanted : "table";
  }

  exports() {
    return html`<p class="exports unprinted">
      ${["csv", "xlsx"].map(
        (format) => html`<a
          class="button"
          download
          href=${this.service.address("/v1/responsibilities", { ...this.query, format, lang })}
          aria-label=${t(`tasks.${format}_name`)}
          >${t(`tasks.${format}`)}</a
        >`,
      )}
    </p>`;
  }

  /** @param {string} view */
  panel(view) {
    if (view === "matrix") {
      return taskMatrix(this.tasks, asked().get("matrix"), (id) => this.change({ matrix: id }));
    }
    if (view === "chart") return taskChart(this.tasks, this.whole, () => (this.whole = !this.whole));
    const sort = sortOf(asked().get("sort"));
    const { page, pages } = pageOf(asked().get("page"), this.tasks.length);
    const shown = sorted(this.tasks, sort).slice((page - 1) * ROWS, page * ROWS);
    return html`${taskTable(shown, sort, (column) =>
      this.change({ sort: nextSort(sort, column), page: null }),
    )}${pages > 1 ? pager(page, pages, (next) => this.turn(next)) : nothing}`;
  }

  /** @param {number} page */
  async turn(page) {
    this.change({ page: page === 1 ? null : page });
    await this.updateComplete;
    this.querySelector(".toolbar")?.scrollIntoView();
    /** @type {HTMLElement | null} */ (this.querySelector(".scroll"))?.focus({ preventScroll: true });
  }

  nothingFound() {
    if (this.busy) return nothing;
    const active = this.active;
    return html`<div class="note">
      <p>${t(active.length ? "tasks.none_found" : "tasks.none_at_all")}</p>
      ${active.length
        ? html`<p>${t("tasks.none_hint")}</p>
            ${dropping(
              active,
              this.options,
              (each) => this.drop(each),
              (each) => this.counts.get(nameOf(each)),
            )}`
        : nothing}
    </div>`;
  }
}

/** @param {Active} each */
const nameOf = ({ key, value }) => `${key}=${value}`;

customElements.define("yiju-tasks", TasksPage);
