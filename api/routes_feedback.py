"""What those who asked say of an answer."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.feedback import FeedbackFile, FeedbackOffError
from api.problem_docs import REFUSALS
from api.responses import FeedbackOut
from api.schemas import FeedbackRequest

router = APIRouter(prefix="/v1", responses=REFUSALS)


# A plain function: it waits for the disk, in the thread pool.
@router.post("/feedback", response_model=FeedbackOut, status_code=201)
def feedback(request: Request, said: FeedbackRequest) -> Response:
    """Keep a thumb and a comment on an answer, where the service is set to."""
    file: FeedbackFile | None = request.app.state.feedback
    if file is None:
        raise FeedbackOffError
    return JSONResponse({"id": file.add(said.model_dump())}, status_code=201)
