"""Decide questions about content: targets and deadlines, and what a clause says."""

import re
from collections.abc import Sequence

from index.library import Index
from index.numbering import parse_number
from index.records import Clause, ClauseKind
from rag.decide_definitions import DefinitionDecider, bare
from rag.finding import Decision, Finding, declined, unstated
from rag.grams import grams
from rag.intent import Intent
from rag.quantity import Quantity, asked_quantity, states_quantity
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Candidate, Ranker
from rag.select import Picked, Selector, number_value, related
from rag.sentences import Piece, parts, sentences
from rag.telling import LEAST_SHARE, Teller
from rag.terms import TermMatcher

_FOCUS = re.compile(r"的\s*([\u4e00-\u9fff、和与及]{2,12})(?:是|为|有)?\s*$")
# Words of a subject that name no subject: 到2025年的目标是.
_GENERAL = re.compile(r"(?:到|至|在)?\d{4}年?|目标|指标|任务|[是的到]|总体|今年|明年")
# A document named by its number or title, of which it is asked who speaks of it.
_CITED = re.compile(r"[\u4e00-\u9fff]{2}[〔\[(]\d{4}[〕\])]\d{1,4}号|(?<=《)[^《》]{4,60}(?=》)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|\b)(?!\d)")
_ANNEX = re.compile(
    r"(?:附件|\bannex(?:es)?|\bappendix)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})", re.IGNORECASE
)
# 主要内容, 具体情况: nouns that ask for whatever is said.
_VAGUE_HEADS = frozenset(
    (
        "主要",
        "具体",
        "内容",
        "情况",
        "特点",
        "要求",
        "规定",
        "做法",
        "措施",
        "安排",
        "政策",
        "条件",
        "方式",
        "作用",
    )
)
# 这份措施, 文件里: the document itself, of which the index holds the whole text.
_THE_DOCUMENT = re.compile(
    r"[这那该本](?:一?[份个部])?(?:文件|意见|通知|措施|方案|办法|规定|细则|条例|规划|公告|稿)"
    r"|(?:由|归|是)[^,。?？]{0,12}负责解释|解释(?:权|单位|机关)"
    r"|\b(?:this|that|the) (?:document|notice|plan|measures|opinions?|regulations?)\b",
    re.IGNORECASE,
)
_SHORTEST_TERM = 3
_OWNER = re.compile(r"([\u4e00-\u9fff]{4,20}?)的[\u4e00-\u9fff]{1,8}(?:是|有|为|达到?)?(?:\s|$)")
_LISTED = ("、", "和", "及", "等", "两", "三", "四", "五", "六")  # X named as one of several
_WHICH_MANY = re.compile(r"哪([三四五六七八九十]{1,3}|\d{1,3})[个家项种类座条](?!月|工作日)")
_LEAST_LISTED = 3
_PARTED = 2  # names that no 、 stands behind: the last, and the one before 和
_NEAR_BEST, _MOST_NEAR = 0.7, 5
_LEAST_ENGLISH, _LEAST_HELD = 0.1, 0.4


