// What to ask to begin with: questions that the documents answer, and those asked before.

import { told } from "../core/errors.js";
import { lang } from "../core/page.js";
import { t } from "../core/words.js";
import { html, LitElement, nothing } from "../vendor/lit.js";

/** @typedef {{question: string, kind: string}} Example */

const EXPECTED = 6;

/** Tells by `yiju-question` which one is to be asked. */
export class FirstQuestionsElement extends LitElement {
  static properties = {
    service: { attribute: false },
    recent: { attribute: false },
    examples: { state: true },
    error: { state: true },
    cleared: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../core/service.js").Service | null} */
    this.service = null;
    /** @type {import("../core/recent.js").RecentQuestions | null} */
    this.recent = null;
    /** @type {Example[] | null} */
    this.examples = null;
    /** @type {unknown} */
    this.error = null;
    this.cleared = 0;
  }

  createRenderRoot() {
    return this;
  }

  async load() {
    this.error = null;
    try {
      this.examples = (await this.service?.get("/v1/examples", { lang })).examples;
    } catch (error) {
      this.error = error;
    }
  }

  render() {
    return html`${this.exampleList()} ${this.recentList()}`;
  }

  exampleList() {
    if (this.examples?.length === 0) return nothing;
    return html`<section>
      <h2>${t("ask.examples")}</h2>
      ${this.error ? this.failed() : nothing}
      <ul class="questions" role="list">
        ${this.examples
          ? this.examples.map(({ question, kind }) => this.choice(question, t(`ask.kind_${kind}`)))
          : Array.from({ length: this.error ? 0 : EXPECTED }, () => html`<li class="expected"></li>`)}
      </ul>
    </section>`;
  }

  failed() {
    return html`<div class="note error">
      <p>${told(this.error, t)}</p>
      <button type="button" class="button" @click=${this.load}>${t("common.retry")}</button>
    </div>`;
  }

  recentList() {
    const questions = this.recent?.questions ?? [];
    if (!questions.length) return nothing;
    return html`<section>
      <div class="titled">
        <h2>${t("ask.recent")}</h2>
        <button type="button" class="button quiet" @click=${this.clear}>${t("ask.clear_recent")}</button>
      </div>
      <ul class="questions plain" role="list">
        ${questions.map((question) => this.choice(question))}
      </ul>
      <p class="soft">${t("ask.recent_note")}</p>
    </section>`;
  }

  /** @param {string} question @param {string} [kind] */
  choice(question, kind = "") {
    const ask = () =>
      this.dispatchEvent(new CustomEvent("yiju-question", { bubbles: true, detail: question }));
    return html`<li>
      <button type="button" class="question" @click=${ask}>
        ${kind ? html`<span class="kind">${kind}</span>` : nothing}<span>${question}</span>
      </button>
    </li>`;
  }

  /** The button goes: the focus to the first example. */
  clear() {
    this.recent?.clear();
    this.cleared += 1;
    /** @type {HTMLElement | null} */ (this.querySelector(".question"))?.focus();
  }
}

customElements.define("yiju-first-questions", FirstQuestionsElement);
