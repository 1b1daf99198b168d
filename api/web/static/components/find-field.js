// A field that finds words in what is read, and goes from one place to the next.

import { LitElement, html, live, nothing } from "../vendor/lit.js";
import { t } from "../core/words.js";

const PAUSE_MS = 120;

/**
 * `<yiju-find>`: a search field with its count.
 * @fires yiju-find when the words change; `detail` is the words
 * @fires yiju-step to go on (1) or back (-1); `detail` says which
 */
class FindField extends LitElement {
  static properties = {
    words: { state: true },
    count: { attribute: false },
    at: { attribute: false },
  };

  constructor() {
    super();
    this.words = "";
    /** How many places there are. */
    this.count = 0;
    /** Which of them the reader is at, from 0. */
    this.at = 0;
    this.timer = 0;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<div role="search" class="find" @keydown=${this.pressed}>
      <label class="unseen" for="find">${t("documents.search")}</label>
      <input
        id="find"
        type="search"
        maxlength="200"
        autocomplete="off"
        placeholder=${t("documents.search")}
        .value=${live(this.words)}
        @input=${this.typed}
      />
      <span class="places soft" role="status">${this.told()}</span>
      ${this.words ? this.steps() : nothing}
    </div>`;
  }

  told() {
    if (!this.words.trim()) return "";
    if (this.count === 0) return t("documents.search_none");
    return t("documents.search_at", { at: this.at + 1, count: this.count });
  }

  steps() {
    const none = this.count === 0;
    return html`
      <button type="button" class="button quiet" ?disabled=${none} @click=${() => this.step(-1)}>
        <span aria-hidden="true">↑</span><span class="unseen">${t("documents.search_previous")}</span>
      </button>
      <button type="button" class="button quiet" ?disabled=${none} @click=${() => this.step(1)}>
        <span aria-hidden="true">↓</span><span class="unseen">${t("documents.search_next")}</span>
      </button>
      <button type="button" class="button quiet" @click=${this.clear}>
        <span aria-hidden="true">✕</span><span class="unseen">${t("documents.search_clear")}</span>
      </button>
    `;
  }

  get input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  typed() {
    this.words = this.input.value;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.find(), PAUSE_MS);
  }

  find() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.dispatchEvent(new CustomEvent("yiju-find", { detail: this.words }));
  }

  clear() {
    this.words = "";
    this.find();
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const inField = event.target === this.input;
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    if (event.key === "Escape" && this.words) this.clear();
    else if (event.key === "Enter" && inField) this.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /** @param {1 | -1} by */
  step(by) {
    // What was typed just now is sought first, which leads to its first place.
    if (this.timer) this.find();
    else this.dispatchEvent(new CustomEvent("yiju-step", { detail: by }));
  }
}

customElements.define("yiju-find", FindField);
