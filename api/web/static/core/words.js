// The messages of this page, which stand in it as data.

import { Messages } from "./messages.js";
import { lang } from "./page.js";

const block = document.getElementById("messages");
const messages = new Messages(JSON.parse(block?.textContent ?? "{}"), lang);

/** @type {Messages["t"]} */
export const t = (name, values) => messages.t(name, values);

/** Give a day as this page's language writes it. @param {string} iso */
export const date = (iso) => messages.date(iso);
