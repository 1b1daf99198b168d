"""An answerer that answers what a test tells it to."""

from collections.abc import Sequence
from typing import Any

from index.library import Index
from index.records import Contribution
from rag.answer import Answerer
from rag.compare import Comparison
from rag.records import (
    Answer,
    Citation,
    CitationRole,
    Filters,
    Highlight,
    Lang,
    Reason,
    ReasonCode,
    SearchHit,
    Status,
    Turn,
)

NO_FILTERS = Filters()
CLAUSE = "zj-2021-68:二/（一）"


class FakeAnswerer:
    """Cites one clause with its first three characters marked; notes what it was asked."""

    def __init__(
        self, index: Index, status: Status = Status.ANSWERED, error: Exception | None = None
    ) -> None:
        self.index, self.status, self.error = index, status, error
        self.asked: dict[str, Any] = {}

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Answer:
        self.asked = {"top_k": top_k, "filters": filters, "history": history, "lang": lang}
        if self.error is not None:
            raise self.error
        stated = self.status in {Status.ANSWERED, Status.PARTIAL}
        reason = Reason(ReasonCode.TOPIC_NOT_COVERED, "没有相关文件。")
        return Answer(
            id="1",
            question=question,
            interpreted_as=None,
            lang=lang or Lang.HANS,
            status=self.status,
            answer="由省药监局牵头[1]。",
            reason=None if stated else reason,
            worded_by="extract",
            responsibilities=(),
            citations=() if self.status is Status.NOT_FOUND else (self.citation(),),
            index_version="v",
            model="m",
            total_ms=1.5,
        )

    def search(
        self, question: str, *, top_k: int = 10, filters: Filters = NO_FILTERS
    ) -> tuple[SearchHit, ...]:
        if self.error is not None:
            raise self.error
        told = (Contribution("lexical", 0.9, -3.25), Contribution("dense", 0.5, 0.5))
        return (SearchHit(self.citation(), 2.5, 7.25, 0.5, told),)

    def compare(self, topic: str, *, filters: Filters = NO_FILTERS) -> Comparison:
        if self.error is not None:
            raise self.error
        self.asked = {"topic": topic, "filters": filters}
        return Answerer(self.index).compare(topic, filters=filters)

    def citation(self) -> Citation:
        clause = self.index.clause(CLAUSE)
        return Citation(
            n=1,
            role=CitationRole.ANSWER,
            clause=clause,
            document=self.index.document(clause.document_id),
            label="浙政办发〔2021〕68号 第二部分第（一）项",
            quote=self.index.quote(clause),
            highlights=(Highlight(clause.start, clause.start + 3),),
            score=0.5,
        )
