// Which documents a listing is restricted to: what the address says, and what there is to choose.

import { t } from "./words.js";

/** @typedef {import("./types.js").DocumentRef} DocumentRef */
/** @typedef {"region" | "level" | "status" | "document_id"} Key */
/** @typedef {{value: string, label: string}} Option */
/** @typedef {{key: string, value: string}} Active one value of one filter */

/** @type {readonly Key[]} */
export const KEYS = ["region", "level", "status", "document_id"];
const LEVELS = ["national", "province", "city", "county"];
const STANDINGS = ["draft", "effective", "repealed", "unknown"];

/** Give the filters that parameters name. @param {URLSearchParams} params */
export function filtersIn(params) {
  const of = (/** @type {string} */ key) => params.getAll(key).filter((each) => each.trim());
  return /** @type {Record<Key, string[]>} */ (
    Object.fromEntries(KEYS.map((key) => [key, of(key)]))
  );
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
    status: STANDINGS.filter((each) => standings.has(each)).map((each) => named("status", each)),
    document_id: documents.map((each) => ({
      value: each.id,
      label: [each.number, each.title].filter(Boolean).join(" ") || each.id,
    })),
  };
}

/**
 * Give the words of a filter's value, as the reader knows it.
 * @param {Record<Key, Option[]>} options @param {string} key @param {string} value
 */
export function labelOf(options, key, value) {
  const offered = KEYS.some((each) => each === key) ? options[/** @type {Key} */ (key)] : [];
  return offered.find((each) => each.value === value)?.label ?? value;
}

/** @param {"level" | "status"} key @param {string} value */
const named = (key, value) => ({ value, label: t(`common.${key}_${value}`) });
