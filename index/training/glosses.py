"""Glosses: English for the words of a Chinese text, found in a dictionary."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from index.training.corpus import Entry

_MOST_SENSES = 6
_LONGEST_WORD = 8
_VERB = re.compile("[a-z]{3,}")
_NOUN = re.compile("[a-z]{3,}( [a-z]{3,})?")
_HISSING = re.compile("(s|x|ch|sh)$")
# Alone these carry grammar or counting: a gloss of them would be noise.
_UNGLOSSED = frozenset(
    "的了和是在为与及或者其以由对应当等将并向所该本之于从有可不第一二三四五六七八九十百条款项"
)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words and the English forms that may stand for each; row ``i`` of both is one word."""

    words: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    _rows: dict[str, int]
    _longest_from: dict[str, int]  # by a word's first character

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Join the senses of entries of one word and inflect them."""
        senses: dict[str, dict[str, None]] = {}
        for entry in entries:
            senses.setdefault(entry.word, {}).update(dict.fromkeys(entry.senses))
        kept = {
            word: list(found)[:_MOST_SENSES] for word, found in senses.items() if word and found
        }
        forms = tuple(
            tuple(form for sense in of for form in inflect(sense)) for of in kept.values()
        )
        longest: dict[str, int] = {}
        for word in kept:
            longest[word[0]] = min(_LONGEST_WORD, max(len(word), longest.get(word[0], 1)))
        return cls(tuple(kept), forms, {word: row for row, word in enumerate(kept)}, longest)

    def rows_in(self, text: str) -> list[int]:
        """Give the rows of the words that ``text`` is made of, the longest word first.

        Examples
        --------
        >>> Glossary.of([Entry("药品", ("medicine",)), Entry("药", ("drug",))]).rows_in("药品、药")
        [0, 1]
        """
        rows = []
        at = 0
        while at < len(text):
            size, row = self._longest(text, at)
            if row is not None and (size > 1 or text[at] not in _UNGLOSSED):
                rows.append(row)
            at += size
        return rows

    def _longest(self, text: str, at: int) -> tuple[int, int | None]:
        for size in range(self._longest_from.get(text[at], 1), 0, -1):
            row = self._rows.get(text[at : at + size])
            if row is not None:
                return size, row
        return 1, None


def inflect(sense: str) -> list[str]:
    """Give the forms in which an English sense may stand in a sentence.

    Examples
    --------
    >>> inflect("to supervise")
    ['supervise', 'supervise', 'supervised', 'supervises', 'supervising']
    >>> inflect("agency")
    ['agency', 'agencies']
    """
    if sense.startswith("to "):
        verb, _, rest = sense[3:].partition(" ")
        forms = _verb_forms(verb) if _VERB.fullmatch(verb) else []
        return [sense[3:], sense[3:], *(f"{form} {rest}".strip() for form in forms)]
    if _NOUN.fullmatch(sense):
        return [sense, _with_s(sense)]
    return [sense]


def _verb_forms(verb: str) -> list[str]:
    root = verb.removesuffix("e")
    past = f"{verb[:-1]}ied" if _y_after_consonant(verb) else f"{root}ed"
    return [past, _with_s(verb), f"{root}ing"]


def _with_s(word: str) -> str:
    if _y_after_consonant(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if _HISSING.search(word) else f"{word}s"


def _y_after_consonant(word: str) -> bool:
    return word.endswith("y") and word[-2] not in "aeiou"
