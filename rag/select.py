"""Pick the clauses that a question is about: one for each document or item that answers."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from index.clean import fold
from index.library import Index
from index.numbering import marker_at
from index.records import Clause, ClauseKind
from rag.nearness import floor, nearness
from rag.outright import Outright
from rag.question import Query
from rag.relevance import Candidate, Ranker

# Calibrated on the gold questions of eval/gold (see docs/decisions): a further document counts
# from the given share of the best one's score.
# For units: coverage + word-by-word coverage of at most 2, and with the cosine.
_SURE_WORDS, _SURE, _ALL_WORDS, _FAR_MORE = 1.0, 1.4, 2.0, 0.5
_FAR_NEARER = 0.5  # for English: in score
_ENGLISH_HEADING = 0.36  # word-by-word coverage + cosine
_ENGLISH_SHARE_OF_BEST = 0.8
_SHARE_OF_BEST = 0.65
_OWN_HEADING = 0.8  # the subject is a task by itself; one that mentions it lists units for another
_COVERAGE_OF_BEST = 0.64
_WHOLE, _EQUAL, _CLOSE, _MOST_EQUALS = 0.8, 0.95, 0.8, 2
_OUTRIGHT_SHARE = 0.5  # of the best score, of all documents or of its own
_LISTED_SHARE = 0.4
_HEADING_ASKED = 0.55
_NUMBER_BOOST = 1.1
_HEADING_NAMED = 0.6
_CHILD_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Picked:
    """The clauses picked for one document or group, best first, and what follows them."""

    main: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    by_item: bool = False


class Selector:
    """Picks clauses of one index."""

    def __init__(self, index: Index, ranker: Ranker) -> None:
        self._index = index
        self._ranker = ranker
        self._outright = Outright(index, ranker)

    def pick(self, query: Query) -> list[Picked]:
        """Pick the best clauses of each document asked about, or of those that come near."""
        scope = query.scope
        if scope.named and not scope.vague:
            picked = (self.best(query, group) for group in scope.groups)
            return [p for p in picked if p is not None]
        return self.spread(query, scope.document_ids, prefer=frozenset())

    def ranked(self, query: Query, document_ids: Sequence[str]) -> list[Candidate]:
        """Rank the clauses of the documents for a query; a clause number named in it counts."""
        words = query.scope.masked if query.english else query.folded
        found = self._ranker.rank(query.topic, words, document_ids, english=query.english)
        if not query.numbers:
            return found
        boosted = [
            replace(c, score=c.score + _NUMBER_BOOST * self._bears(c.row, query.numbers))
            for c in found
        ]
        return sorted(boosted, key=lambda c: (-c.score, c.row))

    def bearing(self, number: int, document_ids: Iterable[str]) -> list[int]:
        """Give the rows of the clauses whose own number has a value, in any way of numbering."""
        wanted = frozenset(document_ids)
        return [
            row
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id in wanted and number_value(clause) == number
        ]

    def _bears(self, row: int, numbers: Sequence[int]) -> float:
        """Tell whether a clause bears the last number, and its ancestors those before it."""
        values = []
        clause: Clause | None = self._index.clauses[row]
        while clause is not None:
            if (value := number_value(clause)) is not None:
                values.append(value)
            clause = self._index.clause(clause.parent_id) if clause.parent_id else None
        if not values or values[0] != numbers[-1]:
            return 0.0
        above = values[1:]
        return 1.0 if all(n in above for n in numbers[:-1]) else 0.5

    def relevant(self, query: Query, candidate: Candidate) -> bool:
        """Tell whether a clause is about the subject at all."""
        if query.numbers and self._bears(candidate.row, query.numbers) == 1.0:
            return True
        return nearness(query, candidate) >= floor(query)

    def assured(self, query: Query, candidate: Candidate) -> bool:
        """Tell whether a clause is surely about the subject, as units must not be guessed.

        Of a place or document that is named more is asked than to be relevant: the clause holds
        enough of the subject's words, and no document that is not asked about holds far more of
        them, for then they are another region's.
        """
        if not self.relevant(query, candidate):
            return False
        if query.numbers or not query.scope.named:
            return True
        if query.english:
            return self._behind_best(query, candidate) <= _FAR_NEARER
        held = _held(candidate)
        if held < _SURE_WORDS or held + candidate.dense < _SURE:
            return False
        if held >= _ALL_WORDS - _FAR_MORE:
            return True
        return self._furthest_ahead(query, candidate, _held) <= _FAR_MORE

    def _behind_best(self, query: Query, candidate: Candidate) -> float:
        """Give by how much ``candidate`` is ranked below the best clause of all documents."""
        everywhere = self.ranked(query, [d.document_id for d in self._index.documents])
        own = [c.score for c in everywhere if c.row == candidate.row]
        return everywhere[0].score - own[0] if own else math.inf

    def _furthest_ahead(
        self, query: Query, candidate: Candidate, of: Callable[[Candidate], float]
    ) -> float:
        """Give by how much the best clause of all documents is ahead of ``candidate``."""
        everywhere = self.ranked(query, [d.document_id for d in self._index.documents])
        return max(map(of, everywhere)) - of(candidate)

    def best(
        self,
        query: Query,
        document_ids: Sequence[str],
        *,
        prefer: frozenset[int] = frozenset(),
        ranked: Sequence[Candidate] = (),
    ) -> Picked | None:
        """Pick for one group: its best clause, or the items of the heading that is asked about.

        Rows in ``prefer`` (those with a list of units, for a question about units) win over a
        better clause outside when they are nearly as good.
        """
        ranked = ranked or self.ranked(query, document_ids)
        about = self.assured if prefer else self.relevant
        if not ranked or not about(query, ranked[0]):
            return None
        top = ranked[0]
        clause = self._index.clauses[top.row]
        children = [
            c for c in self._index.children(clause.clause_id) if c.kind is not ClauseKind.NOISE
        ]
        if children and not clause.responsibilities and self._asks_for_heading(query, top, ranked):
            main = self._descend(children, ranked, top)
            return Picked(
                main, tuple(c for c in ranked if c not in main and c.row != top.row), by_item=True
            )
        if children and len(clause.search_text) < 60:  # noqa: PLR2004 - a heading alone says nothing
            ranked = [c for c in ranked if not self._is_bare_heading(c)] or ranked
            top = ranked[0]
        if prefer:
            top = self._preferred(query, ranked, prefer)
        return Picked((top,), tuple(c for c in ranked if c.row != top.row))

    def _preferred(
        self, query: Query, ranked: Sequence[Candidate], prefer: frozenset[int]
    ) -> Candidate:
        """Give the best clause, or one nearly as good that lists units or is outright on it."""
        near = [c for c in ranked if c.row in prefer and c.score >= _CHILD_SHARE * ranked[0].score]
        outright = [c for c in near if self._says(query, c)]
        top = near[0] if near and ranked[0].row not in prefer else ranked[0]
        return outright[0] if outright and not self._says(query, top) else top

    def _says(self, query: Query, candidate: Candidate) -> bool:
        """Tell whether a clause speaks of the subject outright."""
        return not query.english and self._outright.says(query.topic, candidate.row)

    def items(
        self, query: Query, document_ids: Sequence[str], listed: frozenset[int]
    ) -> Picked | None:
        """Pick the items of the heading that a question names, which asks for each of them.

        A heading counts whose items, one at least, stand in ``listed``; None where none of them
        has the words of the subject.
        """
        ranked = self.ranked(query, document_ids)
        near = {c.row: c for c in ranked}
        wanted = frozenset(document_ids)
        found: list[tuple[float, int, tuple[Candidate, ...]]] = []
        for row, clause in enumerate(self._index.clauses):
            if clause.document_id not in wanted or clause.responsibilities or not clause.heading:
                continue
            top = near.get(row) or Candidate(row, 0.0, 0.0, 0.0, 0.0, 0.0)
            children = [c for c in self._index.children(clause.clause_id) if not c.noise]
            main = self._descend(children, ranked, top)
            if len(main) > 1 and any(c.row in listed for c in main):
                found.append((self._names(query, clause, top), -row, main))
        if not found:
            return None
        named, _, main = max(found, key=lambda each: each[:2])
        if named < (_ENGLISH_HEADING if query.english else _HEADING_NAMED):
            return None
        rows = {c.row for c in main}
        return Picked(main, tuple(c for c in ranked if c.row not in rows), by_item=True)

    def _names(self, query: Query, clause: Clause, candidate: Candidate) -> float:
        """Tell how far a question's subject is a heading's own words."""
        if query.english:
            return _english_nearness(candidate)
        heading = fold(clause.heading or "")
        quoted = [words for words in query.quoted if fold(words) in heading]
        return 1.0 if quoted else self._ranker.coverage(query.topic, heading)

    def _is_bare_heading(self, candidate: Candidate) -> bool:
        clause = self._index.clauses[candidate.row]
        return len(clause.search_text) < 60 and bool(self._index.children(clause.clause_id))  # noqa: PLR2004

    def _asks_for_heading(self, query: Query, top: Candidate, ranked: Sequence[Candidate]) -> bool:
        if query.numbers and self._bears(top.row, query.numbers) == 1.0:
            return True
        if query.english:
            return len(ranked) > 1 and top.soft > 0.5 and top.score > 1.25 * ranked[1].score  # noqa: PLR2004
        return top.heading >= _HEADING_ASKED and top.coverage >= 0.75  # noqa: PLR2004

    def _descend(
        self, children: Sequence[Clause], ranked: Sequence[Candidate], top: Candidate
    ) -> tuple[Candidate, ...]:
        """Give the items under a heading, in document order, headings under it opened too."""
        by_row = {c.row: c for c in ranked}
        found: list[Candidate] = []
        for child in children:
            below = self._index.children(child.clause_id)
            if below and len(child.search_text) < 60:  # noqa: PLR2004
                found += self._descend(below, ranked, top)
                continue
            row = self._index.row(child.clause_id)
            found.append(by_row.get(row, Candidate(row, top.score / 2, 0.0, 0.0, 0.0, 0.0)))
        return tuple(found)

    def spread(
        self, query: Query, document_ids: Sequence[str], *, prefer: frozenset[int]
    ) -> list[Picked]:
        """Pick for a question that names no document: each one that answers, in index order."""
        ranked = self.ranked(query, document_ids)
        if not ranked or not self.relevant(query, ranked[0]):
            return []
        best = ranked[0]
        firsts: dict[str, Candidate] = {}
        for candidate in ranked:
            firsts.setdefault(self._index.clauses[candidate.row].document_id, candidate)
        ids = [i for i in document_ids if i in firsts and self._near(query, firsts[i], best)]
        unlisted = not any(firsts[i].row in prefer for i in ids)
        if prefer and unlisted and not query.english and best.heading < _OWN_HEADING:
            ids = self._with_listed(query, document_ids, ranked, prefer, ids)
        if prefer and best.heading < _OWN_HEADING:
            ids = self._with_outright(query, document_ids, ranked, prefer, ids)
        by_document: dict[str, list[Candidate]] = {i: [] for i in ids}
        for candidate in ranked:
            by_document.get(self._index.clauses[candidate.row].document_id, []).append(candidate)
        picked = (self.best(query, (i,), prefer=prefer, ranked=by_document[i]) for i in ids)
        return [self.with_equals(query, p, prefer) for p in picked if p is not None]

    def with_equals(self, query: Query, picked: Picked, prefer: frozenset[int]) -> Picked:
        """Add the other clauses of a document that speak of the subject and list units too."""
        top = picked.main[0]
        if picked.by_item or top.row not in prefer:
            return picked
        equals = [c for c in picked.others if c.row in prefer and self._equal(query, c, top)]
        equals = equals[:_MOST_EQUALS]
        main = tuple(sorted((top, *equals), key=lambda c: c.row))
        return Picked(main, tuple(c for c in picked.others if c not in equals))

    def with_counterparts(self, picked: Sequence[Picked], prefer: frozenset[int]) -> list[Picked]:
        """Add the clauses of a place's other documents that set the same task.

        A place may have set a task twice, and to others: both are told, each with its document.
        """
        if len(picked) != 1 or picked[0].by_item:
            return list(picked)
        top, others = picked[0].main[0], picked[0].others
        if top.row not in prefer or top.coverage < _WHOLE or top.heading < _HEADING_ASKED:
            return list(picked)
        chosen = {self._index.clauses[top.row].document_id: top}
        for other in others:
            if other.row in prefer and _equals(other, top):
                chosen.setdefault(self._index.clauses[other.row].document_id, other)
        rows = {c.row for c in chosen.values()}
        left = tuple(c for c in others if c.row not in rows)
        main = sorted(chosen.values(), key=lambda c: c.row)
        return [Picked((c,), left if c is top else ()) for c in main]

    def _equal(self, query: Query, candidate: Candidate, top: Candidate) -> bool:
        """Tell whether a clause covers the whole subject as the best does, or is outright on it."""
        if top.coverage >= _WHOLE and candidate.coverage >= _EQUAL * top.coverage:
            return candidate.score >= _CLOSE * top.score
        if top.heading >= _OWN_HEADING or candidate.score < _OUTRIGHT_SHARE * top.score:
            return False
        return self.relevant(query, candidate) and self._says(query, candidate)

    def _with_outright(
        self,
        query: Query,
        document_ids: Sequence[str],
        ranked: Sequence[Candidate],
        prefer: frozenset[int],
        ids: Sequence[str],
    ) -> list[str]:
        """Add the documents that list units for a task which is outright on the subject."""
        outright = {
            self._index.clauses[c.row].document_id
            for c in ranked
            if c.row in prefer
            and c.score >= _OUTRIGHT_SHARE * ranked[0].score
            and self.relevant(query, c)
            and self._says(query, c)
        }
        return [i for i in document_ids if i in ids or i in outright]

    def _with_listed(
        self,
        query: Query,
        document_ids: Sequence[str],
        ranked: Sequence[Candidate],
        prefer: frozenset[int],
        ids: Sequence[str],
    ) -> list[str]:
        """Where the best documents list nobody, look further for one that lists somebody."""
        best = ranked[0]
        listed = {
            self._index.clauses[c.row].document_id
            for c in ranked
            if c.row in prefer
            and c.coverage >= _LISTED_SHARE * best.coverage
            and self.relevant(query, c)
        }
        return [i for i in document_ids if i in ids or i in listed]

    def _near(self, query: Query, candidate: Candidate, best: Candidate) -> bool:
        if candidate.row == best.row:
            return True
        if query.english:
            return candidate.score >= _ENGLISH_SHARE_OF_BEST * best.score
        close = candidate.score >= _SHARE_OF_BEST * best.score
        covers = candidate.coverage >= _COVERAGE_OF_BEST * best.coverage
        return close and covers and self.relevant(query, candidate)


def _equals(candidate: Candidate, top: Candidate) -> bool:
    """Tell whether a clause, and its heading too, holds as much of the subject as the best one."""
    return candidate.coverage >= _EQUAL * top.coverage and candidate.heading >= _EQUAL * top.heading


def _held(candidate: Candidate) -> float:
    """How much of the subject a clause holds, by its characters and word by word, 0 to 2."""
    return candidate.coverage + candidate.soft


def _english_nearness(candidate: Candidate) -> float:
    """How near a clause comes to an English subject, with which it shares no character."""
    return candidate.soft + candidate.dense


def number_value(clause: Clause) -> int | None:
    """Give the value of a clause's own number: 3 for （三）, 第三条 and 3."""
    if not clause.number:
        return None
    label = clause.number.replace("（", "(").replace("）", ")")
    marker = marker_at(label + ("、x" if label[-1] not in ")条章节编" else " x"), 0, strong=True)
    return marker.value if marker else None


def related(groups: Sequence[Picked], main_rows: Iterable[int]) -> tuple[tuple[int, float], ...]:
    """Give the rows and scores of the candidates that are not main rows, best first."""
    main = frozenset(main_rows)
    best: dict[int, float] = {}
    for picked in groups:
        for candidate in (*picked.main, *picked.others):
            if candidate.row not in main:
                best[candidate.row] = max(candidate.score, best.get(candidate.row, 0.0))
    return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))
