// The task table page: what its address asks for, as a table, a matrix or a chart.

import { choices, chosenIn, closeOutside } from "../components/choices.js";
import { dropping, trouble } from "../components/dropping.js";
import { tabs } from "../components/tabs.js";
import { asked, go, tellSwitch } from "../core/address.js";
import { KEYS, filtersIn, optionsOf } from "../core/filters.js";
import { lang, root } from "../core/page.js";
import { Service } from "../core/service.js";
import { t } from "../core/words.js";
import { taskChart } from "../tasks/chart.js";
import { taskMatrix } from "../tasks/matrix.js";
import { nextSort, sortOf, sorted } from "../tasks/sorting.js";
import { taskTable } from "../tasks/table.js";
import { LitElement, html, live, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Task} Task */
/** @typedef {import("../core/types.js").DocumentRef} DocumentRef */
/** @typedef {import("../core/filters.js").Active} Active */

export const ROWS = 100;
const VIEWS = ["table", "matrix", "chart"];
const PANEL = "tasks-panel";

class TasksPage extends LitElement {
  static properties = {
    tasks: { state: true },
    error: { state: true },
    busy: { state: true },
    whole: { state: true },
    counts: { state: true },
  };

  constructor() {
    super();
    this.service = new Service(root);
    /** @type {DocumentRef[]} */
    this.documents = [];
    /** @type {readonly Task[]} */
    this.tasks = [];
    /** @type {unknown} */
    this.error = null;
    this.busy = true;
    this.whole = false;
    /** @type {Map<string, number>} what dropping a filter gives */
    this.counts = new Map();
    this.shown = "";
    this.running = new AbortController();
    this.back = () => this.follow();
    this.outside = (/** @type {Event} */ event) => closeOutside(this, event);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("popstate", this.back);
    document.addEventListener("click", this.outside);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.back);
    document.removeEventListener("click", this.outside);
  }

  /** Until there is something to show, what the server rendered stays. */
  shouldUpdate() {
    if (!this.hasUpdated && this.busy) return false;
    if (!this.hasUpdated) this.replaceChildren();
    return true;
  }

  get query() {
    const params = asked();
    return { unit: params.get("unit")?.trim(), role: params.get("role"), ...filtersIn(params) };
  }

  /** The filters that hold, one value each. @returns {Active[]} */
  get active() {
    return Object.entries(this.query).flatMap(([key, value]) =>
      [value ?? []].flat().flatMap((each) => (each ? [{ key, value: each }] : [])),
    );
  }

  /** Show what the address says now; only other filters need the service. */
  follow() {
    tellSwitch();
    if (JSON.stringify(this.query) === this.shown) this.requestUpdate();
    else this.load();
  }

  async load() {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.shown = JSON.stringify(this.query);
    this.busy = true;
    try {
      if (!this.documents.length) {
        this.documents = (await this.service.get("/v1/documents", {}, signal)).documents;
      }
      const told = await this.service.get("/v1/responsibilities", this.query, signal);
      this.tasks = told.responsibilities;
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
    }
    this.busy = false;
    this.requestUpdate();
    if (!this.error && !this.tasks.length) this.countDrops(signal);
  }

  /** Count what is found without each of the filters. @param {AbortSignal} signal */
  async countDrops(signal) {
    this.counts = new Map();
    for (const each of this.active) {
      const told = await this.service
        .get("/v1/responsibilities", this.without(each), signal)
        .catch(() => null);
      if (signal.aborted) return;
      if (told) this.counts = new Map(this.counts).set(nameOf(each), told.responsibilities.length);
    }
  }

  /** @param {Active} dropped */
  without({ key, value }) {
    const query = /** @type {Record<string, any>} */ (this.query);
    const rest = [query[key] ?? []].flat().filter((/** @type {string} */ each) => each !== value);
    return { ...query, [key]: rest };
  }

  /** @param {Parameters<typeof go>[0]} changes */
  change(changes) {
    go(changes);
    this.follow();
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
    this.change(Object.fromEntries(["unit", "role", "page", ...KEYS].map((key) => [key, null])));
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
      ${choices(optionsOf(this.documents), filters)}
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

  failed() {
    return trouble(this.error, {
      active: this.active,
      options: optionsOf(this.documents),
      drop: (each) => this.change({ [each.key]: this.rest(each) }),
      take: (key, old, value) => this.change({ [key]: [...this.rest({ key, value: old }), value] }),
      again: () => this.load(),
    });
  }

  /** @param {Active} dropped @returns {string[]} */
  rest(dropped) {
    return /** @type {Record<string, any>} */ (this.without(dropped))[dropped.key];
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
    const pages = Math.ceil(this.tasks.length / ROWS);
    const page = Math.min(Math.max(1, Math.trunc(Number(asked().get("page"))) || 1), pages);
    const shown = sorted(this.tasks, sort).slice((page - 1) * ROWS, page * ROWS);
    return html`${taskTable(shown, sort, (column) =>
      this.change({ sort: nextSort(sort, column), page: null }),
    )}${pages > 1 ? this.pager(page, pages) : nothing}`;
  }

  /** @param {number} page @param {number} pages */
  pager(page, pages) {
    const to = (/** @type {number} */ next, /** @type {string} */ name) =>
      html`<button
        type="button"
        class="button"
        ?disabled=${next < 1 || next > pages}
        @click=${() => this.turn(next)}
      >
        ${t(name)}
      </button>`;
    return html`<nav class="pages unprinted" aria-label=${t("tasks.pages")}>
      ${to(page - 1, "tasks.previous")}
      <span role="status">${t("tasks.page", { page, pages })}</span>
      ${to(page + 1, "tasks.next")}
    </nav>`;
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
              optionsOf(this.documents),
              (each) => this.change({ [each.key]: this.rest(each) }),
              (each) => this.counts.get(nameOf(each)),
            )}`
        : nothing}
    </div>`;
  }
}

/** @param {Active} each */
const nameOf = ({ key, value }) => `${key}=${value}`;

customElements.define("yiju-tasks", TasksPage);
