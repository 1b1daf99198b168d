"""Tell whether the figures of a sentence are its clauses', each with what it is a figure of."""

import re
from collections.abc import Iterator

from rag.figures import NUMERALS, Figure, figures
from rag.parts import PART, SENTENCE
from rag.support import share
from rag.told import Basis

_LEAST_SHARE = 0.5
_BOUNDS = re.compile(
    r"(?P<least>以上|不低于|不少于|不小于|至少|最低|超过|突破|高于|多于|at least|no(?:t)? less than"
    r"|(?<!no )(?<!not )more than|\bover\b|\babove\b|exceed|or more)"
    r"|(?P<most>以下|以内|之内|不超过|不高于|不多于|不大于|最多|最高|至多|低于|少于"
    r"|\bwithin\b|at most"
    r"|\bup to\b|no(?:t)? more than|(?<!no )(?<!not )less than|\bbelow\b|\bunder\b|not exceed)"
    r"|(?P<about>左右|大约|约|将近|接近|上下|\babout\b|\baround\b|nearly|approximately)",
    re.IGNORECASE,
)
_RUN = re.compile(r"[\d.]+(?:[-/–—][\d.]+)+")
_PLACE = re.compile(
    rf"(?:(?:附件|附录|专栏)?\d*(?:第?[(]?(?:[{NUMERALS}]+|\d+)[)]?(?:部分|[编章节条款项目、])?)+)"
)
_CHANGE = re.compile(r"(?:提高|降低|增长|下降|减少|缩短|压减|增加|提升|扩大|压缩)$")
_CHANGE_TO = re.compile(r"(?:提高|降低|增长|下降|减少|缩短|压减|增加|提升|扩大|压缩)[到至为]$")


def strange_figure(folded: str, basis: Basis, counted: str) -> bool:
    """Tell whether a sentence has a figure that is not told, or not told of the same thing.

    Each must stand in the cited clauses (or count the parts of the answer, in ``counted``) and
    in what the answer tells of them, with the same bounds and at least half of the words around
    it.
    """
    known = figures(f"{basis.evidence}\n{counted}")
    told = figures(basis.words)
    for sentence in SENTENCE.split(folded):
        for figure in figures(sentence):
            if _in_a_word(sentence, figure, basis.told):
                continue
            if not all(any(figure.repeats(each) for each in texts) for texts in (known, told)):
                return True
            if not _bound(sentence, figure, basis):
                return True
    return False


def _in_a_word(sentence: str, figure: Figure, told: str) -> bool:
    """Tell whether a single Chinese numeral is part of a word that is told, such as 唯一的."""
    around = sentence[max(0, figure.start - 1) : figure.end + 1]
    single = figure.end - figure.start == 1 and sentence[figure.start] in NUMERALS
    return single and figure.kind in ("", "bare") and around in told


def _bound(sentence: str, figure: Figure, basis: Basis) -> bool:
    """Tell whether a figure stands with the words that it stands with in the answer.

    More of the words about it must stand about the same figure there than about any other
    that counts the same, and at least half of them.
    """
    if figure.kind == "ordinal":
        place = next((m for m in _PLACE.finditer(sentence) if m.end() >= figure.end), None)
        return place is not None and place.start() <= figure.start and place[0] in basis.words
    if figure.kind == "joined" and not _runs(sentence) <= _runs(basis.told):
        return False
    contexts = list(_contexts(basis.told, figure))
    own = next(_contexts(sentence, figure, exact=True))
    if not figure.dated:
        contexts = [each for each in contexts if _same_bounds(own, each)]
        contexts = [each for each in contexts if _changes(own, figure) == _changes(each, figure)]
    others = [
        context
        for other in figures(basis.told)
        if _competes(other, figure)
        for context in _contexts(basis.told, other)
    ]
    right = _best(own, contexts, basis)
    wrong = _best(own, others, basis)
    if right is None:
        return bool(contexts) and not others
    return right >= _LEAST_SHARE and right > (wrong or 0)


def _runs(text: str) -> set[str]:
    """Give the figures that dashes join, such as 3-5, each as one."""
    return set(_RUN.findall(text))


def _competes(other: Figure, figure: Figure) -> bool:
    """Tell whether a figure might be taken for another: both years, or of one kind."""
    if other.dated or figure.dated:
        return other.dated and figure.dated and other.value != figure.value
    return other.kind == figure.kind != "joined" and not figure.repeats(other)


def _best(own: str, contexts: list[str], basis: Basis) -> float | None:
    shares = [share(own, each, places=basis.places) for each in contexts]
    return max((each for each in shares if each is not None), default=None)


def _contexts(text: str, figure: Figure, *, exact: bool = False) -> Iterator[str]:
    """Give the words about a figure: up to the commas around it, for a year the whole sentence.

    Of several years in one sentence each has the words up to the next one.
    """
    for sentence in SENTENCE.split(text):
        found = figures(sentence)
        dated = [each for each in found if each.dated]
        for each in found:
            wanted = (each.start, each.end) == (figure.start, figure.end) if exact else False
            if not (wanted or (not exact and figure.repeats(each))):
                continue
            if not figure.dated:
                yield _between_commas(sentence, each.start)
            elif len(dated) == 1:
                yield sentence
            else:
                later = [other.start for other in dated if other.start > each.start]
                yield sentence[each.start : min(later, default=len(sentence))]


def _between_commas(sentence: str, at: int) -> str:
    start = max((m.end() for m in PART.finditer(sentence, 0, at)), default=0)
    ended = PART.search(sentence, at)
    return sentence[start : ended.start() if ended else len(sentence)]


def _same_bounds(one: str, other: str) -> bool:
    return {m.lastgroup for m in _BOUNDS.finditer(one)} == {
        m.lastgroup for m in _BOUNDS.finditer(other)
    }


def _changes(context: str, figure: Figure) -> str:
    """Tell a rise or fall by a figure ("by") from one to it ("to")."""
    for each in figures(context):
        if figure.repeats(each):
            before = context[: each.start].rstrip()
            return "to" if _CHANGE_TO.search(before) else "by" if _CHANGE.search(before) else ""
    return ""
