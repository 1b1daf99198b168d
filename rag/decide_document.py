"""Decide questions about a document itself: its number, issuer, date, status, addressees, basis."""

import re
from collections.abc import Callable, Sequence

from index.clean import fold
from index.library import Index
from index.records import Clause, ClauseKind, Document, DocumentStatus
from rag.document_facts import DocumentFact
from rag.finding import Decision, Finding
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Ranker
from rag.sentences import Piece, sentences
from rag.subject import strip_asking
from rag.telling import Teller

_BASIS = re.compile(r"根据|依据|按照|贯彻|落实|遵照|为进一步")
_CITED = re.compile(r"《[^》]+》(?:\([^()]*号\))?|[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号")
_IN_FORCE = re.compile(r"自.{1,24}起(?:施行|实施|执行|生效)|(?:施行|实施|执行)(?:日期|期限)|有效期")
_ENDS = re.compile(r"有效期|废止|失效|执行期|施行期|至\d{4}年.{0,8}(?:止|日)")
_REPEALS = re.compile(r"》.{0,40}(?:同时|即行|予以|一并)?废止")
_CONSULTATION = re.compile(
    r"(?:意见|建议).{0,30}(?:\d{4}年|\d{1,2}月\d{1,2}日|截止|期限)"
    r"|(?:截止|期限).{0,30}(?:意见|日)"
)
_COPY = re.compile(r"抄送|\bcopied\b", re.IGNORECASE)
_TERM = re.compile("第[一二三四五六七八九十百]{1,4}届")
_HEAD = (ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.NOTICE, ClauseKind.PARAGRAPH)
_MOST_DOCUMENTS = 8
_TITLE_SHARE = 0.5


