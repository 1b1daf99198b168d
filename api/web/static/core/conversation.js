// A conversation: questions, their answers as they come, and what is told of it with the next one.

import { ServiceError } from "./errors.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Filters} Filters */
/** @typedef {import("./types.js").Turn} Said */
/**
 * @typedef {object} Turn
 * @property {number} id
 * @property {string} question
 * @property {Filters} filters
 * @property {"waiting" | "answered" | "failed"} state
 * @property {boolean} slow whether the answer is late
 * @property {{text: string, mark: string}[]} sentences what came of an answer that is not whole yet
 * @property {Answer | null} answer
 * @property {ServiceError | null} error
 */

const REMEMBERED = 12; // messages; the service reads no more
const SLOW_S = 5;

/** Tells of every change by the event `change`, of an answer's end by `settled`. */
export class Conversation extends EventTarget {
  /**
   * @param {import("./service.js").Service} service
   * @param {(question: string) => string | null} langFor the language that answers are wanted in
   */
  constructor(service, langFor = () => null) {
    super();
    this.service = service;
    this.langFor = langFor;
    /** @type {Turn[]} */
    this.turns = [];
    this.next = 1;
    /** @type {AbortController | null} */
    this.asking = null;
  }

  get waiting() {
    return this.asking !== null;
  }

  /** Ask anew. @param {string} question @param {Filters} filters */
  ask(question, filters) {
    /** @type {Turn} */
    const turn = { id: this.next++, question, filters, ...fresh() };
    this.turns = [...this.turns, turn];
    return this.run(turn);
  }

  /** Ask what failed again. @param {number} id */
  async retry(id) {
    const turn = this.changed(id, fresh());
    if (turn) await this.run(turn);
  }

  /** Stop waiting, and take the question back. @returns {string} the question */
  stop() {
    this.asking?.abort();
    const last = this.turns.find((turn) => turn.state === "waiting");
    this.remove(last?.id);
    return last?.question ?? "";
  }

  /** Go back to the first turns of a conversation, or on to later ones. @param {Turn[]} turns */
  show(turns) {
    this.asking?.abort();
    this.asking = null;
    this.turns = turns;
    this.tell("change");
  }

  /** @param {number | undefined} id */
  remove(id) {
    this.show(this.turns.filter((turn) => turn.id !== id));
  }

  /** What was said before a turn. @param {number} id @returns {Said[]} oldest first */
  historyBefore(id) {
    /** @type {Said[]} */
    const said = [];
    for (const { id: at, question, answer } of this.turns) {
      if (at === id) break;
      if (!answer) continue;
      said.push({ role: "user", content: question });
      said.push({ role: "assistant", content: answer.answer });
    }
    return said.slice(-REMEMBERED);
  }

  /** @param {Turn} turn */
  async run({ id, question, filters }) {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.tell("change");
    const late = setTimeout(() => this.changed(id, { slow: true }), SLOW_S * 1000);
    const asked = { question, filters, history: this.historyBefore(id), lang: this.langFor(question) };
    try {
      const answer = await this.service.ask(asked, this.hearing(id, asking.signal), asking.signal);
      if (!asking.signal.aborted) this.settle(id, { state: "answered", answer });
    } catch (error) {
      if (asking.signal.aborted) return;
      if (!(error instanceof ServiceError)) throw error;
      this.settle(id, { state: "failed", error, sentences: [] });
    } finally {
      clearTimeout(late);
    }
  }

  /**
   * @param {number} id @param {AbortSignal} signal
   * @returns {import("./types.js").Heard}
   */
  hearing(id, signal) {
    /** @type {Turn["sentences"]} */
    let sentences = [];
    const show = (/** @type {Turn["sentences"]} */ heard) => {
      sentences = heard;
      if (!signal.aborted) this.changed(id, { sentences, slow: false });
    };
    return {
      sentence: (sentence) => show([...sentences, sentence]),
      withdrawn: () => show([]),
    };
  }

  /** @param {number} id @param {Partial<Turn>} changes */
  settle(id, changes) {
    this.asking = null;
    const turn = this.changed(id, { slow: false, ...changes });
    this.tell("settled", turn);
  }

  /** @param {number} id @param {Partial<Turn>} changes @returns {Turn | undefined} */
  changed(id, changes) {
    this.turns = this.turns.map((turn) => (turn.id === id ? { ...turn, ...changes } : turn));
    this.tell("change");
    return this.turns.find((turn) => turn.id === id);
  }

  /** @param {string} event @param {unknown} [detail] */
  tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

/** @returns {Pick<Turn, "state" | "slow" | "sentences" | "answer" | "error">} */
function fresh() {
  return { state: "waiting", slow: false, sentences: [], answer: null, error: null };
}
