// Documents with their texts, each loaded once in a page.

import { CodePoints } from "./codepoints.js";
import { ServiceError } from "./errors.js";
import { root } from "./page.js";
import { Service } from "./service.js";

/** @typedef {import("./types.js").DocumentDetail} DocumentDetail */
/** @typedef {import("./types.js").Clause} Clause */
/** @typedef {import("./codepoints.js").Span & {document_id: string}} Reference words that name
 *    another document */
/** @typedef {{detail: DocumentDetail, text: CodePoints, references: Reference[]}} OpenDocument */

const KEPT = 12;
/** @type {Map<string, Promise<OpenDocument>>} the one used last stands last */
const opened = new Map();
const service = new Service(root);

/**
 * Give a document with its text; a second call gives the same one.
 * @param {string} id
 * @returns {Promise<OpenDocument>} rejects with a ServiceError; another call then tries again
 */
export function openDocument(id) {
  const loading = opened.get(id) ?? load(id);
  opened.delete(id);
  opened.set(id, loading);
  if (opened.size > KEPT) opened.delete(/** @type {string} */ (opened.keys().next().value));
  loading.catch(() => opened.get(id) === loading && opened.delete(id));
  return loading;
}

/** @param {string} id @returns {Promise<OpenDocument>} */
async function load(id) {
  const first = await read(id);
  if (fits(first)) return first;
  // The index was exchanged between the two requests: what is read now is of the new one.
  const second = await read(id);
  if (fits(second)) return second;
  throw new ServiceError("changed");
}

/** @param {string} id @returns {Promise<OpenDocument>} */
async function read(id) {
  const path = `/v1/documents/${encodeURIComponent(id)}`;
  const [detail, text, { references }] = await Promise.all([
    service.get(path),
    service.text(`${path}/text`),
    service.get(`${path}/references`),
  ]);
  return { detail, text: new CodePoints(text), references };
}

/**
 * Whether the clauses cover the text: in order, with nothing but white space between.
 * @param {OpenDocument} document
 */
function fits({ detail, text }) {
  let at = 0;
  for (const { source } of detail.clauses) {
    if (source.start < at || source.end <= source.start) return false;
    if (!isBlank(text.slice(at, source.start))) return false;
    at = source.end;
  }
  return at <= text.length && isBlank(text.slice(at));
}

/** Whether there is white space alone, as the service counts it. @param {string} words */
function isBlank(words) {
  return /^[\s\u0085\u001c-\u001f]*$/.test(words);
}
