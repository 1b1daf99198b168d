// The last questions, in this browser only; a browser that keeps nothing forgets them.

const NAME = "yiju.recent";
const MOST = 8;

/** @param {Storage | null} storage */
function read(storage) {
  const told = JSON.parse(storage?.getItem(NAME) ?? "[]");
  return Array.isArray(told) ? told.filter((each) => typeof each === "string") : [];
}

/** Questions asked before, the last one first. */
export class RecentQuestions {
  constructor() {
    /** @type {Storage | null} */
    this.storage = null;
    /** @type {string[]} */
    this.questions = [];
    try {
      this.storage = window.localStorage;
      this.questions = read(this.storage);
    } catch {
      // Blocked, or not ours: the page works without.
    }
  }

  /** @param {string} question */
  add(question) {
    this.keep([question, ...this.questions.filter((each) => each !== question)].slice(0, MOST));
  }

  clear() {
    this.keep([]);
  }

  /** @param {string[]} questions */
  keep(questions) {
    this.questions = questions;
    try {
      this.storage?.setItem(NAME, JSON.stringify(questions));
    } catch {
      // Full or blocked: they are kept as long as this page is open.
    }
  }
}
