"""Feedback left by those who asked, made into drafts of gold rows.

A feedback file has JSON lines as ``POST /v1/feedback`` stores them: ``question``, ``rating``
(``up`` or ``down``), ``comment`` and more that is not needed here.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.draft_row import TAG, draft_id
from eval.errors import AskError, FeedbackFormatError
from eval.gold import ABSTAINING
from index.library import Index
from rag.records import ReasonCode

Json = Mapping[str, Any]

_NO_LEAD = ReasonCode.NO_LEAD_DESIGNATED.value
RATINGS = ("up", "down")
_BEHAVIORS = {
    "answered": "answer",
    "partial": "units_no_lead",
    "not_stated": "not_stated",
    "not_found": "out_of_scope",
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was said of the answer to one question; ``line`` counts from 1."""

    question: str
    rating: str
    comment: str
    line: int


def read_feedback(path: Path) -> list[Feedback]:
    """Read a feedback file, in its order.

    Raises
    ------
    FeedbackFormatError
        If a line is not feedback; the message names it.
    OSError
        If the file cannot be read.
    """
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            found.append(_feedback(path, number, line))
    return found


def feedback_drafts(
    feedback: Iterable[Feedback],
    ask: Callable[[str], Json],
    index: Index,
    *,
    skip: Callable[[Feedback, str], None],
) -> Iterator[dict[str, Any]]:
    """Propose a gold row for each question that feedback was left on.

    The question is asked again. Where every thumb is up the answer of today is put down as the
    right one, to be confirmed; else only what it cites is, and the row's answer is left open.
    Ratings and comments stand in the note.

    Parameters
    ----------
    feedback : iterable of Feedback
        Several on one question make one row.
    ask : callable
        From a question to the JSON of ``/v1/ask``, or ``AskError``.
    index : Index
        Whose documents are cited.
    skip : callable
        Told of each question that cannot be asked, and why.
    """
    by_question: dict[str, list[Feedback]] = {}
    for each in feedback:
        by_question.setdefault(each.question, []).append(each)
    for question, given in by_question.items():
        try:
            answer = ask(question)
        except AskError as error:
            skip(given[0], str(error))
            continue
        yield _draft(question, given, answer, index)


def _draft(question: str, given: list[Feedback], answer: Json, index: Index) -> dict[str, Any]:
    evidence = [each for citation in answer["citations"] for each in _evidence(citation, index)]
    liked = all(each.rating == "up" for each in given)
    kind, behavior = _kind(answer)
    row = {
        "id": draft_id(question),
        "question": question,
        "lang": answer["lang"],
        "type": kind,
        "docs": list(dict.fromkeys(each["doc"] for each in evidence)),
        "evidence": evidence,
        "clause_ids": list(dict.fromkeys(each["clause_id"] for each in evidence)),
        "support_clause_ids": [],
        "parts": [],
        "answer": answer["answer"] if liked else "",
        "abstain": behavior in ABSTAINING,
        "behavior": behavior,
        "tags": [TAG, "feedback"],
        "note": "\n".join(_said(each) for each in given),
        "reviewed": False,
    }
    if liked and kind == "lead_unit":
        (entry,) = answer["responsibilities"]
        row |= {key: entry[key] for key in ("lead", "units")} | {"qualifier": entry["qualifiers"]}
    if answer["reason"] and behavior != "answer":
        row["reason"] = answer["reason"]["code"]
    return row


def _kind(answer: Json) -> tuple[str, str]:
    """Guess type and behavior of a gold row from an answer; a person decides."""
    entries, behavior = answer["responsibilities"], _BEHAVIORS[answer["status"]]
    if behavior in ABSTAINING:
        return "unanswerable", behavior
    if len(entries) > 1:
        documents = {entry["document_id"] for entry in entries}
        return "cross_document", "answer_per_region" if len(documents) > 1 else "answer_per_item"
    undesignated = answer["reason"] is not None and answer["reason"]["code"] == _NO_LEAD
    if behavior == "units_no_lead" and not undesignated:
        behavior = "answer"
    return "lead_unit" if entries and entries[0]["units"] else "content", behavior


def _evidence(citation: Json, index: Index) -> Iterator[dict[str, Any]]:
    """Give the words that an answer marks in a clause it consists of, or all of the clause."""
    if citation["role"] != "answer":
        return
    source = citation["source"]
    text = index.text(citation["document"]["id"])
    for span in citation["highlights"] or [source]:
        yield {
            "doc": source["file"],
            "start": span["start"],
            "end": span["end"],
            "text": text[span["start"] : span["end"]],
            "clause_id": citation["clause_id"],
        }


def _said(each: Feedback) -> str:
    return f"thumb {each.rating}: {each.comment}" if each.comment else f"thumb {each.rating}"


def _feedback(path: Path, line: int, written: bytes) -> Feedback:
    try:
        values = json.loads(written)
    except ValueError as error:
        raise FeedbackFormatError(path, line, f"it is not JSON ({error})") from error
    question = values.get("question") if isinstance(values, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise FeedbackFormatError(path, line, "it has no question")
    if values.get("rating") not in RATINGS:
        rating = json.dumps(values.get("rating"))[:20]
        raise FeedbackFormatError(path, line, f"rating is {rating}, expected up or down")
    return Feedback(question, values["rating"], str(values.get("comment") or ""), line)
