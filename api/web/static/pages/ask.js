// The ask page: the form asks, the conversation shows, the address says what was asked.

import "../components/filter-picker.js";
import "../components/first-questions.js";
import "../components/source-panel.js";
import "../components/turn.js";
import { ClausePreview } from "../components/clause-preview.js";
import { QuestionBox } from "../components/question-box.js";
import { followsHere } from "../core/clicks.js";
import { Conversation } from "../core/conversation.js";
import { filtersOf, questionQuery } from "../core/filters.js";
import { lang, root } from "../core/page.js";
import { RecentQuestions } from "../core/recent.js";
import { ServiceError } from "../core/errors.js";
import { Service } from "../core/service.js";
import { t } from "../core/words.js";
import { html, render, repeat } from "../vendor/lit.js";

/** @typedef {import("../core/conversation.js").Turn} Turn */
/** @typedef {import("../core/types.js").Citation} Citation */
/** @typedef {import("../components/filter-picker.js").FilterPickerElement} FilterPicker */
/** @typedef {import("../components/first-questions.js").FirstQuestionsElement} FirstQuestions */
/** @typedef {import("../components/source-panel.js").SourcePanelElement} SourcePanel */
/** @typedef {import("../components/turn.js").TurnElement} TurnElement */

/** Everything on the page, tied together. */
class AskPage {
  constructor() {
    this.page = element("#ask");
    this.list = element("#conversation");
    this.status = element("#told");
    this.picker = /** @type {FilterPicker} */ (element("yiju-filter-picker"));
    this.first = /** @type {FirstQuestions} */ (element("yiju-first-questions"));
    this.panel = /** @type {SourcePanel} */ (element("yiju-source-panel"));
    this.otherLanguage = /** @type {HTMLAnchorElement} */ (element("a.switch"));
    this.renew = element("#new-conversation");
    this.box = new QuestionBox(/** @type {HTMLFormElement} */ (element("form.asking")));
    this.service = new Service(root);
    this.conversation = new Conversation(this.service, wantedLang);
    this.recent = new RecentQuestions();
    this.feedback = this.page.dataset.feedback === "on";
    /** @type {Map<number, "up" | "down">} */
    this.rated = new Map();
    /** The states of the conversation that the browser's history knows. @type {Map<number, Turn[]>} */
    this.states = new Map();
    this.session = Date.now();
    this.title = document.title;
    this.preview = new ClausePreview(this.page, (chip) => this.citedBy(chip));
  }

  start() {
    this.picker.service = this.first.service = this.service;
    this.first.recent = this.recent;
    this.listen();
    this.open();
    if (this.page.dataset.ready === "yes") this.first.load();
    else this.first.examples = []; // the server has said why
  }

  listen() {
    this.conversation.addEventListener("change", () => this.show());
    this.conversation.addEventListener("settled", (event) =>
      this.settled(/** @type {CustomEvent} */ (event).detail),
    );
    this.box.addEventListener("asked", (event) => this.ask(/** @type {CustomEvent} */ (event).detail));
    this.on("yiju-question", (question) => {
      this.ask(question);
      this.focusTurn(this.list.lastElementChild);
    });
    this.on("yiju-documents", () => this.show());
    this.on("yiju-retry", (_, id) => this.retry(id));
    this.on("yiju-edit", (_, id) => this.edit(id));
    this.on("yiju-stop", () => this.takeBack(this.conversation.stop()));
    this.on("yiju-print", (_, id) => this.print(id));
    this.on("yiju-rate", (rating, id) => this.rate(rating, id));
    this.on("yiju-panel", (open) => this.page.classList.toggle("beside", open));
    this.page.addEventListener("click", (event) => this.clicked(event));
    this.renew.addEventListener("click", () => this.restart());
    window.addEventListener("popstate", (event) => this.wentTo(event.state));
  }

  /** @param {string} name @param {(detail: any, turn: number) => void} act */
  on(name, act) {
    this.page.addEventListener(name, (event) =>
      act(/** @type {CustomEvent} */ (event).detail, turnOf(event.target)?.turn?.id ?? 0),
    );
  }

  /** Ask what the address asks, if it does. */
  open() {
    const query = new URLSearchParams(location.search);
    const question = query.get("q")?.trim();
    this.picker.filters = filtersOf(query);
    if (question) this.ask(question, { replacing: true });
    else this.show();
  }

  /** @param {string} question @param {{replacing?: boolean}} [options] */
  ask(question, { replacing = false } = {}) {
    if (this.conversation.waiting) return;
    this.box.question = "";
    this.recent.add(question);
    this.conversation.ask(question, this.picker.filters);
    this.remember(question, replacing);
    if (this.conversation.turns.length > 1) this.list.lastElementChild?.scrollIntoView();
    else window.scrollTo(0, 0);
  }

  /** Give the focus a place when what had it is gone. @param {Element | null} turn */
  async focusTurn(turn) {
    await /** @type {TurnElement | null} */ (turn)?.updateComplete;
    /** @type {HTMLElement | null | undefined} */ (turn?.querySelector("h2"))?.focus();
  }

