// Where a question is written: Enter asks, Shift+Enter breaks the line, an input method is left alone.

import { CodePoints } from "../static/core/codepoints.js";
import { h, fill } from "./dom.js";

const MOST = 2000; // characters of a question, as the service takes it

/** The field and its button. */
export class Composer {
  /**
   * @param {import("./words.js").Words} t
   * @param {{ask: (question: string) => void, stop: () => void}} on
   */
  constructor(t, on) {
    this.t = t;
    this.on = on;
    this.busy = false;
    this.field = h("textarea", {
      rows: 1,
      part: "input",
      "aria-label": t("input"),
      "aria-describedby": "limit",
      placeholder: t("placeholder"),
      oninput: () => this.measure(),
      onkeydown: (event) => this.pressed(event),
    });
    this.button = h("button", { class: "button main", part: "send", type: "submit" }, t("send"));
    this.limit = h("p", { id: "limit", class: "limit", role: "status" });
    const submitted = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (this.busy) on.stop();
      else this.ask();
    };
    this.element = h("form", { class: "composer", onsubmit: submitted }, this.limit, this.field, this.button);
  }

  /** Say whether an answer is awaited; the button then stops it. @param {boolean} busy */
  await(busy) {
    this.busy = busy;
    fill(this.button, this.t(busy ? "stop" : "send"));
  }

  ask() {
    const question = this.field.value.trim();
    if (!question || this.busy || this.measure() > MOST) return;
    this.field.value = "";
    this.measure();
    this.on.ask(question);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    // Of an Enter that ends a word of an input method, old Safari says only that its code is 229.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.ask();
  }

  /** Make the field as high as its words; say so when they are too many, and give how many. */
  measure() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
    const count = new CodePoints(this.field.value.trim()).length;
    const long = count > MOST;
    this.field.setAttribute("aria-invalid", String(long));
    const words = long ? this.t("too_long", { count, most: MOST }) : "";
    if (this.limit.textContent !== words) fill(this.limit, words);
    return count;
  }
}
