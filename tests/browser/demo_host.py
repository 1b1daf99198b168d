"""The page of the widget's example, on an origin of its own, before a service anywhere."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "widget"
_WRITTEN = "http://127.0.0.1:8000"  # the service's address, as the example has it


class DemoHost:
    """An application that gives the example's page and its style."""

    service = _WRITTEN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give one of the two."""
        if scope["type"] != "http":
            return
        await self._response(Request(scope).url.path)(scope, receive, send)

    def _response(self, path: str) -> Response:
        if path.endswith(".css"):
            return Response(
                (EXAMPLE / "host.css").read_text(encoding="utf-8"), media_type="text/css"
            )
        page = (EXAMPLE / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(page.replace(_WRITTEN, self.service))
