"""The features that clauses are ranked by, each with a name and a meaning of its own.

``PLACE_FEATURES`` cost a look-up each and are computed for every candidate; ``WORD_FEATURES``
read the words of a clause one by one and are computed for the best of them.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.clause_table import KINDS, LEVELS, STATUSES, BoolVector, ClauseTable, Field, gather
from index.genre import GENRES
from index.pattern import Found, Pattern
from index.records import ClauseKind, DocumentStatus
from index.stores.base import FloatMatrix, FloatVector, IntVector
from index.stores.lexical import K1, B
from index.term_table import TERM_FEATURES
from index.tokens import SENTENCE_END

_SUPPORTS: Final = ("document", "section")
_FRAME: Final = frozenset(
    {
        ClauseKind.TITLE,
        ClauseKind.NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.SIGNATURE,
        ClauseKind.COPY_LIST,
        ClauseKind.IMPRINT,
        ClauseKind.ANNEX,
    }
)
ASKED_FEATURES: Final = (
    "asked_nearest", "asked_sum", "asked_count", "asked_near", "asked_section",
    "asked_document_nearest", "asked_document_sum", "asked_document_count", "asked_ever",
    "asked_document_ever",
)  # fmt: skip
PLACE_FEATURES: Final = (
    "lexical", "lexical_share", "dense", "dense_relative",
    "previous", "next", "around",
    *(f"{each}_{what}" for each in _SUPPORTS for what in ("sum", "best", "count")),
    *(f"level_{level.value}" for level in LEVELS),
    "repealed", "draft",
    *(f"genre_{genre}" for genre in GENRES),
    "frame", "heading", "year", "document_size", "length", "short",
    "region_same", "region_other", "region_exact", "asked_part",
    *ASKED_FEATURES,
)  # fmt: skip
WORD_FEATURES: Final = (
    "text_singles", "text_pairs", "text_pairs_flat",
    "text_holds_singles", "text_holds_pairs", "text_holds_triples", "text_rarest", "text_density",
    "sentence_singles", "sentence_pairs", "sentence_singles_short", "sentence_pairs_short", "run",
    *(f"{field}_{what}" for field in ("title", "path", "units")
      for what in ("singles", "pairs", "holds", "density", "adds")),
    "any_singles", "any_pairs",
    *TERM_FEATURES,
)  # fmt: skip

_RECENT, _YEARS = 2000, 20.0
_SHORT = 25
_SENTENCE = 20.0
_FLAT_B, _FIELD_B = 0.5, 0.75
_FIELDS: Final = ("text", "title", "path", "units")  # what the later ones add counts


class Legs(NamedTuple):
    """What the search legs found for one question.

    ``lexical`` is BM25 of every clause, float32 of shape (n_clauses,); ``rows`` are the
    candidates, in row order; the others are of shape (n_candidates,): ``dense`` a cosine,
    ``regions`` 2 where the clause is of a region that the question names, 1 of one within it, -1 of
    another, 0 where it names none; ``parts`` (bool) whether it is a part of a document that the
    question asks for; ``asked`` has a column for each of ``ASKED_FEATURES``.
    """

    lexical: FloatVector
    rows: IntVector
    dense: FloatVector
    regions: FloatVector
    parts: BoolVector
    asked: FloatMatrix


Columns = dict[str, npt.NDArray[Any]]


class FeatureReader:
    """Reads the features of candidates off the table of clauses."""

    def __init__(self, table: ClauseTable) -> None:
        self._table = table
        self._fixed = _fixed(table)

    def places(self, legs: Legs, *, total_rarity: float) -> FloatMatrix:
        """Give ``PLACE_FEATURES`` of the candidates.

        Parameters
        ----------
        legs : Legs
            The candidates and what was found.
        total_rarity : float
            Sum of the rarities of the question's tokens, more than 0.

        Returns
        -------
        float32 array of shape (n_candidates, len(PLACE_FEATURES))
        """
        table, rows = self._table, legs.rows
        best = max(float(legs.lexical[rows].max(initial=0)), 1e-6)
        share = legs.lexical[rows] / best
        columns: Columns = {
            "lexical": share,
            # Words that a question repeats weigh more than once: a share it stays.
            "lexical_share": np.minimum(legs.lexical[rows] / ((K1 + 1) * total_rarity), 1),
            "dense": legs.dense,
            "dense_relative": legs.dense / max(float(legs.dense.max(initial=0)), 1e-6),
            "region_same": legs.regions > 0,
            "region_other": legs.regions < 0,
            "region_exact": legs.regions > 1,
            "asked_part": legs.parts,
            **self._neighbours(legs, best),
            **dict(zip(ASKED_FEATURES, legs.asked.T, strict=True)),
        }
        owners = (table.document_of[rows], table.section_of[rows])
        for name, of in zip(_SUPPORTS, owners, strict=True):
            columns |= _support(name, of, share)
        for name, values in self._fixed.items():
            columns[name] = values[rows]
        return _matrix(columns, PLACE_FEATURES, len(rows))

    def words(self, pattern: Pattern, rows: IntVector, terms: FloatMatrix) -> FloatMatrix:
        """Give ``WORD_FEATURES`` of some clauses.

        Parameters
        ----------
        pattern : Pattern
            Of the question.
        rows : int64 array of shape (n,)
            The clauses.
        terms : float32 array of shape (n, len(TERM_FEATURES))
            From :class:`index.term_table.TermTable`.

        Returns
        -------
        float32 array of shape (n, len(WORD_FEATURES))
        """
        if not len(rows):
            return np.zeros((0, len(WORD_FEATURES)), dtype=np.float32)
        read = _read(self._table, pattern, rows)
        columns = {
            **_text_columns(pattern, read, self._table.text.mean_length),
            **_field_columns(pattern, read),
        }
        columns |= dict(zip(TERM_FEATURES, terms.T, strict=True))
        return _matrix(columns, WORD_FEATURES, len(rows))

    def _neighbours(self, legs: Legs, best: float) -> Columns:
        """Give how well the clauses before and behind in the same document fit."""
        of, last = self._table.document_of, len(self._table) - 1
        fits = {}
        for by in (-2, -1, 1, 2):
            there = np.clip(legs.rows + by, 0, last)
            same = (of[there] == of[legs.rows]) & (there == legs.rows + by)
            fits[by] = np.where(same, legs.lexical[there], 0) / best
        around = (fits[-2] + fits[2]) / 2
        return {"previous": fits[-1], "next": fits[1], "around": around}


def _fixed(table: ClauseTable) -> dict[str, FloatVector]:
    """Give the features that no question changes, each of shape (n_clauses,)."""
    of = table.document_of
    lengths = table.text.lengths[table.text.text_of]
    frame = np.array([kind in _FRAME for kind in KINDS])
    years = np.where(table.years > 0, (table.years - _RECENT) / _YEARS, 0)
    sizes = np.log1p(np.bincount(of, minlength=len(table.years)))
    columns = {
        "repealed": (table.statuses == STATUSES.index(DocumentStatus.REPEALED))[of],
        "draft": (table.statuses == STATUSES.index(DocumentStatus.DRAFT))[of],
        "frame": frame[table.kinds],
        "heading": table.kinds == KINDS.index(ClauseKind.HEADING),
        "year": years[of],
        "document_size": sizes[of],
        "length": np.log1p(lengths),
        "short": lengths < _SHORT,
    }
    columns |= {f"level_{level}": (table.levels == i)[of] for i, level in enumerate(LEVELS)}
    columns |= {f"genre_{genre}": (table.genres == i)[of] for i, genre in enumerate(GENRES)}
    return {name: np.asarray(values, dtype=np.float16) for name, values in columns.items()}


def _support(name: str, of: npt.NDArray[np.int32], share: FloatVector) -> Columns:
    """Give how well the other candidates of the same document or section fit."""
    _, group, counts = np.unique(of, return_inverse=True, return_counts=True)
    squares = share**2
    best = np.zeros(len(counts), dtype=np.float32)
    np.maximum.at(best, group, share)
    return {
        f"{name}_sum": np.log1p(np.bincount(group, squares)[group] - squares),
        f"{name}_best": best[group] - share,
        f"{name}_count": np.log1p(counts[group]),
    }


class _Read(NamedTuple):
    """The pattern found in all fields of some clauses, each different text read once.

    The texts of the fields lie on end: those of ``spans[field]``, of which a clause has
    ``of[field]``. ``singles`` and ``pairs`` count tokens, of shape (n_texts, n_tokens);
    ``owner`` is the text of each of the ``codes``.
    """

    spans: dict[str, slice]
    of: dict[str, IntVector]
    lengths: FloatVector
    norms: FloatVector
    codes: npt.NDArray[np.uint32]
    owner: IntVector
    found: Found
    singles: FloatMatrix
    pairs: FloatMatrix


def _read(table: ClauseTable, pattern: Pattern, rows: IntVector) -> _Read:
    spans, of, parts, owners, lengths, norms = {}, {}, [], [], [], []
    count = 0
    for name in _FIELDS:
        field: Field = getattr(table, name)
        texts, of[name] = np.unique(field.text_of[rows], return_inverse=True)
        codes, owner = gather(field.texts, texts)
        parts.append(codes)
        owners.append(owner + count)
        spans[name] = slice(count, count + len(texts))
        count += len(texts)
        lengths.append(field.lengths[texts])
        norms.append(_norms(lengths[-1], field.mean_length, B if name == "text" else _FIELD_B))
    codes, owner = np.concatenate(parts), np.concatenate(owners)
    found = pattern.find(codes)
    return _Read(
        spans,
        of,
        np.concatenate(lengths),
        np.concatenate(norms),
        codes,
        owner,
        found,
        _table(owner[found.single_at], found.singles, count, len(pattern.single_rarity)),
        _table(owner[found.pair_at], found.pairs, count, len(pattern.pair_rarity)),
    )


def _text_columns(pattern: Pattern, read: _Read, mean_length: float) -> Columns:
    """Give the features of a clause's own text."""
    of, span, found = read.of["text"], read.spans["text"], read.found
    count, lengths = span.stop, read.lengths[span]
    singles, pairs, norms = read.singles[span], read.pairs[span], read.norms[span]
    flat = _norms(lengths, mean_length, _FLAT_B)
    inside = read.owner[found.triple_at] < count
    triples = found.triples[inside], read.owner[found.triple_at[inside]]
    held = _table(triples[1], triples[0], count, len(pattern.triple_rarity)) > 0
    rarest = max(float(pattern.pair_rarity.max(initial=0)), 1e-6)
    density = np.bincount(read.owner[found.pair_at], minlength=count)[:count]
    columns: Columns = {
        "text_singles": _bm25(singles, norms, pattern.single_rarity),
        "text_pairs": _bm25(pairs, norms, pattern.pair_rarity),
        "text_pairs_flat": _bm25(pairs, flat, pattern.pair_rarity),
        "text_holds_singles": _share(singles > 0, pattern.single_rarity),
        "text_holds_pairs": _share(pairs > 0, pattern.pair_rarity),
        "text_holds_triples": _share(held, pattern.triple_rarity),
        "text_rarest": ((pairs > 0) * pattern.pair_rarity).max(axis=1, initial=0) / rarest,
        "text_density": density / np.maximum(lengths, 8),
        "run": _longest_run(found, read.owner, len(read.lengths))[:count]
        / max(pattern.length - 1, 1),
        **_sentence_columns(pattern, read, count),
    }
    return {name: values[of] for name, values in columns.items()}


