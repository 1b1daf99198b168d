// The widget's own words, built in, in the language that fits where it stands.

import { Messages } from "../static/core/messages.js";
import en from "../locales/widget.en.json";
import hans from "../locales/widget.zh-CN.json";
import hant from "../locales/widget.zh-TW.json";

/** @typedef {Messages["t"]} Words */

/** @type {Record<string, Record<string, import("../static/core/messages.js").Message>>} */
const CATALOGUES = { "zh-CN": hans, "zh-TW": hant, en };

/**
 * Give the language of ours that a tag asks for: Chinese where it names none.
 * @param {string | null | undefined} tag BCP 47
 */
export function langOf(tag) {
  const parts = (tag ?? "").toLowerCase().split(/[-_]/);
  if (parts[0] !== "zh" && parts[0] !== "") return "en";
  const traditional = parts.some((part) => ["hant", "tw", "hk", "mo"].includes(part));
  return traditional && !parts.includes("hans") ? "zh-TW" : "zh-CN";
}

/** Give the words of a language. @param {string} lang one of `langOf`'s @returns {Words} */
export function wordsOf(lang) {
  const messages = new Messages(CATALOGUES[lang] ?? hans, lang);
  return (name, values) => messages.t(name, values);
}
