"""Libraries of any size: the paragraphs of the laws, and as many changed copies as it takes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from eval.bench.laws import read_laws
from index.records import Clause, ClauseKind, ReadDocument

SEED = 20_211
# Of text in search form, in which some marks are narrow.
_PIECE = re.compile(r"[^，,。；;：:\n]*[，,。；;：:]?")
_KEPT = 0.5  # of a copied paragraph's pieces; the others come from anywhere


def paragraph_library(folder: Path, size: int, *, seed: int = SEED) -> list[ReadDocument]:
    """Give law documents of ``size`` paragraphs together.

    Parameters
    ----------
    folder : Path
        A training kit, see :func:`eval.bench.laws.read_laws`.
    size : int
        Clauses wanted, at least 1.
    seed : int
        Of the order of the laws and of the noise.

    Returns
    -------
    list of ReadDocument
        Whole laws in a drawn order, the last cut short. When all are in, copies of them follow in
        which every other piece between punctuation marks, by chance, is a piece of any law: each a
        text of its own, with the words and about the length of law.
    """
    return enlarged([_cut(each) for each in read_laws(folder)], size, seed=seed)


def enlarged(documents: Sequence[ReadDocument], size: int, *, seed: int) -> list[ReadDocument]:
    """Give documents of ``size`` clauses together, by taking some or adding changed copies."""
    found: list[ReadDocument] = []
    missing = size
    for document in _rounds(documents, Random(seed)):
        found.append(document if len(document.clauses) <= missing else _head(document, missing))
        missing -= len(found[-1].clauses)
        if not missing:
            break
    return found


class _Noise:
    """Changes texts piece by piece, never twice into the same."""

    def __init__(self, documents: Sequence[ReadDocument], random: Random) -> None:
        texts = [clause.search_text for each in documents for clause in each.clauses]
        self._random = random
        self._seen = set(texts)
        self._pool = [piece for text in texts for piece in _pieces(text)]

    def changed(self, text: str) -> str:
        pieces = [
            piece if self._random.random() < _KEPT else self._random.choice(self._pool)
            for piece in _pieces(text)
        ]
        while "".join(pieces) in self._seen:
            pieces.insert(0, self._random.choice(self._pool))
        self._seen.add("".join(pieces))
        return "".join(pieces)


def _rounds(documents: Sequence[ReadDocument], random: Random) -> Iterator[ReadDocument]:
    """Give the documents in a drawn order, then copies of them, round after round."""
    some = [each for each in documents if each.clauses]
    if not some:
        raise ValueError("there is no clause to copy")
    yield from random.sample(some, len(some))
    noise = _Noise(some, random)
    for turn in count(1):
        for document in random.sample(some, len(some)):
            yield _copy(document, turn, noise)


def _cut(law: ReadDocument) -> ReadDocument:
    """Cut the articles of a law at line ends: a clause for each paragraph."""
    texts = [
        (clause, place, text)
        for clause in law.clauses
        for place, text in enumerate(clause.search_text.split("\n"))
        if text.strip()
    ]
    return _document(
        law,
        law.document.document_id,
        [
            (replace(clause, clause_id=f"{clause.clause_id}#{place}", kind=_kind(place)), text)
            for clause, place, text in texts
        ],
    )


def _kind(place: int) -> ClauseKind:
    return ClauseKind.PARAGRAPH if place else ClauseKind.ARTICLE


def _copy(document: ReadDocument, turn: int, noise: _Noise) -> ReadDocument:
    parts = [
        (
            replace(clause, clause_id=f"{clause.clause_id}~{turn}"),
            noise.changed(clause.search_text),
        )
        for clause in document.clauses
    ]
    return _document(document, f"{document.document.document_id}~{turn}", parts)


def _head(document: ReadDocument, size: int) -> ReadDocument:
    parts = [(each, each.search_text) for each in document.clauses[:size]]
    return _document(document, document.document.document_id, parts)


def _document(
    of: ReadDocument, document_id: str, parts: Sequence[tuple[Clause, str]]
) -> ReadDocument:
    """Put clauses with their texts on end, a line each."""
    clauses = []
    start = 0
    for clause, text in parts:
        end = start + len(text)
        place = replace(clause, document_id=document_id, start=start, end=end)
        sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()  # as a clause of a file has it
        clauses.append(replace(place, search_text=text, sha256=sha256))
        start = end + 1
    document = replace(of.document, document_id=document_id, file=f"{document_id}.txt")
    return ReadDocument(document, "\n".join(text for _, text in parts), tuple(clauses))


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECE.findall(text) if piece]