  /** Let the address say what was asked. @param {string} question @param {boolean} replacing */
  remember(question, replacing) {
    const { turns } = this.conversation;
    const id = turns[turns.length - 1]?.id ?? 0;
    const query = questionQuery(question, this.picker.filters);
    const state = { session: this.session, turn: id };
    this.otherLanguage.href = `${query}&lang=${this.otherLanguage.hreflang}`;
    if (replacing) history.replaceState(state, "", query);
    else history.pushState(state, "", query);
    this.states.set(id, turns);
  }

  /** Show the conversation as it was at a step of the browser's history. @param {any} state */
  wentTo(state) {
    const turns = state?.session === this.session ? this.states.get(state.turn) : undefined;
    this.panel.close();
    this.conversation.show(turns ?? []);
    const last = turns?.[turns.length - 1];
    if (last?.state === "waiting") this.conversation.retry(last.id);
    if (!turns) this.open();
  }

  /** @param {number} id */
  retry(id) {
    this.conversation.retry(id);
    this.focusTurn(this.turnElement(id));
  }

  restart() {
    this.panel.close();
    this.conversation.show([]);
    history.pushState({ session: this.session, turn: 0 }, "", `${root}/`);
    this.states.set(0, []);
    this.box.focus();
    window.scrollTo(0, 0);
  }

  /** @param {number} id */
  edit(id) {
    const question = this.conversation.turns.find((turn) => turn.id === id)?.question ?? "";
    this.conversation.remove(id);
    this.takeBack(question);
  }

  /** Give a question back to who typed it, before what was typed since. @param {string} question */
  takeBack(question) {
    this.box.question = this.box.question ? `${question}\n${this.box.question}` : question;
    this.box.focus();
  }

  /** @param {Turn | undefined} turn */
  settled(turn) {
    if (!turn) return;
    for (const [at, turns] of this.states) {
      this.states.set(at, turns.map((each) => (each.id === turn.id ? turn : each)));
    }
    const { answer } = turn;
    const count = answer?.citations.filter(({ role }) => role !== "related").length ?? 0;
    this.status.textContent = answer
      ? t("ask.announced", { status: t(`ask.status_${answer.status}`), count })
      : t("ask.announced_failure");
  }

  show() {
    const { turns } = this.conversation;
    const last = turns[turns.length - 1];
    document.title = last ? `${last.question} · ${t("common.brand")}` : this.title;
    this.page.classList.toggle("conversing", turns.length > 0);
    this.first.hidden = turns.length > 0;
    this.first.requestUpdate();
    this.renew.hidden = turns.length === 0;
    render(repeat(turns, ({ id }) => id, (turn) => this.turn(turn)), this.list);
  }

  /** @param {Turn} turn */
  turn(turn) {
    return html`<yiju-turn
      data-turn=${turn.id}
      .turn=${turn}
      .nameOf=${this.nameOf}
      .rated=${this.rated.get(turn.id) ?? null}
      ?feedback=${this.feedback}
    ></yiju-turn>`;
  }

  /** @param {string} key @param {string} value */
  nameOf = (key, value) => this.picker.nameOf(key, value);

  /** @param {Element} element @returns {Citation | null} */
  citedBy(element) {
    const n = Number(element.getAttribute("data-cite"));
    return turnOf(element)?.turn?.answer?.citations[n - 1] ?? null;
  }

  /** Open a citation beside the answer; a click that wants another tab gets it. @param {MouseEvent} event */
  clicked(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-cite]") : null;
    const cited = link && this.citedBy(link);
    if (!cited || !followsHere(event)) return;
    event.preventDefault();
    this.preview.close();
    this.panel.open(cited, /** @type {HTMLElement} */ (link));
  }

  /** @param {number} id @returns {TurnElement | null} */
  turnElement(id) {
    return this.list.querySelector(`[data-turn="${id}"]`);
  }

  /** Print one turn alone. @param {number} id */
  print(id) {
    const turn = this.turnElement(id);
    this.list.classList.add("one-printed");
    turn?.classList.add("printed");
    window.print();
    this.list.classList.remove("one-printed");
    turn?.classList.remove("printed");
  }

  /** @param {"up" | "down"} rating @param {number} id */
  async rate(rating, id) {
    const answer = this.conversation.turns.find((turn) => turn.id === id)?.answer;
    if (!answer) return;
    const said = { question: answer.question, rating, answer_id: answer.id };
    try {
      await this.service.post("/v1/feedback", said);
      this.rated.set(id, rating);
      this.turnElement(id)?.say(t("ask.rated"));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.feedback = error.failure !== "missing"; // no longer kept
      this.turnElement(id)?.say(t("ask.rate_failed"));
    }
    this.show();
  }
}

/** On the English page, questions in Latin letters are answered in English. @param {string} question */
function wantedLang(question) {
  return lang === "en" && /[a-z]{2}/i.test(question) ? "en" : null;
}

/** @param {string} selector */
function element(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** @param {EventTarget | null} target @returns {TurnElement | null} */
function turnOf(target) {
  return target instanceof Element ? target.closest("yiju-turn") : null;
}

new AskPage().start();
performance.mark("usable"); // eval/bench/page_load.py measures up to here
