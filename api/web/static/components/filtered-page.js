// What pages have in common whose address says what they show, by filters: they follow it, read what
// it asks for, and say what to change where that cannot be had.

import { asked, go, tellSwitch } from "../core/address.js";
import { KEYS, optionsOf } from "../core/filters.js";
import { root } from "../core/page.js";
import { Service } from "../core/service.js";
import { LitElement } from "../vendor/lit.js";
import { closeOutside } from "./choices.js";
import { trouble } from "./dropping.js";

/** @typedef {import("../core/types.js").DocumentRef} DocumentRef */
/** @typedef {import("../core/filters.js").Active} Active */
/** @typedef {Record<string, string | null | undefined | readonly string[]>} Query */

/** A page says what its address asks for (`query`) and how to read it (`read`). */
export class FilteredPage extends LitElement {
  static properties = { error: { state: true }, busy: { state: true } };
  /** The parameters that filter. @type {readonly string[]} */
  static keys = KEYS;

  constructor() {
    super();
    this.service = new Service(root);
    /** @type {DocumentRef[]} */
    this.documents = [];
    /** @type {unknown} */
    this.error = null;
    this.busy = true;
    this.running = new AbortController();
    this.back = () => this.follow();
    this.outside = (/** @type {Event} */ event) => closeOutside(this, event);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("popstate", this.back);
    document.addEventListener("click", this.outside);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.back);
    document.removeEventListener("click", this.outside);
  }

  /** Until there is something to show, what the server rendered stays. */
  shouldUpdate() {
    if (!this.hasUpdated && this.busy) return false;
    if (!this.hasUpdated) this.replaceChildren();
    return true;
  }

  /** What the address asks the service for. @returns {Query} */
  get query() {
    throw new Error("a page says what it asks for");
  }

  /** Read that. @param {AbortSignal} _signal @returns {Promise<void>} */
  async read(_signal) {
    throw new Error("a page says how it reads");
  }

  get options() {
    return optionsOf(this.documents);
  }

  /** The filters that hold, one value each. @returns {Active[]} */
  get active() {
    const { keys } = /** @type {typeof FilteredPage} */ (this.constructor);
    return keys.flatMap((key) => valuesOf(key).map((value) => ({ key, value })));
  }

  /** Show what the address says now. */
  follow() {
    tellSwitch();
    this.load();
  }

  async load() {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.busy = true;
    try {
      if (!this.documents.length) {
        this.documents = (await this.service.get("/v1/documents", {}, signal)).documents;
      }
      await this.read(signal);
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
    }
    this.busy = false;
  }

  /** @param {Parameters<typeof go>[0]} changes */
  change(changes) {
    go(changes);
    this.follow();
  }

  /** Give the other values of a filter. @param {Active} dropped */
  rest({ key, value }) {
    return valuesOf(key).filter((each) => each !== value);
  }

  /** @param {Active} dropped */
  drop(dropped) {
    this.change({ [dropped.key]: this.rest(dropped) });
  }

  failed() {
    return trouble(this.error, {
      active: this.active,
      options: this.options,
      drop: (each) => this.drop(each),
      take: (key, old, value) => this.change({ [key]: [...this.rest({ key, value: old }), value] }),
      again: () => this.load(),
    });
  }
}

/** @param {string} key */
function valuesOf(key) {
  return asked()
    .getAll(key)
    .map((each) => each.trim())
    .filter(Boolean);
}
