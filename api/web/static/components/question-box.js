// The form that the server wrote, made to ask in place: grows with the question, counts it, and
// lets input methods finish a word.

import { CodePoints } from "../core/codepoints.js";
import { t } from "../core/words.js";

const TELL_FROM = 0.8; // of the limit

/** Tells by `asked` what was asked; without a script the form asks the page /answer. */
export class QuestionBox extends EventTarget {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    super();
    this.form = form;
    this.field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("q"));
    this.note = /** @type {HTMLElement} */ (form.querySelector(".count"));
    this.longest = Number(this.field.dataset.longest);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.measure());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.measure();
  }

  get question() {
    return this.field.value.trim();
  }

  /** @param {string} question */
  set question(question) {
    this.field.value = question;
    this.measure();
  }

  focus() {
    this.field.focus();
  }

  /** Enter asks, unless it ends a word of an input method. @param {KeyboardEvent} event */
  pressed(event) {
    const composing = event.isComposing || event.keyCode === 229; // Safari ends composing first
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const refused = this.refusal();
    this.tell(refused);
    if (refused) this.focus();
    else this.dispatchEvent(new CustomEvent("asked", { detail: this.question }));
  }

  /** Say why a question is not sent, "" where it is. */
  refusal() {
    if (!this.question) return t("ask.error_empty");
    return this.length > this.longest ? this.over() : "";
  }

  get length() {
    return new CodePoints(this.question).length;
  }

  over() {
    return t("ask.too_long", { count: this.length - this.longest, limit: this.longest });
  }

  measure() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`; // its border
    const { length, longest } = this;
    const near = length > longest * TELL_FROM;
    this.tell(length > longest ? this.over() : "", near ? t("ask.count", { length, limit: longest }) : "");
  }

  /** @param {string} refused what is wrong @param {string} [count] what is said otherwise */
  tell(refused, count = "") {
    this.note.textContent = refused || count;
    this.note.classList.toggle("wrong", refused !== "");
    if (refused) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }
}
