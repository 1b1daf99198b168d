// The widget's styles, in a sheet that a host's policy for styles does not concern.

import style from "./style.css";

/** @type {CSSStyleSheet | null} */
let sheet = null;

/** Give a shadow root its styles. @param {ShadowRoot} root */
export function dress(root) {
  if (!("adoptedStyleSheets" in root)) return undressed(root);
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
  }
  root.adoptedStyleSheets = [sheet];
}

/** Safari before 16.4 takes a style element alone. @param {ShadowRoot} root */
function undressed(root) {
  const element = document.createElement("style");
  element.textContent = style;
  root.appendChild(element);
}
