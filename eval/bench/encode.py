"""How fast the embedded model turns texts and questions into vectors, by each loader.

Texts are the passages of law articles. The second loader, sentence-transformers, is timed where
the extra ``models`` is installed; the two are compared, vector by vector. Run it as
``python -m eval.bench.encode --data KIT``.
"""

import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from eval.bench.laws import read_laws, read_questions
from eval.bench.results import RESULTS, report, tell
from eval.bench.timing import summary, time_calls
from index.embed import Embedder, StaticEmbedder, TransformerEmbedder
from index.model_options import ModelOptions

SHIPPED = Path(__file__).parents[2] / "index" / "models" / "static-zh-en-256"
STATIC, TRANSFORMERS = "tokenizers + numpy", "sentence-transformers"
TEXTS = 20_000
_BATCH = 256

Json = dict[str, Any]


def embedders(model: Path) -> Iterator[tuple[str, Embedder]]:
    """Give the model by each loader that is installed."""
    yield STATIC, StaticEmbedder(model)
    if find_spec("sentence_transformers") is None:
        tell("sentence-transformers is not installed: that loader is left out")
        return
    options = ModelOptions(str(model), device="cpu", batch_size=_BATCH)
    yield TRANSFORMERS, TransformerEmbedder(options)


def measure(embedder: Embedder, texts: Sequence[str], questions: Sequence[str]) -> Json:
    """Time texts in batches, and questions one by one, after a warm-up of each.

    Returns
    -------
    dict
        ``texts_per_s`` by the clock and ``texts_per_cpu_s`` of processor time; ``question`` as
        :func:`eval.bench.timing.summary` gives it.
    """
    embedder.embed_passages(texts[:_BATCH])
    cpu, start = time.process_time(), time.perf_counter()
    for at in range(0, len(texts), _BATCH):
        embedder.embed_passages(texts[at : at + _BATCH])
    wall_s, cpu_s = time.perf_counter() - start, time.process_time() - cpu

    def ask(question: str) -> object:
        return embedder.embed_questions([question])

    time_calls(ask, questions[:20])
    return {
        "texts": len(texts),
        "texts_per_s": round(len(texts) / wall_s),
        "texts_per_cpu_s": round(len(texts) / cpu_s),
        "question": summary(time_calls(ask, questions)),
    }


def furthest(one: Embedder, other: Embedder, texts: Sequence[str]) -> float:
    """Give how far apart two loaders' vectors are at most, in any component."""
    return float(np.abs(one.embed_passages(texts) - other.embed_passages(texts)).max(initial=0))


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    model: Annotated[Path, typer.Option(exists=True, help="Folder of a static model.")] = SHIPPED,
    texts: Annotated[int, typer.Option(min=1, help="Texts encoded.")] = TEXTS,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure how fast texts and questions become vectors."""
    articles = [clause.search_text for law in read_laws(data) for clause in law.clauses][:texts]
    questions = [each.question for each in read_questions(data)]
    loaded = dict(embedders(model))
    found = {}
    for name, embedder in loaded.items():
        tell(f"encoding {len(articles):,} texts by {name}")
        found[name] = measure(embedder, articles, questions)
    result: Json = {"loaders": found}
    if len(loaded) > 1:
        result["furthest_apart"] = furthest(loaded[STATIC], loaded[TRANSFORMERS], articles[:_BATCH])
    rows = [
        {
            "loader": name,
            "texts/s": each["texts_per_s"],
            "texts/s of processor time": each["texts_per_cpu_s"],
            "median ms a question": each["question"]["median_ms"],
            "p95 ms": each["question"]["p95_ms"],
        }
        for name, each in found.items()
    ]
    report("encode", result, rows, out=out, as_json=as_json)


if __name__ == "__main__":
    typer.run(main)
