// The outline of a document: a tree that opens where the reader is.

import { LitElement, html, ifDefined, nothing } from "../vendor/lit.js";
import { clauseAddress } from "../core/citations.js";
import { ancestors } from "../core/outline.js";
import { root } from "../core/page.js";
import { t } from "../core/words.js";

/** @typedef {import("../core/outline.js").Entry} Entry */
/** @typedef {import("../core/outline.js").Outline} Outline */

const FEW = 40;

/** `<yiju-outline>`: links to clauses; its owner hears the clicks. Arrow keys go through it. */
class DocumentOutline extends LitElement {
  static properties = {
    outline: { attribute: false },
    current: { attribute: false },
    set: { state: true },
  };

  constructor() {
    super();
    /** @type {Outline | null} */
    this.outline = null;
    /** @type {string | null} the clause that the reader is at */
    this.current = null;
    /** @type {ReadonlyMap<string, boolean>} the entries that the reader opened or closed */
    this.set = new Map();
    /** @type {ReadonlySet<string>} what the reader is in, which is open unless it was closed */
    this.around = new Set();
    this.addEventListener("keydown", (event) => this.pressed(event));
  }

  createRenderRoot() {
    return this;
  }

  get entry() {
    return this.current === null ? undefined : this.outline?.entries.get(this.current);
  }

  willUpdate() {
    this.around = new Set(ancestors(this.entry).map(({ id }) => id));
  }

  /** Whether what stands under an entry is shown. @param {Entry} entry */
  isOpen(entry) {
    const few = (this.outline?.size ?? 0) <= FEW && entry.above === null;
    return this.set.get(entry.id) ?? (few || this.around.has(entry.id));
  }

  updated() {
    const link = this.querySelector("[aria-current]");
    const box = this.closest(".outline-box");
    if (!link || !box) return;
    const [at, around] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
    if (at.top < around.top || at.bottom > around.bottom) {
      box.scrollTop += at.top - around.top - around.height / 3;
    }
  }

  render() {
    return this.outline ? this.list(this.outline.top) : nothing;
  }

  /** @param {readonly Entry[]} entries @returns {unknown} */
  list(entries) {
    return html`<ul>
      ${entries.map((entry) => this.item(entry))}
    </ul>`;
  }

  /** @param {Entry} entry */
  item(entry) {
    const open = this.isOpen(entry);
    const here = this.entry === entry;
    return html`<li>
      <div class="entry">
        ${entry.below.length ? this.toggle(entry, open) : nothing}
        <a
          href=${clauseAddress(root, entry.id)}
          data-opens-clause=${entry.id}
          aria-current=${ifDefined(here ? "location" : undefined)}
          >${entry.name}</a
        >
      </div>
      ${open && entry.below.length ? this.list(entry.below) : nothing}
    </li>`;
  }

  /** @param {Entry} entry @param {boolean} open */
  toggle(entry, open) {
    const name = t(open ? "documents.collapse" : "documents.expand", { name: entry.name });
    return html`<button
      type="button"
      class="toggle"
      aria-expanded=${open ? "true" : "false"}
      aria-label=${name}
      @click=${() => this.turn(entry, !open)}
    ></button>`;
  }

  /** Open or close an entry. @param {Entry} entry @param {boolean} open */
  turn(entry, open) {
    this.set = new Map(this.set).set(entry.id, open);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const link = event.target instanceof HTMLElement ? event.target.closest(".entry")?.querySelector("a") : null;
    const id = link?.dataset.opensClause;
    const entry = id === undefined ? undefined : this.outline?.entries.get(id);
    if (!link || !entry) return;
    const links = [...this.querySelectorAll("a")];
    const at = links.indexOf(link);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    if (event.key in moves) links[moves[/** @type {keyof typeof moves} */ (event.key)]]?.focus();
    else if (event.key === "ArrowRight" && entry.below.length) this.turn(entry, true);
    else if (event.key === "ArrowLeft" && entry.below.length && this.isOpen(entry)) this.turn(entry, false);
    else if (event.key === "ArrowLeft") this.link(entry.above?.id)?.focus();
    else return;
    event.preventDefault();
  }

  /** @param {string | undefined} id @returns {HTMLElement | null} */
  link(id) {
    return id === undefined ? null : this.querySelector(`[data-opens-clause="${CSS.escape(id)}"]`);
  }
}

customElements.define("yiju-outline", DocumentOutline);