class DocumentDecider:
    """Decides questions about the documents of one index."""

    def __init__(self, index: Index, ranker: Ranker, teller: Teller) -> None:
        self._index = index
        self._teller = teller
        self._ranker = ranker
        self._clauses: dict[str, list[int]] = {}
        for row, clause in enumerate(index.clauses):
            self._clauses.setdefault(clause.document_id, []).append(row)

    def decide(self, query: Query) -> Decision | None:
        """Decide a fact about each document asked about; None where it is not clear which."""
        fact = query.ask.fact or DocumentFact.STATUS
        if fact is DocumentFact.REPEAL and (repealed := self._repealed_elsewhere(query)):
            return Decision(Status.ANSWERED, Intent.DOCUMENT, findings=tuple(repealed))
        ids = self._asked(query)
        if not ids:
            return None
        findings = [f for i in ids for f in self._findings(query, fact, self._index.document(i))]
        stated = [f for f in findings if f.stated]
        kept = stated or findings
        return Decision(
            status=Status.ANSWERED if stated else Status.NOT_STATED,
            intent=Intent.DOCUMENT,
            findings=tuple(kept),
            reason=None if stated else ReasonCode.FACT_NOT_STATED,
            several=len(ids) > 1,
            correction=self._premise(query, kept) if fact is DocumentFact.BASIS else None,
        )

    def _asked(self, query: Query) -> list[str]:
        """Give the documents asked about: those in scope, or whose title the question describes."""
        ids = list(query.scope.document_ids)
        if len(ids) <= 1:
            return ids
        if query.scope.named and not query.scope.vague and len(query.scope.groups) == len(ids):
            return ids
        shares = {i: self._title_share(query, i) for i in ids}
        best = max(shares.values(), default=0.0)
        if best >= _TITLE_SHARE:
            return [i for i in ids if shares[i] >= 0.9 * best][:_MOST_DOCUMENTS]
        return ids if len(ids) <= _MOST_DOCUMENTS else []

    def _title_share(self, query: Query, document_id: str) -> float:
        return self._teller.share(query, fold(self._index.document(document_id).title or ""))

    def _findings(self, query: Query, fact: DocumentFact, document: Document) -> list[Finding]:
        readers: dict[DocumentFact, Callable[[Query, Document], list[Finding]]] = {
            DocumentFact.NUMBER: self._number,
            DocumentFact.ISSUER: self._issuer,
            DocumentFact.DATE: self._date,
            DocumentFact.STATUS: self._status,
            DocumentFact.ADDRESSEE: self._addressee,
            DocumentFact.BASIS: self._basis,
            DocumentFact.TITLE: self._title,
            DocumentFact.PUBLICITY: self._publicity,
            DocumentFact.REPEAL: self._repeal,
            DocumentFact.CONSULTATION: self._consultation,
        }
        return readers[fact](query, document) or self._unstated(document)

    def _unstated(self, document: Document) -> list[Finding]:
        """Show the head of a document that does not state what was asked."""
        rows = self._of_kind(document, ClauseKind.TITLE, ClauseKind.NUMBER, ClauseKind.PREAMBLE)
        return [Finding(row, 0.5, stated=False) for row in rows[:1]]

    def _of_kind(self, document: Document, *kinds: ClauseKind) -> list[int]:
        rows = self._clauses.get(document.document_id, [])
        return [row for kind in kinds for row in rows if self._index.clauses[row].kind is kind]

    def _whole(self, row: int) -> tuple[Piece, ...]:
        clause = self._index.clauses[row]
        return (Piece(clause.start, clause.end, clause.search_text, self._index.quote(clause)),)

    def _found(self, rows: Sequence[int], value: str | None = None) -> list[Finding]:
        return [Finding(row, 1.0, pieces=self._whole(row), value=value) for row in rows]

    def _number(self, _: Query, document: Document) -> list[Finding]:
        if document.number is None:
            return []
        rows = self._of_kind(document, ClauseKind.NUMBER)[:1]
        if rows:
            return self._found(rows, document.number)
        told = [r for r in self._of_kind(document, *_HEAD) if self._holds(r, document.number)]
        return self._found(told[:1], document.number) or self._cited_elsewhere(document)

    def _holds(self, row: int, words: str) -> bool:
        return fold(words) in self._index.clauses[row].search_text

    def _cited_elsewhere(self, document: Document) -> list[Finding]:
        """A text that has lost its number may be cited with it by others."""
        found = []
        for row, clause in enumerate(self._index.clauses):
            if clause.document_id == document.document_id or document.number is None:
                continue
            held = [s for s in sentences(self._index, clause) if fold(document.number) in s.text]
            if held:
                found.append(Finding(row, 0.9, pieces=tuple(held[:1]), value=document.number))
        return found

    def _issuer(self, query: Query, document: Document) -> list[Finding]:
        if document.issuer is None:
            return []
        name = fold(document.issuer).split("、")[0]
        kinds = (ClauseKind.SIGNATURE, ClauseKind.IMPRINT, ClauseKind.TITLE, ClauseKind.PREAMBLE)
        rows = [r for r in self._of_kind(document, *kinds) if self._holds(r, name)]
        if not rows and (passed := self._passed_by(document, name)):
            return self._found(passed)
        if not rows:
            rows = self._of_kind(document, ClauseKind.NUMBER)[:1]
        asks_imprint = "印发" in query.folded and len(rows) > 1
        return self._found(rows[: 2 if asks_imprint else 1], document.issuer)

    def _passed_by(self, document: Document, name: str) -> list[int]:
        """Find where a law says which session passed it: 第十六届…第十八次会议通过."""
        rows = self._of_kind(document, ClauseKind.PREAMBLE)
        texts = ((row, self._index.clauses[row].search_text) for row in rows)
        return [row for row, text in texts if "通过" in text and name in _TERM.sub("", text)][:1]

    def _date(self, _: Query, document: Document) -> list[Finding]:
        if document.date is None:
            return []
        year = document.date[:4]
        rows = self._of_kind(
            document,
            ClauseKind.SIGNATURE,
            ClauseKind.IMPRINT,
            ClauseKind.PREAMBLE,
            ClauseKind.PARAGRAPH,
        )
        dated = [
            r
            for r in rows
            if year in self._index.clauses[r].search_text
            or "年" in self._index.clauses[r].search_text
        ]
        return self._found(dated[:1], document.date)

    def _status(self, query: Query, document: Document) -> list[Finding]:
        if document.status is DocumentStatus.DRAFT:
            rows = [
                r
                for r in self._of_kind(document, ClauseKind.TITLE)
                if re.search("稿|草案|征求意见", self._index.clauses[r].search_text)
            ]
            return self._found(rows[:1], document.status.value)
        in_force = self._sentences(document, _IN_FORCE)
        if in_force:
            return in_force[:1]
        if document.status is not DocumentStatus.EFFECTIVE or re.search(
            "什么时候|何时|哪天|日期|when", query.folded
        ):
            return []
        kinds = (ClauseKind.IMPRINT, ClauseKind.SIGNATURE, ClauseKind.NUMBER)
        issued = self._of_kind(document, ClauseKind.SIGNATURE, ClauseKind.NUMBER)
        return self._found((issued or self._of_kind(document, *kinds))[:1], document.status.value)

    def _sentences(self, document: Document, pattern: re.Pattern[str]) -> list[Finding]:
        found = []
        for row in self._clauses.get(document.document_id, []):
            clause: Clause = self._index.clauses[row]
            if clause.noise or not pattern.search(clause.search_text):
                continue
            held = [s for s in sentences(self._index, clause) if pattern.search(s.text)]
            if held:
                found.append(Finding(row, 1.0, pieces=tuple(held[:1])))
        return found[::-1]

    def _addressee(self, query: Query, document: Document) -> list[Finding]:
        kind = ClauseKind.COPY_LIST if _COPY.search(query.folded) else ClauseKind.ADDRESSEE
        return self._found(self._of_kind(document, kind)[:1])

    def _basis(self, _: Query, document: Document) -> list[Finding]:
        rows = self._of_kind(document, ClauseKind.PREAMBLE, ClauseKind.PARAGRAPH, ClauseKind.NOTICE)
        rows += [
            r for r in self._of_kind(document, ClauseKind.ARTICLE, ClauseKind.ITEM)[:1] if not rows
        ]
        for row in rows:
            held = [
                s
                for s in sentences(self._index, self._index.clauses[row])
                if _BASIS.search(s.text) and _CITED.search(s.text)
            ]
            if held:
                cited = "、".join(_CITED.findall(held[0].text))
                return [Finding(row, 1.0, pieces=tuple(held[:1]), value=cited)]
        return []

    def _title(self, _: Query, document: Document) -> list[Finding]:
        rows = self._of_kind(document, ClauseKind.TITLE)
        if document.title and not rows:
            rows = [r for r in self._of_kind(document, *_HEAD) if self._holds(r, document.title)]
        return self._found(rows[:1], document.title)

    def _publicity(self, _: Query, document: Document) -> list[Finding]:
        rows = self._of_kind(document, ClauseKind.IMPRINT, ClauseKind.SIGNATURE)
        return self._found([r for r in rows if "公开" in self._index.clauses[r].search_text][:1])

    def _repeal(self, _: Query, document: Document) -> list[Finding]:
        own = [f for f in self._sentences(document, _ENDS) if self._speaks_of_itself(f)]
        return own[:1]

    def _repealed_elsewhere(self, query: Query) -> list[Finding]:
        """Find the sentence that repeals the document asked about: 《…》（…号）同时废止."""
        numbers = _NUMBER.findall(query.folded)
        years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年)", query.folded)
        described = strip_asking(query.folded)
        found = []
        for document_id in query.scope.document_ids:
            for finding in self._sentences(self._index.document(document_id), _REPEALS):
                text = finding.pieces[0].text
                named = any(number in text for number in numbers)
                dated = any(f"{year}年" in text for year in years)
                if named or (dated and self._ranker.coverage(described, text) >= _TITLE_SHARE):
                    found.append(finding)
        return found[:1]

    @staticmethod
    def _speaks_of_itself(finding: Finding) -> bool:
        text = finding.pieces[0].text
        return bool(
            re.search(
                r"有效期|执行期|施行期|本(?:办法|措施|意见|通知|规定|条例|政策"
                r"|方案|细则).{0,40}(?:废止|失效|止)",
                text,
            )
        )

    def _consultation(self, _: Query, document: Document) -> list[Finding]:
        return self._sentences(document, _CONSULTATION)[:1]

    @staticmethod
    def _premise(query: Query, findings: Sequence[Finding]) -> str | None:
        """Answer yes or no where the question itself names the document it assumes."""
        assumed = _NUMBER.findall(query.folded)
        if not assumed or not findings or not findings[0].pieces:
            return None
        told = fold(findings[0].pieces[0].text)
        return "right" if any(number in told for number in assumed) else "wrong"
