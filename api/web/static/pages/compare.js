// The compare page: one subject, regions as columns, and the chain from the nation down.

import { found, silent, speaking } from "../compare/results.js";
import { choices, chosenIn } from "../components/choices.js";
import { dropping } from "../components/dropping.js";
import { FilteredPage } from "../components/filtered-page.js";
import { asked } from "../core/address.js";
import { filtersIn } from "../core/filters.js";
import { t } from "../core/words.js";
import { html, live, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */

const LONGEST = 2000;

class ComparePage extends FilteredPage {
  static properties = { ...FilteredPage.properties, told: { state: true } };

  constructor() {
    super();
    /** @type {Comparison | null} */
    this.told = null;
    const subjects = document.querySelectorAll("#subjects option");
    this.subjects = [...subjects].map((each) => each.getAttribute("value") ?? "");
  }

  get topic() {
    return asked().get("topic")?.trim() ?? "";
  }

  get query() {
    return { topic: this.topic, ...filtersIn(asked()) };
  }

  /** @param {AbortSignal} signal */
  async read(signal) {
    this.told = this.topic ? await this.service.get("/v1/compare", this.query, signal) : null;
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
      ${choices(this.options, filtersIn(asked()))}
      <div class="actions"><button class="button main">${t("compare.submit")}</button></div>
    </form>`;
  }

  results() {
    if (this.error && !this.busy) return this.failed();
    const { told } = this;
    if (told === null) return this.busy ? loading() : this.start();
    return html`${this.summary(told)} ${told.rows.length ? found(told) : this.nothingFound(told)}
    ${silent(told)}`;
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
    const documents = speaking(told);
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
          ${dropping(this.active, this.options, (each) => this.drop(each))}
        </div>`;
  }
}

const loading = () =>
  html`<div class="toolbar"><p class="count loading" role="status">${t("common.loading")}</p></div>`;

customElements.define("yiju-compare", ComparePage);
