"""Cut a clause into sentences and their parts, each with its exact place in the source."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.clean import CleanText, clean
from index.library import Index
from index.records import Clause, SourceText

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?[”」』’\"]?")
_ENGLISH_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]+)*[.;!?]?")
_PART = re.compile(r"[^,:]+[,:]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a clause: clean ``text`` for matching, ``quote`` as published at its offsets."""

    start: int
    end: int
    text: str
    quote: str


def cleaned(index: Index, clause: Clause) -> CleanText:
    """Clean one clause again, so that its characters can be traced to the source."""
    return _cleaned(index.quote(clause))


@lru_cache(maxsize=512)
def _cleaned(quote: str) -> CleanText:
    return clean(SourceText("", quote, "", ""))


def sentences(index: Index, clause: Clause) -> list[Piece]:
    """Give the sentences of a clause in order; a heading's line is one."""
    text = cleaned(index, clause)
    pattern = _SENTENCE if re.search(r"[\u3400-\u9fff]", text.text) else _ENGLISH_SENTENCE
    return [
        _piece(text, clause, m.start(), m.end())
        for m in pattern.finditer(text.text)
        if m[0].strip()
    ]


def parts(index: Index, clause: Clause, sentence: Piece) -> list[Piece]:
    """Give the parts of a sentence between commas, with their offsets in the source."""
    text = cleaned(index, clause)
    first, last = text.from_source(sentence.start - clause.start, sentence.end - clause.start)
    found = _PART.finditer(text.text, first, last)
    return [_piece(text, clause, m.start(), m.end()) for m in found if m[0].strip()]


def _piece(text: CleanText, clause: Clause, start: int, end: int) -> Piece:
    words = text.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    a, b = text.to_source(start, end)
    return Piece(clause.start + a, clause.start + b, text.text[start:end], text.source.text[a:b])