def _sentence_columns(pattern: Pattern, read: _Read, count: int) -> Columns:
    """Give how much of the question the best sentence of each text holds."""
    size = int(np.searchsorted(read.owner, count))
    ends = read.codes[:size] == SENTENCE_END
    sentence = np.cumsum(ends) - ends
    total = int(sentence[-1]) + 1 if size else 0
    of = np.zeros(total, dtype=np.int64)
    of[sentence] = read.owner[:size]
    damping = np.sqrt(1 + np.bincount(sentence, minlength=total) / _SENTENCE)
    columns: Columns = {}
    for name, at, which, rarity in (
        ("singles", read.found.single_at, read.found.singles, pattern.single_rarity),
        ("pairs", read.found.pair_at, read.found.pairs, pattern.pair_rarity),
    ):
        inside = at < size
        held = _table(sentence[at[inside]], which[inside], total, len(rarity)) > 0
        share = _share(held, rarity)
        for label, values in ((name, share), (f"{name}_short", share / damping)):
            best = np.zeros(count)
            np.maximum.at(best, of, values)
            columns[f"sentence_{label}"] = best
    return columns


def _field_columns(pattern: Pattern, read: _Read) -> Columns:
    """Give how well the other fields fit, and what they add to the text."""
    singles = _bm25(read.singles, read.norms, pattern.single_rarity)
    pairs = _bm25(read.pairs, read.norms, pattern.pair_rarity)
    holds = _share(read.pairs > 0, pattern.pair_rarity)
    pairs_found = np.bincount(read.owner[read.found.pair_at], minlength=len(read.lengths))
    density = pairs_found / np.maximum(read.lengths, 4)
    text = read.of["text"] + read.spans["text"].start
    held_singles, held_pairs = read.singles[text] > 0, read.pairs[text] > 0
    columns: Columns = {}
    for name in _FIELDS[1:]:
        of = read.of[name] + read.spans[name].start
        there = read.pairs[of] > 0
        columns |= {
            f"{name}_singles": singles[of],
            f"{name}_pairs": pairs[of],
            f"{name}_holds": holds[of],
            f"{name}_density": density[of],
            f"{name}_adds": _share(there & ~held_pairs, pattern.pair_rarity),
        }
        held_pairs = held_pairs | there
        held_singles = held_singles | (read.singles[of] > 0)
    columns["any_singles"] = _share(held_singles, pattern.single_rarity)
    columns["any_pairs"] = _share(held_pairs, pattern.pair_rarity)
    return columns


