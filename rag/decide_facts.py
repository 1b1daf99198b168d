"""Decide questions about content: targets and deadlines, terms, and what a clause says."""

import re
from collections.abc import Sequence

from index.library import Index
from index.numbering import parse_number
from index.records import Clause, ClauseKind
from rag.finding import Decision, Finding, declined
from rag.grams import grams
from rag.intent import Intent
from rag.quantity import Quantity, asked_quantity, states_quantity
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Candidate, Ranker
from rag.select import Picked, Selector, number_value
from rag.sentences import Piece, parts, sentences
from rag.terms import TermMatcher

_DEFINES = (
    r"[”」』\"']?(?:\([^()]{{0,40}}\))?(?:,)?(?:行动|工程|计划|机制|体系|模式)?"
    r"(?:,?是指|,?指的是|,?系指|,?是|,?即|,?包括|,?包含|由[^。]{{1,40}}(?:组成|构成)|分为"
    r"|主要包括|为[:\"“]|:|——|—)"
)
_SAYS_WHAT = r"[”」』\"']?(?:\([^()]{0,40}\))?,?(?:是指|指的是|系指)"
_IN_BRACKETS = r"{term}[”」』\"']?\([^()]{{10,}}\)"
_SHORT_FOR = r"[^。;]{{2,60}}\(以下(?:统称|简称)[:为]?[“\"]?{term}"
_LISTS_PARTS = re.compile(
    r"哪(?:几|[一二三四五六七八九十百\d]+)|包括|组成|构成|consist|compris"
    r"|stand for|全称|具体指",
    re.IGNORECASE,
)
_BY_CONTEXT = re.compile(r"说的是|做什么|干什么|干嘛|干啥|有什么用|目的|什么内容|怎么回事|哪些内容")
_FOCUS = re.compile(r"的\s*([\u4e00-\u9fff、和与及]{2,12})(?:是|为|有)?\s*$")
_EXPLAINS = re.compile(r"是指|指的是|系指|,指|即|以下简称|\bmeans?\b|refers? to")
# Words of a subject that name no subject: 到2025年的目标是.
_GENERAL = re.compile(r"(?:到|至|在)?\d{4}年?|目标|指标|任务|[是的到]|总体|今年|明年")
_HOW_MANY = re.compile(r"哪([二三四五六七八九十]|\d{1,2})")
_ANNEX = re.compile(r"附件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")
_ABOUT_TERM = re.compile(
    r"(?:是)?(?:怎么|如何)?定义的?|的?(?:含义|定义|全称|意思)"
    r"|(?:具体)?指(?:的是)?|解释|^(?:什么是|何谓|何为)|是$"
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
_NEAR_BEST, _MOST_NEAR = 0.7, 5
_MOST_SENTENCES = 3
_SHARE_OF_BEST = 0.6
_LEAST_SENTENCE, _LEAST_ENGLISH = 0.18, 0.1


class FactDecider:
    """Decides content questions over one index."""

    def __init__(
        self, index: Index, ranker: Ranker, selector: Selector, terms: TermMatcher
    ) -> None:
        self._index = index
        self._ranker = ranker
        self._selector = selector
        self._terms = terms

    def decide(self, query: Query) -> Decision:
        """Decide a question about a target, a term or any other content."""
        if query.ask.intent is Intent.COVERAGE:
            return self._coverage(query)
        if missing := self._missing_annex(query):
            return missing
        if query.ask.intent is Intent.DEFINITION and (term := self._term(query)):
            return self._definition(query, term)
        groups = self._picked(query)
        if groups:
            return self._from_groups(query, groups)
        if query.scope.named and not grams(_GENERAL.sub(" ", query.topic)):
            return self._unstated(query)
        return declined(Status.NOT_FOUND, query.ask.intent, ReasonCode.TOPIC_NOT_COVERED)

    def _from_groups(self, query: Query, groups: Sequence[Picked]) -> Decision:
        if query.ask.intent is Intent.DEFINITION and query.english:
            return self._english_definition(query, groups)
        flat = [finding for picked in groups for finding in self._finding(query, picked)]
        stated = any(f.stated for f in flat)
        return Decision(
            status=Status.ANSWERED if stated else Status.NOT_STATED,
            intent=query.ask.intent,
            findings=tuple(flat),
            reason=None if stated else self._why(flat),
            several=len(flat) > 1,
            related=_related(groups, flat),
        )

    def _unstated(self, query: Query) -> Decision:
        """Show the head of each document asked about in general where it states no such thing."""
        kinds = (ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.NUMBER)
        rows = []
        for document_id in query.scope.document_ids:
            own = [r for r, c in enumerate(self._index.clauses) if c.document_id == document_id]
            rows += [r for kind in kinds for r in own if self._index.clauses[r].kind is kind][:1]
        return Decision(
            Status.NOT_STATED,
            query.ask.intent,
            findings=tuple(Finding(row, 0.5, stated=False) for row in rows),
            reason=ReasonCode.FACT_NOT_STATED,
        )

    def _why(self, findings: Sequence[Finding]) -> ReasonCode:
        if any(self._index.clauses[f.row].truncated for f in findings):
            return ReasonCode.SOURCE_TRUNCATED
        return ReasonCode.FACT_NOT_STATED

    def _picked(self, query: Query) -> list[Picked]:
        scope = query.scope
        none: frozenset[int] = frozenset()
        if scope.named and not scope.vague:
            picked = (self._selector.best(query, group) for group in scope.groups)
            return [p for p in picked if p is not None]
        return self._selector.spread(query, scope.document_ids, prefer=none)

    def _finding(self, query: Query, picked: Picked) -> list[Finding]:
        if query.ask.intent is Intent.TARGET:
            return [self._target(query, picked)]
        return [self._content(query, c) for c in picked.main]

    def _content(self, query: Query, candidate: Candidate) -> Finding:
        clause = self._index.clauses[candidate.row]
        if self._misses_focus(query, candidate):
            return Finding(candidate.row, candidate.score, stated=False)
        pieces = self._telling(query, clause) or tuple(sentences(self._index, clause)[:1])
        return Finding(candidate.row, candidate.score, pieces=pieces)

    def _misses_focus(self, query: Query, candidate: Candidate) -> bool:
        """Tell whether a clause lacks the very thing that is asked for: 邮编 of “X的邮编是什么”."""
        match = _FOCUS.search(query.topic)
        if match is None or query.english or query.numbers or len(query.scope.groups) > 1:
            return False
        named = (part[-2:] for part in re.split("[、和与及]", match[1]) if len(part) > 1)
        heads = [head for head in named if head not in _VAGUE_HEADS]
        held = self._ranker.of_clause(candidate.row)
        if not heads or any(head in held for head in heads):
            return False
        terms = self._terms.read(self._terms.split(match[1]))
        return terms is None or self._terms.coverage(terms, candidate.row) < 0.5  # noqa: PLR2004

    def _telling(self, query: Query, clause: Clause) -> tuple[Piece, ...]:
        """Give the sentences of a clause that hold most of the subject, in their order."""
        shares = [(self._share(query, s.text), s) for s in sentences(self._index, clause)]
        if not shares:
            return ()
        best = max(share for share, _ in shares)
        if best < _LEAST_SENTENCE:
            return ()
        near = sorted((x for x in shares if x[0] >= _SHARE_OF_BEST * best), key=lambda x: -x[0])
        kept = sorted(near[:_MOST_SENTENCES], key=lambda x: x[1].start)
        return tuple(sentence for _, sentence in kept)

    def _share(self, query: Query, text: str) -> float:
        if query.english:
            terms = self._terms.read(query.topic.split())
            return self._terms.text_coverage(terms, text) if terms else 0.0
        return self._ranker.coverage(query.topic, text)

    def _target(self, query: Query, picked: Picked) -> Finding:
        """Find the sentence about the subject that holds the kind of figure asked for."""
        quantity = asked_quantity(query.folded)
        ranked = sorted((*picked.main, *picked.others), key=lambda c: (-c.score, c.row))
        best = ranked[0]
        near = [c for c in ranked if c.score >= _NEAR_BEST * best.score][:_MOST_NEAR]
        stating = ((c, *self._stating(query, c.row, quantity)) for c in near)
        found = [
            (c.score / best.score + share, c, pieces) for c, share, pieces in stating if pieces
        ]
        if found:
            _, candidate, pieces = max(found, key=lambda f: (f[0], -f[1].row))
            return Finding(candidate.row, candidate.score, pieces=pieces)
        if quantity is Quantity.ANY and self._telling(query, self._index.clauses[best.row]):
            pieces = self._telling(query, self._index.clauses[best.row])
            return Finding(best.row, best.score, pieces=pieces)
        return Finding(best.row, best.score, stated=False)

    def _stating(
        self, query: Query, row: int, quantity: Quantity
    ) -> tuple[float, tuple[Piece, ...]]:
        """Give the sentences of a clause that state the figure, and how well they fit."""
        clause = self._index.clauses[row]
        scored = []
        least = _LEAST_ENGLISH if query.english else _LEAST_SENTENCE
        for sentence in sentences(self._index, clause):
            share = self._share(query, sentence.text)
            if share >= least and states_quantity(sentence.text, quantity, query.folded):
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
            self._share(query, p.text) if states_quantity(p.text, quantity, query.folded) else 0.0
            for p in found
        ]
        best = max(shares)
        if best < _LEAST_SENTENCE:
            return [sentence]
        kept = [p for p, share in zip(found, shares, strict=True) if share >= 0.6 * best]
        if re.match(r"(?:到|至|力争|在)?\d{4}年|\d+年内", found[0].text) and found[0] not in kept:
            kept.insert(0, found[0])
        return kept

    def _term(self, query: Query) -> str | None:
        if query.quoted:
            return query.quoted[0]
        if query.english:
            chinese = re.findall(r"[\u3400-\u9fff]{2,}", query.folded)
            return chinese[0] if chinese else None
        words = _ABOUT_TERM.sub(" ", re.sub(r"\s+", " ", query.topic)).strip()
        chunks = [
            c
            for c in re.split(
                r"\s|里的?|中的?|^的|(?<=条例)的|(?<=办法)的|(?<=方案)的"
                r"|(?<=意见)的",
                words,
            )
            if len(c) > 1
        ]
        return re.sub(r"^[的是]|[的是]$", "", chunks[-1]) if chunks else None

    def _definition(self, query: Query, term: str) -> Decision:
        """Decide what a term means: only where the text explains it; a mention does not."""
        rows = self._holding(query, term)
        if not rows:
            groups = self._picked(query)
            if not groups:
                return declined(Status.NOT_FOUND, Intent.DEFINITION, ReasonCode.TOPIC_NOT_COVERED)
            top = groups[0].main[0]
            return Decision(
                Status.NOT_STATED,
                Intent.DEFINITION,
                findings=(Finding(top.row, top.score, stated=False),),
                reason=ReasonCode.TERM_NOT_EXPLAINED,
                subject=term,
            )
        explained = [f for row in rows if (f := self._explaining(query, row, term)).stated]
        explained.sort(key=lambda f: -f.score)
        findings = explained or [Finding(rows[0], 1.0, stated=False)]
        others = [row for row in rows if row not in {f.row for f in findings}]
        return Decision(
            status=Status.ANSWERED if explained else Status.NOT_STATED,
            intent=Intent.DEFINITION,
            findings=tuple(findings[:2]),
            reason=None if explained else ReasonCode.TERM_NOT_EXPLAINED,
            related=tuple((row, 0.5) for row in others),
            subject=term,
        )

    def _english_definition(self, query: Query, groups: Sequence[Picked]) -> Decision:
        """Decide an English term over Chinese text: explained where its sentence explains."""
        top = groups[0].main[0]
        clause = self._index.clauses[top.row]
        told = [s for s in self._telling(query, clause) if _EXPLAINS.search(s.text)]
        return Decision(
            status=Status.ANSWERED if told else Status.NOT_STATED,
            intent=Intent.DEFINITION,
            findings=(Finding(top.row, top.score, pieces=tuple(told), stated=bool(told)),),
            reason=None if told else ReasonCode.TERM_NOT_EXPLAINED,
            related=_related(groups, [Finding(top.row, top.score)]),
            subject=" ".join(query.quoted),
        )

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
        return Decision(
            Status.NOT_STATED,
            query.ask.intent,
            findings=tuple(Finding(row, 0.5, stated=False) for row in shown[:1]),
            reason=ReasonCode.ATTACHMENT_MISSING,
        )

    def _holding(self, query: Query, term: str) -> list[int]:
        """Give the rows in scope whose text holds the term, those about the subject first."""
        ranked = self._selector.ranked(query, query.scope.document_ids)
        bare = _bare(term)
        return [c.row for c in ranked if bare in _bare(self._index.clauses[c.row].search_text)]

    def _explaining(self, query: Query, row: int, term: str) -> Finding:
        clause = self._index.clauses[row]
        word = re.escape(term)
        patterns = (
            (1.0, word + _SAYS_WHAT),
            (0.9, _SHORT_FOR.format(term=word)),
            (0.9, _IN_BRACKETS.format(term=word)),
            (0.8, word + _DEFINES.format()),
        )
        found = [
            Finding(row, score, pieces=(sentence,))
            for sentence in sentences(self._index, clause)
            for score, pattern in patterns
            if re.search(pattern, sentence.text)
        ]
        if found:
            return max(found, key=lambda f: f.score)
        if listed := self._listed(query, clause, term):
            return Finding(row, 0.9, pieces=(listed,))
        if _BY_CONTEXT.search(query.folded) and not _LISTS_PARTS.search(query.folded):
            held = [s for s in sentences(self._index, clause) if _bare(term) in _bare(s.text)]
            told = [s for s in held if len(s.text) > len(term) + 10]
            if told:
                return Finding(row, 1.0, pieces=tuple(told[:1]))
        return Finding(row, 1.0, stated=False)

    def _listed(self, query: Query, clause: Clause, term: str) -> Piece | None:
        """Find the sentence that lists as many things beside a term as are asked for (哪三步)."""
        match = _HOW_MANY.search(query.folded)
        count = parse_number(match[1]) if match else 0
        if count < 2:  # noqa: PLR2004
            return None
        for sentence in sentences(self._index, clause):
            near = [
                p.text for p in parts(self._index, clause, sentence) if _bare(term) in _bare(p.text)
            ]
            if any(text.count("、") == count - 1 for text in near):
                return sentence
        return None

    def _coverage(self, query: Query) -> Decision:
        """Decide which documents say something on the subject: the best clause of each."""
        found: list[Finding] = []
        for document_id in query.scope.document_ids:
            ranked = self._selector.ranked(query, (document_id,))
            held = [c for c in ranked if self._holds(query, c)]
            if held:
                found.append(
                    Finding(
                        held[0].row,
                        held[0].score,
                        pieces=self._telling(query, self._index.clauses[held[0].row]),
                    )
                )
        if not found:
            return declined(Status.NOT_FOUND, Intent.COVERAGE, ReasonCode.TOPIC_NOT_COVERED)
        return Decision(Status.ANSWERED, Intent.COVERAGE, tuple(found), several=True)

    def _holds(self, query: Query, candidate: Candidate) -> bool:
        if terms := [t for t in query.quoted if not t.isascii()]:
            held = _bare(self._index.clauses[candidate.row].search_text)
            return any(_bare(term) in held for term in terms)
        if query.english:
            return candidate.coverage >= 0.5  # noqa: PLR2004
        return candidate.coverage >= 0.6  # noqa: PLR2004


def _bare(text: str) -> str:
    return re.sub(r"[\s“”\"'‘’「」『』《》]", "", text)


def _related(
    groups: Sequence[Picked], findings: Sequence[Finding]
) -> tuple[tuple[int, float], ...]:
    main = {f.row for f in findings}
    best: dict[int, float] = {}
    for picked in groups:
        for candidate in (*picked.main, *picked.others):
            if candidate.row not in main:
                best.setdefault(candidate.row, candidate.score)
    return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))
