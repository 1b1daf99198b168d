"""Tell whether a text's words come from another: Chinese by its words, English by translation."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.glossary import translate
from index.stemming import one_spelling, stem
from rag.connecting import DENIALS, ENGLISH, HANS, LONGEST
from rag.figures import figures

HAN = re.compile(r"[\u3400-\u9fff〇]+")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SHORTEST_MATCH = 2


def covered(text: str, basis: str, *, connecting: bool) -> bytearray:
    """Mark the characters of ``text`` that stand in ``basis``, two or more at a time.

    One that stands alone between marks is marked if it does so in ``basis`` too.

    Parameters
    ----------
    text, basis : str
        Both folded, or both as published.
    connecting : bool
        Whether connecting words are marked too.

    Returns
    -------
    bytearray
        1 for each character that is covered, else 0; other than Chinese ones count as covered.

    Examples
    --------
    >>> list(covered("由省财政厅牵头", "省科技厅牵头", connecting=True))
    [1, 0, 0, 0, 1, 1, 1]
    """
    marks = bytearray(b"\x01" * len(text))
    for run in HAN.finditer(text):
        marks[run.start() : run.end()] = _run(run[0], basis, connecting=connecting)
    return marks


def _run(run: str, basis: str, *, connecting: bool) -> bytearray:
    marks = bytearray(len(run))
    if len(run) == 1:
        marks[0] = run in _alone(basis)
    for at in range(len(run)):
        size = _SHORTEST_MATCH
        while at + size <= len(run) and run[at : at + size] in basis:
            size += 1
        if size > _SHORTEST_MATCH:
            marks[at : at + size - 1] = b"\x01" * (size - 1)
    if connecting:
        _connect(run, marks)
    return marks


def _connect(run: str, marks: bytearray) -> None:
    """Mark connecting words where they stand between marked characters or each other."""
    at = 0
    while at < len(run):
        for size in range(min(LONGEST, len(run) - at), 0, -1):
            if run[at : at + size] in HANS and not all(marks[at : at + size]):
                marks[at : at + size] = b"\x01" * size
                break
        at += 1


def stranger(folded: str, basis: str, *, english: bool) -> str:
    """Give the first word of a folded text that ``basis`` does not support; empty if none.

    In an English text a word is supported by its own form in ``basis`` or by a Chinese word
    there that a dictionary translates it to; in a Chinese one Latin words must stand in it.
    """
    counted = bytearray(len(folded))
    for figure in figures(folded):
        counted[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
    marks = covered(folded, basis, connecting=not english)
    for at, mark in enumerate(marks):
        if not mark and not counted[at]:
            return folded[at]
    held = _stems(basis)
    words = [
        word for word in _LATIN.finditer(folded) if not all(counted[word.start() : word.end()])
    ]
    for word in words:
        lower = word[0].lower()
        if english and (lower in ENGLISH or lower in DENIALS or translated(lower, basis)):
            continue
        if _stem(lower) not in held:
            return word[0]
    return ""


def share(folded: str, basis: str, *, places: str) -> float | None:
    """Give how much of a text's own words stands in ``basis``, 0 to 1; None if it has none.

    Connecting words, figures, and what only says where it stands (``places``) do not count.
    """
    kept = list(folded)
    for figure in figures(folded):
        kept[figure.start : figure.end] = " " * (figure.end - figure.start)
    text = "".join(kept)
    held = covered(text, basis, connecting=False)
    named = covered(text, places, connecting=False)
    joined = bytearray(len(text))
    _mark_connecting(text, joined)
    own = [at for run in HAN.finditer(text) for at in range(*run.span()) if not joined[at]]
    found = sum(held[at] for at in own)
    strange = sum(not held[at] and not named[at] for at in own)
    stems = _stems(basis)
    for word in (match[0].lower() for match in _LATIN.finditer(text)):
        if word in ENGLISH or word in DENIALS:
            continue
        if _stem(word) in stems or translated(word, basis):
            found += 1
        else:
            strange += not translated(word, places)
    return found / (found + strange) if found + strange else None


def _mark_connecting(text: str, marks: bytearray) -> None:
    for run in HAN.finditer(text):
        part = bytearray(len(run[0]))
        _connect(run[0], part)
        marks[run.start() : run.end()] = part


def translated(word: str, basis: str) -> bool:
    """Tell whether ``basis`` holds a Chinese word for an English one, or two characters of it."""
    return any(_overlaps(each, basis) for each in _translations(word))


def _overlaps(chinese: str, basis: str) -> bool:
    pairs: Sequence[str] = [chinese[at : at + 2] for at in range(len(chinese) - 1)] or [chinese]
    return any(pair in basis for pair in pairs)


@lru_cache(maxsize=512)
def _alone(text: str) -> frozenset[str]:
    """Give the characters that stand alone between marks: 等, or 市 and 区 in （市、区）."""
    return frozenset(run[0] for run in HAN.finditer(text) if len(run[0]) == 1)


@lru_cache(maxsize=8192)
def _translations(word: str) -> tuple[str, ...]:
    return tuple(each for phrase in translate(word.split("-")) for each in phrase)


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word.lower()) for word in _LATIN.findall(text))


def _stem(word: str) -> str:
    return stem(one_spelling(word))