class FactDecider:
    """Decides content questions over one index."""

    def __init__(
        self, index: Index, ranker: Ranker, selector: Selector, terms: TermMatcher, teller: Teller
    ) -> None:
        self._index = index
        self._ranker = ranker
        self._selector = selector
        self._terms = terms
        self._teller = teller
        self._definitions = DefinitionDecider(index, selector, teller)

    def decide(self, query: Query) -> Decision:
        """Decide a question about a target, a term or any other content."""
        if query.ask.intent is Intent.COVERAGE:
            return self._coverage(query)
        if missing := self._missing_annex(query):
            return missing
        if query.ask.intent is Intent.DEFINITION:
            decided = self._definitions.decide(query)
            if decided is not None:
                return decided
        groups = self._selector.pick(query)
        return self._from_groups(query, groups) if groups else self._without(query)

    def _without(self, query: Query) -> Decision:
        """Decide where no clause is about the subject: the document may be held, or a term."""
        if document := self.of_document(query):
            return document
        if mentioned := self._mentioning(query):
            return unstated(query.ask.intent, mentioned, ReasonCode.FACT_NOT_STATED)
        return declined(Status.NOT_FOUND, query.ask.intent, ReasonCode.TOPIC_NOT_COVERED)

    def of_document(self, query: Query) -> Decision | None:
        """Decide that a document named does not state what is asked of it as such.

        None where no document is named, or where it is asked of a subject, not of the document.
        """
        general = not grams(_GENERAL.sub(" ", query.topic))
        if query.scope.named and (general or _THE_DOCUMENT.search(query.folded)):
            return self._unstated(query)
        return None

    def _mentioning(self, query: Query) -> list[int]:
        """Give the first clause that holds a term which the question quotes, if one does."""
        wanted = frozenset(query.scope.document_ids)
        terms = [bare(term) for term in query.quoted if len(bare(term)) >= _SHORTEST_TERM]
        return [
            row
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id in wanted
            and not clause.noise
            and any(term in clause.search_text for term in terms)
        ][:1]

    def _from_groups(self, query: Query, groups: Sequence[Picked]) -> Decision:
        flat = [finding for picked in groups for finding in self._finding(query, picked)]
        stated = any(f.stated for f in flat)
        if stated and not query.scope.named:  # a place not asked about need not state it
            flat = [f for f in flat if f.stated]
        return Decision(
            status=Status.ANSWERED if stated else Status.NOT_STATED,
            intent=query.ask.intent,
            findings=tuple(flat),
            reason=None if stated else self._why(flat),
            several=len(flat) > 1,
            related=related(groups, [f.row for f in flat]),
        )

    def _unstated(self, query: Query) -> Decision:
        """Show the head of each document asked about in general where it states no such thing."""
        kinds = (ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.NUMBER)
        rows = []
        for document_id in query.scope.document_ids:
            own = [r for r, c in enumerate(self._index.clauses) if c.document_id == document_id]
            rows += [r for kind in kinds for r in own if self._index.clauses[r].kind is kind][:1]
        return unstated(query.ask.intent, rows, ReasonCode.FACT_NOT_STATED)

    def _why(self, findings: Sequence[Finding]) -> ReasonCode:
        if any(self._index.clauses[f.row].truncated for f in findings):
            return ReasonCode.SOURCE_TRUNCATED
        return ReasonCode.FACT_NOT_STATED

    def _finding(self, query: Query, picked: Picked) -> list[Finding]:
        if query.ask.intent is Intent.TARGET:
            return [self._target(query, picked)]
        return [self._content(query, c) for c in picked.main]

    def _content(self, query: Query, candidate: Candidate) -> Finding:
        clause = self._index.clauses[candidate.row]
        if self._lacks_names(query, clause):
            return Finding(candidate.row, candidate.score, stated=False)
        if self._misses_focus(query, candidate):
            return Finding(candidate.row, candidate.score, stated=False)
        pieces = self._teller.telling(query, clause) or tuple(sentences(self._index, clause)[:1])
        return Finding(candidate.row, candidate.score, pieces=pieces)

    def _lacks_names(self, query: Query, clause: Clause) -> bool:
        """Tell whether it is asked which so many there are (哪10个城市), and none are listed."""
        match = _WHICH_MANY.search(query.folded)
        many = parse_number(match[1]) if match else 0
        if many < _LEAST_LISTED:
            return False
        told = (sentence.text for sentence in sentences(self._index, clause))
        return not any(text.count("、") + _PARTED >= many for text in told)

    def _misses_focus(self, query: Query, candidate: Candidate) -> bool:
        """Tell whether a clause lacks the very thing that is asked for: 邮编 of “X的邮编是什么”."""
        match = _FOCUS.search(query.topic)
        if match is None or query.english or query.numbers or len(query.scope.groups) > 1:
            return False
        named = (part[-2:] for part in re.split("[、和与及]", match[1]) if len(part) > 1)
        heads = [head for head in named if head not in _VAGUE_HEADS]
        held = self._ranker.of_clause(candidate.row)
        if (
            match[1].endswith("人")
            and match[1] not in self._index.clauses[candidate.row].search_text
        ):
            return True  # 签发人: an office of a person, which no near word stands for
        if not heads or any(head in held for head in heads):
            return False
        terms = self._terms.read(self._terms.split(match[1]))
        return terms is None or self._terms.coverage(terms, candidate.row) < 0.5  # noqa: PLR2004

    def _target(self, query: Query, picked: Picked) -> Finding:
        """Find the sentence about the subject that holds the kind of figure asked for."""
        quantity = asked_quantity(query.folded)
        years = frozenset(_YEAR.findall(query.scope.masked))
        ranked = sorted((*picked.main, *picked.others), key=lambda c: (-c.score, c.row))
        best = ranked[0]
        near = [c for c in ranked if c.score >= _NEAR_BEST * best.score][:_MOST_NEAR]
        near = [c for c in near if not self._of_other_years(c.row, years)]
        stating = ((c, *self._stating(query, c, quantity, years)) for c in near)
        found = [
            (c.score / best.score + share, c, pieces) for c, share, pieces in stating if pieces
        ]
        if found:
            _, candidate, pieces = max(found, key=lambda f: (f[0], -f[1].row))
            return Finding(candidate.row, candidate.score, pieces=pieces)
        if not near:
            return Finding(best.row, best.score, stated=False)
        if quantity is Quantity.ANY and self._teller.telling(query, self._index.clauses[best.row]):
            pieces = self._teller.telling(query, self._index.clauses[best.row])
            return Finding(best.row, best.score, pieces=pieces)
        return Finding(best.row, best.score, stated=False)

    def _of_other_years(self, row: int, years: frozenset[str]) -> bool:
        """Tell whether a clause sets its figures for other years than those asked for."""
        stated = set(_YEAR.findall(self._index.clauses[row].search_text))
        return bool(years and stated) and not years & stated

    def _stating(
        self, query: Query, candidate: Candidate, quantity: Quantity, years: frozenset[str]
    ) -> tuple[float, tuple[Piece, ...]]:
        """Give the sentences of a clause that state the figure, and how well they fit.

        A sentence that sets it for other ``years`` than those asked for does not. What the whole
        clause with its title and headings lacks of the subject is not asked of a sentence.
        """
        clause = self._index.clauses[candidate.row]
        scored = []
        least = LEAST_SHARE * max(candidate.coverage, _LEAST_HELD)
        if query.english:
            least = _LEAST_ENGLISH
        owner = _OWNER.search(query.topic)
        awaited = owner[1] if owner and owner[1] in clause.search_text else ""
        for sentence in sentences(self._index, clause):
            told = sentence.text
            if awaited and awaited not in told:
                continue  # what stands before X is no figure of X
            if awaited:
                told = told.partition(awaited)[2]
                awaited = awaited if told.startswith(_LISTED) else ""
            share = self._teller.share(query, sentence.text)
            stated = set(_YEAR.findall(sentence.text))
            if years and stated and not years & stated:
                continue
            if share >= least and states_quantity(told, quantity, query.folded):
                scored.append((share, sentence))
        if not scored:
            return 0.0, ()
        top = max(share for share, _ in scored)
        kept = [s for share, s in scored if share >= 0.75 * top][:2]
        if len(kept) == 1:
            kept = self._narrowed(query, clause, kept[0], quantity)
        return top, tuple(kept)

    def _narrowed(
        self, query: Query, clause: Clause, sentence: Piece, quantity: Quantity
    ) -> list[Piece]:
        """Of a long sentence keep its time phrase and the parts that hold subject and figure."""
        found = parts(self._index, clause, sentence)
        if len(found) <= 3:  # noqa: PLR2004
            return [sentence]
        shares = [
            self._teller.share(query, p.text)
            if states_quantity(p.text, quantity, query.folded)
            else 0.0
            for p in found
        ]
        best = max(shares)
        if best < LEAST_SHARE:
            return [sentence]
        kept = [p for p, share in zip(found, shares, strict=True) if share >= 0.6 * best]
        if re.match(r"(?:到|至|力争|在)?\d{4}年|\d+年内", found[0].text) and found[0] not in kept:
            kept.insert(0, found[0])
        return kept

    def _missing_annex(self, query: Query) -> Decision | None:
        """Decline a question about an annex that the documents asked about do not hold."""
        match = _ANNEX.search(query.folded)
        if match is None or not query.scope.named:
            return None
        wanted = parse_number(match[1])
        rows = [
            row
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id in query.scope.document_ids and clause.kind is ClauseKind.ANNEX
        ]
        if any(number_value(self._index.clauses[row]) == wanted for row in rows):
            return None
        shown = rows or [
            row
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id in query.scope.document_ids and clause.kind is ClauseKind.TITLE
        ]
        return unstated(query.ask.intent, shown[:1], ReasonCode.ATTACHMENT_MISSING)

    def _coverage(self, query: Query) -> Decision:
        """Decide which documents say something on the subject: the best clause of each."""
        if cited := _CITED.findall(query.folded):
            return self._citing(query, cited)
        found: list[Finding] = []
        for document_id in query.scope.document_ids:
            ranked = self._selector.ranked(query, (document_id,))
            held = [c for c in ranked if self._holds(query, c)]
            if held:
                found.append(
                    Finding(
                        held[0].row,
                        held[0].score,
                        pieces=self._teller.telling(query, self._index.clauses[held[0].row]),
                    )
                )
        if not found:
            return declined(Status.NOT_FOUND, Intent.COVERAGE, ReasonCode.TOPIC_NOT_COVERED)
        return Decision(Status.ANSWERED, Intent.COVERAGE, tuple(found), several=True)

    def _citing(self, query: Query, cited: Sequence[str]) -> Decision:
        """Decide which documents name another one: the first clause of each that does."""
        first: dict[str, Finding] = {}
        for row, clause in enumerate(self._index.clauses):
            told = tuple(
                sentence
                for sentence in sentences(self._index, clause)
                if any(bare(words) in bare(sentence.text) for words in cited)
            )
            titled = clause.noise or clause.kind in (ClauseKind.TITLE, ClauseKind.NUMBER)
            if told and not titled and clause.document_id in query.scope.document_ids:
                first.setdefault(clause.document_id, Finding(row, 1.0, pieces=told[:1]))
        if not first:
            return declined(Status.NOT_FOUND, Intent.COVERAGE, ReasonCode.TOPIC_NOT_COVERED)
        return Decision(Status.ANSWERED, Intent.COVERAGE, tuple(first.values()), several=True)

    def _holds(self, query: Query, candidate: Candidate) -> bool:
        if terms := [t for t in query.quoted if not t.isascii()]:
            held = bare(self._index.clauses[candidate.row].search_text)
            return any(bare(term) in held for term in terms)
        if query.english:
            return candidate.coverage >= 0.5  # noqa: PLR2004
        return candidate.coverage >= 0.6  # noqa: PLR2004
