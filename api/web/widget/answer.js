// An answer: how far it is stated, its words with their numbers, who does it, and its clauses.

import { pieces } from "../static/core/answers.js";
import { officialForm } from "../static/core/citations.js";
import { h, fill } from "./dom.js";
import { Disclosure } from "./disclosure.js";

/** @typedef {import("../static/core/types.js").Answer} Answer */
/** @typedef {import("../static/core/types.js").Citation} Citation */
/** @typedef {import("../static/core/types.js").Responsibility} Responsibility */
/** @typedef {import("./words.js").Words} Words */

const FEW = 2; // lists of units that are shown at once

/**
 * Show an answer.
 * @param {Answer} answer @param {string} base @param {Words} t
 */
export function answerView(answer, base, t) {
  const clauses = new Disclosure(base, t);
  const chip = (/** @type {number} */ n) => chipOf(answer.citations[n - 1], clauses, t);
  return h(
    "div",
    { class: "answer", part: "answer" },
    h("p", { class: "state" }, ...stateOf(answer, t)),
    answer.interpreted_as && h("p", { class: "soft" }, t("interpreted", { question: answer.interpreted_as })),
    h("div", { class: "words", lang: answer.lang }, ...linesOf(answer, chip)),
    reasonOf(answer),
    responsibilitiesOf(answer, chip, t),
    sourcesOf(answer, clauses, t),
    copyButton(answer, t),
  );
}

/** @param {Answer} answer @param {Words} t */
function stateOf({ status, worded_by }, t) {
  const word = h("span", { class: `tag ${status}`, part: "status" }, t(`status_${status}`));
  return [word, worded_by === "model" && h("span", { class: "tag ai" }, t("ai"))];
}

/** @param {Answer} answer @param {(n: number) => Node} chip */
function linesOf({ answer, citations }, chip) {
  const lines = answer.split("\n").filter((line) => line.trim());
  return lines.map((line) => h("p", { "data-line": true }, ...lineOf(pieces(line, citations.length), chip)));
}

/**
 * Show a line; the punctuation behind a number stays on its line.
 * @param {import("../static/core/answers.js").Piece[]} cut @param {(n: number) => Node} chip
 */
function lineOf(cut, chip) {
  let words = "";
  return cut.map((piece, i) => {
    if ("words" in piece) return piece.words.slice(words.length);
    const next = cut[i + 1];
    words = (next && "words" in next && /^[\p{Pe}\p{Pf}\p{Po}]{1,3}/u.exec(next.words)?.[0]) || "";
    return h("span", { class: "kept" }, chip(piece.mark), words);
  });
}

/** Say why, unless the answer's own words do. @param {Answer} answer */
function reasonOf({ answer, reason, lang }) {
  const told = answer.replace(/\[\d+\]/g, "");
  if (!reason || told.includes(reason.message)) return null;
  return h("p", { class: "soft", lang }, reason.message);
}

/** @param {Citation} citation @param {Disclosure} clauses @param {Words} t */
function chipOf(citation, clauses, t) {
  const { n, label } = citation;
  const traits = { class: "chip", part: "chip", "aria-label": t("chip", { n, label }) };
  return clauses.button(citation, traits, String(n));
}

/** @param {Answer} answer @param {(n: number) => Node} chip @param {Words} t */
function responsibilitiesOf({ responsibilities, citations }, chip, t) {
  const listed = responsibilities.filter(({ units, leads }) => units.length > 0 || leads.length > 0);
  if (listed.length === 0) return null;
  return h(
    "details",
    { open: listed.length <= FEW },
    h("summary", {}, t("responsibilities")),
    ...listed.map((each) => responsibilityOf(each, each.citation <= citations.length && chip(each.citation), t)),
  );
}

/** @param {Responsibility} who @param {import("./dom.js").Child} chip @param {Words} t */
function responsibilityOf({ leads, units, qualifiers }, chip, t) {
  const members = units.filter((unit) => !leads.includes(unit));
  const row = (/** @type {string} */ name, /** @type {string[]} */ told) =>
    told.length > 0 && h("div", {}, h("dt", {}, t(name)), h("dd", { lang: "zh" }, told.join("、")));
  const several = leads.length === 0 && units.length > 1;
  return h(
    "div",
    { class: "who", "data-line": true },
    h("dl", {}, row("lead", leads), row(leads.length > 0 ? "members" : "units", members), row("qualifiers", qualifiers)),
    several && h("span", { class: "soft" }, t("no_lead")),
    chip,
  );
}

/** @param {Answer} answer @param {Disclosure} clauses @param {Words} t */
function sourcesOf({ citations }, clauses, t) {
  if (citations.length === 0) return null;
  const rows = citations.map((citation) => {
    const role = h("span", { class: "role" }, `${t(`role_${citation.role}`)} ${citation.n}`);
    const button = clauses.button(citation, { class: "source" }, role, " ", h("span", { lang: "zh" }, citation.label));
    return h("li", {}, h("div", { "data-line": true }, button));
  });
  const summary = h("summary", {}, t("sources", { count: citations.length }));
  return h("details", { class: "sources" }, summary, h("ul", {}, ...rows));
}

/** @param {Answer} answer @param {Words} t */
function copyButton(answer, t) {
  const told = h("span", { class: "soft", role: "status" });
  const copy = async () => {
    fill(told, await written(copied(answer, t)).then(() => t("copied"), () => t("copy_failed")));
  };
  return h("p", { class: "after" }, h("button", { type: "button", class: "quiet", onclick: copy }, t("copy")), told);
}

/** Hand a text to the clipboard, which pages without TLS do not have. @param {string} text */
async function written(text) {
  await navigator.clipboard.writeText(text);
}

/** Give an answer with its clauses in the form that offices use. @param {Answer} answer @param {Words} t */
export function copied({ answer, citations }, t) {
  const based = citations.filter(({ role }) => role !== "related");
  const lines = based.map((citation) => `[${citation.n}] ${officialForm(citation)}`);
  return [answer, ...(lines.length > 0 ? ["", t("copied_sources"), ...lines] : [])].join("\n");
}
