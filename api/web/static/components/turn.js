// One question and its answer, from the waiting to the citations.

import { answerWords, citationWords, copyOf } from "../core/answer_copy.js";
import { copyText } from "../core/clipboard.js";
import { told } from "../core/errors.js";
import { chosen, questionQuery } from "../core/filters.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";
import { html, LitElement, nothing } from "../vendor/lit.js";
import { answerText } from "./answer-text.js";
import { citationLists } from "./citation-list.js";
import { dutyCards } from "./duty-cards.js";
import { statusBadge } from "./status-badge.js";

/** @typedef {import("../core/conversation.js").Turn} Turn */
/** @typedef {import("../core/types.js").Answer} Answer */

const NOTED_S = 4;
const PROBLEMS = new Map([
  ["empty-question", "ask.error_empty"],
  ["question-too-long", "ask.error_too_long"],
  ["question-not-text", "ask.error_not_text"],
  ["unknown-filter-value", "ask.error_filter"],
  ["contradictory-filters", "ask.error_filters_conflict"],
]);

/**
 * Shows a turn. Tells what is wanted by events that bubble: `yiju-retry`, `yiju-edit`,
 * `yiju-stop`, `yiju-print`, `yiju-rate` with the rating.
 */
export class TurnElement extends LitElement {
  static properties = {
    turn: { attribute: false },
    nameOf: { attribute: false },
    rated: { attribute: false },
    feedback: { type: Boolean },
    allDuties: { state: true },
    allCitations: { state: true },
    note: { state: true },
  };

  constructor() {
    super();
    /** @type {Turn | null} */
    this.turn = null;
    /** @type {(key: string, value: string) => string} */
    this.nameOf = (_, value) => value;
    /** @type {"up" | "down" | null} */
    this.rated = null;
    this.feedback = false;
    this.allDuties = false;
    this.allCitations = false;
    this.note = "";
    this.noted = 0;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { turn } = this;
    if (!turn) return nothing;
    const name = `question-${turn.id}`;
    return html`<article class="turn" aria-labelledby=${name} aria-busy=${turn.state === "waiting"}>
      <h2 class="asked" id=${name} tabindex="-1">${turn.question}</h2>
      ${this.restriction(turn)}
      <div class="sheet reply">${this.reply(turn)}</div>
    </article>`;
  }

  /** @param {Turn} turn */
  restriction({ filters }) {
    const values = chosen(filters).map(({ key, value }) => this.nameOf(key, value));
    if (!values.length) return nothing;
    return html`<p class="restricted">${t("ask.restricted_to")} ${values.map((each) => html`<span class="tag">${each}</span>`)}</p>`;
  }

  /** @param {Turn} turn */
  reply(turn) {
    if (turn.error) return this.failed(turn.error);
    if (turn.answer) return this.answered(turn.answer);
    return turn.sentences.length ? this.speaking(turn) : this.waiting(turn);
  }

  /** @param {Turn} turn */
  waiting({ slow }) {
    return html`
      <p class="loading">${t(slow ? "ask.still_waiting" : "ask.waiting")}</p>
      <p class="unprinted">${this.button("ask.stop", "yiju-stop", { kind: "" })}</p>
    `;
  }

  /** @param {Turn} turn */
  speaking({ sentences }) {
    return html`
      <p class="by"><span class="tag generated">${sentences[0]?.mark}</span></p>
      <div class="words"><p>${sentences.map(({ text }) => text)}</p></div>
      <p class="loading soft">${t("ask.checking")}</p>
    `;
  }

  /** @param {import("../core/errors.js").ServiceError} error */
  failed(error) {
    const own = PROBLEMS.get(error.slug);
    return html`<div class="note error">
      <p>${own ? t(own) : told(error, t)}</p>
      <p class="unprinted">
        ${error.passing ? this.button("common.retry", "yiju-retry", { kind: "" }) : nothing}
        ${this.button("ask.edit", "yiju-edit", { kind: "" })}
      </p>
    </div>`;
  }

  /** @param {Answer} answer */
  answered(answer) {
    return html`
      <div class="head">
        ${statusBadge(answer.status)}
        ${answer.worded_by === "model"
          ? html`<span class="tag generated">${t("ask.generated")}</span>`
          : nothing}
      </div>
      ${answer.interpreted_as
        ? html`<p class="interpreted">${t("ask.interpreted_as")}<span>${answer.interpreted_as}</span></p>`
        : nothing}
      ${answer.reason && !saysItself(answer)
        ? html`<p class="reason" lang=${answer.lang}>${answer.reason.message}</p>`
        : nothing}
      ${answerText({ ...answer, answer: answerWords(answer) })}
      ${answer.status === "not_found" ? this.elsewhere() : nothing}
      ${dutyCards(answer, {
        all: this.allDuties,
        toggle: () => (this.allDuties = !this.allDuties),
      })}
      ${citationLists(answer.citations, {
        all: this.allCitations,
        toggle: () => (this.allCitations = !this.allCitations),
        copy: (cited) => this.copy(citationWords(cited)),
      })}
      ${this.actions(answer)}
    `;
  }

  elsewhere() {
    return html`<p class="soft">
      ${t("ask.not_found_hint")} <a href="${root}/documents">${t("ask.see_documents")}</a>
    </p>`;
  }

  /** @param {Answer} answer */
  actions(answer) {
    const words = { question: t("ask.copy_question"), basis: t("ask.copy_basis") };
    return html`<div class="actions unprinted">
      <button type="button" class="button quiet" @click=${() => this.copy(copyOf(answer, words))}>
        ${t("ask.copy_answer")}
      </button>
      <button type="button" class="button quiet" @click=${() => this.copy(this.link())}>
        ${t("ask.copy_link")}
      </button>
      ${this.button("ask.print", "yiju-print")} ${this.feedback ? this.thumbs() : nothing}
      <p class="noted" role="status">${this.note}</p>
    </div>`;
  }

  thumbs() {
    return html`${this.thumb("up")} ${this.thumb("down")}`;
  }

  /** @param {"up" | "down"} rating */
  thumb(rating) {
    const tell = () =>
      this.dispatchEvent(new CustomEvent("yiju-rate", { bubbles: true, detail: rating }));
    const pressed = this.rated === rating;
    return html`<button type="button" class="button quiet" aria-pressed=${pressed} @click=${tell}>
      ${t(`ask.rate_${rating}`)}
    </button>`;
  }

  /** @param {string} name @param {string} event @param {{kind?: string}} [options] */
  button(name, event, { kind = "quiet" } = {}) {
    const tell = () => this.dispatchEvent(new CustomEvent(event, { bubbles: true }));
    return html`<button type="button" class="button ${kind}" @click=${tell}>${t(name)}</button>`;
  }

  link() {
    const { question = "", filters = {} } = this.turn ?? {};
    return `${location.origin}${root}/${questionQuery(question, filters)}`;
  }

  /** @param {string} words */
  async copy(words) {
    this.say(t((await copyText(words)) ? "common.copied" : "common.copy_failed"));
  }

  /** @param {string} words */
  say(words) {
    clearTimeout(this.noted);
    this.note = words;
    this.noted = window.setTimeout(() => (this.note = ""), NOTED_S * 1000);
  }
}

/** Whether the answer is its reason, word for word. @param {Answer} answer */
function saysItself({ answer, reason }) {
  return answer.replace(/\[\d+\]/g, "") === reason?.message;
}

customElements.define("yiju-turn", TurnElement);
