"""Of the designations in a clause, find the one that answers a question, if one does.

A list at the end of an item speaks of the whole item. A designation in running text (A会同B制定…)
speaks of its own words alone: where the question is about other words of the clause, it does
not answer.
"""

import re
from collections.abc import Sequence

from index.clean import fold
from index.library import Index
from index.records import Clause, Responsibility
from rag.question import Query
from rag.relevance import Ranker
from rag.sentences import Piece, cleaned, parts, sentences

_LABELLED = re.compile(r"\s*[\u4e00-\u9fff]{2,8}(?:单位|部门|主体)?\s*[:：]")
_NAMED_BY_HEADING, _HEADING_NAMED = 0.5, 0.8
_NEAR_ENOUGH = 0.6  # of the share of the subject that the nearest words of the clause have
_WINDOW = 2  # parts of a sentence read together: who, and what


class Designations:
    """Reads the responsibility records of one index's clauses for a question."""

    def __init__(self, index: Index, ranker: Ranker) -> None:
        self._index = index
        self._ranker = ranker

    def answering(self, query: Query, clause: Clause) -> Responsibility | None:
        """Give the record that answers; of several, the one nearest to the subject.

        Where no words can be compared, a list, which speaks of the whole clause.
        """
        records = clause.responsibilities
        if not records or not query.topic or query.english:
            lists = [each for each in records if is_list(self._index, clause, each)]
            return next(iter((*lists, *records)), None)
        spoken = [self._spoken(clause, each) for each in records]
        shares = [self._ranker.coverage(query.topic, words) for words in spoken]
        best = max(range(len(records)), key=lambda at: (round(shares[at], 3), -at))
        if is_list(self._index, clause, records[best]) or self._names_clause(query, clause):
            return records[best]
        context = self._context(clause)
        told = max((self._share(query, context, w) for w in self._windows(clause)), default=0.0)
        near = self._share(query, context, spoken[best]) >= _NEAR_ENOUGH * told
        return records[best] if near else None

    def _context(self, clause: Clause) -> str:
        """Give the words that every sentence of a clause speaks under: title and headings."""
        title = self._index.document(clause.document_id).title or ""
        return fold(" ".join((title, *clause.path)))

    def _share(self, query: Query, context: str, text: str) -> float:
        return self._ranker.coverage_beyond(query.topic, context, text)

    def _names_clause(self, query: Query, clause: Clause) -> bool:
        """Tell whether the question is about the whole clause: it names its heading."""
        heading = clause.heading or ""
        named = self._ranker.coverage(query.topic, heading) >= _NAMED_BY_HEADING
        return named or self._ranker.coverage(heading, query.topic) >= _HEADING_NAMED

    def _spoken(self, clause: Clause, record: Responsibility) -> str:
        """Give the words that a record speaks of: its own, or the sentence its list ends."""
        if is_list(self._index, clause, record):
            return self._before(clause, record)
        pieces = self._pieces(clause)
        held = [at for at, p in enumerate(pieces) if p.start < record.end and p.end > record.start]
        return " ".join(p.text for p in pieces[held[0] : held[-1] + _WINDOW]) if held else ""

    def _before(self, clause: Clause, record: Responsibility) -> str:
        """Give the clean sentence that a list stands behind, and the list."""
        ends = [r.end for r in clause.responsibilities if r.end <= record.start]
        start = max([clause.start, *ends]) - clause.start
        text = cleaned(self._index, clause)
        before = text.slice(start, record.start - clause.start).rstrip("。;\n ")
        last = re.split(r"[。;\n]", before)[-1]
        return last + text.slice(record.start - clause.start, record.end - clause.start)

    def _pieces(self, clause: Clause) -> list[Piece]:
        held = sentences(self._index, clause)
        return [part for sentence in held for part in parts(self._index, clause, sentence)]

    def _windows(self, clause: Clause) -> Sequence[str]:
        pieces = [p.text for p in self._pieces(clause) if p.text.strip(" 。,") != clause.heading]
        return [" ".join(pieces[at : at + _WINDOW]) for at in range(len(pieces))]


def is_list(index: Index, clause: Clause, record: Responsibility) -> bool:
    """Tell whether a record is a list at the end of its task, not part of a sentence."""
    words = index.quote(clause)[record.start - clause.start :]
    return words[:1] in "(（[［〔【" or bool(_LABELLED.match(words)) or "\t" in words
