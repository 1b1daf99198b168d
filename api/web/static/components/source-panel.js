// The document behind a citation, beside the answer, at the words that answer. On a narrow screen
// it covers the page.

import { clauseAddress, documentName, place } from "../core/citations.js";
import { root } from "../core/page.js";
import { spansOf } from "../core/quotes.js";
import { t } from "../core/words.js";
import { html, LitElement, nothing } from "../vendor/lit.js";
import { documentTags } from "./document-tags.js";
import "./document-text.js";

/** @typedef {import("../core/types.js").Citation} Citation */

/** Opened by `open(citation, opener)`; the focus goes back to the opener. */
export class SourcePanelElement extends LitElement {
  static properties = { cited: { state: true } };

  constructor() {
    super();
    /** @type {Citation | null} */
    this.cited = null;
    /** @type {HTMLElement | null} */
    this.opener = null;
    this.narrow = window.matchMedia("(max-width: 63.99rem)");
    this.narrow.addEventListener("change", () => this.reopen());
  }

  createRenderRoot() {
    return this;
  }

  get dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  /** @param {Citation} cited @param {HTMLElement} opener */
  async open(cited, opener) {
    this.cited = cited;
    this.opener = opener;
    await this.updateComplete;
    if (!this.dialog.open) this.show();
    this.dialog.querySelector("h2")?.focus();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  show() {
    if (this.narrow.matches) this.dialog.showModal();
    else this.dialog.show();
    this.tell(true);
  }

  /** Become a sheet or a column, as the screen has room for. */
  reopen() {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.show();
  }

  /** @param {boolean} open */
  tell(open) {
    this.dispatchEvent(new CustomEvent("yiju-panel", { bubbles: true, detail: open }));
  }

  closed() {
    if (this.dialog.open) return;
    this.tell(false);
    if (this.opener?.isConnected) this.opener.focus();
    this.opener = null;
    this.cited = null;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key === "Escape") this.close();
  }

  render() {
    return html`<dialog
      class="panel unprinted"
      aria-labelledby="panel-title"
      @close=${this.closed}
      @keydown=${this.pressed}
    >
      ${this.cited ? this.content(this.cited) : nothing}
    </dialog>`;
  }

  /** @param {Citation} cited */
  content(cited) {
    return html`
      <header>
        <div>
          <h2 id="panel-title" tabindex="-1" lang="zh">${documentName(cited.document)}</h2>
          <p class="tags"><span lang="zh">${place(cited)}</span> ${documentTags(cited)}</p>
        </div>
        <button type="button" class="button quiet close" @click=${this.close}>${t("common.close")}</button>
      </header>
      <div class="document" tabindex="0" role="region" aria-label=${t("ask.source_text")}>
        <yiju-document
          .documentId=${cited.document.id}
          .clauseId=${cited.clause_id}
          .spans=${spansOf(cited)}
        ></yiju-document>
      </div>
      <footer><a href=${clauseAddress(root, cited.clause_id)}>${t("ask.open_document")}</a></footer>
    `;
  }
}

customElements.define("yiju-source-panel", SourcePanelElement);
