"""The index folder: documents written with their vectors, and read back only when intact.

A generation holds ``documents.json``, ``clauses.jsonl``, ``asked.jsonl``, ``texts/*.txt`` (UTF-8,
line breaks as published), what is searched (``vectors``, ``passages``, ``lexical`` and ``table``)
and ``manifest.json``, which lists them with their SHA-256.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.asked import AskedQuestion
from index.clause_table import ClauseTable
from index.clean import fold
from index.codec import decode, encode, to_line
from index.embed import Embedder, TermEmbedder, load_embedder, stated_options
from index.errors import (
    EmbeddingShapeError,
    IndexFormatError,
    IndexModelError,
    ModelValueError,
)
from index.generations import (
    MANIFEST,
    checksums,
    generation_in_service,
    put_in_service,
    start_generation,
    verify,
)
from index.library import Index, IndexContent, IndexManifest, SearchSettings
from index.model_options import as_options, as_variables, described
from index.passages import split_passages
from index.records import Clause, Document, Passage, ReadDocument
from index.search import IndexStores
from index.stores.arrays import load_arrays, save_arrays
from index.stores.base import FloatMatrix, IntVector
from index.stores.choice import AUTO, build_store, check_kind, load_store
from index.stores.lexical import LexicalStore
from index.term_table import TermTable

__all__ = ["FORMAT_VERSION", "IndexManifest", "load_index", "write_index"]

FORMAT_VERSION = 2

_BATCH = 256
# Sentences taken for questions, by which the recall of an approximate store is measured.
_RECALL_QUESTIONS = 200
_QUESTION_LENGTH = 30
_NO_TERMS = np.zeros(0, dtype=np.int64)

Progress = Callable[[int, int], None]


def write_index(
    out: Path,
    documents: Sequence[ReadDocument],
    *,
    embedder: Embedder,
    asked: Sequence[AskedQuestion] = (),
    store: str = AUTO,
    progress: Progress | None = None,
) -> IndexManifest:
    """Write an index of ``documents`` and put it in service, in one step at the very end.

    Parameters
    ----------
    out : Path
        The index folder, made if need be. What is in service there stays so until the new
        index is complete on disk, and for good if writing fails.
    documents : sequence of ReadDocument
        With document and clause ids that occur once.
    embedder : Embedder
        Embeds the passages; the index can be searched with this model only.
    asked : sequence of AskedQuestion
        Questions whose clauses are confirmed; they help to find those clauses again.
    store : str
        Kind of vector store, one of ``index.stores.choice.KINDS``.
    progress : callable, optional
        Called with the number of passages embedded and their total.

    Returns
    -------
    IndexManifest
        Its ``version`` is the same whenever documents, clauses, questions and model are.

    Raises
    ------
    ValueError
        If an id occurs twice, or a document id is no file name.
    StoreKindError
        If there is no such kind of store.
    EmbeddingShapeError
        If the embedder gives another number or width of vectors than it promised.
    ModelValueError
        If it gives a vector that cannot be compared; ``position`` counts passages.
    OSError
        If the disk refuses.
    """
    check_kind(store)
    content = _content(documents, asked)
    places = _places(content)
    passages = _passages(content, places)
    vectors, terms = _embed(passages, embedder, progress)
    questions = embedder.embed_questions(_questions(passages))
    folder = start_generation(out)
    _write_content(folder, content)
    version = _version(checksums(folder), embedder)
    built, report = build_store(vectors, questions, kind=store)
    built.save(folder / "vectors")
    owners = np.array([each.clause_row for each in passages], dtype=np.int64)
    save_arrays(folder / "passages", {"owners": owners})
    TermTable.of(terms, owners, clauses=len(content.clauses)).save(folder / "terms")
    table = ClauseTable.of(content.documents, content.clauses)
    table.save(folder / "table")
    LexicalStore.of(table.words()).save(folder / "lexical")
    manifest = IndexManifest(
        format_version=FORMAT_VERSION,
        version=version,
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dim=embedder.dim,
        model_options=stated_options(embedder),
        files=checksums(folder),
        counts={
            "documents": len(content.documents),
            "clauses": len(content.clauses),
            "passages": len(passages),
            "asked": len(content.asked),
        },
        store=report,
    )
    _write(folder / MANIFEST, to_line(encode(manifest)))
    put_in_service(out, folder, version=version)
    return manifest


def load_index(
    path: Path, *, embedder: Embedder | None = None, settings: SearchSettings | None = None
) -> Index:
    """Read the index in service at ``path``, every file checked against its SHA-256 first.

    Parameters
    ----------
    path : Path
        An index folder that :func:`write_index` wrote.
    embedder : Embedder, optional
        The model that the index was built with; the embedded model when omitted.
    settings : SearchSettings, optional
        How it is searched; the shipped weights and depth when omitted.

    Raises
    ------
    IndexMissingError
        If there is no index.
    IndexFormatError
        If it was written in another format version.
    IndexModelError
        If it was built with another model; the message names both.
    IndexDamagedError
        If a file is missing or is not the one that was written.
    """
    generation = generation_in_service(path)
    manifest = _read_manifest(path, generation)
    for name, checksum in manifest.files.items():
        verify(path, generation / name, checksum)
    embedder = load_embedder() if embedder is None else embedder
    _check_model(path, manifest, embedder)
    try:
        content = _read_content(generation)
    except (ValueError, KeyError, TypeError) as error:
        raise _other_format(path, str(error)) from error
    stores = IndexStores(
        table=ClauseTable.load(generation / "table"),
        lexical=LexicalStore.load(generation / "lexical"),
        vectors=load_store(generation / "vectors", manifest.store.kind),
        terms=TermTable.load(generation / "terms"),
        owners=load_arrays(generation / "passages")["owners"],
    )
    return Index(manifest, content, stores=stores, embedder=embedder, settings=settings)


def _read_manifest(path: Path, generation: Path) -> IndexManifest:
    values = json.loads(_read(generation / MANIFEST))
    written = values.get("format_version")
    if written != FORMAT_VERSION:
        raise _other_format(path, f"it has format {written}, this program reads {FORMAT_VERSION}")
    return decode(IndexManifest, values)


def _other_format(path: Path, problem: str) -> IndexFormatError:
    return IndexFormatError(path, problem, f"run `yiju index DIR --out {path}`")


def _check_model(path: Path, manifest: IndexManifest, embedder: Embedder) -> None:
    if manifest.fingerprint == embedder.fingerprint:
        return
    own, other = stated_options(embedder), manifest.model_options
    loaded, built = described(embedder.name, own), described(manifest.model, other)
    if built == loaded:
        loaded = f"{loaded} in another state"
    if manifest.dim != embedder.dim:
        built, loaded = f"{built} of {manifest.dim} dimensions", f"{loaded} of {embedder.dim}"
    own, other = own or {"model": embedder.name}, other or {"model": manifest.model}
    problem = f"it was built with the model {built}, and the one loaded is {loaded}"
    advice = (
        f"run `yiju index DIR --out {path} {as_options(own)}`, or name the index's own "
        f"with `{as_options(other)}` or the settings `{as_variables(other)}`"
    )
    raise IndexModelError(path, problem, advice)


def _version(files: dict[str, str], embedder: Embedder) -> str:
    """Hash what the documents and the model are; the engines' own files do not count."""
    stated = [FORMAT_VERSION, embedder.fingerprint, files]
    return hashlib.sha256(to_line(stated).encode("utf-8")).hexdigest()[:12]


