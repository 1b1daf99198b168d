"""Whether the service lives and can answer."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.responses import HealthOut

router = APIRouter()


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
