// An answer as plain text for a letter or a file: with its basis, in the form that offices use.

import { officialForm } from "./citations.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Citation} Citation */

const MARKS = /（AI生成）|\(AI-generated\)/;

/** Give an answer's text; what a model worded says so. @param {Answer} answer */
export function answerWords({ answer, worded_by: by, lang }) {
  if (by !== "model" || MARKS.test(answer)) return answer;
  return answer + (lang === "en" ? " (AI-generated)" : "（AI生成）");
}

/** Cite a clause with its words. @param {Citation} cited */
export function citationWords(cited) {
  return `${officialForm(cited)}：“${cited.quote.trim()}”`;
}

/**
 * Give the text to copy; what is only worth reading beside it stays out.
 * @param {Answer} answer
 * @param {{question: string, basis: string}} words what stands before the question and the basis
 */
export function copyOf(answer, { question, basis }) {
  const cited = answer.citations.filter((each) => each.role !== "related");
  const lines = cited.map((each) => `[${each.n}] ${citationWords(each)}`);
  const told = [`${question}${answer.question}`, answerWords(answer)];
  return [...told, ...(lines.length ? [basis, ...lines] : [])].join("\n\n");
}