def _content(documents: Sequence[ReadDocument], asked: Sequence[AskedQuestion]) -> IndexContent:
    clauses = tuple(clause for each in documents for clause in each.clauses)
    _check_once(each.document.document_id for each in documents)
    _check_once(clause.clause_id for clause in clauses)
    for each in documents:
        document_id = each.document.document_id
        if not document_id or set(document_id) & set("/\\\0"):
            raise ValueError(f"document id {document_id!r} is no file name")
    texts = {each.document.document_id: each.text for each in documents}
    return IndexContent(tuple(each.document for each in documents), clauses, texts, tuple(asked))


def _check_once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"id {each!r} occurs twice")
        seen.add(each)


def _places(content: IndexContent) -> list[str]:
    """Say where each clause stands: its document's title and its headings, in search form."""
    folded = lru_cache(maxsize=100_000)(fold)  # clauses share their titles and headings
    titles = {each.document_id: each.title or "" for each in content.documents}
    return [
        " ".join(filter(None, map(folded, (titles[clause.document_id], *clause.path))))
        for clause in content.clauses
    ]


def _passages(content: IndexContent, places: Sequence[str]) -> list[Passage]:
    return [
        passage
        for row, (clause, place) in enumerate(zip(content.clauses, places, strict=True))
        if not clause.noise
        for passage in split_passages(clause.search_text, clause_row=row, prefix=place)
    ]


