"""What ranking knows of every clause, in arrays: its words by field, its place, its kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from index.clean import fold
from index.errors import IndexDamagedError
from index.genre import genre_of
from index.records import Clause, ClauseKind, Document, DocumentStatus, Level
from index.stores.arrays import load_arrays, save_arrays
from index.tokens import Sequences, sequences

IntVector = npt.NDArray[np.int64]
RowVector = npt.NDArray[np.int32]
SmallVector = npt.NDArray[np.int8]
BoolVector = npt.NDArray[np.bool_]

KINDS = tuple(ClauseKind)
LEVELS = tuple(Level)
STATUSES = tuple(DocumentStatus)
NO_LEVEL = -1

_BATCH = 16_384


class Field:
    """One field of every clause; clauses that share a text share its sequence.

    Parameters
    ----------
    texts : Sequences
        The different texts of the field.
    text_of : int32 array of shape (n_clauses,)
        Which of them a clause has.
    """

    __slots__ = ("lengths", "mean_length", "text_of", "texts")

    def __init__(self, texts: Sequences, text_of: RowVector) -> None:
        self.texts = texts
        self.text_of = text_of
        self.lengths = np.diff(texts.starts).astype(np.float32)
        """Codes of each text, breaks counted, float32 of shape (n_texts,)."""
        self.mean_length = float(self.lengths.mean()) if len(self.lengths) else 1.0

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Read the field's text of every clause, each different one once."""
        places: dict[str, int] = {}
        text_of = [places.setdefault(text, len(places)) for text in texts]
        return cls(_read(list(places)), np.array(text_of, dtype=np.int32))


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """Clauses by row: four fields, the document, and what a document is.

    ``document_of``, int32 of shape (n_clauses,), is the position of each clause's document,
    ``section_of`` a number that clauses under the same heading share, ``kinds``, int8, the
    position of the clause's kind in ``KINDS``. Of shape (n_documents,): ``genres``
    (:mod:`index.genre`), ``levels`` in ``LEVELS`` or ``NO_LEVEL``, ``statuses`` in
    ``STATUSES``, int8, and ``years``, int32, 0 where the date is not known.
    """

    title: Field
    path: Field
    text: Field
    units: Field
    document_of: RowVector
    section_of: RowVector
    kinds: SmallVector
    genres: SmallVector
    levels: SmallVector
    statuses: SmallVector
    years: RowVector

    def __len__(self) -> int:
        return len(self.document_of)

    @classmethod
    def of(cls, documents: Sequence[Document], clauses: Sequence[Clause]) -> Self:
        """Read the table off the records; noise has no words in it."""
        place = {each.document_id: at for at, each in enumerate(documents)}
        document_of = np.array([place[c.document_id] for c in clauses], dtype=np.int32)
        folded = lru_cache(maxsize=100_000)(fold)  # clauses share their headings
        titles = {each.document_id: _title(each) for each in documents}
        return cls(
            title=Field.of(["" if c.noise else titles[c.document_id] for c in clauses]),
            path=Field.of(["" if c.noise else "\n".join(map(folded, c.path)) for c in clauses]),
            text=Field.of(["" if c.noise else c.search_text for c in clauses]),
            units=Field.of([" ".join(_units(c)) for c in clauses]),
            document_of=document_of,
            section_of=np.array(_sections(clauses), dtype=np.int32),
            kinds=_small(KINDS.index(c.kind) for c in clauses),
            genres=_small(genre_of(each.title) for each in documents),
            levels=_small(
                NO_LEVEL if each.level is None else LEVELS.index(each.level) for each in documents
            ),
            statuses=_small(STATUSES.index(each.status) for each in documents),
            years=np.array([_year(each.date) for each in documents], dtype=np.int32),
        )

    def words(self) -> Iterator[Sequences]:
        """Give all words of every clause, its four fields on end, some thousand at a time."""
        for start in range(0, len(self), _BATCH):
            rows = slice(start, start + _BATCH)
            yield _on_end(
                [
                    gather_texts(each.texts, each.text_of[rows])
                    for each in (self.title, self.path, self.text, self.units)
                ]
            )

    def save(self, path: Path) -> None:
        """Write the table to one file; equal content gives equal bytes."""
        arrays: dict[str, npt.NDArray[Any]] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, Field):
                arrays[f"{each.name}.codes"] = value.texts.codes
                arrays[f"{each.name}.starts"] = value.texts.starts
                arrays[f"{each.name}.text_of"] = value.text_of
            else:
                arrays[each.name] = value
        save_arrays(path, arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        IndexDamagedError
            If the file is missing, cut short or holds no table.
        """
        arrays = load_arrays(path)
        try:
            return cls(**{each.name: _part(arrays, each.name) for each in fields(cls)})
        except KeyError as error:
            raise IndexDamagedError(path, f"{error} is missing", "build it again") from error


def gather(
    texts: Sequences, wanted: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.uint32], IntVector]:
    """Give the codes of some texts on end, and the position in ``wanted`` that each is of."""
    codes, starts = gather_texts(texts, wanted)
    return codes, np.repeat(np.arange(len(wanted)), np.diff(starts))


def gather_texts(texts: Sequences, wanted: npt.NDArray[np.integer]) -> Sequences:
    """Give some texts, in the order wanted, each as often as it is."""
    firsts = texts.starts[wanted]
    lengths = texts.starts[wanted + 1] - firsts
    starts = np.zeros(len(wanted) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    at = np.repeat(firsts - starts[:-1], lengths) + np.arange(starts[-1])
    return Sequences(texts.codes[at], starts)


def _on_end(fields: Sequence[Sequences]) -> Sequences:
    """Put the fields of each text on end: text ``i`` of the first, of the second, and so on."""
    count = len(fields[0].starts) - 1
    lengths = np.stack([np.diff(each.starts) for each in fields])
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(lengths.sum(axis=0), out=starts[1:])
    codes = np.empty(starts[-1], dtype=np.uint32)
    firsts = starts[:-1].copy()
    for each, length in zip(fields, lengths, strict=True):
        codes[np.repeat(firsts - each.starts[:-1], length) + np.arange(len(each.codes))] = (
            each.codes
        )
        firsts += length
    return Sequences(codes, starts)


def _part(arrays: dict[str, npt.NDArray[Any]], name: str) -> Any:  # noqa: ANN401 - by its name
    if name in arrays:
        return arrays[name]
    texts = Sequences(arrays[f"{name}.codes"], arrays[f"{name}.starts"])
    return Field(texts, arrays[f"{name}.text_of"])


def _read(texts: Sequence[str]) -> Sequences:
    parts = [sequences(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    lengths = [np.diff(part.starts) for part in parts]
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.concatenate([np.zeros(0, np.int64), *lengths]), out=starts[1:])
    return Sequences(np.concatenate([np.zeros(0, np.uint32), *(p.codes for p in parts)]), starts)


def _title(document: Document) -> str:
    """Say what a document is called: its title, number, date and issuer, in search form."""
    said = (document.title, document.number, document.date, document.issuer)
    return fold("\n".join(filter(None, said)))


def _sections(clauses: Sequence[Clause]) -> list[int]:
    places: dict[tuple[str, ...], int] = {}
    return [places.setdefault((c.document_id, *c.path[:-1]), len(places)) for c in clauses]


def _units(clause: Clause) -> list[str]:
    return list(dict.fromkeys(unit for each in clause.responsibilities for unit in each.units))


def _year(date: str | None) -> int:
    digits = (date or "")[:4]
    return int(digits) if digits.isdecimal() else 0


def _small(values: Iterable[int]) -> SmallVector:
    return np.fromiter(values, dtype=np.int8)
