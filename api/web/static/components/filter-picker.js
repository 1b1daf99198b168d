// What the next questions are restricted to: chosen from what the documents are, shown as chips.

import { told } from "../core/errors.js";
import { chosen, labelOf, optionsOf, toggled } from "../core/filters.js";
import { t } from "../core/words.js";
import { html, LitElement, nothing } from "../vendor/lit.js";

/** @typedef {import("../core/types.js").DocumentRef} DocumentRef */
/** @typedef {import("../core/filters.js").Key} FilterKey */
/** @typedef {import("../core/filters.js").Option} Option */

const FEW = 8; // documents that need no search
const SHOWN = 60; // documents listed at a time; others are found by their words

/** Tells by `yiju-filters` what was chosen. */
export class FilterPickerElement extends LitElement {
  static properties = {
    service: { attribute: false },
    filters: { attribute: false },
    documents: { state: true },
    error: { state: true },
    sought: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../core/service.js").Service | null} */
    this.service = null;
    /** @type {import("../core/types.js").Filters} */
    this.filters = {};
    /** @type {DocumentRef[] | null} */
    this.documents = null;
    /** @type {unknown} */
    this.error = null;
    this.sought = "";
  }

  createRenderRoot() {
    return this;
  }

  get options() {
    return optionsOf(this.documents ?? []);
  }

  /** Give the name of a value as readers know it. @param {string} key @param {string} value */
  nameOf(key, value) {
    return labelOf(this.options, key, value);
  }

  /** Read the documents, once, when they are wanted. */
  async load() {
    if (this.documents || !this.service) return;
    this.error = null;
    try {
      this.documents = (await this.service.get("/v1/documents")).documents;
      this.dispatchEvent(new CustomEvent("yiju-documents", { bubbles: true }));
    } catch (error) {
      this.error = error;
    }
  }

  render() {
    const values = chosen(this.filters);
    return html`
      <details class="filters" @toggle=${this.load}>
        <summary class="button quiet">${t("ask.filters")}</summary>
        <div class="choices">${this.choices()}</div>
      </details>
      ${values.length
        ? html`<ul class="chosen" role="list" aria-label=${t("ask.chosen_filters")}>
            ${values.map(({ key, value }) => this.removable(key, value))}
          </ul>`
        : nothing}
    `;
  }

  choices() {
    if (this.error) {
      return html`<div class="note error">
        <p>${told(this.error, t)}</p>
        <button type="button" class="button" @click=${this.load}>${t("common.retry")}</button>
      </div>`;
    }
    if (!this.documents) return html`<p class="loading">${t("common.loading")}</p>`;
    const { document_id: documents, ...others } = this.options;
    return html`
      ${Object.entries(others).map(([key, options]) => this.group(/** @type {FilterKey} */ (key), options))}
      ${this.documentGroup(documents)}
    `;
  }

  /** @param {Option[]} documents */
  documentGroup(documents) {
    const found = documents.filter(({ label }) => label.includes(this.sought.trim()));
    const more = found.length - SHOWN;
    return html`<fieldset class="documents">
      <legend>${t("filters.document_id")}</legend>
      ${documents.length > FEW
        ? html`<input
            type="search"
            aria-label=${t("ask.filter_search")}
            placeholder=${t("ask.filter_search")}
            .value=${this.sought}
            @keydown=${unsent}
            @input=${(/** @type {Event} */ event) =>
              (this.sought = /** @type {HTMLInputElement} */ (event.target).value)}
          />`
        : nothing}
      <div class="options">${found.slice(0, SHOWN).map((each) => this.option("document_id", each))}</div>
      ${more > 0 ? html`<p class="soft">${t("ask.filter_more", { count: more })}</p>` : nothing}
    </fieldset>`;
  }

  /** @param {FilterKey} key @param {Option[]} options */
  group(key, options) {
    return html`<fieldset>
      <legend>${t(`filters.${key}`)}</legend>
      <div class="options">${options.map((each) => this.option(key, each))}</div>
    </fieldset>`;
  }

  /** @param {FilterKey} key @param {Option} option */
  option(key, { value, label }) {
    return html`<label class="option">
      <input
        type="checkbox"
        .checked=${this.filters[key]?.includes(value) ?? false}
        @change=${() => this.choose(key, value)}
      />
      <span>${label}</span>
    </label>`;
  }

  /** @param {FilterKey} key @param {string} value */
  removable(key, value) {
    const name = this.nameOf(key, value);
    return html`<li>
      <button
        type="button"
        class="tag removable"
        aria-label=${t("ask.remove_filter", { name })}
        @click=${() => this.drop(key, value)}
      >
        ${name}<span aria-hidden="true">×</span>
      </button>
    </li>`;
  }

  /** The chip goes: the focus with it, to where filters are chosen. @param {FilterKey} key @param {string} value */
  drop(key, value) {
    this.choose(key, value);
    this.querySelector("summary")?.focus();
  }

  /** @param {FilterKey} key @param {string} value */
  choose(key, value) {
    this.filters = toggled(this.filters, key, value);
    this.dispatchEvent(new CustomEvent("yiju-filters", { bubbles: true, detail: this.filters }));
  }
}

/** Enter in the search of documents sends no question. @param {KeyboardEvent} event */
function unsent(event) {
  if (event.key === "Enter") event.preventDefault();
}

customElements.define("yiju-filter-picker", FilterPickerElement);
