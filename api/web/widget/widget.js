// The script that other sites load: it makes <yiju-chat> known and does what its tag says.

import { serviceAddress } from "./address.js";
import { YijuChat } from "./element.js";
import { place } from "./tag.js";

const tag = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const base = tag && serviceAddress(new URL(".", tag.src).href);

if (!customElements.get("yiju-chat")) {
  YijuChat.home = base;
  customElements.define("yiju-chat", YijuChat);
}
if (tag) place(tag, base);
