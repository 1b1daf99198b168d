"""Compare one subject over documents: their clauses side by side, and the chain they stand in.

Each selected document answers for itself: a document without a clause about the subject is named
as such, and nothing of another one stands in its place.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from index.clean import fold
from index.library import Index
from index.records import ClauseKind, Document, Responsibility
from rag.cite import search_citations
from rag.contrast import Column, Contrast, Entry, contrast, entry
from rag.designation import Designations
from rag.question import Query
from rag.records import Citation, Highlight
from rag.relevance import Candidate, Ranker
from rag.select import Selector
from rag.sentences import Piece, sentences
from rag.telling import LEAST_SHARE, Teller
from rag.trace import Step, Tracer

# What of the subject a clause must hold, by its characters and word by word (at most 2), and
# with the cosine; of an English one the share of the best clause (docs/decisions).
_LEAST_WORDS, _LEAST = 1.0, 1.4
_ENGLISH_SHARE = 0.75
# A further clause of a document counts that holds as much of the subject and is nearly as near.
_EQUAL, _CLOSE, _MOST_EQUALS = 0.95, 0.85, 2
_HEADING_NAMED = 0.5
_FEW_SENTENCES = 6
# What leads up to the tasks, or sends them out, is no task.
_LEADING_UP = frozenset((ClauseKind.PREAMBLE, ClauseKind.NOTICE))


@dataclass(frozen=True, slots=True)
class Row:
    """One clause about the subject: who is responsible, what it says, its figures and times."""

    citation: Citation
    says: tuple[Piece, ...]
    entry: Entry

    @property
    def record(self) -> Responsibility | None:
        """Who is responsible for the subject according to the clause."""
        return self.entry.record


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of the chain with its clause cited, null where none carries the task on."""

    step: Step
    document: Document
    citation: Citation | None
    link: Citation | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A subject side by side: ``rows`` from the nation to the county, then as indexed.

    ``lacking`` are the selected documents without a clause about it; ``contrasts`` say for each
    column what all have and what only some have. ``chain`` holds the documents that cite one
    another, each behind the one that it cites. ``missing`` are places and documents that the
    topic names and the index lacks.
    """

    topic: str
    rows: tuple[Row, ...]
    lacking: tuple[Document, ...]
    contrasts: tuple[Contrast, ...]
    chain: tuple[ChainStep, ...]
    missing: tuple[str, ...]


class Comparer:
    """Compares subjects over one index. Safe to use from many threads."""

    def __init__(self, index: Index, ranker: Ranker, selector: Selector, teller: Teller) -> None:
        self._index = index
        self._selector = selector
        self._teller = teller
        self._designations = Designations(index, ranker)
        self._tracer = Tracer(index, ranker)

    def compare(self, query: Query, allowed: Collection[str], *, topic: str) -> Comparison:
        """Compare what the documents in the scope of ``query`` say on its subject.

        Of a scope that is only a level (全省) all documents ``allowed`` are compared: such words
        belong to the task as one document has it.
        """
        ids = allowed if query.scope.vague else query.scope.document_ids
        documents = sorted(ids, key=self._tracer.order)
        found = {i: self._about(query, i) for i in documents}
        if query.english:
            found = _near_the_best(found)
        candidates = [c for i in documents for c in found[i]]
        rows = tuple(self._rows(query, candidates))
        return Comparison(
            topic=topic,
            rows=rows,
            lacking=tuple(self._index.document(i) for i in documents if not found[i]),
            contrasts=contrast([row.entry for row in rows], Column),
            chain=self._chain({i: found[i] for i in documents if found[i]}, documents),
            missing=query.scope.missing,
        )

    def entry(self, query: Query, row: int, record: Responsibility | None) -> Entry:
        """Read what of a clause is compared: who, and the figures and times on the subject."""
        return entry(self._index, row, record, about=self._about_in(query, row))

    def _about(self, query: Query, document_id: str) -> tuple[Candidate, ...]:
        """Give the clauses of a document about the subject, in their order; none is none."""
        ranked = self._selector.ranked(query, (document_id,))
        tasks = [c for c in ranked if self._index.clauses[c.row].kind not in _LEADING_UP]
        if tasks and self._sure(query, tasks[0]):
            ranked = tasks
        if not ranked or not self._sure(query, ranked[0]):
            return ()
        picked = self._selector.best(query, (document_id,), ranked=ranked)
        if picked is None:
            return ()
        equals = [] if picked.by_item else self._equals(query, picked.main[0], picked.others)
        return tuple(sorted((*picked.main, *equals), key=lambda candidate: candidate.row))

    def _equals(
        self, query: Query, best: Candidate, others: Sequence[Candidate]
    ) -> list[Candidate]:
        return [
            each
            for each in others
            if each.coverage >= _EQUAL * best.coverage
            and each.score >= _CLOSE * best.score
            and self._sure(query, each)
            and not self._index.children(self._index.clauses[each.row].clause_id)
        ][:_MOST_EQUALS]

    def _sure(self, query: Query, candidate: Candidate) -> bool:
        if not self._selector.relevant(query, candidate):
            return False
        if query.english or query.numbers:
            return True
        held = candidate.coverage + candidate.soft
        return held >= _LEAST_WORDS and held + candidate.dense >= _LEAST

    def _rows(self, query: Query, candidates: Sequence[Candidate]) -> list[Row]:
        records = [
            self._designations.answering(query, self._index.clauses[c.row]) for c in candidates
        ]
        entries = [
            self.entry(query, candidate.row, record)
            for candidate, record in zip(candidates, records, strict=True)
        ]
        says = [self._says(query, c.row) for c in candidates]
        cited = search_citations(self._index, [(c.row, min(1.0, c.score)) for c in candidates])
        return [
            Row(_marked(citation, told, each.record), told, each)
            for citation, told, each in zip(cited, says, entries, strict=True)
        ]

    def _says(self, query: Query, row: int) -> tuple[Piece, ...]:
        """Give the sentences of a clause on the subject, its list of units aside."""
        clause = self._index.clauses[row]
        lists = [r for r in clause.responsibilities if r.inherited_from is None]
        return tuple(
            piece
            for piece in self._teller.telling(query, clause)
            if not any(
                r.start <= piece.end and piece.start <= r.end and "(" in piece.text[:1]
                for r in lists
            )
        )

    def _about_in(self, query: Query, row: int) -> Callable[[Piece], bool]:
        """Give what tells whether a sentence of a clause speaks of the subject.

        Every one does where the clause's heading names the subject, or the clause is short.
        """
        clause = self._index.clauses[row]
        named = self._teller.share(query, fold(clause.heading or "")) >= _HEADING_NAMED
        if named or len(sentences(self._index, clause)) <= _FEW_SENTENCES:
            return lambda _: True
        return lambda sentence: self._teller.share(query, sentence.text) >= LEAST_SHARE

    def _chain(
        self, found: dict[str, tuple[Candidate, ...]], documents: Sequence[str]
    ) -> tuple[ChainStep, ...]:
        """Trace the best clause of each document that no chain before holds."""
        topical = {i: tuple(c.row for c in candidates) for i, candidates in found.items()}
        steps: list[Step] = []
        for document_id, candidates in found.items():
            if any(step.document_id == document_id for step in steps):
                continue
            best = max(candidates, key=lambda c: (c.score, -c.row))
            traced = self._tracer.trace(best.row, documents, topical=topical)
            if not any(step.document_id == held.document_id for held in steps for step in traced):
                steps += [_moved(step, len(steps)) for step in traced]
        return tuple(self._cited(step) for step in steps)

    def _cited(self, step: Step) -> ChainStep:
        link = step.link
        clause = [(step.row, step.score or 1.0)] if step.row is not None else []
        basis = [(link.row, 1.0)] if link else []
        return ChainStep(
            step,
            self._index.document(step.document_id),
            next(iter(search_citations(self._index, clause)), None),
            next(iter(search_citations(self._index, basis)), None),
        )


def _marked(citation: Citation, says: Sequence[Piece], record: Responsibility | None) -> Citation:
    """Mark the words of a clause that speak of the subject, and its list of units."""
    spans = [(piece.start, piece.end) for piece in says]
    if record is not None and record.inherited_from is None:
        spans.append((record.start, record.end))
    return replace(citation, highlights=tuple(Highlight(*span) for span in spans))


def _moved(step: Step, by: int) -> Step:
    above = None if step.above is None else step.above + by
    return Step(step.document_id, step.row, step.score, above, step.link)


def _near_the_best(
    found: dict[str, tuple[Candidate, ...]],
) -> dict[str, tuple[Candidate, ...]]:
    """Of clauses found for English words keep those nearly as good as the best of all."""
    best = max((c.score for each in found.values() for c in each), default=0.0)
    return {
        i: tuple(c for c in each if c.score >= _ENGLISH_SHARE * best) for i, each in found.items()
    }
