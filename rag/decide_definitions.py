"""Decide questions about terms: what one means, and only where the text explains it."""

import re
from collections.abc import Sequence

from index.library import Index
from index.numbering import parse_number
from index.records import Clause
from rag.finding import Decision, Finding, declined
from rag.intent import Intent
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Candidate
from rag.select import Picked, Selector, related
from rag.sentences import Piece, parts, sentences
from rag.telling import Teller

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
_EXPLAINS = re.compile(r"是指|指的是|系指|,指|即|以下简称|\bmeans?\b|refers? to")
_HOW_MANY = re.compile(r"哪([二三四五六七八九十]|\d{1,2})")
# 数量、质量“双提升”: a term that counts what stands right before it.
_COUNTING = re.compile(r"[“\"'‘「『]?([双两]|[二三四五六七八九十]+|\d{1,2})(?=[\u4e00-\u9fff])")
_COUNTED = re.compile(r"[“「]([^“”「」]+)[”」]$|([^,。;:“”]+)$")
_DOES = ("做到", "实现", "坚持", "践行", "落实", "推进")  # 坚定信念、做到“两个维护”
_ABOUT_TERM = re.compile(
    r"(?:是)?(?:怎么|如何)?定义的?|的?(?:含义|定义|全称|意思)"
    r"|(?:具体)?指(?:的是)?|解释|^(?:什么是|何谓|何为)|是$"
)


class DefinitionDecider:
    """Decides questions about terms over one index."""

    def __init__(self, index: Index, selector: Selector, teller: Teller) -> None:
        self._index = index
        self._selector = selector
        self._teller = teller

    def decide(self, query: Query) -> Decision | None:
        """Decide what a term means; None where the question names none and nothing is near."""
        if term := self._term(query):
            return self._definition(query, term)
        groups = self._selector.pick(query) if query.english else []
        return self._english_definition(query, groups) if groups else None

    def _term(self, query: Query) -> str | None:
        if query.quoted:
            return next((term for term in query.quoted if not term.isascii()), query.quoted[0])
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
            groups = self._selector.pick(query)
            if not groups:
                return declined(Status.NOT_FOUND, Intent.DEFINITION, ReasonCode.TOPIC_NOT_COVERED)
            return self._unheld(term, groups[0].main[0])
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

    @staticmethod
    def _unheld(term: str, nearest: Candidate) -> Decision:
        """Decline a term that no clause holds; one in English may stand there in Chinese."""
        english = term.isascii()
        return Decision(
            Status.NOT_STATED,
            Intent.DEFINITION,
            findings=(Finding(nearest.row, nearest.score, stated=False),),
            reason=ReasonCode.TERM_NOT_EXPLAINED if english else ReasonCode.FACT_NOT_STATED,
            subject=term if english else "",
        )

    def _english_definition(self, query: Query, groups: Sequence[Picked]) -> Decision:
        """Decide an English term over Chinese text: explained where its sentence explains."""
        top = groups[0].main[0]
        clause = self._index.clauses[top.row]
        told = [s for s in self._teller.telling(query, clause) if _EXPLAINS.search(s.text)]
        return Decision(
            status=Status.ANSWERED if told else Status.NOT_STATED,
            intent=Intent.DEFINITION,
            findings=(Finding(top.row, top.score, pieces=tuple(told), stated=bool(told)),),
            reason=None if told else ReasonCode.TERM_NOT_EXPLAINED,
            related=related(groups, (top.row,)),
            subject=" ".join(query.quoted),
        )

    def _holding(self, query: Query, term: str) -> list[int]:
        """Give the rows in scope whose text holds the term, those about the subject first."""
        ranked = self._selector.ranked(query, query.scope.document_ids)
        wanted = bare(term)
        return [c.row for c in ranked if wanted in bare(self._index.clauses[c.row].search_text)]

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
        if counted := self._counted(clause, term):
            return Finding(row, 0.9, pieces=(counted,))
        if listed := self._listed(query, clause, term):
            return Finding(row, 0.9, pieces=(listed,))
        if _BY_CONTEXT.search(query.folded) and not _LISTS_PARTS.search(query.folded):
            held = [s for s in sentences(self._index, clause) if bare(term) in bare(s.text)]
            told = [s for s in held if len(s.text) > len(term) + 10]
            if told:
                return Finding(row, 1.0, pieces=tuple(told[:1]))
        return Finding(row, 1.0, stated=False)

    def _counted(self, clause: Clause, term: str) -> Piece | None:
        """Find the sentence in which a term that counts (双提升, 十要素) follows what it counts."""
        match = _COUNTING.match(term)
        if match is None:
            return None
        count = 2 if match[1] in "双两" else parse_number(match[1])
        for sentence in sentences(self._index, clause):
            before = sentence.text.partition(term)[0].rstrip("“「『‘\"'")
            if len(before) < len(sentence.text) and _holds(before, count):
                return sentence
        return None

    def _listed(self, query: Query, clause: Clause, term: str) -> Piece | None:
        """Find the sentence that lists as many things beside a term as are asked for (哪三步)."""
        match = _HOW_MANY.search(query.folded)
        count = parse_number(match[1]) if match else 0
        if count < 2:  # noqa: PLR2004
            return None
        for sentence in sentences(self._index, clause):
            near = [
                p.text for p in parts(self._index, clause, sentence) if bare(term) in bare(p.text)
            ]
            if any(text.count("、") == count - 1 for text in near):
                return sentence
        return None


def _holds(before: str, count: int) -> bool:
    """Tell whether words end in so many things: as many items, or characters in quotation marks."""
    match = _COUNTED.search(before)
    if match is None:
        return False
    items = (match[1] or match[2]).split("、")
    letters = len("".join(items)) if match[1] else 0
    return count == letters or (count == len(items) and all(items) and items[-1] not in _DOES)


def bare(text: str) -> str:
    """Drop quotation marks and white space, by which writings of one term differ."""
    return re.sub(r"[\s“”\"'‘’「」『』《》]", "", text)
