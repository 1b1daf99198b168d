"""Check that a reworded sentence says nothing but what the clauses it cites were read to say.

All checks are on words, and all err on one side: a true sentence may be refused, for which the
extractive answer stands in; a false figure, unit, lead or denial is not let through.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from index.clean import fold, simplify
from rag.figures import Figure, figures
from rag.language import in_script
from rag.records import Answer, AnswerResponsibility, Lang
from rag.support import HAN, covered, share, stranger
from rag.told import MARK, Basis, basis_of, marks, quotable


class Fault(StrEnum):
    """Why a rewording is refused."""

    CHARACTERS = "characters"
    LENGTH = "length"
    LANGUAGE = "language"
    CITATION = "citation"
    FIGURE = "figure"
    DOCUMENT_NUMBER = "document_number"
    UNIT = "unit"
    LEAD = "lead"
    DENIAL = "denial"
    WORDS = "words"
    INCOMPLETE = "incomplete"


LONGEST_SENTENCE = 600
"""Characters that a sentence has at most."""
_LEAST_SHARE = 0.5
_SHORTEST_QUOTE = 5

_PLAIN = frozenset("，。；：、！？“”‘’（）《》〈〉〔〕—…·％‰,.;:!?()'\"/%- \n[]–")
_ADDRESS = re.compile(r"https?:|//|www\.|\b[\w-]+\.(?:com|cn|org|net|gov|io|top|xyz)\b", re.I)
_BREAK = re.compile(r"[;。!?\n]|\.(?=\s|$)")
_COMMA = re.compile(r"[,:;。!?\n()“”\"]|\.(?=\s|$)")
_LEAD_BREAK = re.compile(r"[,;。!?\n()“”\"]|\.(?=\s|$)")
_LEAD = re.compile(
    r"牵头|主办|主抓|总负责|领衔|为首|统筹|主导|挂帅|\b(?:co-?)?lead(?:s|ing|er|ers)?\b|\bled\b"
    r"|\bhead(?:s|ed|ing)?\b|\bin charge\b|\bchair\w*|\bspearhead\w*",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:[局厅委办署]|政府|中心|委员会|办公室|办公厅|人民法院|检察院|集团|公司|协会|研究院|学院"
    r"|大学|分局|海关|银行|总队|支队|[\u3400-\u9fff]部)(?=$|[^\u3400-\u9fff]|和|与|及|以|等|为"
    r"|牵|负|按|参|的|是|承|共|会|并|也)"
)
_ENGLISH_UNIT = re.compile(
    r"\b(?:[A-Za-z]+(?: of| for| and| the)* ){0,8}(?:bureaus?|departments?|administrations?"
    r"|commissions?|committees?|offices?|authorit(?:y|ies)|agenc(?:y|ies)|ministr(?:y|ies)"
    r"|governments?|councils?|cent(?:er|re)s?|institutes?|compan(?:y|ies)|associations?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<sign>[\u3400-\u9fffA-Za-z]*)(?P<tail>[〔\[(【]\d{4}[〕\])】]\s*第?\d+号?)")
_JOINS = ("据", "照", "由", "的", "和", "与", "及", "是", "为", "在", "按", "于", "号", "即")
_HARMLESS = re.compile("不断|不仅|不同|不良反应|不少|不止|未来|非常|无论|无障碍|无人|无菌|非遗|非公|免费")
_DENIAL = re.compile(
    r"不|未|无|没|非|否|勿|禁|莫|免|除外"
    r"|\b(?:not|no|never|none|neither|nor|without|cannot|unless|except|fails?)\b|n't\b",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    r"(?P<least>以上|不低于|不少于|不小于|至少|最低|超过|突破|高于|多于|at least|no(?:t)? less than"
    r"|(?<!no )(?<!not )more than|\bover\b|\babove\b|exceed|or more)"
    r"|(?P<most>以下|以内|之内|不超过|不高于|不多于|不大于|最多|最高|至多|低于|少于|\bwithin\b|at most"
    r"|\bup to\b|no(?:t)? more than|(?<!no )(?<!not )less than|\bbelow\b|\bunder\b|not exceed)"
    r"|(?P<about>左右|大约|约|将近|接近|上下|\babout\b|\baround\b|nearly|approximately)",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"(?:提高|降低|增长|下降|减少|缩短|压减|增加|提升|扩大|压缩)$")
_CHANGE_TO = re.compile(r"(?:提高|降低|增长|下降|减少|缩短|压减|增加|提升|扩大|压缩)[到至为]$")


def sentence_fault(sentence: str, answer: Answer, body: str) -> Fault | None:
    """Say what is wrong with one sentence of a rewording; None if nothing is.

    Parameters
    ----------
    sentence : str
        One sentence with the marks of its citations.
    answer : Answer
        The extractive answer that is reworded.
    body : str
        Its text without fixed opening and notes, as :func:`rag.told.frame` gives it.
    """
    if len(sentence) > LONGEST_SENTENCE:
        return Fault.LENGTH
    numbers = marks(sentence)
    if not numbers or not numbers <= quotable(answer):
        return Fault.CITATION
    basis = basis_of(answer, body, numbers)
    bare = MARK.sub(" ", sentence)
    if _bad_characters(bare, basis):
        return Fault.CHARACTERS
    folded = fold(bare).strip()
    if not basis.told or not folded:
        return Fault.CITATION
    if _other_language(bare, answer.lang, basis):
        return Fault.LANGUAGE
    return _said(folded, answer, basis)


def _said(folded: str, answer: Answer, basis: Basis) -> Fault | None:
    """Check the words of a sentence, folded and without marks."""
    english = answer.lang is Lang.EN
    if _strange_number(folded, basis):
        return Fault.DOCUMENT_NUMBER
    if _strange_figure(_NUMBER.sub(" ", folded), basis, answer):
        return Fault.FIGURE
    if _strange_unit(folded, basis):
        return Fault.UNIT
    if _wrong_lead(folded, basis):
        return Fault.LEAD
    if _wrong_denial(folded, basis):
        return Fault.DENIAL
    if stranger(folded, basis.words, english=english):
        return Fault.WORDS
    return None


def whole_fault(text: str, answer: Answer, body: str) -> Fault | None:
    """Say what a rewording, each sentence of which is right, leaves out; None if nothing."""
    if marks(body) - marks(text):
        return Fault.INCOMPLETE
    folded, told = fold(MARK.sub("", text)), fold(MARK.sub("", body))
    for entry in answer.responsibilities:
        named = (*entry.leads, *entry.units, *entry.qualifiers)
        if any(fold(name) in told and fold(name) not in folded for name in named):
            return Fault.INCOMPLETE
        if _lead_left_out(folded, told, entry):
            return Fault.LEAD
    denied = [s for s in _LEAD_BREAK.split(told) if _LEAD.search(s) and _denies(s)]
    if denied and not any(_LEAD.search(s) and _denies(s) for s in _LEAD_BREAK.split(folded)):
        return Fault.LEAD
    if not answer.responsibilities and figures(told) and not figures(folded):
        return Fault.INCOMPLETE
    return None


def _lead_left_out(folded: str, told: str, entry: AnswerResponsibility) -> bool:
    def says(text: str, lead: str) -> bool:
        return any(lead in s and _LEAD.search(s) for s in _LEAD_BREAK.split(text))

    return any(says(told, lead) and not says(folded, lead) for lead in map(fold, entry.leads))


# Characters and language


def _bad_characters(bare: str, basis: Basis) -> bool:
    if _ADDRESS.search(bare) or "[" in bare or "]" in bare:
        return True
    for character in bare:
        if character in _PLAIN or HAN.fullmatch(character):
            continue
        if character.isascii() and character.isalnum():
            continue
        category = unicodedata.category(character)
        if category[0] in "CM" or character not in basis.published or character in "<>{}|\\`*#_~^@":
            return True
    return False


def _other_language(bare: str, lang: Lang, basis: Basis) -> bool:
    """Tell whether words that are not quoted are of another language or script."""
    quoted = covered(bare, basis.published, connecting=False)
    own = "".join(c for at, c in enumerate(bare) if not quoted[at])
    if lang is Lang.EN:
        return bool(own.strip()) or not re.search(r"[A-Za-z]{2}", bare)
    if not HAN.search(bare):
        return True
    return own != (in_script(own, lang) if lang is Lang.HANT else simplify(own))


# Document numbers, figures


def _strange_number(folded: str, basis: Basis) -> bool:
    known = list(_NUMBER.finditer(f"{basis.places}\n{basis.told}"))
    return any(
        not any(_same_number(found, other) for other in known)
        for found in _NUMBER.finditer(folded)
    )


def _same_number(one: re.Match[str], other: re.Match[str]) -> bool:
    if _digits(one["tail"]) != _digits(other["tail"]):
        return False
    a, b = one["sign"], other["sign"]
    same = 0
    while same < min(len(a), len(b)) and a[-1 - same] == b[-1 - same]:
        same += 1
    before, rest = a[: len(a) - same], b[: len(b) - same]
    return same > 0 and (not before or before.endswith(_JOINS)) and (not rest or not before or rest.endswith(_JOINS))


def _digits(tail: str) -> list[str]:
    return re.findall(r"\d+", tail)


def _strange_figure(folded: str, basis: Basis, answer: Answer) -> bool:
    counted = fold(MARK.sub("", answer.answer.partition("[")[0]))
    known = figures(f"{basis.evidence}\n{counted}")
    told = figures(basis.words)
    for sentence in _BREAK.split(folded):
        for figure in figures(sentence):
            if not any(figure.same(each) for each in known):
                return True
            if not any(figure.same(each) for each in told):
                return True
            if not _bound(sentence, figure, basis):
                return True
    return False


def _bound(sentence: str, figure: Figure, basis: Basis) -> bool:
    """Tell whether a figure stands with the words that it stands with in the answer."""
    if any(figure.same(each) for each in figures(basis.places)) and not any(
        figure.same(each) for each in figures(basis.told)
    ):
        return True
    contexts = list(_contexts(basis.told, figure))
    own = next(iter(_contexts(sentence, figure, exact=True)), sentence)
    if not figure.dated:
        contexts = [each for each in contexts if _same_bounds(own, each)]
        contexts = [each for each in contexts if _changes(own, figure) == _changes(each, figure)]
    shares = [share(own, each, places=basis.places) for each in contexts]
    if shares and shares[0] is None:
        alike = {str(f.value) for f in figures(basis.told) if f.kind == figure.kind}
        return len(alike) == 1
    return any(each is not None and each >= _LEAST_SHARE for each in shares)


def _contexts(text: str, figure: Figure, *, exact: bool = False) -> Iterator[str]:
    """Give the words about a figure: up to the commas around it, for a year the whole sentence.

    Of several years in one sentence each has the words up to the next one.
    """
    for sentence in _BREAK.split(text):
        found = figures(sentence)
        dated = [each for each in found if each.dated]
        for each in found:
            wanted = (each.start, each.end) == (figure.start, figure.end) if exact else False
            if not (wanted or (not exact and figure.same(each))):
                continue
            if not figure.dated:
                yield _between_commas(sentence, each.start)
            elif len(dated) == 1:
                yield sentence
            else:
                later = [other.start for other in dated if other.start > each.start]
                yield sentence[each.start : min(later, default=len(sentence))]


def _between_commas(sentence: str, at: int) -> str:
    start = max((m.end() for m in _COMMA.finditer(sentence, 0, at)), default=0)
    ended = _COMMA.search(sentence, at)
    return sentence[start : ended.start() if ended else len(sentence)]


def _same_bounds(one: str, other: str) -> bool:
    return {m.lastgroup for m in _BOUNDS.finditer(one)} == {
        m.lastgroup for m in _BOUNDS.finditer(other)
    }


def _changes(context: str, figure: Figure) -> str:
    """Tell a rise or fall by a figure ("by") from one to it ("to")."""
    for each in figures(context):
        if each.same(figure):
            before = context[: each.start].rstrip()
            return "to" if _CHANGE_TO.search(before) else "by" if _CHANGE.search(before) else ""
    return ""


# Units and leads


def _strange_unit(folded: str, basis: Basis) -> bool:
    texts = (basis.words, basis.evidence)
    for match in _UNIT.finditer(folded):
        if not all(_stands(folded, match.end(), each, basis.places) for each in texts):
            return True
    held = basis.evidence.lower()
    words = basis.words.lower()
    for match in _ENGLISH_UNIT.finditer(folded):
        name = match[0].lower()
        kind = name.rpartition(" ")[2]
        pieces = name.split(" ")
        named = [" ".join(pieces[at:]) for at in range(len(pieces))]
        longest = next((each for each in named if each in held and each in words), "")
        if not longest or (longest == kind and f" {kind}" not in f" {words}"):
            return True
    return False


def _stands(folded: str, end: int, basis: str, places: str) -> bool:
    """Tell whether the name that ends at ``end`` stands in ``basis`` from its beginning on.

    The region may stand before it.
    """
    start = end
    while start > 0 and folded[start - 1 : end] in basis and HAN.fullmatch(folded[start - 1]):
        start -= 1
    if end - start < 2:  # noqa: PLR2004 - one character is no name
        return False
    before = covered(folded[:start], places, connecting=True)
    return start == 0 or bool(before[-1])


def _wrong_lead(folded: str, basis: Basis) -> bool:
    leads = {fold(lead) for each in basis.responsibilities for lead in each.leads}
    named = {fold(u) for each in basis.responsibilities for u in (*each.units, *each.leads)}
    for quote in {fold(e.lead_basis.quote) for e in basis.responsibilities if e.lead_basis}:
        folded = folded.replace(quote, "")
    told = [each for each in _LEAD_BREAK.split(basis.told) if _LEAD.search(each)]
    return any(
        not _lead_holds(segment.strip(), leads, named, told)
        for segment in _LEAD_BREAK.split(folded)
        if _LEAD.search(segment)
    )


def _lead_holds(segment: str, leads: set[str], named: set[str], told: list[str]) -> bool:
    """Tell whether a part of a sentence that speaks of leading says what the answer says."""
    if _denies(segment):
        units = {name for name in named if name in segment}
        return any(_denies(each) and all(u in each for u in units) for each in told) and not (
            units & leads
        )
    if len(segment) >= _SHORTEST_QUOTE and any(segment in each for each in told):
        return True
    rest = segment
    for lead in sorted(leads, key=len, reverse=True):
        rest = rest.replace(lead, "\x00")
    if "\x00" not in rest:
        return False
    return not _UNIT.search(rest) and not any(name in rest for name in named)


# Denials


def _denies(text: str) -> bool:
    return bool(_DENIAL.search(_HARMLESS.sub("", text)))


def _wrong_denial(folded: str, basis: Basis) -> bool:
    """Tell whether a sentence denies what is told without a denial, or the other way round."""
    told = _HARMLESS.sub("", basis.told)
    said = _HARMLESS.sub("", folded)
    for match in _DENIAL.finditer(said):
        if not _denial_told(said, match, told):
            return True
    for segment in _COMMA.split(told):
        if not _denies(segment) or _LEAD.search(segment):
            continue
        kept = share(_DENIAL.sub("", segment), said, places=basis.places)
        if kept is not None and kept >= _LEAST_SHARE and not _denies(said):
            return True
        phrases = [segment[m.start() : m.end() + 1] for m in _DENIAL.finditer(segment)]
        han = HAN.search(said) is not None and kept is not None and kept >= _LEAST_SHARE
        if han and any(HAN.match(each) and each not in said for each in phrases):
            return True
    return False


def _denial_told(said: str, match: re.Match[str], told: str) -> bool:
    if not HAN.match(match[0]):
        return _denies(told)
    around = said[match.start() : match.end() + 2]
    return (HAN.match(around) or match)[0] in told
