"""Decide what is stated: the one place where a question's intent meets its evidence."""

from dataclasses import replace

from index.library import Index
from rag.catalog import Catalog
from rag.decide_document import DocumentDecider
from rag.decide_facts import FactDecider
from rag.decide_units import UnitDecider
from rag.finding import Decision, declined
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Ranker
from rag.scope import foreign_year
from rag.select import Selector
from rag.terms import TermMatcher


class Decider:
    """Decides questions over one index."""

    def __init__(self, index: Index, catalog: Catalog) -> None:
        terms = TermMatcher(index)
        ranker = Ranker(index, terms)
        selector = Selector(index, ranker)
        self.ranker = ranker
        self._catalog = catalog
        self._units = UnitDecider(index, catalog, ranker, selector)
        self._facts = FactDecider(index, ranker, selector, terms)
        self._documents = DocumentDecider(index, ranker, terms)

    def decide(self, query: Query) -> Decision:
        """Give the verdict on ``query``; deterministic for the same index."""
        refused = self._refused(query)
        if refused is not None:
            return refused
        decision = self._by_intent(query)
        if query.scope.missing and decision.status is Status.ANSWERED:
            return replace(
                decision,
                status=Status.PARTIAL,
                reason=query.scope.missing_code,
                missing=query.scope.missing,
            )
        return decision

    def _refused(self, query: Query) -> Decision | None:
        """Decline what no document can answer: nothing asked, or another place's documents."""
        scope, intent = query.scope, query.ask.intent
        if not query.remains or query.small_talk:
            return declined(Status.NOT_FOUND, intent, ReasonCode.OUT_OF_SCOPE)
        if not scope.groups:
            reason = scope.missing_code or ReasonCode.DOCUMENT_NOT_COVERED
            return declined(Status.NOT_FOUND, intent, reason, missing=scope.missing)
        if year := foreign_year(query.folded, scope.document_ids, self._catalog):
            reason = ReasonCode.DOCUMENT_NOT_COVERED
            return declined(Status.NOT_FOUND, intent, reason, missing=(year,))
        return None

    def _by_intent(self, query: Query) -> Decision:
        intent = query.ask.intent
        if intent is Intent.TASKS:
            return self._units.tasks(query)
        if intent in (Intent.LEAD, Intent.UNITS):
            return self._units.responsible(query)
        if intent is Intent.DOCUMENT and (decision := self._documents.decide(query)):
            return decision
        return self._facts.decide(query)
