"""How fast an index is built, where the time goes, and how much the dense leg finds of all.

The clauses are paragraphs of laws, as many as asked for (:mod:`eval.bench.paragraphs`). Run it as
``python -m eval.bench.build_rate --data KIT --size 10000 --index DIR``; the index stays in DIR.
"""

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import numpy as np
import typer

import index.folder
from eval.bench.laws import read_questions
from eval.bench.paragraphs import paragraph_library
from eval.bench.results import tell
from eval.bench.stages import stage_times
from eval.run_folder import dump
from index.clause_table import ClauseTable
from index.embed import Embedder, TermEmbedder, load_embedder
from index.generations import generation_in_service
from index.records import ReadDocument
from index.stores.base import FloatMatrix, VectorStore
from index.stores.choice import build_store, load_store
from index.stores.lexical import LexicalStore
from index.term_table import TermTable

RECALL_AT = 10
STAGES = {
    "fold": (index.folder, "fold"),
    "passages": (index.folder, "split_passages"),
    "store": (index.folder, "build_store"),
    "table": (ClauseTable, "of"),
    "lexical": (LexicalStore, "of"),
    "terms": (TermTable, "of"),
    "records": (index.folder, "encode"),
    "checksums": (index.folder, "checksums"),
}
_TIE = 1e-6
_CHUNK = 65_536

Json = dict[str, Any]


@contextmanager
def kept_vectors() -> Iterator[list[FloatMatrix]]:
    """Keep the vectors that are stored while the block runs, one matrix for each store built."""
    kept: list[FloatMatrix] = []

    def keep(vectors: FloatMatrix, *others: Any, **named: Any) -> Any:  # noqa: ANN401
        kept.append(vectors)
        return build_store(vectors, *others, **named)

    with patch.object(index.folder, "build_store", keep):
        yield kept


def build(folder: Path, documents: Sequence[ReadDocument], embedder: Embedder) -> Json:
    """Build an index, and say how fast and where the time went.

    Returns
    -------
    dict
        ``cpu_s`` and ``wall_s``, ``clauses_per_s`` of CPU time, ``stages_s`` by stage,
        ``disk_mb``, and what the manifest says of the store.
    """
    start, wall = time.process_time(), time.perf_counter()
    embed = "embed_with_terms" if isinstance(embedder, TermEmbedder) else "embed_passages"
    with stage_times({"embed": (embedder, embed), **STAGES}) as spent:
        manifest = index.folder.write_index(folder, documents, embedder=embedder)
    cpu_s = time.process_time() - start
    stages_s = {**spent, "rest": cpu_s - sum(spent.values())}
    clauses = manifest.counts["clauses"]
    report = manifest.store
    return {
        "clauses": clauses,
        "passages": manifest.counts["passages"],
        "cpu_s": round(cpu_s, 4),
        "wall_s": round(time.perf_counter() - wall, 2),
        "clauses_per_s": round(clauses / cpu_s),
        "stages_s": {name: round(seconds, 4) for name, seconds in stages_s.items()},
        "disk_mb": round(_size(generation_in_service(folder)) / 1e6, 3),
        "store": {"kind": report.kind, "lists": report.lists, "probes": report.probes},
        "recall_at_build": report.recall,
    }


def dense_recall(store: VectorStore, vectors: FloatMatrix, queries: FloatMatrix) -> float:
    """Give the share of the ``RECALL_AT`` nearest vectors that a store finds.

    Parameters
    ----------
    store : VectorStore
        Over the same vectors.
    vectors : float32 array of shape (n, dim)
        In full precision.
    queries : float32 array of shape (n_queries, dim)

    Returns
    -------
    float
        In [0, 1]. A row counts that is as near as the last of the exact ones.
    """
    depth = min(RECALL_AT, len(vectors))
    best = np.full((len(queries), depth), -2.0, dtype=np.float32)
    for start in range(0, len(vectors), _CHUNK):
        both = np.hstack([best, queries @ vectors[start : start + _CHUNK].T])
        best = -np.partition(-both, depth - 1, axis=1)[:, :depth]
    last = best.min(axis=1)
    rows = store.search(queries, k=depth).rows
    scores = np.einsum("qd,qkd->qk", queries, vectors[rows])
    return float((scores >= last[:, None] - _TIE).mean())


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    size: Annotated[int, typer.Option(min=1, help="Clauses.")],
    folder: Annotated[Path, typer.Option("--index", help="Folder for the index.")],
    model: Annotated[str | None, typer.Option(help="Embedding model; the shipped one.")] = None,
) -> None:
    """Build an index of so many clauses, and print as JSON how that went."""
    tell(f"making {size:,} clauses")
    documents = paragraph_library(data, size)
    embedder = load_embedder(model)
    tell(f"building the index of {size:,} clauses")
    with kept_vectors() as kept:
        built = build(folder, documents, embedder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell("searching for the nearest vectors")
    queries = embedder.embed_questions([each.question for each in read_questions(data)])
    store = load_store(generation_in_service(folder) / "vectors", built["store"]["kind"])
    recall = round(dense_recall(store, kept[0], queries), 4)
    typer.echo(dump({**built, "dense_recall@10": recall, "peak_build_mb": round(peak)}))


if __name__ == "__main__":
    typer.run(main)