def _table(owner: IntVector, which: IntVector, count: int, width: int) -> FloatMatrix:
    """Count how often each of ``width`` tokens stands in each of ``count`` texts."""
    flat = np.bincount(owner * width + which, minlength=count * width)
    return flat.reshape(count, width).astype(np.float32)


def _norms(lengths: FloatVector, mean: float, b: float) -> FloatVector:
    return np.asarray(K1 * (1 - b + b * lengths / (mean or 1.0)), dtype=np.float32)


def _bm25(frequencies: FloatMatrix, norms: FloatVector, rarity: FloatVector) -> FloatVector:
    """Give BM25 as a share of the rarity of the whole question."""
    parts = frequencies * (K1 + 1) / (frequencies + norms[:, None])
    return np.asarray(parts @ rarity / max(float(rarity.sum()), 1e-6), dtype=np.float32)


def _share(held: npt.NDArray[np.bool_], rarity: FloatVector) -> FloatVector:
    """Give the share, 0 to 1, of the rarity that is held."""
    return np.asarray(held @ rarity / max(float(rarity.sum()), 1e-6), dtype=np.float32)


def _longest_run(found: Found, owner: IntVector, count: int) -> FloatVector:
    """Give how many pairs of the question stand on end in each clause, at most."""
    longest = np.zeros(count, dtype=np.float32)
    at = found.pair_at
    if len(at):
        firsts = np.flatnonzero(np.append(True, np.diff(at) != 1))
        np.maximum.at(longest, owner[at[firsts]], np.diff(np.append(firsts, len(at))))
    return longest


def _matrix(columns: Columns, names: tuple[str, ...], count: int) -> FloatMatrix:
    matrix = np.empty((count, len(names)), dtype=np.float32)
    for at, name in enumerate(names):
        matrix[:, at] = columns[name]
    return matrix
