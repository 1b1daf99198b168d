"""Decide what is stated: the one place where a question's intent meets its evidence."""

from collections.abc import Sequence
from dataclasses import replace

from index.library import Index
from index.records import ClauseKind
from rag.catalog import Catalog
from rag.compare import Comparer
from rag.contrast import Column, asks_difference, contrast
from rag.decide_document import DocumentDecider
from rag.decide_facts import FactDecider
from rag.decide_order import asks_of_order, decide_order
from rag.decide_units import UnitDecider
from rag.finding import Decision, declined, record_of, unstated
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Ranker
from rag.scope import foreign_year
from rag.select import Selector
from rag.telling import Teller
from rag.terms import TermMatcher

# Of these each place or document asked about gets a finding of its own.
_ONE_A_GROUP = frozenset((Intent.LEAD, Intent.UNITS, Intent.TARGET, Intent.CONTENT))
# What is compared where a question asks what is different.
_COMPARED = {
    Intent.LEAD: (Column.LEAD, Column.UNITS),
    Intent.UNITS: (Column.LEAD, Column.UNITS),
    Intent.TARGET: (Column.TARGETS, Column.DEADLINES),
    Intent.CONTENT: tuple(Column),
}


class Decider:
    """Decides questions over one index."""

    def __init__(self, index: Index, catalog: Catalog) -> None:
        terms = TermMatcher(index)
        ranker = Ranker(index, terms)
        selector = Selector(index, ranker)
        self.ranker = ranker
        self._index = index
        self._selector = selector
        self._catalog = catalog
        self._units = UnitDecider(index, catalog, ranker, selector)
        teller = Teller(index, ranker, terms)
        self._facts = FactDecider(index, ranker, selector, terms, teller)
        self._documents = DocumentDecider(index, ranker, teller)
        self.comparer = Comparer(index, ranker, selector, teller)

    def decide(self, query: Query) -> Decision:
        """Give the verdict on ``query``; deterministic for the same index."""
        refused = self._refused(query)
        if refused is not None:
            return refused
        decision = self._with_uncovered(query, self._by_intent(query))
        if asks_difference(query.folded):
            decision = self._contrasted(query, decision)
        if query.scope.missing and decision.status is Status.ANSWERED:
            return replace(
                decision,
                status=Status.PARTIAL,
                reason=query.scope.missing_code,
                missing=query.scope.missing,
            )
        return decision

    def _contrasted(self, query: Query, decision: Decision) -> Decision:
        """Add what the documents found have in common and what only some of them have.

        Units are those that the answer lists.
        """
        entries = [
            self.comparer.entry(query, f.row, record_of(self._index, decision, f))
            for f in decision.findings
        ]
        columns = _COMPARED.get(decision.intent, ())
        return replace(decision, contrasts=contrast(entries, columns))

    def _with_uncovered(self, query: Query, decision: Decision) -> Decision:
        """Tell which of several places or documents asked about say nothing on the subject."""
        if decision.intent not in _ONE_A_GROUP:
            return decision
        found = {self._index.clauses[f.row].document_id for f in decision.findings}
        lacking = [group for group in query.scope.groups if not found.intersection(group)]
        if not lacking or not query.scope.named or query.scope.vague:
            return decision
        if decision.reason is ReasonCode.TOPIC_NOT_COVERED:
            return replace(decision, uncovered=self._names(lacking))
        if not found:
            return decision
        partial = decision.status is Status.ANSWERED
        return replace(
            decision,
            status=Status.PARTIAL if partial else decision.status,
            reason=ReasonCode.TOPIC_NOT_COVERED if partial else decision.reason,
            several=True,
            uncovered=self._names(lacking),
        )

    def _names(self, groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._name, groups)))

    def _name(self, group: Sequence[str]) -> str:
        document = self._index.document(group[0])
        return document.region.name if document.region else document.title or group[0]

    def _refused(self, query: Query) -> Decision | None:
        """Decline what no document can answer: nothing asked, or another place's documents."""
        scope, intent = query.scope, query.ask.intent
        if not query.remains or query.small_talk:
            return declined(Status.NOT_FOUND, intent, ReasonCode.OUT_OF_SCOPE)
        if not scope.groups:
            reason = scope.missing_code or ReasonCode.DOCUMENT_NOT_COVERED
            return declined(Status.NOT_FOUND, intent, reason, missing=scope.missing)
        if missing := self._no_such_clause(query):
            return missing
        if year := foreign_year(query.folded, scope.document_ids, self._catalog):
            reason = ReasonCode.DOCUMENT_NOT_COVERED
            return declined(Status.NOT_FOUND, intent, reason, missing=(year,))
        return None

    def _no_such_clause(self, query: Query) -> Decision | None:
        """Decline a question about a clause by its number, which the document named lacks."""
        if not query.scope.named or len(query.scope.document_ids) > 1 or not query.numbers:
            return None
        rows = self._selector.bearing(query.numbers[-1], query.scope.document_ids)
        if rows:
            return None
        own = [
            row
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id in query.scope.document_ids and not clause.noise
        ]
        cut = [row for row in own if self._index.clauses[row].truncated]
        titles = [row for row in own if self._index.clauses[row].kind is ClauseKind.TITLE]
        reason = ReasonCode.SOURCE_TRUNCATED if cut else ReasonCode.FACT_NOT_STATED
        return unstated(query.ask.intent, (cut or titles)[:1], reason)

    def _by_intent(self, query: Query) -> Decision:
        intent = query.ask.intent
        if asks_of_order(query):
            return decide_order(self._index, query)
        if intent is Intent.TASKS:
            return self._units.tasks(query)
        if intent in (Intent.LEAD, Intent.UNITS):
            decided = self._units.responsible(query)
            found = decided.status is not Status.NOT_FOUND
            return decided if found else self._facts.of_document(query) or decided
        if intent is Intent.DOCUMENT and (decision := self._documents.decide(query)):
            return decision
        return self._facts.decide(query)
