"""The lake documents, indexed once a session."""

import pytest

from index.library import Index
from rag.answer import Answerer
from rag.catalog import Catalog
from tests.rag.documents import lakes


@pytest.fixture(scope="session")
def lake_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the five lake documents."""
    return lakes(tmp_path_factory.mktemp("lakes"))


@pytest.fixture(scope="session")
def lake_answerer(lake_index: Index) -> Answerer:
    """What answers from the lake documents."""
    return Answerer(lake_index)


@pytest.fixture(scope="session")
def lake_catalog(lake_index: Index) -> Catalog:
    """What the lake documents cover."""
    return Catalog(lake_index)


@pytest.fixture(scope="session")
def catalog(library: Index) -> Catalog:
    """What the seed documents cover."""
    return Catalog(library)
