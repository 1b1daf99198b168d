"""Check that a reworded sentence says nothing but what the clauses it cites were read to say.

All checks are on words, and all err on one side: a true sentence may be refused, for which the
extractive answer stands in; a false figure, unit, lead or denial is not let through.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from index.clean import fold, simplify
from rag.denials import wrong_denial
from rag.figures import figures
from rag.language import in_script
from rag.leads import lead_left_out, wrong_lead
from rag.records import Answer, Lang
from rag.stated_figures import strange_figure
from rag.stated_units import NUMBER, strange_number, strange_unit
from rag.support import HAN, covered, stranger
from rag.told import MARK, Basis, basis_of, marks, quotable, stretches, without_glosses


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

_FORBIDDEN = frozenset("<>{}|\\`*#_~^@")
_PLAIN = frozenset("，。；：、！？“”‘’（）《》〈〉〔〕—…·％‰,.;:!?()'\"/%- \n[]–")
_ADDRESS = re.compile(r"https?:|//|www\.|\b[\w-]+\.(?:com|cn|org|net|gov|io|top|xyz)\b", re.I)


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
    sentence, body = without_glosses(sentence, answer), without_glosses(body, answer)
    numbers = marks(sentence)
    if not numbers or not numbers <= quotable(answer):
        return Fault.CITATION
    basis = basis_of(answer, body, numbers)
    bare = MARK.sub(" ", sentence)
    if _bad_characters(bare, basis):
        return Fault.CHARACTERS
    if not basis.told or not bare.strip():
        return Fault.CITATION
    if _other_language(bare, answer.lang, basis):
        return Fault.LANGUAGE
    faults = (
        _said(fold(text).strip(), answer, basis_of(answer, body, cited))
        for text, cited in stretches(sentence)
    )
    return next((fault for fault in faults if fault), None)


def _said(folded: str, answer: Answer, basis: Basis) -> Fault | None:
    """Check the words that rest on certain citations, folded and without marks."""
    english = answer.lang is Lang.EN
    counted = fold(MARK.sub("", answer.answer.partition("[")[0]))
    faults: tuple[tuple[Fault, Callable[[], bool]], ...] = (
        (Fault.DOCUMENT_NUMBER, lambda: strange_number(folded, basis)),
        (Fault.FIGURE, lambda: strange_figure(NUMBER.sub(" ", folded), basis, counted)),
        (Fault.UNIT, lambda: strange_unit(folded, basis)),
        (Fault.LEAD, lambda: wrong_lead(folded, basis)),
        (Fault.DENIAL, lambda: wrong_denial(folded, basis)),
        (Fault.WORDS, lambda: bool(stranger(folded, basis.words, english=english))),
    )
    return next((fault for fault, is_there in faults if is_there()), None)


def whole_fault(text: str, answer: Answer, body: str) -> Fault | None:
    """Say what a rewording, each sentence of which is right, leaves out; None if nothing."""
    text, body = without_glosses(text, answer), without_glosses(body, answer)
    if marks(body) - marks(text):
        return Fault.INCOMPLETE
    folded, told = fold(MARK.sub("", text)), fold(MARK.sub("", body))
    for entry in answer.responsibilities:
        named = (*entry.leads, *entry.units, *entry.qualifiers)
        if any(fold(name) in told and fold(name) not in folded for name in named):
            return Fault.INCOMPLETE
        if lead_left_out(folded, told, entry):
            return Fault.LEAD
    if not answer.responsibilities and figures(told) and not figures(folded):
        return Fault.INCOMPLETE
    return None


def _bad_characters(bare: str, basis: Basis) -> bool:
    if _ADDRESS.search(bare) or "[" in bare or "]" in bare:
        return True
    return any(not _is_plain(character, basis) for character in bare)


def _is_plain(character: str, basis: Basis) -> bool:
    """Tell whether a character is ordinary, or published and neither markup nor invisible."""
    if character in _PLAIN or HAN.fullmatch(character):
        return True
    if character.isascii() and character.isalnum():
        return True
    invisible = unicodedata.category(character)[0] in "CM"
    return not invisible and character in basis.published and character not in _FORBIDDEN


def _other_language(bare: str, lang: Lang, basis: Basis) -> bool:
    """Tell whether words that are not quoted are of another language or script."""
    quoted = covered(bare, basis.published, connecting=False)
    own = "".join(c for at, c in enumerate(bare) if not quoted[at])
    if lang is Lang.EN:
        return bool(own.strip()) or not re.search(r"[A-Za-z]{2}", bare)
    if not HAN.search(bare):
        return True
    return own != (in_script(own, lang) if lang is Lang.HANT else simplify(own))
