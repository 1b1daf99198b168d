"""An answer as the page without a script shows it: its pieces, cut here and escaped there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rag.wire import Json

_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an answer, or the number of a citation."""

    words: str = ""
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a quotation, and whether it answers the question."""

    text: str
    marked: bool


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


def parts(quote: str, highlights: Iterable[Json], start: int) -> list[Part]:
    """Cut a quotation into what is highlighted and what is not; joined they are the quotation.

    Examples
    --------
    >>> [(part.text, part.marked) for part in parts("甲乙丙", [{"start": 11, "end": 12}], 10)]
    [('甲', False), ('乙', True), ('丙', False)]
    """
    marked = {at - start for each in highlights for at in range(each["start"], each["end"])}
    return [
        Part("".join(quote[at] for at in run), inside)
        for inside, run in groupby(range(len(quote)), key=marked.__contains__)
    ]


def official_form(citation: Json) -> str:
    """Cite as offices do: 《…》（浙政办发〔2021〕68号）第二部分第（三）项.

    A title inside the title has 〈〉; source: GB/T 15834-2011, 4.15.3.3.
    """
    document = citation["document"]
    title = (document["title"] or document["id"]).replace("《", "〈").replace("》", "〉")
    number = f"（{document['number']}）" if document["number"] else ""
    return f"《{title}》{number}{place(citation)}"


def place(citation: Json) -> str:
    """Give the place of a clause in its document: 第二部分第（三）项."""
    document, label = citation["document"], citation["label"]
    names = (document["number"], document["title"] and f"《{document['title']}》", document["id"])
    name = next((name for name in names if name and label.startswith(name)), "")
    return str(label).removeprefix(name).strip()


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
                "parts": parts(each["quote"], each["highlights"], each["source"]["start"]),
            }
            for each in citations
        ],
        "responsibilities": [
            {**each, "members": [unit for unit in each["units"] if unit not in each["leads"]]}
            for each in answer["responsibilities"]
            if each["units"] or each["lead"] or each["qualifiers"]
        ],
    }
