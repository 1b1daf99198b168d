// A comparison as columns, one for each region, from the nation to the county.

import { t } from "../core/words.js";

/** @typedef {import("../core/types.js").Comparison} Comparison */
/** @typedef {import("../core/types.js").Compared} Compared */
/** @typedef {import("../core/types.js").DocumentRef} DocumentRef */
/** @typedef {import("../core/types.js").Point} Point */
/** @typedef {{name: string, documents: DocumentRef[], rows: Compared[]}} Region a column */
/** @typedef {"all" | "some" | "only"} Mark who states a point: all, several, or one alone */

/** @type {readonly import("../core/types.js").Column[]} */
export const ASPECTS = ["lead", "units", "targets", "deadlines"];

/** @param {Comparison} told @returns {Region[]} */
export function regionsOf(told) {
  /** @type {Map<string, Region>} */
  const regions = new Map();
  for (const row of told.rows) {
    const { document } = row;
    const key = document.region?.code ?? document.id;
    const name = document.region?.name ?? t("compare.region_unknown");
    const region = regions.get(key) ?? { name, documents: [], rows: [] };
    regions.set(key, region);
    region.rows.push(row);
    if (!region.documents.some((each) => each.id === document.id)) region.documents.push(document);
  }
  return [...regions.values()];
}

/** Say who states a point. @param {Point} point @returns {Mark} */
export function markOf(point) {
  if (point.lacking.length === 0) return "all";
  return new Set(point.held.map((each) => each.document_id)).size === 1 ? "only" : "some";
}

/** Find whether words of a row are stated by its document alone. @param {readonly Point[]} points @param {number} n @param {string} words */
export function isOnly(points, n, words) {
  const own = points.find((point) =>
    point.held.some((each) => each.n === n && each.words === words),
  );
  return own !== undefined && markOf(own) === "only";
}
