"""The script that other sites embed."""

import hashlib
from functools import cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages import STATIC

router = APIRouter(include_in_schema=False)

_NOT_MODIFIED = 304
# Every site may load the script, with a hash of its own making too (`integrity`); which sites may
# call the API is another matter, and YIJU_ALLOWED_ORIGINS says it.
_HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


@router.get("/widget.js")
def widget(request: Request) -> Response:
    """Give the widget, or say that what the browser kept is still it."""
    body, tag = _script()
    headers = _HEADERS | {"ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, media_type="text/javascript")


@cache
def _script() -> tuple[bytes, str]:
    body = (STATIC / "widget.js").read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
