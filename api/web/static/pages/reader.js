// The reader of a document: its text, its outline, a search in it, and a clause to cite.

import { LitElement, html, nothing } from "../vendor/lit.js";
import "../components/copy-button.js";
import "../components/document-outline.js";
import "../components/document-text.js";
import "../components/find-field.js";
import { clauseAddress, documentName, officialForm } from "../core/citations.js";
import { followsHere } from "../core/clicks.js";
import { openDocument } from "../core/documents.js";
import { FoldedText } from "../core/folding.js";
import { Outline, nameOf } from "../core/outline.js";
import { root } from "../core/page.js";
import { Service } from "../core/service.js";
import { ServiceError } from "../core/errors.js";
import { t } from "../core/words.js";

/** @typedef {import("../core/codepoints.js").Span} Span */
/** @typedef {import("../core/types.js").Clause} Clause */
/** @typedef {import("../core/documents.js").OpenDocument} OpenDocument */
/** @typedef {import("../components/document-text.js").DocumentText} DocumentText */

const service = new Service(root);
const UNDER_PX = 24;

/** `<yiju-reader>`: takes the place of what the server shows without a script. */
class Reader extends LitElement {
  static properties = {
    documentId: { attribute: "document-id" },
    clauseId: { attribute: "clause-id" },
    spans: { type: Array },
    opened: { state: true },
    outline: { state: true },
    seen: { state: true },
    label: { state: true },
    hits: { state: true },
    at: { state: true },
  };

  constructor() {
    super();
    this.documentId = "";
    /** @type {string | null} */
    this.clauseId = null;
    /** @type {readonly Span[]} */
    this.spans = [];
    /** @type {OpenDocument | null} */
    this.opened = null;
    /** @type {Outline | null} */
    this.outline = null;
    /** @type {string | null} the clause at the top of the screen */
    this.seen = null;
    /** The place of the clause chosen, as offices write it. */
    this.label = "";
    /** @type {readonly Span[]} */
    this.hits = [];
    this.at = 0;
    this.words = "";
    /** @type {FoldedText | null} */
    this.folded = null;
    /** @type {HTMLElement[]} the clauses, in order */
    this.shown = [];
    this.wide = window.matchMedia("(min-width: 64rem)");
    this.beside = this.besides();
  }

