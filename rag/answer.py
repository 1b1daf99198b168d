"""Answer questions from an index: understand, decide, cite, word."""

import time
import uuid
from collections.abc import Sequence

from index.library import Index
from rag.catalog import Catalog
from rag.cite import cite, search_citations
from rag.compare import Comparison
from rag.decide import Decider
from rag.errors import EmptyQuestionError, EmptyTopicError
from rag.filtering import checked, filtered
from rag.finding import Decision, record_of
from rag.question import Query, check, understand
from rag.records import (
    Answer,
    AnswerLeadBasis,
    AnswerResponsibility,
    Citation,
    Filters,
    Lang,
    SearchHit,
    Status,
    Turn,
)
from rag.several import joined, place_of, questions_in, unsettled
from rag.wording import reason_of, word

_EXTRACT = "extract"


class Answerer:
    """Answers questions over one index. Safe to use from many threads.

    The same question on the same index gives the same answer, id and time aside.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._catalog = Catalog(index)
        self._decider = Decider(index, self._catalog)

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Answer:
        """Answer ``question`` from the documents alone.

        Parameters
        ----------
        question : str
            At most 2,000 characters, in Simplified or Traditional Chinese or English.
        top_k : int
            Bounds how many related clauses are added to those of the answer.
        filters : Filters, optional
            Restricts the documents; values as the documents have them.
        history : sequence of Turn
            Earlier messages, oldest first; completes a follow-up question.
        lang : Lang, optional
            Language of the fixed words; by default the question's.

        Raises
        ------
        QuestionError
            If the question is empty, too long or no text.
        FilterError
            If a filter names what the index does not have.
        FiltersConflictError
            If no document meets all of the filters.
        """
        started = time.perf_counter()
        check(question)
        known = self._checked(filters)
        query = understand(question, self._catalog, filters=known, history=history, lang=lang)
        decision = self._decide(query, known)
        citations = cite(self.index, decision, top_k=top_k)
        manifest = self.index.manifest
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            interpreted_as=query.interpreted_as,
            lang=query.lang,
            status=decision.status,
            answer=word(query, decision, citations),
            reason=reason_of(query, decision),
            worded_by=_EXTRACT,
            responsibilities=_responsibilities(self.index, decision, citations),
            citations=citations,
            index_version=manifest.version,
            model=manifest.model,
            total_ms=(time.perf_counter() - started) * 1000,
        )

    def _decide(self, query: Query, filters: Filters) -> Decision:
        """Decide a question; several in one that find nothing together are decided one by one."""
        decision = self._decider.decide(query)
        pieces = questions_in(query) if unsettled(decision) else ()
        decisions: list[Decision] = []
        place = ""
        for piece in pieces:
            part = understand(piece, self._catalog, filters=filters, lang=query.lang)
            if not part.scope.named and place:
                if decisions[-1].status is Status.NOT_FOUND:  # it goes on about nothing held
                    decisions.append(decisions[-1])
                    continue
                words = f"{place}{piece}"
                part = understand(words, self._catalog, filters=filters, lang=query.lang)
            place = place_of(part) or place
            decisions.append(self._decider.decide(part))
        return joined(decisions) or decision

    def search(
        self, question: str, *, top_k: int = 10, filters: Filters | None = None
    ) -> tuple[SearchHit, ...]:
        """Find the clauses nearest to ``question``, best first; errors as in :meth:`ask`."""
        check(question)
        known = self._checked(filters)
        inside = self.index.inside(self._inside(known))
        ranked = self.index.rank(question, allowed=inside)
        hits = [self.index.hit(ranked, at) for at in range(min(top_k, len(ranked.rows)))]
        citations = search_citations(self.index, [(hit.row, _share(hit.score)) for hit in hits])
        return tuple(
            SearchHit(citation, hit.score, hit.lexical, hit.dense, self.index.explain(ranked, at))
            for at, (citation, hit) in enumerate(zip(citations, hits, strict=True))
        )

    def compare(self, topic: str, *, filters: Filters | None = None) -> Comparison:
        """Compare what documents say on ``topic``; places in its words restrict them too.

        Raises
        ------
        EmptyTopicError
            If the topic names no subject.
        QuestionError
            If it is too long or no text.
        FilterError
            If a filter names what the index does not have.
        """
        try:
            check(topic)
        except EmptyQuestionError as error:
            raise EmptyTopicError from error
        known = self._checked(filters)
        query = understand(topic, self._catalog, filters=known)
        if not query.topic and not query.numbers:
            raise EmptyTopicError
        allowed = self._inside(known)
        return self._decider.comparer.compare(query, allowed, topic=topic)

    def _checked(self, filters: Filters | None) -> Filters:
        return checked(self.index.documents, filters or Filters())

    def _inside(self, known: Filters) -> frozenset[str]:
        """Give the ids of the documents that filters leave."""
        return frozenset(d.document_id for d in filtered(self.index.documents, known))


def _share(score: float) -> float:
    """Bring a score without bounds into (0, 1), in the same order."""
    return 0.5 + 0.5 * score / (1 + abs(score))


def _responsibilities(
    index: Index, decision: Decision, citations: Sequence[Citation]
) -> tuple[AnswerResponsibility, ...]:
    """List who is responsible: for each main clause where units were asked or parts are several."""
    if not (decision.units_asked or (decision.several and decision.reason is None)):
        return ()
    numbers = {c.clause.clause_id: c for c in citations}
    by_row: dict[int, Citation] = {}
    at = 0
    entries = []
    for finding in decision.findings:
        if finding.row not in by_row:
            by_row[finding.row] = citations[at]
            at += 1
        citation = by_row[finding.row]
        record = record_of(index, decision, finding)
        basis = record.lead_basis if record else None
        entries.append(
            AnswerResponsibility(
                citation=citation.n,
                document_id=citation.clause.document_id,
                clause_id=citation.clause.clause_id,
                lead=record.lead if record else None,
                leads=record.leads if record else (),
                units=record.units if record else finding.actors,
                qualifiers=record.qualifiers if record else (),
                lead_basis=AnswerLeadBasis(
                    basis.kind, basis.clause_id, numbers[basis.clause_id].n, basis.quote
                )
                if basis and basis.clause_id in numbers
                else None,
            )
        )
    return tuple(entries)
