// A whole document, clause by clause, with the words that are cited marked.

import { LitElement, classMap, html, ifDefined, nothing, repeat } from "../vendor/lit.js";
import { documentAddress } from "../core/citations.js";
import { openDocument } from "../core/documents.js";
import { ServiceError, told } from "../core/errors.js";
import { cells, pieces, united, within } from "../core/layers.js";
import { root } from "../core/page.js";
import { bring, scrollBox } from "../core/scrolling.js";
import { isHeading, setClauses } from "../core/typeset.js";
import { t } from "../core/words.js";
import { units } from "./clause-units.js";

/** @typedef {import("../core/codepoints.js").Span} Span */
/** @typedef {import("../core/types.js").Clause} Clause */
/** @typedef {import("../core/documents.js").OpenDocument} OpenDocument */
/** @typedef {import("../core/documents.js").Reference} Reference */
/** @typedef {import("../core/layers.js").Layers} Layers */
/** @typedef {import("../core/layers.js").Line} Line */
/** @typedef {import("../core/layers.js").Piece} Piece */
/** @typedef {import("../core/typeset.js").SetClause} SetClause */

/** How many clauses are laid out together: each such stretch costs a little at every frame. */
const TOGETHER = 24;
/** From how many clauses on that is worth its jumps of the scroll bar. */
const MANY = 200;
const equal = (/** @type {unknown} */ one, /** @type {unknown} */ two) =>
  JSON.stringify(one) === JSON.stringify(two);

/**
 * `<yiju-document>`: loads a document, shows it, and scrolls to what is cited in it.
 * @fires yiju-ready when the text stands where it was asked for; `detail.found` is false where the
 *   document has no clause `clauseId` any more
 * @fires yiju-failed when it cannot be shown; `detail` is the ServiceError
 */
export class DocumentText extends LitElement {
  static properties = {
    documentId: { attribute: "document-id" },
    clauseId: { attribute: "clause-id" },
    spans: { attribute: false, hasChanged: (/** @type {unknown} */ a, /** @type {unknown} */ b) => !equal(a, b) },
    hits: { attribute: false },
    hit: { attribute: false },
    beside: { attribute: false },
    opened: { state: true },
    error: { state: true },
  };

