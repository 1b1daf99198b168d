// What can go wrong between a page and the service, told in the words of the reader.

/** @typedef {"network" | "timeout" | "broken" | "busy" | "no_index" | "missing" | "refused" |
 *   "changed" | "origin"} Failure */

/**
 * A refusal as the service words it (RFC 9457); `key`, `value` and `known` tell of a filter.
 * @typedef {{type?: string, detail?: string, key?: string, value?: string, known?: string[]}} Problem
 */

/** A request that came to nothing. */
export class ServiceError extends Error {
  /**
   * @param {Failure} failure
   * @param {{status?: number, detail?: string, seconds?: number, problem?: Problem}} [about]
   */
  constructor(failure, about = {}) {
    super(about.detail ?? failure);
    this.failure = failure;
    this.status = about.status ?? null;
    this.detail = about.detail ?? "";
    this.seconds = about.seconds ?? 0;
    this.problem = about.problem ?? {};
  }

  /** The end of the problem's type, such as "question-too-long"; empty where there is none. */
  get slug() {
    return this.problem.type?.split(":").pop() ?? "";
  }

  /** Whether the same request may do better later. */
  get passing() {
    return ["network", "timeout", "broken", "busy", "changed"].includes(this.failure);
  }
}

/**
 * Say what went wrong and what to do.
 * @param {unknown} error
 * @param {import("./messages.js").Messages["t"]} t
 * @param {string} [prefix] of the names of the messages
 */
export function told(error, t, prefix = "common.") {
  if (!(error instanceof ServiceError)) throw error;
  if (error.failure === "no_index") return t(`${prefix}no_index`);
  return t(`${prefix}error_${error.failure}`, { detail: error.detail, seconds: error.seconds });
}
