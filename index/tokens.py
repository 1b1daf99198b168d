"""Tokens of the lexical index: Han characters and pairs, words, numbers, document numbers.

A text is first a *sequence*: one unsigned 32-bit code for each Han character (its code point),
word or number (a hash with the highest bit set), and one for a break between them. Pairs of
neighbouring Han characters are read off the sequence; sentence ends are told from other breaks.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.stemming import stem

CodeVector = npt.NDArray[np.uint32]
TokenVector = npt.NDArray[np.uint64]
IntVector = npt.NDArray[np.int64]

BREAK, SENTENCE_END = 0, 1
_WORD_FLAG = 1 << 31
_PAIR_FLAG = np.uint64(1 << 40)
_HAN_BITS = np.uint64(18)
TOKEN_BITS = 41
"""A token's code lies below ``2 ** TOKEN_BITS``."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RANGES = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_WORD = re.compile(
    rf"(?P<word>\d*(?![{_HAN}])[^\W\d_](?:(?![{_HAN}])[^\W_])*)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?%?)"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】]\s*第?\s*(\d+)\s*号")
_SENTENCE_ENDS = "。;!?\n"

_OTHER, _IS_HAN, _ENDS = 0, 1, 2
_CLASSES = np.zeros(0x40001, dtype=np.uint8)  # the last stands for all code points beyond
for _first, _last in _HAN_RANGES:
    _CLASSES[_first : _last + 1] = _IS_HAN
_CLASSES[[ord(c) for c in _SENTENCE_ENDS]] = _ENDS


class Sequences(NamedTuple):
    """The codes of several texts on end: text ``i`` is ``codes[starts[i] : starts[i + 1]]``."""

    codes: CodeVector
    starts: IntVector


def sequences(texts: Sequence[str]) -> Sequences:
    """Read texts into sequences of codes.

    Parameters
    ----------
    texts : sequence of str
        Traditional characters must be folded before; width and case are folded here.

    Returns
    -------
    Sequences
        For each text its Han characters, words and numbers in reading order, with ``BREAK`` or
        ``SENTENCE_END`` where something else stands between them. An English word is reduced to
        its stem, a number loses its thousands separators, and each document number is added at
        the end of its text in one spelling.
    """
    folded = [_folded(text) for text in texts]
    joined = "".join(f"{text}\n" for text in folded)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _CLASSES[np.minimum(points, len(_CLASSES) - 1)]
    codes = np.where(classes == _IS_HAN, points, classes == _ENDS).astype(np.uint32)
    held = classes == _IS_HAN
    inside = np.zeros(len(points), dtype=np.bool_)
    spans = list(_spans(joined))
    for first, last, code in spans:
        codes[first] = code
        held[first] = True
        inside[first + 1 : last] = True
    kept = _kept(codes, held, inside)
    before = np.zeros(len(points) + 1, dtype=np.int64)
    np.cumsum(kept, out=before[1:])
    ends = np.cumsum([len(text) + 1 for text in folded]) if folded else np.zeros(0, np.int64)
    starts = np.zeros(len(folded) + 1, dtype=np.int64)
    starts[1:] = before[np.minimum(ends, len(points))]
    return Sequences(codes[kept], starts)


def tokens(codes: CodeVector) -> TokenVector:
    """Give the tokens of a sequence: its characters and words, then its pairs of characters."""
    single, pairs, _, _ = _tokens(codes)
    return np.concatenate([single, pairs])


def tokens_of(texts: Sequences) -> tuple[TokenVector, IntVector]:
    """Give the tokens of several texts and the position of the text that each stands in."""
    single, pairs, at, pair_at = _tokens(texts.codes)
    owners = np.repeat(np.arange(len(texts.starts) - 1), np.diff(texts.starts))
    return np.concatenate([single, pairs]), np.concatenate([owners[at], owners[pair_at]])


def tokens_in(text: str) -> tuple[TokenVector, npt.NDArray[np.float32]]:
    """Give the tokens of a text, each once, and how often each stands in it (float32)."""
    once, counts = np.unique(tokens(sequences([text]).codes), return_counts=True)
    return once, counts.astype(np.float32)


def pair_code(first: npt.NDArray[np.uint64], second: npt.NDArray[np.uint64]) -> TokenVector:
    """Give the code of the pair of two Han characters."""
    return np.asarray(_PAIR_FLAG | (first << _HAN_BITS) | second, dtype=np.uint64)


def tokenize(text: str) -> list[str]:
    """Give the tokens of a text as words, to be read: what :func:`sequences` codes.

    Examples
    --------
    >>> tokenize("提高到９９.5%")
    ['提', '高', '到', '99.5%', '提高', '高到']
    >>> tokenize("国办发[2021]16号")
    ['国', '办', '发', '2021', '16', '号', 'docno2021n16', '国办', '办发']
    """
    folded = _folded(text)
    single = [match.group() for match in re.finditer(rf"[{_HAN}]|{_WORD.pattern}", folded)]
    pairs = [
        run[at : at + 2] for run in re.findall(rf"[{_HAN}]+", folded) for at in range(len(run) - 1)
    ]
    return [_normal(token) for token in single] + pairs


def token_code(token: str) -> int:
    """Give the code of one token as :func:`tokenize` spells it."""
    if len(token) == 2 and all(_is_han(c) for c in token):  # noqa: PLR2004 - a pair
        return int(_PAIR_FLAG) | ord(token[0]) << int(_HAN_BITS) | ord(token[1])
    return ord(token) if len(token) == 1 and _is_han(token) else _word_code(token)


def _folded(text: str) -> str:
    """Fold width and case, and add each document number in its one spelling."""
    folded = unicodedata.normalize("NFKC", text).lower()
    found = _DOCUMENT_NUMBER.findall(folded)
    return folded + "".join(f" docno{year}n{number}" for year, number in found)


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _word_code(_normal(match.group()))


def _kept(
    codes: CodeVector, held: npt.NDArray[np.bool_], inside: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Mark tokens, sentence ends, and of other breaks on end the first behind a token."""
    token = held | inside
    after_token = np.zeros(len(codes), dtype=np.bool_)
    after_token[1:] = token[:-1]
    breaks = ~token & ((codes == SENTENCE_END) | after_token)
    return np.asarray(held | breaks, dtype=np.bool_)


def _tokens(codes: CodeVector) -> tuple[TokenVector, TokenVector, IntVector, IntVector]:
    """Give single tokens and pairs, and where in the sequence each stands."""
    at = np.flatnonzero(codes > SENTENCE_END)
    han = (codes > SENTENCE_END) & (codes < _WORD_FLAG)
    pair_at = np.flatnonzero(han[:-1] & han[1:])
    wide = codes.astype(np.uint64)
    return wide[at], pair_code(wide[pair_at], wide[pair_at + 1]), at, pair_at


def _is_han(character: str) -> bool:
    point = ord(character)
    return point < len(_CLASSES) and _CLASSES[point] == _IS_HAN


def _normal(token: str) -> str:
    if token[0].isdigit() and not token[-1].isalpha():
        return token.replace(",", "")
    return stem(token) if token.isascii() and token.isalpha() else token


@lru_cache(maxsize=200_000)
def _word_code(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "little") | _WORD_FLAG
