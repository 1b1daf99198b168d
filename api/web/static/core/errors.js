// What can go wrong between a page and the service, told in the words of the reader.

/** @typedef {"network" | "timeout" | "broken" | "busy" | "no_index" | "missing" | "refused" |
 *   "changed"} Failure */

/** A request that came to nothing. */
export class ServiceError extends Error {
  /**
   * @param {Failure} failure
   * @param {{status?: number, detail?: string, seconds?: number, problem?: string}} [about]
   */
  constructor(failure, about = {}) {
    super(about.detail ?? failure);
    this.failure = failure;
    this.status = about.status ?? null;
    this.detail = about.detail ?? "";
    /** The end of the problem's type, such as "question-too-long". */
    this.problem = about.problem ?? "";
    this.seconds = about.seconds ?? 0;
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
 */
export function told(error, t) {
  if (!(error instanceof ServiceError)) throw error;
  if (error.failure === "no_index") return t("common.no_index");
  return t(`common.error_${error.failure}`, { detail: error.detail, seconds: error.seconds });
}
