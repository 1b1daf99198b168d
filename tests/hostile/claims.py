"""What holds for every answer, whatever was asked of whatever documents."""

import unicodedata
from collections.abc import Iterator

from index.library import Index
from rag.answer import Answerer
from rag.records import Answer, CitationRole

# Controls, formats (direction, zero width, tags), surrogates, private use, line separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def core_of(answer: Answer) -> tuple[object, ...]:
    """Give what an instruction must not change: all that an answer says and rests on."""
    return (
        answer.status,
        answer.lang,
        answer.answer,
        answer.reason,
        answer.responsibilities,
        tuple(c.clause.clause_id for c in answer.citations if c.role is not CitationRole.RELATED),
    )


def own_words(answer: Answer) -> Iterator[str]:
    """Give every string of an answer that is no verbatim text of a document or the question."""
    yield answer.answer
    if answer.reason is not None:
        yield answer.reason.message
    yield answer.interpreted_as or ""
    for entry in answer.responsibilities:
        yield from (entry.lead or "", *entry.leads, *entry.units)
    for citation in answer.citations:
        yield from (citation.label, *citation.clause.path, citation.document.title or "")


def hidden_in(words: str) -> list[str]:
    """Give the characters of ``words`` that have no form of their own."""
    return [f"U+{ord(c):04X}" for c in words if c != "\n" and unicodedata.category(c) in _HIDDEN]


def assert_sound(answer: Answer, index: Index) -> None:
    """Check that an answer cites what stands in the index, and says nothing hidden."""
    for citation in answer.citations:
        clause = citation.clause
        assert citation.document == index.document(clause.document_id)
        assert index.text(clause.document_id)[clause.start : clause.end] == citation.quote
        assert not clause.noise
        for mark in citation.highlights:
            assert clause.start <= mark.start <= mark.end <= clause.end
    cited = {c.clause.clause_id for c in answer.citations}
    assert {entry.clause_id for entry in answer.responsibilities} <= cited
    for words in own_words(answer):
        assert not hidden_in(words)


def assert_says_nothing_of(answer: Answer, forbidden: tuple[str, ...]) -> None:
    """Check that none of the ``forbidden`` words stands in what an answer says."""
    said = "\n".join(own_words(answer))
    assert [words for words in forbidden if words in said] == []


def documents_cited(answer: Answer) -> set[str]:
    """Give the ids of all documents that an answer cites, in any role."""
    return {citation.document.document_id for citation in answer.citations}


class Asked:
    """Asks questions, and remembers the answers to those that are asked again and again."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._known: dict[str, Answer] = {}

    def __call__(self, question: str) -> Answer:
        if question not in self._known:
            self._known[question] = self._answerer.ask(question)
        return self._known[question]
