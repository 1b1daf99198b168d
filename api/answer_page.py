"""An answer as the page without a script shows it: its pieces, cut here and escaped there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.marked_text import parts
from api.official_form import official_form
from rag.wire import Json

_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an answer, or the number of a citation."""

    words: str = ""
    mark: int | None = None


def lines(answer: str, citations: int) -> list[list[Piece]]:
    """Cut an answer into lines of words and marks; ``[3]`` is one only where there is a third.

    Examples
    --------
    >>> [piece.mark or piece.words for piece in lines("甲[1]，乙[9]", 1)[0]]
    ['甲', 1, '，乙[9]']
    """
    return [_pieces(line, citations) for line in answer.split("\n") if line.strip()]


def _pieces(line: str, citations: int) -> list[Piece]:
    cut: list[Piece] = []
    at = 0
    for match in _MARK.finditer(line):
        if not 1 <= int(match[1]) <= citations:
            continue
        if match.start() > at:
            cut.append(Piece(line[at : match.start()]))
        cut.append(Piece(mark=int(match[1])))
        at = match.end()
    return [*cut, Piece(line[at:])] if at < len(line) else cut


def _reason(answer: Json) -> str:
    """Give the reason, unless the answer says the same word for word."""
    message = str((answer["reason"] or {}).get("message", ""))
    return "" if message == _MARK.sub("", answer["answer"]) else message


def shown(answer: Json) -> dict[str, Any]:
    """Give what the template of an answer takes."""
    citations: Sequence[Json] = answer["citations"]
    return {
        "answer": answer,
        "reason": _reason(answer),
        "lines": lines(answer["answer"], len(citations)),
        "citations": [
            {
                **each,
                "official": official_form(each),
                "parts": list(parts(each["quote"], each["source"]["start"], _spans(each))),
            }
            for each in citations
        ],
        "responsibilities": [
            {
                **each,
                "members": [unit for unit in each["units"] if unit not in each["leads"]],
                "sole": is_sole(each),
            }
            for each in answer["responsibilities"]
            if each["units"] or each["lead"] or each["qualifiers"]
        ],
    }


def is_sole(listed: Json) -> bool:
    """Tell whether one unit is listed alone: nothing makes it the lead or brings in others."""
    return not listed["leads"] and len(listed["units"]) == 1 and not listed["qualifiers"]


def _spans(citation: Json) -> list[tuple[int, int]]:
    return [(each["start"], each["end"]) for each in citation["highlights"]]
