"""Indexes of texts that a test makes, each for what it has to show."""

from collections.abc import Mapping
from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index
from rag.answer import Answerer


def index_of(folder: Path, texts: Mapping[str, str]) -> Index:
    """Index texts by their file's stem under a folder, and load what was written."""
    source = folder / "documents"
    source.mkdir(parents=True)
    for stem, text in texts.items():
        (source / f"{stem}.txt").write_bytes(text.encode("utf-8"))
    report = build_index([source], folder / "index", embedder=load_embedder())
    assert report.problems == ()
    return load_index(folder / "index")


def answerer_of(folder: Path, texts: Mapping[str, str]) -> Answerer:
    """Give what answers from texts, by their file's stem."""
    return Answerer(index_of(folder, texts))
