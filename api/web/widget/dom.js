// Elements made by plain DOM calls: what is shown becomes text nodes and attributes, never markup.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Traits */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. A function becomes a listener (`onclick`), `true` an empty attribute; `false` and
 * null are left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Traits} [traits]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function h(name, traits = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(traits)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, String(value));
    }
  }
  fill(made, ...children);
  return made;
}

/** Put these in the place of all that a node holds. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  node.textContent = "";
  for (const child of children) {
    if (child || child === "") {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
  }
}

/** Make an icon of strokes on a field of 24 by 24. @param {string} path */
export function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.appendChild(line);
  return drawing;
}
