// A question and what has come of it so far.

import { told } from "../static/core/errors.js";
import { answerView } from "./answer.js";
import { h, fill } from "./dom.js";

/** @typedef {import("./conversation.js").Turn} Turn */
/** @typedef {import("./words.js").Words} Words */

const SLOW_MS = 8000;

/** One turn on the screen. */
export class TurnView {
  /**
   * @param {Turn} turn @param {string} base @param {Words} t
   * @param {() => void} retry
   */
  constructor(turn, base, t, retry) {
    this.turn = turn;
    this.base = base;
    this.t = t;
    this.retry = retry;
    this.came = h("div", { class: "came" });
    const question = h("h3", { class: "question", part: "question" }, h("span", { class: "unseen" }, t("you")), turn.question);
    this.element = h("div", { class: "turn" }, question, this.came);
    this.timer = 0;
    this.show();
  }

  /** Show what has come since. */
  show() {
    clearTimeout(this.timer);
    const { state, answer, heard } = this.turn;
    if (answer !== null) fill(this.came, answerView(answer, this.base, this.t));
    else if (state === "asking") fill(this.came, ...this.waiting(heard));
    else fill(this.came, this.fault());
  }

  /** Say in words what there is now to know. */
  get news() {
    const { answer } = this.turn;
    if (answer === null) return this.why;
    const words = answer.answer.replace(/\[\d+\]/g, "");
    return this.t("done", { status: this.t(`status_${answer.status}`), answer: words });
  }

  get why() {
    const { error } = this.turn;
    if (error === null) return this.t("stopped");
    return told(error, this.t, "");
  }

  /** @param {string} heard */
  waiting(heard) {
    const words = h("p", { class: "loading soft" }, this.t("asking"));
    this.timer = window.setTimeout(() => fill(words, this.t("slow")), SLOW_MS);
    const mark = h("span", { class: "tag ai" }, this.t("ai"));
    return heard ? [h("p", { class: "words" }, heard.replace(/\[\d+\]/g, ""), " ", mark), words] : [words];
  }

  fault() {
    const again = h("button", { type: "button", class: "button", onclick: this.retry }, this.t("retry"));
    const kind = this.turn.error === null ? "note" : "note error";
    return h("div", { class: kind, part: "error" }, h("p", {}, this.why), again);
  }
}
