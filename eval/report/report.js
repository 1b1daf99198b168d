"use strict";
// The page's data is text from documents, questions and answers: it only ever becomes text nodes.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const GROUPS = ["type", "lang", "document", "behavior"];
  const RESULTS = ["wrong", "right", "no_answer"];
  const FATES = ["worse", "mixed", "better", "stayed_wrong", "stayed_right"];
  const SVG = "http://www.w3.org/2000/svg";
  let language = document.documentElement.lang;

  const word = (key) => data.words[language][key] ?? key;
  // A name of the data (a type, a file) in the page's language, where it has a word for it.
  const named = (by, name) => (`${by}.${name}` in data.words[language] ? { w: `${by}.${name}` } : { text: name });
  const byId = (id) => document.getElementById(id);

  function element(tag, options = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (value === null || value === undefined) continue;
      if (name === "text") made.textContent = value;
      else if (name === "w") { made.dataset.w = value; made.textContent = word(value); }
      else if (name === "on") made.addEventListener("click", value);
      else made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  function shape(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // ---- scores by group -------------------------------------------------------------------

  const measureSelect = byId("group-measure");
  const bySelect = byId("group-by");
  const filters = byId("filters");

  function fillGroups() {
    for (const score of data.scores) {
      if (!score.summed) measureSelect.append(element("option", { value: score.name, w: `m.${score.name}` }));
    }
    for (const by of GROUPS) bySelect.append(element("option", { value: by, w: by }));
    measureSelect.addEventListener("change", drawBars);
    bySelect.addEventListener("change", drawBars);
  }

  function drawBars() {
    const by = bySelect.value;
    const bars = byId("bars");
    bars.replaceChildren();
    for (const [name, scores] of Object.entries(data.groups[by])) {
      const score = scores[measureSelect.value];
      if (score) bars.append(element("li", {}, bar(by, name, score)));
    }
    markBars();
  }

  function bar(by, name, [value, n, low, high]) {
    const svg = shape("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
    svg.append(shape("line", { class: "axis", x1: 0, x2: 100, y1: 9.5, y2: 9.5 }));
    svg.append(shape("rect", { class: "bar", x: 0, y: 2, width: value * 100, height: 6 }));
    if (low !== null) svg.append(shape("line", { class: "whisker", x1: low * 100, x2: high * 100, y1: 5, y2: 5 }));
    const range = low === null ? "" : ` (${low.toFixed(2)}–${high.toFixed(2)})`;
    return element(
      "button",
      { type: "button", "data-by": by, "data-name": name, on: () => chooseBar(by, name) },
      element("span", { class: "label", ...named(by, name) }),
      svg,
      element("span", { class: "number", text: value.toFixed(3) }, element("small", { text: `${range} n=${n}` })),
    );
  }

  function chooseBar(by, name) {
    const select = filters.elements[by];
    const chosen = select.value !== name;
    select.value = chosen ? name : "";
    if (chosen) filters.elements.result.value = "";
    showRows();
    if (chosen) byId("questions").scrollIntoView();
  }

  function markBars() {
    for (const button of byId("bars").querySelectorAll("button")) {
      const chosen = filters.elements[button.dataset.by].value === button.dataset.name;
      button.setAttribute("aria-pressed", String(chosen));
    }
  }

  // ---- questions -------------------------------------------------------------------------

  const items = data.rows.map((row) => ({ row, words: searchable(row), item: null }));

  function searchable(row) {
    const parts = [row.id, row.question, row.answer, row.gold.answer, ...row.tags, ...row.gold.units];
    for (const entry of row.entries) parts.push(entry.lead, ...entry.units);
    return parts.filter(Boolean).join("\n").toLowerCase();
  }

  function fillFilters() {
    const options = {
      result: RESULTS,
      missed: data.judged.filter((name) => data.rows.some((row) => row.why.some((why) => why.name === name))),
      fate: FATES,
    };
    for (const by of GROUPS) options[by] = Object.keys(data.groups[by]);
    for (const [name, values] of Object.entries(options)) {
      const select = filters.elements[name];
      if (!select) continue;
      select.append(element("option", { value: "", w: "all" }));
      for (const value of values) {
        const shown = name === "missed" ? { w: `m.${value}` } : GROUPS.includes(name) ? named(name, value) : { w: value };
        select.append(element("option", { value, ...shown }));
      }
      select.addEventListener("change", showRows);
    }
    byId("search").addEventListener("input", showRows);
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("reset", () => setTimeout(showRows));
  }

  function fits({ row, words }) {
    const wanted = (name) => filters.elements[name]?.value ?? "";
    const sought = byId("search").value.trim().toLowerCase();
    if (sought && !words.includes(sought)) return false;
    const result = wanted("result");
    if (result === "wrong" && !row.why.length) return false;
    if (result === "right" && row.why.length) return false;
    if (result === "no_answer" && row.status !== "failed") return false;
    if (wanted("missed") && !row.why.some((why) => why.name === wanted("missed"))) return false;
    if (wanted("fate") && row.fate !== wanted("fate")) return false;
    return GROUPS.every((by) => !wanted(by) || [row[by]].flat().includes(wanted(by)));
  }

  function showRows() {
    const shown = items.filter(fits);
    byId("rows").replaceChildren(...shown.map((each) => (each.item ??= rowItem(each.row))));
    byId("count").textContent = `${shown.length} / ${items.length}`;
    byId("none").hidden = shown.length > 0;
    markBars();
  }

  function rowItem(row) {
    const head = element(
      "button",
      { type: "button", class: "head", "aria-expanded": "false" },
      element("span", { class: "id", text: row.id }),
      element("span", { class: "question", text: row.question }, kinds(row)),
      element("span", { class: "badge", w: `${row.status}.status` }),
      row.why.length ? missed(row) : element("span", { class: "fine", text: "✓" }),
    );
    const item = element("li", { id: `q-${row.id}` }, head);
    head.addEventListener("click", () => {
      const open = head.getAttribute("aria-expanded") === "true";
      head.setAttribute("aria-expanded", String(!open));
      if (open) item.lastChild.remove();
      else item.append(detail(row));
    });
    return item;
  }

  function kinds(row) {
    const small = element("small");
    ["type", "behavior", "lang"].forEach((by, i) => small.append(i ? " · " : "", element("span", named(by, row[by]))));
    return small;
  }

  function missed(row) {
    const names = element("span", { class: "wrong" });
    row.why.forEach((why, i) => {
      if (i) names.append(" · ");
      names.append(element("span", { w: `m.${why.name}` }));
    });
    return names;
  }

  function detail(row) {
    return element(
      "div",
      { class: "detail" },
      row.why.length ? whyBox(row) : null,
      goldBox(row),
      answerBox(row),
      clausesBox(row),
    );
  }

  function whyBox(row) {
    const box = element("div", { class: "why wide" }, element("h3", { w: "why" }));
    if (row.error !== null) {
      box.append(element("p", { class: "words", text: row.error }));
      return box;
    }
    for (const why of row.why) {
      box.append(
        element("strong", { w: `m.${why.name}` }),
        element("dl", {}, element("dt", { w: "wanted" }), element("dd", { text: why.wanted }), element("dt", { w: "got" }), element("dd", { text: why.got })),
      );
    }
    return box;
  }

  function responsible(lead, units, qualifiers = []) {
    const list = element("ul");
    const line = (key, value) => list.append(element("li", {}, element("span", { w: key }), `：${value}`));
    if (lead) line("lead", lead);
    else if (units.length) list.append(element("li", {}, element("span", { w: "lead" }), "：", element("span", { w: "no_lead" })));
    if (units.length) line("units", units.join("、"));
    if (qualifiers.length) line("qualifiers", qualifiers.join("、"));
    return list;
  }

  function goldBox(row) {
    const gold = row.gold;
    const box = element("div", {}, element("h3", { w: "gold_answer" }), element("p", { class: "words", text: gold.answer }));
    box.append(responsible(gold.lead, gold.units, gold.qualifiers));
    for (const part of gold.parts) box.append(element("code", { text: part.on }), responsible(part.lead, part.units));
    if (gold.reason) box.append(element("code", { text: gold.reason }));
    if (row.note) box.append(element("p", { class: "note", text: row.note }));
    if (gold.evidence.length) box.append(element("h3", { w: "evidence" }));
    for (const each of gold.evidence) {
      box.append(element("p", { class: "words" }, element("code", { text: `${each.on} ` }), element("span", { class: "proof", text: each.text })));
    }
    return box;
  }

  function answerBox(row) {
    const box = element("div", {}, element("h3", {}, element("span", { w: "answer" }), row.ms === null ? "" : ` · ${row.ms.toFixed(1)} ms`));
    const reason = row.reason ? element("code", { text: ` ${row.reason}` }) : null;
    box.append(element("p", {}, element("span", { class: "badge", w: `${row.status}.status` }), reason ?? ""));
    box.append(element("p", { class: "words", text: row.answer ?? row.error ?? "" }));
    for (const entry of row.entries) box.append(element("code", { text: `[${entry.citation}]` }), responsible(entry.lead, entry.units, entry.qualifiers));
    if (row.before) {
      box.append(element("h3", { w: "answer_before" }), element("p", {}, element("span", { class: "badge", w: `${row.before.status}.status` })));
      box.append(element("p", { class: "words", text: row.before.answer ?? "" }));
      const changed = element("ul");
      for (const side of ["gained", "lost"]) {
        const names = row.before[side].flatMap((name, at) => [at ? " · " : "：", element("span", { w: `m.${name}` })]);
        if (names.length) changed.append(element("li", {}, element("span", { w: side }), ...names));
      }
      if (changed.children.length) box.append(changed);
    }
    return box;
  }

  function clausesBox(row) {
    const box = element("div", { class: "wide" }, element("h3", { w: "clauses" }));
    if (!row.citations.length) box.append(element("p", { class: "note", w: "no_clauses" }));
    else {
      const legend = element("p", { class: "note" });
      legend.append(element("mark", { w: "legend_highlight" }), " · ", element("span", { class: "proof", w: "legend_evidence" }));
      box.append(legend);
    }
    for (const citation of row.citations) {
      const clause = data.clauses[citation.clause];
      box.append(
        element(
          "div",
          { class: `clause ${citation.role}` },
          element("div", { class: "label" }, element("strong", { text: `[${citation.n}]` }), element("span", { class: "badge", w: `role.${citation.role}` }), element("span", { text: clause.label }), citation.resolves ? null : element("span", { class: "loss", w: "unresolved" })),
          quoted(clause.quote, citation),
        ),
      );
    }
    return box;
  }

  // Offsets count code points, as Python does; a JavaScript string counts UTF-16 units.
  function quoted(quote, citation) {
    const characters = Array.from(quote);
    const cuts = new Set([0, characters.length]);
    for (const [start, end] of [...citation.highlights, ...citation.evidence]) cuts.add(start).add(end);
    const edges = [...cuts].filter((at) => at <= characters.length).sort((a, b) => a - b);
    const words = element("p", { class: "words" });
    const inside = (spans, at) => spans.some(([start, end]) => start <= at && at < end);
    edges.slice(0, -1).forEach((start, i) => {
      const text = characters.slice(start, edges[i + 1]).join("");
      const proof = inside(citation.evidence, start) ? "proof" : null;
      words.append(inside(citation.highlights, start) ? element("mark", { class: proof, text }) : element("span", { class: proof, text }));
    });
    return words;
  }

  // ---- language --------------------------------------------------------------------------

  function speak(chosen) {
    language = chosen;
    document.documentElement.lang = chosen;
    document.title = `${word("title")} · ${data.run.name}`;
    for (const each of document.querySelectorAll("[data-w]")) each.textContent = word(each.dataset.w);
    for (const each of document.querySelectorAll("[data-placeholder]")) each.placeholder = word(each.dataset.placeholder);
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
    }
    // Rows that are filtered away are not in the page; they are made anew when they come back.
    for (const each of items) if (each.item && !each.item.isConnected) each.item = null;
  }

  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  fillGroups();
  fillFilters();
  if (data.rows.some((row) => row.why.length)) filters.elements.result.value = "wrong";
  drawBars();
  showRows();
  speak(language);
})();
