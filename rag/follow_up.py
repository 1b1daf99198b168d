"""Complete a follow-up (那上海呢？, 具体到哪一年？) with what the turns before it were about.

Place, document, subject and unit are carried on as far as the follow-up names none of its own; a
question with a subject of its own carries nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clean import fold
from rag.catalog import Catalog
from rag.document_facts import read_fact
from rag.instructions import without_instructions
from rag.language import detect
from rag.records import Filters, Lang, Turn
from rag.scope import Scope, read_scope
from rag.subject import content_words, strip_asking

_TURNS_READ = 12  # what was said longer ago is about something else
_LONGEST = 2000
_MOST_UNITS = 8
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
_MARK = re.compile(
    r"^(?:那么?|那|还有|另外|再|换成|如果是|要是)|呢[?？]?$|^(?:what|how) about\b|^and\b",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(
    r"谁|哪|什么|啥|多少|几|何|怎|是否|有没有|\b(?:who|which|when|how)\b", re.IGNORECASE
)
# Words that ask on without a subject of their own: 具体到哪一年, 哪个是牵头的, 还有谁参与.
_ASKS_ON = re.compile(
    r"换成|如果是|要是|还有|另外|具体|到底|究竟|其中|一共|总共|分别|各自|主要|最后|最终|详细|时间|时候"
    r"|日期|原文|依据|条款?|第|理由|单位|部门|工作|任务|牵头|负责|参与|配合|协助|印发|发布|发文|文号|全称"
    r"|生效|施行|实施|截止|期限|[这那呢的和与到还又是有没了吗吧哪一几年月日项个家份]"
)
_ENGLISH_ASKS_ON = frozenset(
    """
    exactly precisely specifically else other others one ones year years date month deadline
    target number issued effective anyone anybody first again more them they it units
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_THEY = re.compile(
    r"[它他她]们|(?:这|那|上述|以上|前述)(?:些|几个|几家)?(?:责任|参与)?(?:单位|部门)"
    r"|\b(?:they|these units|those units)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"(?:该|这个|那个|这家)(?:责任|牵头)?(?:单位|部门|机构)|它(?!们)|\bthat unit\b")
_THE_TASK = re.compile(
    r"(?:这|那|该|此|上述)(?:一?[项件条个])?(?:任务|工作|事项|事情|事儿?|内容)"
    r"|\b(?:this|that) task\b"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A follow-up completed; ``subject`` says whether it brought a subject or place of its own."""

    question: str
    subject: bool


def completed(
    folded: str, catalog: Catalog, filters: Filters, history: Sequence[Turn]
) -> str | None:
    """Give a follow-up as a question that stands by itself; None if it is one already.

    Each turn of the user is completed by those before it, so that a follow-up to a follow-up
    still has its subject.
    """
    reader = _Reader(catalog, filters)
    previous, told = "", ""
    for turn in history[-_TURNS_READ:]:
        words = fold(_CONTROL.sub(" ", turn.content[:_LONGEST])).strip()
        if turn.role != "user":
            told = words
        elif asked := without_instructions(words):
            said = reader.completed(asked, previous, told) if previous else None
            if said is None or said.subject:
                previous = said.question if said else asked
    said = reader.completed(folded, previous, told) if previous else None
    return said.question if said else None


class _Reader:
    """Completes one question by the one before it."""

    def __init__(self, catalog: Catalog, filters: Filters) -> None:
        self._catalog = catalog
        self._filters = filters

    def completed(self, folded: str, previous: str, told: str) -> _Said | None:
        """Give ``folded`` with what it leaves out; ``told`` is the answer before it."""
        scope = read_scope(folded, self._catalog, self._filters)
        before = read_scope(previous, self._catalog, self._filters)
        if meant := self._with_meant(folded, before, told):
            return _Said(
                meant if scope.named else _join(_named(previous, before), meant), subject=True
            )
        subject, marked = _subject(scope.masked), bool(_MARK.search(folded))
        if not subject:
            return self._without_subject(folded, scope, previous, before)
        if marked and not _ASKS_ITSELF.search(folded):
            asking = before.masked
            for word in strip_asking(before.masked).split():
                asking = asking.replace(word, " ")
            place = _named(folded, scope) or _named(previous, before)
            return _Said(f"{_join(place, subject)} {' '.join(asking.split())}", subject=True)
        return None

    def _without_subject(
        self, folded: str, scope: Scope, previous: str, before: Scope
    ) -> _Said | None:
        place = _named(previous, before)
        if scope.named:
            return _Said(_moved(previous, before, _named(folded, scope)), subject=True)
        if self._catalog.units.find(folded):
            return None
        if read_fact(folded) is not None:
            return _Said(_join(place, folded), subject=False) if place else None
        topic = _join(place, _topic(before.masked))
        return _Said(_join(topic, folded), subject=False)

    def _with_meant(self, folded: str, before: Scope, told: str) -> str | None:
        """Put what a pronoun means in its place: the units just told, or the task asked about."""
        named = dict.fromkeys(mention.words for mention in self._catalog.units.find(told))
        units = list(named)[:_MOST_UNITS]
        topic = _topic(before.masked)
        for pronoun, meant in ((_THEY, "、".join(units)), (_IT, "".join(units[:1]))):
            if meant and pronoun.search(folded):
                return pronoun.sub(meant, folded, count=1)
        return _THE_TASK.sub(topic, folded, count=1) if topic and _THE_TASK.search(folded) else None


def _join(place: str, words: str) -> str:
    """Put a place before words, apart where letters would run together."""
    apart = place[-1:].isascii() and words[:1].isascii()
    return f"{place} {words}".strip() if apart else place + words


def _moved(previous: str, before: Scope, place: str) -> str:
    """Ask the previous question of another place."""
    masked = "".join("01"[a != b] for a, b in zip(previous, before.masked, strict=True))
    spans = [match.span() for match in re.finditer("1+", masked)]
    if not spans:
        return _join(place, previous)
    words, at = "", 0
    for n, (start, end) in enumerate(spans):
        words += previous[at:start] + ("" if n else place)
        at = end
    return words + previous[at:]


def _topic(masked: str) -> str:
    english = detect(masked) is Lang.EN
    return " ".join(content_words(masked)) if english else strip_asking(masked)


def _subject(masked: str) -> str:
    """Give the words of a subject of its own; empty where a question only asks on."""
    if detect(masked) is Lang.EN:
        return " ".join(w for w in content_words(masked) if w not in _ENGLISH_ASKS_ON)
    words = strip_asking(masked)
    if not re.sub(r"\W", "", _ASKS_ON.sub("", words)):
        return ""
    return re.sub(r"换成|如果是|要是|还有|另外|[那呢的和与]|\s", "", words)


def _named(text: str, scope: Scope) -> str:
    """Give the words of ``text`` that name a place or a document."""
    return "".join(a for a, b in zip(text, scope.masked, strict=True) if a != b)