  /** A new function for what stands beside clauses: the text shows it anew. */
  besides() {
    return (/** @type {Clause} */ clause) => this.tools(clause);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (["opened", "clauseId", "label"].some((name) => changed.has(name))) this.beside = this.besides();
  }

  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.wide.addEventListener("change", () => this.requestUpdate());
    window.addEventListener("popstate", () => this.back());
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("yiju-ready", () => this.follow(), { once: true });
    history.replaceState({ clauseId: this.clauseId, spans: this.spans }, "");
    void this.load();
    void this.name();
  }

  get text() {
    return /** @type {DocumentText} */ (this.querySelector("yiju-document"));
  }

  get dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  async load() {
    try {
      this.opened = await openDocument(this.documentId);
      this.outline = new Outline(this.opened);
      this.find(this.words); // typed while it was loading
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.addEventListener("yiju-ready", () => this.load(), { once: true }); // tried again
    }
  }

  /** Learn how offices write the place of the clause chosen. */
  async name() {
    const id = this.clauseId;
    this.label = "";
    if (id === null) return;
    try {
      const path = id.split("/").map(encodeURIComponent).join("/");
      const { label } = await service.get(`/v1/clauses/${path}`);
      if (id === this.clauseId) this.label = label;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error; // without it the clause is not cited
    }
  }

  render() {
    return html`<div class="reader">
      <div class="toolbar unprinted">${this.toolbar()}</div>
      ${this.wide.matches ? html`<nav class="outline-box unprinted" aria-label=${t("documents.outline")}>${this.tree()}</nav>` : nothing}
      <section class="reading" aria-label=${t("documents.reading")}>
        <yiju-document
          .documentId=${this.documentId}
          .clauseId=${this.clauseId}
          .spans=${this.spans}
          .hits=${this.hits}
          .hit=${this.hits[this.at] ?? null}
          .beside=${this.beside}
        ></yiju-document>
      </section>
      <dialog class="drawer" aria-label=${t("documents.outline")} @click=${this.leave}>
        ${this.wide.matches ? nothing : this.drawer()}
      </dialog>
    </div>`;
  }

  toolbar() {
    return html`${this.wide.matches
        ? nothing
        : html`<button type="button" class="button" aria-haspopup="dialog" @click=${() => this.dialog.showModal()}>
            ${t("documents.outline_open")}
          </button>`}
      <yiju-find
        .count=${this.hits.length}
        .at=${this.at}
        @yiju-find=${(/** @type {CustomEvent<string>} */ event) => this.find(event.detail)}
        @yiju-step=${(/** @type {CustomEvent<number>} */ event) => this.step(event.detail)}
      ></yiju-find>
      <span class="acts">
        <yiju-copy .name=${t("documents.copy_name")} .words=${this.opened ? documentName(this.opened.detail) : ""}></yiju-copy>
        <button type="button" class="button quiet" @click=${() => window.print()}>${t("documents.print")}</button>
      </span>`;
  }

  tree() {
    return html`<yiju-outline .outline=${this.outline} .current=${this.seen}></yiju-outline>`;
  }

  drawer() {
    return html`<header>
        <h2>${t("documents.outline")}</h2>
        <button type="button" class="button quiet" @click=${() => this.dialog.close()}>${t("common.close")}</button>
      </header>
      <nav class="outline-box" aria-label=${t("documents.outline")}>${this.tree()}</nav>`;
  }

  /** What stands beside each clause: how to choose it; beside the chosen one, how to cite it. @param {Clause} clause */
  tools(clause) {
    const address = clauseAddress(root, clause.clause_id);
    if (clause.clause_id === this.clauseId) return this.citing(address);
    const place = this.opened ? nameOf(clause, this.opened) : clause.clause_id;
    return html`<a class="choose unprinted" href=${address} data-opens-clause=${clause.clause_id}>
      <span aria-hidden="true">§</span><span class="unseen">${t("documents.select", { place })}</span>
    </a>`;
  }

  /** @param {string} address */
  citing(address) {
    const document = this.opened?.detail;
    const words = document && this.label ? officialForm({ label: this.label, document }) : "";
    return html`<div class="citing unprinted">
      <yiju-copy .name=${t("documents.copy_citation")} .words=${words}></yiju-copy>
      <yiju-copy .name=${t("documents.copy_link")} .words=${new URL(address, location.href).href}></yiju-copy>
    </div>`;
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-opens-clause]") : null;
    if (!(link instanceof HTMLAnchorElement) || !followsHere(event)) return;
    event.preventDefault();
    if (this.dialog.open) this.dialog.close();
    this.choose(link.dataset.opensClause ?? null);
  }

  /** Go to a clause of this document, and to its address. @param {string | null} clauseId */
  choose(clauseId) {
    if (clauseId === null) return;
    const spans = /** @type {Span[]} */ ([]);
    history.pushState({ clauseId, spans }, "", clauseAddress(root, clauseId));
    this.goTo(clauseId, spans);
    const focused = () => this.text.clauseElement(clauseId)?.focus({ preventScroll: true });
    this.addEventListener("yiju-ready", focused, { once: true });
  }

  back() {
    const { clauseId = null, spans = [] } = history.state ?? {};
    this.goTo(clauseId, spans);
  }

  /** @param {string | null} clauseId @param {readonly Span[]} spans */
  goTo(clauseId, spans) {
    this.clauseId = clauseId;
    this.spans = spans;
    void this.name();
  }

  /** @param {string} words */
  find(words) {
    this.words = words;
    if (!this.opened) return;
    if (words) this.folded ??= new FoldedText(this.opened.text.points);
    this.hits = this.folded?.find(words) ?? [];
    this.at = Math.max(0, this.hits.findIndex(({ end }) => end > this.top()));
  }

  /** @param {number} by */
  step(by) {
    const count = this.hits.length;
    if (count) this.at = (this.at + by + count) % count;
  }

  /** Where the clause at the top of the screen begins. */
  top() {
    const clause = this.opened?.detail.clauses.find(({ clause_id }) => clause_id === this.seen);
    return clause?.source.start ?? 0;
  }

  /** Note which clause is at the top of the screen from now on. */
  follow() {
    this.shown = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-clause-id]")]);
    let waiting = false;
    const note = () => {
      waiting = false;
      this.seen = this.topmost()?.dataset.clauseId ?? null;
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(note);
      waiting = true;
    };
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    note();
  }

  /** Give the first clause that reaches below what covers the top of the screen: clauses stand in
   * order, so that a few of them tell. */
  topmost() {
    const covered = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    let low = 0;
    let high = this.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const clause = /** @type {HTMLElement} */ (this.shown[middle]);
      if (clause.getBoundingClientRect().bottom > covered + UNDER_PX) high = middle;
      else low = middle + 1;
    }
    return this.shown[low];
  }

  /** @param {MouseEvent} event */
  leave(event) {
    if (event.target === this.dialog) this.dialog.close();
  }
}

customElements.define("yiju-reader", Reader);
