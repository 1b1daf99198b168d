"""Scripts and styles over HTTP, under addresses that change whenever one of them does."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.pages import STATIC

_KEPT = "public, max-age=31536000, immutable"
_OK = 200


class VersionedFiles(StaticFiles):
    """Files whose address holds their version, so that a browser may keep them for good."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file; only one that is there is kept."""
        response = await super().get_response(path, scope)
        if response.status_code == _OK:
            response.headers["Cache-Control"] = _KEPT
        return response
