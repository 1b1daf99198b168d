// What was asked and answered, one after another; the service answers, and nothing is kept elsewhere.

import { ServiceError } from "../static/core/errors.js";
import { Service } from "../static/core/service.js";
import { refusesOrigin } from "./address.js";

/** @typedef {import("../static/core/types.js").Answer} Answer */
/** @typedef {import("../static/core/types.js").Filters} Filters */
/**
 * A question, and what has come of it. `heard` is what a language model has worded so far.
 * @typedef {object} Turn
 * @property {string} question
 * @property {"asking" | "answered" | "failed" | "stopped"} state
 * @property {string} heard
 * @property {Answer | null} answer
 * @property {ServiceError | null} error
 */

const REMEMBERED = 12; // messages: the service takes no more into account

/** The questions of one widget. */
export class Conversation {
  /**
   * @param {string} base where the service lies
   * @param {(turn: Turn) => void} changed called whenever something has come of a question
   */
  constructor(base, changed) {
    this.base = base;
    this.service = new Service(base, { credentials: "omit", referrerPolicy: "no-referrer" });
    this.changed = changed;
    /** @type {Turn[]} */
    this.turns = [];
    /** @type {AbortController | null} */
    this.asking = null;
  }

  /** Add a question. @param {string} question @returns {Turn} */
  add(question) {
    /** @type {Turn} */
    const turn = { question, state: "asking", heard: "", answer: null, error: null };
    this.turns.push(turn);
    return turn;
  }

  /** Ask for what a turn's question wants to know; how it ended stands in the turn. @param {Turn} turn @param {Filters} filters */
  async send(turn, filters) {
    const stop = new AbortController();
    this.asking = stop;
    this.change(turn, { state: "asking", error: null });
    try {
      const question = { question: turn.question, history: this.history(turn), filters };
      const heard = {
        sentence: (/** @type {{text: string}} */ { text }) => this.change(turn, { heard: turn.heard + text }),
        withdrawn: () => this.change(turn, { heard: "" }),
      };
      const answer = whole(await this.service.ask(question, heard, stop.signal));
      this.end(stop, turn, { state: "answered", answer });
    } catch (error) {
      const told = stop.signal.aborted ? null : await this.explained(error);
      this.end(stop, turn, stop.signal.aborted ? { state: "stopped" } : { state: "failed", error: told });
    }
  }

  /** Wait for no answer any longer. */
  stop() {
    this.asking?.abort();
  }

  /** Give what was said before a turn, oldest first. @param {Turn} turn */
  history(turn) {
    /** @type {import("../static/core/types.js").Turn[]} */
    const said = [];
    for (const { question, answer } of this.turns.slice(0, this.turns.indexOf(turn))) {
      if (answer === null) continue;
      said.push({ role: "user", content: question }, { role: "assistant", content: answer.answer });
    }
    return said.slice(-REMEMBERED);
  }

  /** @param {AbortController} stop @param {Turn} turn @param {Partial<Turn>} came */
  end(stop, turn, came) {
    if (this.asking === stop) this.asking = null;
    this.change(turn, { heard: "", ...came });
  }

  /** @param {Turn} turn @param {Partial<Turn>} came */
  change(turn, came) {
    Object.assign(turn, came);
    this.changed(turn);
  }

  /** @param {unknown} error @returns {Promise<ServiceError>} */
  async explained(error) {
    if (!(error instanceof ServiceError)) return new ServiceError("broken");
    const refused = error.failure === "network" && (await refusesOrigin(this.base));
    return refused ? new ServiceError("origin", { detail: location.origin }) : error;
  }
}

/** Give an answer that can be shown. @param {Answer} answer */
function whole(answer) {
  const lists = [answer.citations, answer.responsibilities];
  const fits = typeof answer.answer === "string" && lists.every((each) => Array.isArray(each));
  if (!fits || !/^(answered|partial|not_stated|not_found)$/.test(answer.status)) {
    throw new ServiceError("broken");
  }
  return answer;
}
