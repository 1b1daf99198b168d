"""Read a file as text without changing a character of it."""

import codecs
import hashlib
from pathlib import Path

from index.errors import EmptyFileError, NotTextError, UnreadableFileError
from index.records import SourceText

TEXT_SUFFIXES = frozenset({".txt"})

# What the first bytes of common files that are no plain text look like.
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (a .docx or .xlsx is one)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"{\\rtf": "a rich-text file",
    b"\x1f\x8b": "a gzip archive",
}
_CONTROLS = frozenset(map(chr, [*range(9), 11, *range(14, 32), 127]))
_MOST_CONTROLS = 0.002  # share of control characters that plain text may hold
_ADVICE = "save it as plain text in UTF-8 and index again"


def read(path: Path) -> SourceText:
    """Decode a plain-text file: UTF-8 with or without BOM, UTF-16 or GB18030.

    Line ends stay as they are and a byte-order mark stays as one character, so that offsets
    count what the file holds.

    Raises
    ------
    UnreadableFileError, EmptyFileError, NotTextError
        Each names the file and says what to do.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        advice = "check that the file exists and that you may read it"
        raise UnreadableFileError(path.name, error.strerror or str(error), advice) from error
    text, encoding = decode(data, path.name)
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise EmptyFileError(path.name, "the file is empty", "remove it or put its text in")
    return SourceText(path.name, text, encoding, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Give the text of ``data`` and the codec that read it; ``name`` is for the error.

    Examples
    --------
    >>> decode("责任单位".encode("gb18030"), "a.txt")
    ('责任单位', 'gb18030')
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise NotTextError(name, f"this is {kind}, not plain text", _ADVICE)
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plain(text):
            return text, encoding
    raise NotTextError(name, "not plain text in UTF-8, UTF-16 or GB18030", _ADVICE)


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF16_LE):
        return ("utf-16-le",)
    if data.startswith(codecs.BOM_UTF16_BE):
        return ("utf-16-be",)
    if b"\x00" in data[:4096]:
        return tuple(sorted(("utf-16-le", "utf-16-be"), key=lambda e: -_common(data, e)))
    return ("utf-8", "gb18030")


def _common(data: bytes, encoding: str) -> float:
    """Give the share of characters in common use that ``data`` has under an encoding."""
    text = data[:4096].decode(encoding, errors="replace")
    common = sum(c.isascii() or "\u3000" <= c <= "\u9fff" or "\uff00" <= c < "\uffef" for c in text)
    return common / max(1, len(text))


def _is_plain(text: str) -> bool:
    controls = sum(character in _CONTROLS for character in text)
    unassigned = sum("\ue000" <= character <= "\uf8ff" for character in text)
    return controls <= _MOST_CONTROLS * len(text) and unassigned <= 0.01 * len(text) + 8
