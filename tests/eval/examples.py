"""Two tiny documents, and gold rows and answers about them, to be changed one fact at a time."""

from typing import Any

from eval.answered import Answered
from eval.documents import Documents
from eval.gold import Behavior, Evidence, GoldPart, GoldRow, QuestionType
from eval.locate import Span, locate

TEXTS = {
    "000_a.txt": "（一）管药。责任单位：甲局、乙局。（二）管械。责任单位：丙局。",
    "001_b.txt": "一、管藥。由丁局負責。二、管衛。",
}
CLAUSES = {
    "a:（一）": ("000_a.txt", 0, 17),
    "a:（二）": ("000_a.txt", 17, 31),
    "b:一": ("001_b.txt", 0, 11),
    "b:二": ("001_b.txt", 11, 16),
}
SPANS = {key: Span(*place) for key, place in CLAUSES.items()}
DOCUMENTS = Documents(TEXTS, SPANS)


def citation(n: int, clause_id: str, role: str = "answer") -> dict[str, Any]:
    file, start, end = CLAUSES[clause_id]
    return {
        "n": n,
        "role": role,
        "clause_id": clause_id,
        "quote": TEXTS[file][start:end],
        "source": {"file": file, "start": start, "end": end, "page": None},
    }


def entry(n: int, clause_id: str, lead: str | None, *units: str) -> dict[str, Any]:
    return {"citation": n, "clause_id": clause_id, "lead": lead, "units": list(units)}


def answer(
    *cited: str, status: str = "answered", entries: tuple[dict[str, Any], ...] = ()
) -> dict[str, Any]:
    return {
        "status": status,
        "answer": "",
        "reason": None,
        "responsibilities": list(entries),
        "citations": [citation(n, clause_id) for n, clause_id in enumerate(cited, start=1)],
        "index": {"version": "v1", "model": "m1"},
    }


def evidence(clause_id: str) -> Evidence:
    file, start, end = CLAUSES[clause_id]
    return Evidence(TEXTS[file][start:end], file, start, end, clause_id)


def gold(
    kind: str = "lead_unit", behavior: str = "answer", *clause_ids: str, **facts: Any
) -> GoldRow:
    return GoldRow(
        id=facts.pop("id", "g1"),
        question=facts.pop("question", "谁牵头？"),
        type=QuestionType(kind),
        behavior=Behavior(behavior),
        evidence=tuple(evidence(each) for each in clause_ids),
        **facts,
    )


def lead_row(lead: str | None = "甲局", **facts: Any) -> GoldRow:
    """A question who leads what （一） of the first document is about."""
    kept: dict[str, Any] = {
        "docs": ("000",),
        "units": ("甲局", "乙局"),
        "lead_stated": True,
        "lead": lead,
    }
    kept |= {"units_stated": True, **facts}
    return gold("lead_unit", kept.pop("behavior", "answer"), "a:（一）", **kept)


def _part(doc: str, clause_id: str, lead: str | None, *units: str) -> GoldPart:
    return GoldPart(doc, clause_id, lead, lead_stated=True, units=units, units_stated=True)


def parts_row(**facts: Any) -> GoldRow:
    """A question over both documents: one part with a lead, one without."""
    parts = (
        _part("000", "a:（一）", "甲局", "甲局", "乙局"),
        _part("001", "b:一", None, "丁局"),
    )
    facts = {"docs": ("000", "001"), "parts": parts, **facts}
    return gold("units", "answer_per_region", "a:（一）", "b:一", **facts)


def right_parts() -> dict[str, Any]:
    entries = (entry(1, "a:（一）", "甲局", "甲局", "乙局"), entry(2, "b:一", None, "丁局"))
    return answer("a:（一）", "b:一", entries=entries)


def answered(row: GoldRow, given: dict[str, Any] | None) -> Answered:
    return Answered(locate(row, TEXTS), given, DOCUMENTS)
