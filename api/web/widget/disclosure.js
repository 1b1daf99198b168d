// Buttons that show a clause below the words they stand in: one clause at a time for an answer.

import { h } from "./dom.js";
import { clauseView, scrollToMark } from "./clause.js";

/** @typedef {import("../static/core/types.js").Citation} Citation */

let named = 0;

/** The clauses of one answer, of which at most one is shown. */
export class Disclosure {
  /** @param {string} base @param {import("./words.js").Words} t */
  constructor(base, t) {
    this.base = base;
    this.t = t;
    /** @type {{button: HTMLElement, shown: HTMLElement} | null} */
    this.open = null;
  }

  /**
   * Make a button that shows a clause and takes it away again.
   * @param {Citation} citation
   * @param {import("./dom.js").Traits} traits
   * @param {...import("./dom.js").Child} children
   */
  button(citation, traits, ...children) {
    const made = h("button", { type: "button", "aria-expanded": "false", ...traits }, ...children);
    made.addEventListener("click", () => {
      const again = this.open?.button === made;
      this.close();
      if (!again) this.show(made, citation);
    });
    return made;
  }

  /** @param {HTMLElement} button @param {Citation} citation */
  show(button, citation) {
    const shown = clauseView(citation, this.base, this.t);
    shown.id = `clause-${++named}`;
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-controls", shown.id);
    const line = /** @type {Element} */ (button.closest("[data-line]"));
    line.parentNode?.insertBefore(shown, line.nextSibling);
    this.open = { button, shown };
    shown.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
      button.focus();
    });
    scrollToMark(shown);
  }

  close() {
    if (this.open === null) return;
    const { button, shown } = this.open;
    button.setAttribute("aria-expanded", "false");
    button.removeAttribute("aria-controls");
    shown.parentNode?.removeChild(shown);
    this.open = null;
  }
}