def _questions(passages: Sequence[Passage]) -> list[str]:
    """Take the beginnings of some passages' last lines, as short as a question is."""
    step = max(1, len(passages) // _RECALL_QUESTIONS)
    chosen = passages[::step][:_RECALL_QUESTIONS]
    return [each.text.rpartition("\n")[2][:_QUESTION_LENGTH] for each in chosen]


def _embed(
    passages: Sequence[Passage], embedder: Embedder, progress: Progress | None
) -> tuple[FloatMatrix, list[IntVector]]:
    """Give the passages' vectors, and their words' ids as far as the model has words."""
    vectors = np.empty((len(passages), embedder.dim), dtype=np.float32)
    terms: list[IntVector] = []
    for start in range(0, len(passages), _BATCH):
        batch = [passage.text for passage in passages[start : start + _BATCH]]
        try:
            if isinstance(embedder, TermEmbedder):
                embedded, ids = embedder.embed_with_terms(batch)
            else:
                embedded, ids = embedder.embed_passages(batch), [_NO_TERMS] * len(batch)
        except ModelValueError as error:
            raise ModelValueError(error.model, start + error.position, error.problem) from error
        if embedded.shape != (len(batch), embedder.dim):
            raise EmbeddingShapeError(expected_dim=embedder.dim, got_shape=embedded.shape)
        vectors[start : start + len(batch)] = embedded
        terms += ids
        if progress is not None:
            progress(start + len(batch), len(passages))
    return vectors, terms


def _write_content(folder: Path, content: IndexContent) -> None:
    (folder / "texts").mkdir(parents=True)
    _write(folder / "documents.json", to_line(encode(content.documents)))
    _write(folder / "clauses.jsonl", "".join(to_line(encode(each)) for each in content.clauses))
    _write(folder / "asked.jsonl", "".join(to_line(encode(each)) for each in content.asked))
    for document_id, text in content.texts.items():
        _write(folder / "texts" / f"{document_id}.txt", text)


def _read_content(folder: Path) -> IndexContent:
    documents = decode(tuple[Document, ...], json.loads(_read(folder / "documents.json")))
    return IndexContent(
        documents,
        tuple(decode(Clause, value) for value in _shared(_lines(folder / "clauses.jsonl"))),
        {
            each.document_id: _read(folder / "texts" / f"{each.document_id}.txt")
            for each in documents
        },
        tuple(decode(AskedQuestion, value) for value in _lines(folder / "asked.jsonl")),
    )


def _shared(clauses: Iterable[Any]) -> Iterator[Any]:
    """Let clauses share what they have in common: a fifth of the memory of many of them."""
    known: dict[str, str] = {}
    for clause in clauses:
        clause["path"] = [known.setdefault(label, label) for label in clause["path"]]
        for name in ("document_id", "parent_id"):
            clause[name] = known.setdefault(clause[name], clause[name])
        yield clause


def _write(path: Path, text: str) -> None:
    # Bytes, so that no line break is translated.
    path.write_bytes(text.encode("utf-8"))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _lines(path: Path) -> Iterator[Any]:
    # Not splitlines: a clause may hold U+2028, which JSON leaves as it is.
    return (json.loads(line) for line in _read(path).split("\n") if line)