  constructor() {
    super();
    this.documentId = "";
    /** @type {string | null} the clause that is cited */
    this.clauseId = null;
    /** @type {readonly Span[]} what is marked in it or elsewhere; empty: the clause as a whole */
    this.spans = [];
    /** @type {readonly Span[]} what a search found */
    this.hits = [];
    /** @type {Span | null} the one of `hits` that the reader is at */
    this.hit = null;
    /** @type {((clause: Clause) => unknown) | null} what else stands beside a clause */
    this.beside = null;
    /** @type {OpenDocument | null} */
    this.opened = null;
    /** @type {ServiceError | null} */
    this.error = null;
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("documentId")) void this.open();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (!this.opened) return;
    const asked = ["opened", "clauseId", "spans"].some((name) => changed.has(name));
    if (asked) void this.show();
    else if (changed.has("hit") && this.hit) void this.bringHit();
  }

  /** Load the document, anew after a failure. */
  async open() {
    const id = this.documentId;
    this.opened = null;
    this.error = null;
    if (!id) return;
    try {
      const opened = await openDocument(id);
      if (id === this.documentId) this.opened = opened;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (id !== this.documentId) return;
      this.error = error;
      this.tell("yiju-failed", error);
    }
  }

  /** Scroll to what is cited, and say so. */
  async show() {
    const clause = this.clauseId === null ? null : this.clauseElement(this.clauseId);
    const mark = /** @type {HTMLElement | null} */ (this.querySelector("mark.cited"));
    const target = clause ?? mark?.closest(".clause") ?? null;
    if (target) await this.bringInto(target, mark);
    this.tell("yiju-ready", { found: this.clauseId === null || clause !== null });
  }

  /** Give the element of a clause. @param {string} clauseId */
  clauseElement(clauseId) {
    const one = `[data-clause-id="${CSS.escape(clauseId)}"]`;
    return /** @type {HTMLElement | null} */ (this.querySelector(one));
  }

  /** Scroll to a clause; where its mark would stand too far down, to that.
   * @param {Element} clause @param {Element | null} mark */
  async bringInto(clause, mark) {
    const height = Math.min(scrollBox(clause).clientHeight, window.innerHeight);
    await bring(clause);
    if (!mark) return;
    const down = mark.getBoundingClientRect().bottom - clause.getBoundingClientRect().top;
    if (down > 0.6 * height || down < 0) await bring(mark, 0.25 * height);
  }

  async bringHit() {
    const element = this.querySelector("mark.now");
    if (element) await bring(element, 0.3 * scrollBox(element).clientHeight);
  }

  /** @param {string} event @param {unknown} detail */
  tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail }));
  }

  render() {
    if (this.error) return this.failure(this.error);
    if (!this.documentId) return nothing;
    if (!this.opened) return html`<p class="loading soft" role="status">${t("document.loading")}</p>`;
    const set = setClauses(this.opened);
    const gone = this.clauseId !== null && !set.some(({ clause }) => this.isCited(clause));
    const layers = {
      cited: united(this.spans),
      hit: this.hits,
      now: this.hit ? [this.hit] : [],
      names: this.opened.references,
    };
    const han = /[\u3400-\u9fff]/.test(this.opened.text.slice(0, 400));
    const duties = set.some(({ clause }) => clause.responsibilities.length > 0);
    return html`${gone ? html`<div class="note warn" role="status"><p>${t("document.clause_gone")}</p></div>` : nothing}
      <div class=${classMap({ text: true, han, duties, long: set.length > MANY })} lang=${han ? "zh" : "en"}>
        ${stretches(set).map(
          (stretch) => html`<div class="stretch">
            ${repeat(
              stretch,
              ({ clause }) => clause.clause_id,
              (each) => this.clause(each, layersOf(each.clause, layers)),
            )}
          </div>`,
        )}
      </div>`;
  }

  /** @param {ServiceError} error */
  failure(error) {
    const missing = error.failure === "missing";
    return html`<div class="note error" role="alert">
      <p>${missing ? t("document.missing") : told(error, t)}</p>
      <p>
        ${missing
          ? html`<a class="button" href="${root}/documents">${t("document.all")}</a>`
          : html`<button type="button" class="button" @click=${this.open}>${t("common.retry")}</button>`}
      </p>
    </div>`;
  }

  /** @param {Clause} clause */
  isCited(clause) {
    return clause.clause_id === this.clauseId;
  }

  /** @param {SetClause} each @param {Layers} layers */
  clause(each, layers) {
    const { clause } = each;
    if (clause.noise) return this.noise(each, layers);
    const cited = this.isCited(clause);
    return html`<div
      class=${classMap({
        clause: true,
        [clause.kind]: true,
        current: cited,
        whole: cited && this.spans.length === 0,
      })}
      data-clause-id=${clause.clause_id}
      aria-current=${ifDefined(cited ? "location" : undefined)}
      tabindex="-1"
    >
      ${this.words(each, layers)}
      <div class="side">${units(clause.responsibilities)}${this.beside?.(clause) ?? nothing}</div>
    </div>`;
  }

  /** @param {SetClause} each @param {Layers} layers */
  noise({ clause, lines }, layers) {
    const { cited = [], hit = [] } = layers;
    const wanted = this.isCited(clause) || cited.length + hit.length > 0;
    const count = clause.source.end - clause.source.start;
    return html`<details class="clause noise" data-clause-id=${clause.clause_id} ?open=${wanted}>
      <summary>${t("document.noise", { count })}</summary>
      <div class="words">${lines.map((line) => this.line(line, layers))}</div>
    </details>`;
  }

  /** @param {SetClause} each @param {Layers} layers */
  words({ clause, lines, head, level }, layers) {
    const all = { ...layers, head: head && !isHeading(clause) ? [head] : [] };
    const set = lines.map((line) => (clause.kind === "table_row" ? this.row(line, all) : this.line(line, all)));
    const [first, ...rest] = set;
    const named = clause.kind === "title" ? set : first;
    return html`<div class="words">
      ${clause.damaged ? html`<p class="tag damaged">${t("common.damaged")}</p>` : nothing}
      ${isHeading(clause) ? html`<div role="heading" aria-level=${level + 1}>${named}</div>` : set}
      ${isHeading(clause) && clause.kind !== "title" ? rest : nothing}
      ${clause.truncated ? html`<p class="tag truncated">${t("common.truncated")}</p>` : nothing}
    </div>`;
  }

  /** @param {Line} line @param {Layers} layers */
  line(line, layers) {
    return html`<span class=${line.blank ? "line blank" : "line"}>${this.run(line, layers)}</span>`;
  }

  /** @param {Line} line @param {Layers} layers */
  row(line, layers) {
    const cut = cells(this.points, line).map((cell) => html`<span class="cell">${this.run(cell, layers)}</span>`);
    return html`<span class="line">${cut}</span>`;
  }

  /** @param {Span} stretch @param {Layers} layers */
  run(stretch, layers) {
    return pieces(this.points, stretch, layers).map(piece);
  }

  get points() {
    return /** @type {OpenDocument} */ (this.opened).text;
  }
}

/** Cut clauses into stretches, which the browser lays out as they come near. @param {readonly SetClause[]} set */
function stretches(set) {
  const count = Math.ceil(set.length / TOGETHER);
  return Array.from({ length: count }, (_, at) => set.slice(at * TOGETHER, (at + 1) * TOGETHER));
}

/** Give the spans of each layer that touch a clause. @param {Clause} clause @param {Layers} layers @returns {Layers} */
function layersOf({ source }, layers) {
  return Object.fromEntries(
    Object.entries(layers).map(([name, spans]) => [name, within(spans, source)]),
  );
}

/** @param {Piece} piece */
function piece({ text, held: { head, cited, hit, now, names } }) {
  const words = head ? html`<b>${text}</b>` : text;
  const { document_id: named } = /** @type {Partial<Reference>} */ (names ?? {});
  const linked = named ? html`<a href=${documentAddress(root, named)}>${words}</a>` : words;
  if (!cited && !hit) return linked;
  return html`<mark class=${classMap({ cited: !!cited, hit: !!hit, now: !!now })}>${linked}</mark>`;
}

customElements.define("yiju-document", DocumentText);
