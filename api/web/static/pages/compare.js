// The compare page: one subject, regions as columns, and the chain from the nation down.

import { chain } from "../compare/chain.js";
import { regionsOf } from "../compare/columns.js";
import { contrast } from "../compare/contrast.js";
import { said } from "../compare/said.js";
import { choices, chosenIn, closeOutside } from "../components/choices.js";
import { dropping, trouble } from "../components/dropping.js";
import { asked, go, tellSwitch } from "../core/address.js";
import { documentName } from "../core/citations.js";
import { KEYS, filtersIn, optionsOf } from "../core/filters.js";
import { root } from "../core/page.js";
import { Service } from "../core/service.js";
import { t } from "../core/words.js";
import { LitElement, html, live, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */
/** @typedef {import("../core/types.js").DocumentRef} DocumentRef */
/** @typedef {import("../core/filters.js").Active} Active */

const LONGEST = 2000;

class ComparePage extends LitElement {
  static properties = { told: { state: true }, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.service = new Service(root);
    /** @type {DocumentRef[]} */
    this.documents = [];
    /** @type {Comparison | null} */
    this.told = null;
    /** @type {unknown} */
    this.error = null;
    this.busy = true;
    this.running = new AbortController();
    this.back = () => this.load();
    this.outside = (/** @type {Event} */ event) => closeOutside(this, event);
    const subjects = document.querySelectorAll("#subjects option");
    this.subjects = [...subjects].map((each) => each.getAttribute("value") ?? "");
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

  get topic() {
    return asked().get("topic")?.trim() ?? "";
  }

  get query() {
    return { topic: this.topic, ...filtersIn(asked()) };
  }

  /** The filters that hold, one value each. @returns {Active[]} */
  get active() {
    const filters = filtersIn(asked());
    return KEYS.flatMap((key) => filters[key].map((value) => ({ key, value })));
  }

  async load() {
    tellSwitch();
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.busy = true;
    try {
      if (!this.documents.length) {
        this.documents = (await this.service.get("/v1/documents", {}, signal)).documents;
      }
      this.told = this.topic ? await this.service.get("/v1/compare", this.query, signal) : null;
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
    }
    this.busy = false;
  }

  /** @param {Parameters<typeof go>[0]} changes */
  change(changes) {
    go(changes);
    this.load();
  }

  /** @param {Event} event */
  compare(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    this.change({ topic: String(form.get("topic") ?? "").trim(), ...chosenIn(form) });
  }

  /** A choice counts at once where there is a subject. @param {Event} event */
  choose(event) {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box.type === "checkbox" && this.topic) this.compare(event);
  }

  render() {
    return html`${this.form()}
      <div class="results" aria-busy=${this.busy ? "true" : "false"}>${this.results()}</div>`;
  }

  form() {
    return html`<form
      class="filters sheet unprinted"
      method="get"
      role="search"
      @submit=${this.compare}
      @change=${this.choose}
    >
      <div class="field wide">
        <label for="topic">${t("compare.topic")}</label>
        <input
          type="search"
          id="topic"
          name="topic"
          list="subjects"
          required
          autocomplete="off"
          maxlength=${LONGEST}
          placeholder=${t("compare.topic_hint")}
          .value=${live(this.topic)}
        />
      </div>
      ${choices(optionsOf(this.documents), filtersIn(asked()))}
      <div class="actions"><button class="button main">${t("compare.submit")}</button></div>
    </form>`;
  }

  results() {
    if (this.error && !this.busy) return this.failed();
    const { told } = this;
    if (told === null) return this.busy ? loading() : this.start();
    return html`${this.summary(told)} ${told.rows.length ? body(told) : this.nothingFound(told)}
    ${silent(told)}`;
  }

  failed() {
    return trouble(this.error, {
      active: this.active,
      options: optionsOf(this.documents),
      drop: (each) => this.drop(each),
      take: (key, old, value) => this.change({ [key]: [...this.rest({ key, value: old }), value] }),
      again: () => this.load(),
    });
  }

  /** @param {Active} dropped */
  rest({ key, value }) {
    return asked()
      .getAll(key)
      .filter((each) => each !== value);
  }

  /** @param {Active} dropped */
  drop(dropped) {
    this.change({ [dropped.key]: this.rest(dropped) });
  }

  start() {
    return html`<div class="start">
      <p class="soft">${t("compare.start")}</p>
      ${this.subjects.length
        ? html`<h2>${t("compare.try")}</h2>
            <ul class="drops">
              ${this.subjects.map(
                (topic) => html`<li>
                  <button type="button" class="button" @click=${() => this.change({ topic })}>
                    ${topic}
                  </button>
                </li>`,
              )}
            </ul>`
        : nothing}
    </div>`;
  }

  /** @param {Comparison} told */
  summary(told) {
    const documents = new Set(told.rows.map((row) => row.document.id)).size;
    const { topic } = told;
    return html`<div class="toolbar">
      <p class="count ${this.busy ? "loading" : ""}" role="status">
        ${this.busy
          ? t("common.loading")
          : told.rows.length
            ? t("compare.found", { topic, documents, count: told.rows.length })
            : t("compare.none", { topic })}
      </p>
      ${told.rows.length
        ? html`<p class="exports unprinted">
            <a
              class="button"
              download="compare.csv"
              href=${this.service.address("/v1/compare", { ...this.query, format: "csv" })}
              aria-label=${t("compare.csv_name")}
              >${t("compare.csv")}</a
            >
          </p>`
        : nothing}
    </div>`;
  }

  /** @param {Comparison} told */
  nothingFound(told) {
    return told.missing.length
      ? nothing
      : html`<div class="note">
          <p>${t("compare.none_hint")}</p>
          ${dropping(this.active, optionsOf(this.documents), (each) => this.drop(each))}
        </div>`;
  }
}

const loading = () =>
  html`<div class="toolbar"><p class="count loading" role="status">${t("common.loading")}</p></div>`;

/** @param {Comparison} told */
function body(told) {
  const regions = regionsOf(told);
  const documents = new Set(told.rows.map((row) => row.document.id)).size;
  return html`${documents === 1 ? html`<p class="note">${t("compare.one")}</p>` : nothing}
    <h2>${t("compare.said")}</h2>
    ${said(told, regions)}
    ${documents > 1
      ? html`<h2>${t("compare.points")}</h2>
          <p class="soft hint">${t("compare.points_hint")}</p>
          ${contrast(told, regions)}`
      : nothing}
    ${told.chain.length
      ? html`<h2>${t("compare.chain")}</h2>
          <p class="soft hint">${t("compare.chain_hint")}</p>
          ${chain(told.chain)}`
      : nothing}`;
}

/** Who says nothing, and what is not held. @param {Comparison} told */
function silent({ missing, lacking }) {
  return html`${missing.length
      ? html`<p class="note warn">${t("compare.missing", { names: missing.join(t("filters.separator")) })}</p>`
      : nothing}
    ${lacking.length
      ? html`<details class="lacking" ?open=${lacking.length <= 8}>
          <summary>${t("compare.lacking", { count: lacking.length })}</summary>
          <ul>
            ${lacking.map(
              (each) => html`<li>${each.region ? html`<strong>${each.region.name}</strong> ` : nothing}${documentName(each)}</li>`,
            )}
          </ul>
        </details>`
      : nothing}`;
}

customElements.define("yiju-compare", ComparePage);
