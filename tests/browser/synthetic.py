"""Documents that a test makes, each for what it has to show."""

from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from rag.answer import Answerer


def answerer_of(folder: Path, **texts: str) -> Answerer:
    """Index texts by their file's stem in a new folder, and give what answers from them."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for stem, text in texts.items():
        (sources / f"{stem}.txt").write_bytes(text.encode("utf-8"))
    build_index([sources], folder / "index", embedder=load_embedder())
    return Answerer(load_index(folder / "index"))
