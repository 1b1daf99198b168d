"""What several packages' tests start from: the seed documents, indexed once a session."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index

if TYPE_CHECKING:
    from rag.answer import Answerer

# How long an example takes is no promise: other work on the machine would break it.
settings.register_profile("yiju", deadline=None)
settings.load_profile("yiju")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder of the seed documents; not to be written to."""
    out = tmp_path_factory.mktemp("seeds") / "index"
    report = build_index([SEEDS], out, embedder=load_embedder())
    assert report.problems == ()
    return out


@pytest.fixture(scope="session")
def library(seed_index: Path) -> Index:
    """The index of the seed documents, loaded."""
    return load_index(seed_index)


@pytest.fixture(scope="session")
def answerer(library: Index) -> "Answerer":
    """What answers from the seed documents."""
    from rag.answer import Answerer  # noqa: PLC0415 - tests of index need none of it

    return Answerer(library)
