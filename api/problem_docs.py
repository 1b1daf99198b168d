"""How OpenAPI shows refusals."""

from typing import Any

from api.responses import Problem

_MEANINGS = {
    400: "The request cannot be read: not JSON, or not UTF-8.",
    404: "There is no such document or clause.",
    422: "The question, a field or a filter is wrong; `detail` says which and what to do.",
    503: "No index is loaded.",
}

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": meaning,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }
    for status, meaning in _MEANINGS.items()
}
