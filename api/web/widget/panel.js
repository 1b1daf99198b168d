// What the widget looks like: the launcher, the title bar, the conversation, the field, the notice.

import { Composer } from "./composer.js";
import { h, fill, icon } from "./dom.js";
import { TurnView } from "./turn.js";

/** @typedef {import("./conversation.js").Turn} Turn */
/**
 * What the panel tells of.
 * @typedef {object} On
 * @property {(question: string) => void} ask
 * @property {(turn: Turn) => void} retry
 * @property {() => void} stop
 * @property {() => void} reset
 * @property {() => void} open
 * @property {() => void} close
 */
/**
 * How the panel is made.
 * @typedef {object} Look
 * @property {boolean} launcher
 * @property {string} heading
 * @property {string} lang
 * @property {string} base where the service lies
 */

const AIR_PX = 12;
const CROSS = "M6 6l12 12M18 6L6 18";
const ANEW = "M12 5v14M5 12h14";
const BUBBLE = "M4 5h16v11H11l-5 4v-4H4z";

/** The widget's whole view, in one language. */
export class Panel {
  /** @param {Look} look @param {import("./words.js").Words} t @param {On} on */
  constructor(look, t, on) {
    this.look = look;
    this.t = t;
    this.on = on;
    /** @type {Map<Turn, TurnView>} */
    this.views = new Map();
    this.composer = new Composer(t, on);
    this.examples = h("div", { class: "examples" });
    this.greeting = h("div", { class: "greeting" }, h("p", {}, t("greeting")), this.examples);
    // Announced are whole answers by `news`, not every change of the log.
    this.log = h("div", { class: "log", part: "log", role: "log", "aria-live": "off", "aria-label": t("log"), tabindex: 0 }, this.greeting);
    this.news = h("div", { class: "unseen", role: "status" });
    this.anew = this.tool("new", ANEW, on.reset);
    this.box = this.boxed();
    this.launcher = look.launcher ? this.launching() : null;
    this.element = h(
      "section",
      { class: `root ${look.launcher ? "floating" : "inline"}`, "aria-label": look.heading, lang: look.lang, dir: "ltr" },
      this.launcher,
      this.box,
    );
    this.refresh();
  }

  boxed() {
    const { launcher, heading, base } = this.look;
    const closing = launcher && this.tool("close", CROSS, this.on.close);
    const role = launcher ? { role: "dialog", "aria-modal": "false", "aria-label": heading } : {};
    const link = { class: "link", href: `${base}/`, target: "_blank", rel: "noopener noreferrer" };
    const whole = h("a", link, this.t("whole"), h("span", { class: "unseen" }, this.t("new_tab")));
    return h(
      "div",
      { class: "panel", part: "panel", id: "panel", ...role },
      h("div", { class: "bar", part: "header" }, h("h2", {}, heading), this.anew, closing),
      this.log,
      this.news,
      this.composer.element,
      h("p", { class: "notice", part: "notice" }, this.t("notice"), " ", base && whole),
    );
  }

  launching() {
    const traits = { type: "button", class: "launcher", part: "launcher", "aria-controls": "panel", onclick: () => this.toggle() };
    return h("button", traits, icon(BUBBLE), h("span", {}, this.look.heading));
  }

  /** @param {string} name @param {string} path @param {() => void} press */
  tool(name, path, press) {
    const label = this.t(name);
    return h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick: press }, icon(path));
  }

  toggle() {
    if (this.box.hidden) this.on.open();
    else this.on.close();
  }

  /** Show or hide the panel of a launcher. @param {boolean} open */
  show(open) {
    this.box.hidden = !open;
    this.launcher?.setAttribute("aria-expanded", String(open));
    if (open) this.composer.measure();
  }

  /** Offer questions to begin with. @param {readonly string[]} questions */
  offer(questions) {
    const buttons = questions.map((question) =>
      h("button", { type: "button", class: "example", part: "example", onclick: () => this.on.ask(question) }, question),
    );
    fill(this.examples, buttons.length > 0 && h("p", { class: "soft" }, this.t("examples")), ...buttons);
  }

  /** Say what is wrong before anything is asked. @param {string} words */
  warn(words) {
    fill(this.examples, h("div", { class: "note error", part: "error" }, h("p", {}, words)));
  }

  /** Show what has come of a question, and announce it when it is all. @param {Turn} turn */
  update(turn) {
    const view = this.views.get(turn) ?? this.add(turn);
    view.show();
    this.refresh();
    if (turn.state === "asking") return;
    this.scrollTo(view);
    fill(this.news, view.news);
  }

  /** @param {Turn} turn */
  add(turn) {
    const retry = () => {
      this.on.retry(turn);
      this.focus();
    };
    const view = new TurnView(turn, this.look.base, this.t, retry);
    this.views.set(turn, view);
    this.log.appendChild(view.element);
    this.refresh();
    this.scrollTo(view);
    return view;
  }

  /** Bring a question to the top, with a little air. @param {TurnView} view */
  scrollTo(view) {
    this.log.scrollTop = view.element.offsetTop - AIR_PX;
  }

  /** Forget all turns. */
  clear() {
    fill(this.log, this.greeting);
    fill(this.news);
    this.views.clear();
    this.refresh();
  }

  refresh() {
    const turns = [...this.views.keys()];
    this.greeting.hidden = turns.length > 0;
    this.anew.hidden = turns.length === 0;
    this.composer.await(turns.some(({ state }) => state === "asking"));
  }

  focus() {
    this.composer.field.focus();
  }
}
