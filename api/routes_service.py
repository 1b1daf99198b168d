"""The front page, and whether the service lives and can answer."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.responses import HealthOut

router = APIRouter()

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>依据 Yiju</title>
<style>
body {{ font: 1rem/1.7 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem;
  color: #1c1c1c; background: #fff }}
input, button {{ font: inherit; padding: .5rem .8rem }}
input {{ width: 100%; box-sizing: border-box; margin: .3rem 0 .6rem }}
</style>
</head>
<body>
<main>
<h1>依据 Yiju</h1>
<p>就公文提问，答案逐字附上所依据的条款。<br>
<span lang="en">Ask about official documents; every answer shows its clause,
word for word.</span></p>
<form action="{root}/v1/ask" method="get">
<label for="question">问题 <span lang="en">Question</span></label>
<input id="question" name="question" required maxlength="500"
  placeholder="完善药品安全监管法规制度由谁牵头？">
<button type="submit">提问 <span lang="en">Ask</span></button>
</form>
<p><a href="{root}/v1/documents">文件目录 <span lang="en">Documents</span></a> ·
<a href="{root}/openapi.json">OpenAPI</a></p>
</main>
</body>
</html>
"""


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def front_page(request: Request) -> Response:
    """Show what this is, and a form to ask."""
    # The root path is a setting, checked to hold no quote or angle bracket.
    page = _PAGE.format(root=request.scope.get("root_path", ""))
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


@router.get("/livez", response_model=HealthOut)
def livez() -> Response:
    """Say that the process runs."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", response_model=HealthOut, responses={503: {"model": HealthOut}})
def readyz(request: Request) -> Response:
    """Say whether questions can be answered."""
    if request.app.state.answerer is None:
        return JSONResponse({"status": "unready", "reason": request.app.state.unready}, 503)
    return JSONResponse({"status": "ok"})
