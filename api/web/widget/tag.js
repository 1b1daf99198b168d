// What a script tag asks for by its data- attributes: a launcher, or an element in its place.

/** Names of data- attributes whose attribute on the element is another: `title` would be a tooltip. */
const OTHERWISE = new Map([["title", "heading"]]);
const OF_THE_TAG = ["mode", "target"];

/**
 * Put the element into the page.
 * @param {HTMLScriptElement} tag
 * @param {string | null} base where the script came from
 */
export function place(tag, base) {
  const mode = tag.dataset.mode ?? "launcher";
  if (mode === "element") return;
  const element = made(tag, mode, base);
  if (mode === "inline") whenRead(() => inline(tag, element));
  else whenRead(() => launched(element));
}

/** @param {HTMLScriptElement} tag @param {string} mode @param {string | null} base */
function made(tag, mode, base) {
  const element = document.createElement("yiju-chat");
  if (mode === "launcher") element.setAttribute("mode", mode);
  if (base !== null) element.setAttribute("service", base);
  for (const [name, value] of Object.entries(tag.dataset)) {
    if (!OF_THE_TAG.includes(name)) element.setAttribute(OTHERWISE.get(name) ?? name, value ?? "");
  }
  return element;
}

/** Add a launcher, unless the same tag stands in the page twice. @param {Element} element */
function launched(element) {
  const there = [...document.querySelectorAll("yiju-chat[mode=launcher]")];
  const service = element.getAttribute("service");
  if (!there.some((each) => each.getAttribute("service") === service)) document.body.appendChild(element);
}

/** @param {HTMLScriptElement} tag @param {Element} element */
function inline(tag, element) {
  const { target } = tag.dataset;
  if (target === undefined) return tag.after(element);
  const place = document.querySelector(target);
  if (place === null) console.warn(`yiju: there is no element ${target} in this page`);
  else place.appendChild(element);
}

/** Do it once the page has been read. @param {() => void} work */
function whenRead(work) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work, { once: true });
  else work();
}
