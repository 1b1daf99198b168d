"""An answer beside its gold row: which citations hit what the row rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.documents import Documents
from eval.locate import LocatedPart, LocatedRow, Span

Json = Mapping[str, Any]

NO_ANSWER: Json = {"status": "failed", "answer": "", "responsibilities": [], "citations": []}


@dataclass(frozen=True, slots=True)
class Answered:
    """A gold row with the wire form of its answer; None where the question got none."""

    row: LocatedRow
    given: Json | None
    documents: Documents

    @property
    def failed(self) -> bool:
        """Whether the question got no answer that can be measured."""
        return self.given is None

    @property
    def answer(self) -> Json:
        """The answer; one that says nothing where there is none."""
        return NO_ANSWER if self.given is None else self.given

    def first_entry(self) -> Json:
        """Give ``responsibilities[0]``; empty if there is none."""
        entries: list[Json] = self.answer["responsibilities"]
        return entries[0] if entries else {}

    def entries(self, part: LocatedPart) -> list[Json]:
        """Give the responsibilities that were read on a part's clause."""
        cited = {each["n"]: each for each in self.answer["citations"]}
        return [
            entry
            for entry in self.answer["responsibilities"]
            if entry["citation"] in cited and self.hits(cited[entry["citation"]], part.spans)
        ]

    def answer_citations(self) -> list[Json]:
        """Give the citations that the answer consists of."""
        return [each for each in self.answer["citations"] if each["role"] == "answer"]

    def hits(self, citation: Json, spans: tuple[Span, ...]) -> bool:
        """Tell whether a citation, no wider than its clause, covers half of one of ``spans``."""
        cited = _cited(citation)
        return any(_covers_half(cited, span) for span in spans) and self._in_clause(citation)

    def resolves(self, citation: Json) -> bool:
        """Tell whether a citation, no wider than its clause, quotes its file word for word."""
        cited = _cited(citation)
        text = self.documents.texts.get(cited.file)
        if text is None or not self._in_clause(citation):
            return False
        return bool(text[cited.start : cited.end] == citation["quote"])

    def _in_clause(self, citation: Json) -> bool:
        return self.documents.within_clause(_cited(citation), citation.get("clause_id") or "")


def _cited(citation: Json) -> Span:
    source = citation["source"]
    return Span(source["file"], source["start"], source["end"])


def _covers_half(cited: Span, span: Span) -> bool:
    shared = min(cited.end, span.end) - max(cited.start, span.start)
    return cited.file == span.file and 0 < span.end - span.start <= 2 * shared
