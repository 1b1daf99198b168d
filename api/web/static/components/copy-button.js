// A button that copies words, and says that it did.

import { LitElement, html } from "../vendor/lit.js";
import { copyText } from "../core/clipboard.js";
import { t } from "../core/words.js";

const TOLD_MS = 2500;

/** `<yiju-copy .words=… .name=…>` */
class CopyButton extends LitElement {
  static properties = {
    words: { attribute: false },
    name: { attribute: false },
    done: { state: true },
  };

  constructor() {
    super();
    this.words = "";
    this.name = "";
    /** @type {boolean | null} whether the last copying did */
    this.done = null;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const failed = this.done === false ? t("common.copy_failed") : "";
    return html`<button type="button" class="button quiet" ?disabled=${!this.words} @click=${this.copy}>
        ${this.done ? t("common.copied") : this.name}</button
      ><span role="status" class=${this.done ? "unseen" : "soft"}>${this.done ? t("common.copied") : failed}</span>`;
  }

  async copy() {
    this.done = await copyText(this.words);
    if (this.done) setTimeout(() => (this.done = null), TOLD_MS);
  }
}

customElements.define("yiju-copy", CopyButton);
