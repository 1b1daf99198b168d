// What a question is restricted to: as the service takes it, and in a page's address.

/** @typedef {import("./types.js").Filters} Filters */
/** @typedef {"region" | "level" | "status" | "document_id"} FilterKey */

/** @type {FilterKey[]} */
export const FILTER_KEYS = ["region", "level", "status", "document_id"];
export const LEVELS = ["national", "province", "city", "county"];
export const STATUSES = ["draft", "effective", "repealed", "unknown"];

/** @param {URLSearchParams} query @returns {Filters} */
export function filtersOf(query) {
  /** @type {Filters} */
  const filters = {};
  for (const key of FILTER_KEYS) {
    const values = query.getAll(key).filter(Boolean);
    if (values.length) filters[key] = values;
  }
  return filters;
}

/**
 * Give the query of the page's address that asks a question.
 * @param {string} question @param {Filters} filters
 */
export function questionQuery(question, filters) {
  const query = new URLSearchParams({ q: question });
  for (const key of FILTER_KEYS) for (const each of filters[key] ?? []) query.append(key, each);
  return `?${query}`;
}

/** Give the values chosen, one after the other. @param {Filters} filters */
export function chosen(filters) {
  return FILTER_KEYS.flatMap((key) => (filters[key] ?? []).map((value) => ({ key, value })));
}

/**
 * Choose a value, or no longer.
 * @param {Filters} filters @param {FilterKey} key @param {string} value
 * @returns {Filters}
 */
export function toggled(filters, key, value) {
  const held = filters[key] ?? [];
  const values = held.includes(value) ? held.filter((each) => each !== value) : [...held, value];
  const { [key]: _, ...rest } = filters;
  return values.length ? { ...rest, [key]: values } : rest;
}
