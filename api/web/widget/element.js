// <yiju-chat>: asks a service from any page, and shows each answer with the clauses it rests on.

import { serviceAddress } from "./address.js";
import { Conversation } from "./conversation.js";
import { Panel } from "./panel.js";
import { dress } from "./dress.js";
import { langOf, wordsOf } from "./words.js";

/** @typedef {import("./conversation.js").Turn} Turn */
/** @typedef {import("../static/core/types.js").Filters} Filters */

const FILTERS = ["region", "level", "status"];
const NARROW = "(max-width: 30em)"; // there an open panel covers the page: style.css
const EXAMPLES = 4;
const night = matchMedia("(prefers-color-scheme: dark)");

/** The element; docs/widget.md describes its attributes, methods and events. */
export class YijuChat extends HTMLElement {
  /** Where the script came from: the service of elements that name none. @type {string | null} */
  static home = null;

  static get observedAttributes() {
    return ["service", "mode", "lang", "heading", "theme", "position", "open"];
  }

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    /** @type {Panel | null} */
    this.panel = null;
    /** @type {Conversation | null} */
    this.conversation = null;
    this.greeted = false;
    this.paint = () => this.painted();
  }

  connectedCallback() {
    night.addEventListener("change", this.paint);
    if (this.panel !== null) return this.painted();
    this.build();
    this.emit("ready");
  }

  disconnectedCallback() {
    night.removeEventListener("change", this.paint);
    // An element that is only moved is back by then.
    queueMicrotask(() => this.isConnected || this.conversation?.stop());
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (this.panel === null || before === now) return;
    if (name === "open") this.shown();
    else if (name === "theme" || name === "position") this.painted();
    else this.build();
  }

  /** Open the panel of a launcher, and go to the field. */
  open() {
    if (!this.launches) return;
    this.toggleAttribute("open", true);
    this.panel?.focus();
  }

  /** Close the panel of a launcher, and go back to its button. */
  close() {
    if (!this.launches || !this.hasAttribute("open")) return;
    const within = this.shadowRoot?.activeElement;
    this.toggleAttribute("open", false);
    if (within) this.panel?.launcher?.focus();
  }

  /**
   * Ask a question as if it were typed; one at a time.
   * @param {string} question
   * @returns {Promise<void>} fulfilled when there is an answer or a fault
   */
  async ask(question) {
    const words = String(question).trim();
    const { conversation } = this;
    if (!words || conversation === null || conversation.asking !== null) return;
    if (this.launches) this.toggleAttribute("open", true);
    const turn = conversation.add(words);
    this.panel?.add(turn);
    this.emit("question", { follow_up: conversation.turns.length > 1 });
    await this.send(conversation, turn);
  }

  /** Forget the conversation. */
  reset() {
    this.conversation?.stop();
    if (this.conversation) this.conversation = this.begun(this.conversation.base);
    this.panel?.clear();
  }

  get launches() {
    return this.getAttribute("mode") === "launcher";
  }

  /** @param {Conversation} conversation @param {Turn} turn */
  async send(conversation, turn) {
    await conversation.send(turn, this.filters);
    if (conversation !== this.conversation) return;
    const { answer, error } = turn;
    if (answer) {
      const citations = answer.citations.map(({ n, role, clause_id }) => ({ n, role, clause_id }));
      this.emit("answer", { status: answer.status, worded_by: answer.worded_by, citations });
    } else if (error) this.emit("error", { failure: error.failure, status: error.status });
  }

  /** @returns {Filters} */
  get filters() {
    const listed = (/** @type {string} */ name) =>
      (this.getAttribute(name) ?? "").split(/[,，、]/).map((each) => each.trim()).filter(Boolean);
    const named = FILTERS.map((name) => [name, listed(name)]);
    return Object.fromEntries([...named, ["document_id", listed("document")]].filter(([, told]) => told.length > 0));
  }

  /** Make the view anew: in another language, form or service. */
  build() {
    const base = serviceAddress(this.getAttribute("service") ?? YijuChat.home);
    if (base !== (this.conversation?.base ?? null)) {
      this.conversation?.stop();
      this.conversation = base === null ? null : this.begun(base);
    }
    const lang = langOf(this.getAttribute("lang") ?? document.documentElement.lang);
    const t = wordsOf(lang);
    const look = { launcher: this.launches, heading: this.getAttribute("heading") || t("title"), lang, base: base ?? "" };
    const panel = new Panel(look, t, {
      ask: (question) => this.typed(question),
      retry: (turn) => this.again(turn),
      stop: () => this.conversation?.stop(),
      reset: () => this.cleared(),
      open: () => this.open(),
      close: () => this.close(),
    });
    this.panel = panel;
    this.greeted = false;
    panel.element.addEventListener("keydown", (event) => this.pressed(event));
    panel.element.addEventListener("focusout", (event) => this.left(event));
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    root.textContent = "";
    dress(root);
    root.appendChild(panel.element);
    for (const turn of this.conversation?.turns ?? []) panel.add(turn);
    if (base === null) panel.warn(t("error_address"));
    this.painted();
    this.panel.show(!this.launches || this.hasAttribute("open"));
    this.greet();
  }

  /** @param {string} base */
  begun(base) {
    const conversation = new Conversation(base, (turn) => {
      if (conversation === this.conversation) this.panel?.update(turn);
    });
    return conversation;
  }

  /** @param {string} question */
  typed(question) {
    this.panel?.focus(); // the button of an example goes away
    void this.ask(question);
  }

  /** @param {Turn} turn */
  again(turn) {
    const { conversation } = this;
    if (conversation !== null && conversation.asking === null) void this.send(conversation, turn);
  }

  cleared() {
    this.reset();
    this.panel?.focus();
  }

  /** Follow the attribute `open`. */
  shown() {
    if (!this.launches) return;
    const open = this.hasAttribute("open");
    this.panel?.show(open);
    this.greet();
    this.emit(open ? "open" : "close");
  }

  /** Fetch questions to begin with, once, and only when somebody sees them. */
  greet() {
    const { panel, conversation } = this;
    if (this.greeted || panel === null || conversation === null || panel.box.hidden) return;
    this.greeted = true;
    conversation.service.get("/v1/examples", { lang: panel.look.lang }).then(
      ({ examples }) => panel.offer(examples.slice(0, EXAMPLES).map((/** @type {{question: string}} */ each) => String(each.question))),
      (error) => error.failure === "no_index" && panel.warn(panel.t("no_index")),
    ).catch(() => panel.offer([])); // a list of another form is none
  }

  painted() {
    const theme = this.getAttribute("theme");
    const dark = theme === "dark" || (theme !== "light" && night.matches);
    const rightToLeft = getComputedStyle(this).direction === "rtl";
    const place = this.getAttribute("position") ?? "end";
    const left = place === "left" || place === (rightToLeft ? "end" : "start");
    this.panel?.element.classList.toggle("dark", dark);
    this.panel?.element.classList.toggle("left", left);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key === "Escape" && !event.isComposing && this.launches) this.close();
    // Keys typed here are no shortcuts of the page around.
    if (event.key !== "Tab") event.stopPropagation();
  }

  /** A panel that covers the page gives way when the focus goes on to it. @param {FocusEvent} event */
  left(event) {
    const outside = event.relatedTarget instanceof Node && !this.shadowRoot?.contains(event.relatedTarget);
    if (outside && matchMedia(NARROW).matches) this.toggleAttribute("open", false);
  }

  /** @param {string} name @param {object} [detail] */
  emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`yiju:${name}`, { bubbles: true, composed: true, detail }));
  }
}
