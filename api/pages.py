"""HTML pages: one template each, in the language of the reader, under a strict policy."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.clause_address import document_address
from api.messages import Messages, PageLang, page_lang

STATIC = Path(str(files("api"))) / "web" / "static"
"""Scripts and styles, as they are served."""

LANG_COOKIE = "yiju_lang"
_YEAR_S = 365 * 24 * 3600

# Scripts and styles of the service alone. Lit makes its templates under the policy lit-html; no
# other piece of code can turn a string into markup.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Cookie",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, the areas of its messages, and its place in the menu."""

    template: str
    areas: tuple[str, ...]
    menu: str | None = None


@cache
def build_id() -> str:
    """Give a name for the state of all scripts and styles, for addresses that may be kept."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def show(request: Request, page: Page, *, status_code: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """Render a page in the reader's language: what ``?lang=`` says, else the cookie, else Chinese.

    What ``?lang=`` says is kept in the cookie, so that a link switches without a script.
    """
    asked = page_lang(request.query_params.get("lang"))
    lang = asked or page_lang(request.cookies.get(LANG_COOKIE)) or PageLang.ZH_CN
    root: str = request.scope.get("root_path", "")
    messages = Messages(("common", *page.areas), lang)
    html = (
        _environment()
        .get_template(page.template)
        .render(
            t=messages,
            lang=lang,
            root=root,
            static=f"{root}/static/{build_id()}",
            menu=page.menu,
            messages=_json(messages.all),
            switch=_switch(request, lang.other),
            other=lang.other,
            **values,
        )
    )
    response = HTMLResponse(html, status_code, headers=_HEADERS)
    if asked is not None:
        response.set_cookie(
            LANG_COOKIE, asked, max_age=_YEAR_S, path=root or "/", samesite="lax", httponly=True
        )
    return response


def _switch(request: Request, lang: PageLang) -> str:
    """Give the address of the same page in another language."""
    return "?" + request.url.include_query_params(lang=str(lang)).query


def _json(told: Mapping[str, Any]) -> str:
    """Give JSON for a data block: no `<` in it, so that no tag can end the block."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _tongue(words: str) -> str:
    """Say in which language words of a document are written, for who reads them aloud."""
    return "zh" if any("\u3400" <= each <= "\u9fff" for each in words) else "en"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(str(files("api"))) / "web" / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["document_address"] = document_address
    environment.filters["tongue"] = _tongue
    return environment
