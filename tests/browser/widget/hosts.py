"""Pages of other sites, as unlike ours as they come, that embed the widget."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

# What old libraries do to built-in prototypes, in our own words: lists that write themselves as
# JSON (Prototype 1.6), Array.from and entries of their own that cut by UTF-16 (Prototype 1.7,
# MooTools), enumerable methods on everything, an Event that is no constructor.
OLD_LIBRARIES = """
Array.prototype.toJSON = function () { return "[" + this.map(Object.toJSON).join(", ") + "]"; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Object.toJSON = String;
Object.prototype.inspectAll = function () { return String(this); };
Array.prototype.each = function (f) { for (let i = 0; i < this.length; i++) f(this[i]); };
Array.prototype.entries = function () { return this.slice(); };
Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
Array.prototype.find = function (f) { return this.filter(f)[0]; };
Array.from = (what) => {
  return typeof what === "string" ? what.split("") : Array.prototype.slice.call(what);
};
Function.prototype.bind = function (to) {
  const f = this;
  return function () { return f.apply(to, arguments); };
};
Element.prototype.remove = function () { throw new Error("not in this library"); };
Element.prototype.scrollTo = function () { throw new Error("not in this library"); };
Element.prototype.show = Element.prototype.hide = function () { return this; };
window.Event = { observe() {} };
window.$ = (id) => document.getElementById(id);
"""

# What sites with a reset of their own do; `*` and `button` reach no further than the element.
RESETS = """
* { all: unset; }
html { font-size: 62.5%; line-height: 3; letter-spacing: 1px; text-transform: uppercase; }
html, body, h1, p, div, yiju-chat { display: block; }
button, textarea, input, svg { display: none !important; }
p, h2, h3, li, span { color: red !important; visibility: hidden; }
"""

STRICT = (
    "default-src 'none'; script-src {site}; connect-src {site}; style-src 'self'; img-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(slots=True)
class Hosts:
    """An application whose next page is whatever a test says."""

    body: str = ""
    lang: str = "zh-CN"
    head: str = ""
    html: str = ""
    policy: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the page, and nothing else."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        if request.url.path != "/":
            await Response("", media_type="text/css")(scope, receive, send)
            return
        headers = {"Content-Security-Policy": self.policy} if self.policy else {}
        await HTMLResponse(self.html or self._page(), headers=headers)(scope, receive, send)

    def _page(self) -> str:
        return (
            f'<!doctype html><html lang="{self.lang}"><head><title>政务公开</title>'
            f'<meta name="viewport" content="width=device-width">{self.head}</head><body>'
            f'<main><h1>政务公开</h1><p><a href="#x">通知</a></p>{self.body}</main></body></html>'
        )


HOSTS: dict[str, dict[str, str]] = {
    "plain": {},
    "strict policy": {"policy": STRICT},
    "resets": {"head": f"<style>{RESETS}</style>"},
    "old libraries": {"head": f"<script>{OLD_LIBRARIES}</script>"},
    "right to left": {"head": "<style>html { direction: rtl; }</style>"},
}
"""What each kind of host passes to the fixture `embed`."""
