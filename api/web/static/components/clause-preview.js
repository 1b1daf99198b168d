// A glance at the clause behind a chip, while the pointer or the focus rests on it: it may be
// pointed at itself, goes with Escape, and stays until it is left (WCAG 2.2, 1.4.13).

import { excerpt } from "../core/quotes.js";
import { t } from "../core/words.js";
import { html, render } from "../vendor/lit.js";
import { quotation } from "./quotation.js";

/** @typedef {import("../core/types.js").Citation} Citation */

const CHARACTERS = 180;
const OPEN_MS = 120;
const CLOSE_MS = 220;
const GAP = 6; // pixels, as is EDGE
const EDGE = 8;
const NAME = "clause-preview";

/** Previews the chips inside an element. */
export class ClausePreview {
  /**
   * @param {HTMLElement} within
   * @param {(chip: HTMLElement) => Citation | null} citedBy
   */
  constructor(within, citedBy) {
    this.citedBy = citedBy;
    this.box = document.createElement("div");
    this.box.id = NAME;
    this.box.className = "preview unprinted";
    this.box.setAttribute("role", "tooltip");
    this.box.hidden = true;
    within.append(this.box);
    /** @type {HTMLElement | null} */
    this.chip = null;
    this.timer = 0;
    this.listen(within);
  }

  /** @param {HTMLElement} within */
  listen(within) {
    within.addEventListener("pointerover", (event) => {
      const chip = event.pointerType === "touch" ? null : chipOf(event.target);
      if (chip) this.later(OPEN_MS, () => this.open(chip));
    });
    within.addEventListener("pointerout", (event) => {
      if (chipOf(event.target)) this.later(CLOSE_MS, () => this.close());
    });
    within.addEventListener("focusin", ({ target }) => {
      const chip = chipOf(target);
      if (chip?.matches(":focus-visible")) this.open(chip);
    });
    within.addEventListener("focusout", () => this.later(CLOSE_MS, () => this.close()));
    this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.box.addEventListener("pointerleave", () => this.later(CLOSE_MS, () => this.close()));
    document.addEventListener("keydown", (event) => this.dismiss(event), true);
    window.addEventListener("resize", () => this.close());
  }

  /** Escape takes the preview away, and does nothing else then. @param {KeyboardEvent} event */
  dismiss(event) {
    if (event.key !== "Escape" || this.box.hidden) return;
    event.stopPropagation();
    event.preventDefault();
    this.close();
  }

  /** @param {number} delay @param {() => void} act */
  later(delay, act) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(act, delay);
  }

  /** @param {HTMLElement} chip */
  open(chip) {
    clearTimeout(this.timer);
    const cited = chip.isConnected ? this.citedBy(chip) : null;
    if (!cited) return;
    this.close();
    this.chip = chip;
    chip.setAttribute("aria-describedby", NAME);
    render(previewOf(cited), this.box);
    this.box.hidden = false;
    this.placeAt(chip.getBoundingClientRect());
  }

  close() {
    clearTimeout(this.timer);
    this.chip?.removeAttribute("aria-describedby");
    this.chip = null;
    this.box.hidden = true;
  }

  /** Stand below the chip, or above where there is more room. @param {DOMRect} chip */
  placeAt(chip) {
    const { width, height } = this.box.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(EDGE, Math.min(chip.left, room - width - EDGE));
    const below = chip.bottom + GAP + height <= window.innerHeight || chip.top < height + GAP;
    const top = below ? chip.bottom + GAP : chip.top - GAP - height;
    this.box.style.left = `${left + window.scrollX}px`;
    this.box.style.top = `${top + window.scrollY}px`;
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function chipOf(target) {
  return target instanceof Element ? target.closest("a.chip") : null;
}

/** @param {Citation} cited */
function previewOf(cited) {
  const { segments, before, after } = excerpt(cited, CHARACTERS);
  const cut = [...segments];
  if (before) cut.unshift({ text: "……", marked: false, start: -1 });
  if (after) cut.push({ text: "……", marked: false, start: -1 });
  return html`<p class="label" lang="zh">${cited.label}</p>
    ${quotation(cut)}
    <p class="soft">${t("ask.preview_hint")}</p>`;
}
