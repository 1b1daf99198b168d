// What a question or a listing is restricted to: in the address, as the service takes it, and what
// there is to choose.

import { documentName } from "./citations.js";
import { t } from "./words.js";

/** @typedef {import("./types.js").DocumentRef} DocumentRef */
/** @typedef {import("./types.js").Filters} Filters */
/** @typedef {"region" | "level" | "status" | "document_id"} Key */
/** @typedef {{value: string, label: string}} Option */
/** @typedef {{key: string, value: string}} Active one value of one filter */

/** @type {readonly Key[]} */
export const KEYS = ["region", "level", "status", "document_id"];
export const LEVELS = ["national", "province", "city", "county"];
const STATUSES = ["draft", "effective", "repealed", "unknown"];

/** Give the filters that parameters name, each a list. @param {URLSearchParams} params */
export function filtersIn(params) {
  const of = (/** @type {string} */ key) => params.getAll(key).filter((each) => each.trim());
  return /** @type {Record<Key, string[]>} */ (
    Object.fromEntries(KEYS.map((key) => [key, of(key)]))
  );
}

/** Give those of them that hold a value. @param {URLSearchParams} params @returns {Filters} */
export function filtersOf(params) {
  const named = Object.entries(filtersIn(params)).filter(([, values]) => values.length);
  return Object.fromEntries(named);
}

/**
 * Give the query of the page's address that asks a question.
 * @param {string} question @param {Filters} filters
 */
export function questionQuery(question, filters) {
  const query = new URLSearchParams({ q: question });
  for (const { key, value } of chosen(filters)) query.append(key, value);
  return `?${query}`;
}

/** Give the values chosen, one after the other. @param {Filters} filters */
export function chosen(filters) {
  return KEYS.flatMap((key) => (filters[key] ?? []).map((value) => ({ key, value })));
}

/**
 * Choose a value, or no longer.
 * @param {Filters} filters @param {Key} key @param {string} value
 * @returns {Filters}
 */
export function toggled(filters, key, value) {
  const held = filters[key] ?? [];
  const values = held.includes(value) ? held.filter((each) => each !== value) : [...held, value];
  const { [key]: _, ...rest } = filters;
  return values.length ? { ...rest, [key]: values } : rest;
}

/**
 * Give what each filter offers: the values that occur in documents.
 * @param {readonly DocumentRef[]} documents
 * @returns {Record<Key, Option[]>}
 */
export function optionsOf(documents) {
  const held = (/** @type {(each: DocumentRef) => string | null | undefined} */ of) =>
    new Set(documents.map(of));
  const levels = held((each) => each.level);
  const standings = held((each) => each.status);
  const regions = new Map(documents.flatMap(({ region }) => (region ? [[region.code, region.name]] : [])));
  return {
    region: [...regions].sort().map(([, name]) => ({ value: name, label: name })),
    level: LEVELS.filter((each) => levels.has(each)).map((each) => named("level", each)),
    status: STATUSES.filter((each) => standings.has(each)).map((each) => named("status", each)),
    document_id: documents.map((each) => ({ value: each.id, label: documentName(each) })),
  };
}

/**
 * Give the words of a filter's value, as the reader knows it.
 * @param {Record<Key, Option[]>} options @param {string} key @param {string} value
 */
export function labelOf(options, key, value) {
  if (isNamed(key, value)) return named(key, value).label;
  const offered = KEYS.some((each) => each === key) ? options[/** @type {Key} */ (key)] : [];
  return offered.find((each) => each.value === value)?.label ?? value;
}

/**
 * Whether a value has a name of ours, in whatever documents it occurs.
 * @param {string} key @param {string} value
 * @returns {key is "level" | "status"}
 */
function isNamed(key, value) {
  return (key === "level" && LEVELS.includes(value)) || (key === "status" && STATUSES.includes(value));
}

/** @param {"level" | "status"} key @param {string} value */
const named = (key, value) => ({ value, label: t(`common.${key}_${value}`) });
