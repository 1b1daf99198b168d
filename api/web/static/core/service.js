// The service's API, as pages and the widget call it.

import { ServiceError } from "./errors.js";
import { json } from "./json.js";
import { createParser } from "../vendor/eventsource-parser.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Heard} Heard */
/** @typedef {Record<string, string | number | boolean | readonly string[] | null | undefined>} Params */

const TIMEOUT_S = 30;
const NO_INDEX = "urn:yiju:problem:index-unavailable";

/** One service at an address. */
export class Service {
  /**
   * @param {string} base such as "/yiju" or "https://yiju.example.gov.cn"
   * @param {RequestInit} [options] of every request
   */
  constructor(base, options = {}) {
    this.base = base;
    this.options = options;
  }

  /** Give the address of a route. @param {string} path @param {Params} [params] */
  address(path, params = {}) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(params)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== null && each !== undefined && each !== "") query.append(key, String(each));
      }
    }
    const asked = query.toString();
    return this.base + path + (asked && `?${asked}`);
  }

  /**
   * Get JSON.
   * @param {string} path @param {Params} [params] @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  get(path, params = {}, signal) {
    return send(this.address(path, params), this.options, (response) => response.json(), signal);
  }

  /** Get text, its byte-order mark too: offsets count it. @param {string} path @param {AbortSignal} [signal] */
  text(path, signal) {
    return send(this.address(path), this.options, wholeText, signal);
  }

  /**
   * Post JSON.
   * @param {string} path @param {unknown} body @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  post(path, body, signal) {
    return send(this.address(path), this.posted(body), (response) => response.json(), signal);
  }

  /**
   * Ask, and hear the answer as it comes.
   * @param {Question} question
   * @param {Heard} heard called with each sentence that a language model words, as it is checked
   * @param {AbortSignal} [signal]
   * @returns {Promise<Answer>} the whole answer; only this one counts
   */
  ask(question, heard, signal) {
    const address = this.address("/v1/ask");
    const options = this.posted({ ...question, stream: true });
    return send(address, options, (response, on) => readAnswer(response, heard, on), signal);
  }

  /** @param {unknown} body @returns {RequestInit} */
  posted(body) {
    const headers = { "Content-Type": "application/json" };
    return { ...this.options, method: "POST", headers, body: json(body) };
  }
}

/**
 * Send a request and read what comes; silence for too long, before or within the body, ends it.
 * @template T
 * @param {string} address
 * @param {RequestInit} options
 * @param {(response: Response, on: () => void) => Promise<T>} read calls `on` when something came
 * @param {AbortSignal} [signal] of who no longer wants it: an AbortError then
 */
async function send(address, options, read, signal) {
  const silence = new AbortController();
  let timer = 0;
  const on = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => silence.abort(), TIMEOUT_S * 1000);
  };
  const stop = () => silence.abort();
  signal?.addEventListener("abort", stop);
  on();
  /** @type {Response | null} */
  let response = null;
  try {
    response = await fetch(address, { ...options, signal: silence.signal });
    on();
    if (!response.ok) throw await refusal(response);
    return await read(response, on);
  } catch (error) {
    if (error instanceof ServiceError || signal?.aborted) throw error;
    if (silence.signal.aborted) throw new ServiceError("timeout", { seconds: TIMEOUT_S });
    throw new ServiceError(response ? "broken" : "network");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** @param {Response} response */
async function wholeText(response) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}

/** @param {Response} response */
async function refusal(response) {
  /** @type {import("./errors.js").Problem} */
  const problem = await response.json().catch(() => ({}));
  const about = { status: response.status, detail: problem.detail, problem };
  if (problem.type === NO_INDEX) return new ServiceError("no_index", about);
  if (response.status >= 500 || response.status === 429) return new ServiceError("busy", about);
  return new ServiceError(response.status === 404 ? "missing" : "refused", about);
}

/**
 * @param {Response} response @param {Heard} heard @param {() => void} on
 * @returns {Promise<Answer>}
 */
async function readAnswer(response, heard, on) {
  /** @type {Answer | null} */
  let answer = null;
  const parser = createParser({
    onEvent: (event) => {
      const data = JSON.parse(event.data);
      if (event.event === "answer") answer = data;
      else if (event.event === "sentence") heard.sentence?.(data);
      else if (event.event === "withdrawn") heard.withdrawn?.();
    },
  });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    on();
    parser.feed(decoder.decode(value, { stream: true }));
  }
  if (answer === null) throw new ServiceError("broken");
  return answer;
}
