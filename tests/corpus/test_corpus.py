"""What holds of every document of a folder of real ones, named by ``YIJU_CORPUS``.

The folder holds the texts and a ``manifest.jsonl`` with a row a file (``file``, ``doc_number``),
or has them in its folder ``policies``.
"""

import json
import os
from pathlib import Path

import pytest

from eval.gold_file import read_gold
from eval.run import RunResult, evaluate
from eval.tables import wrong_lines
from eval.targets import library_target
from index.build import build_index, read_document
from index.clean import fold
from index.embed import load_embedder
from index.folder import load_index
from index.read import read
from index.records import ReadDocument
from tests.index.cutting import assert_covered, assert_records, assert_tree

pytestmark = pytest.mark.corpus

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "corpus.jsonl"


@pytest.fixture(scope="session")
def corpus() -> Path:
    named = os.environ.get("YIJU_CORPUS", "")
    if not named:
        pytest.fail("YIJU_CORPUS is not set: name the folder that holds the corpus", pytrace=False)
    folder = Path(named) / "policies" if (Path(named) / "policies").is_dir() else Path(named)
    if not any(folder.glob("*.txt")):
        pytest.fail(f"YIJU_CORPUS names {named}, which holds no .txt file", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def documents(corpus: Path) -> dict[str, ReadDocument]:
    """Every document by its file name."""
    return {path.name: read_document(read(path)) for path in sorted(corpus.glob("*.txt"))}


@pytest.fixture(scope="session")
def result(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """The gold questions over documents that no rule was written for, asked and measured."""
    out = tmp_path_factory.mktemp("corpus") / "index"
    build_index([corpus], out, embedder=load_embedder())
    library = load_index(out)
    target = library_target(library)
    return evaluate(read_gold(GOLD), target.ask, target.documents)


def test_every_document_is_covered_without_overlap(documents):
    for document in documents.values():
        assert_covered(document.text, document.clauses)


def test_every_id_occurs_once_and_parents_precede(documents):
    for document in documents.values():
        assert_tree(document.clauses)


def test_every_record_lies_within_its_clause(documents):
    for document in documents.values():
        assert_records(document.text, document.clauses)


def test_every_document_is_more_than_noise(documents):
    for name, document in documents.items():
        own = sum(each.end - each.start for each in document.clauses if not each.noise)
        assert own > 150, name


def test_every_text_is_its_file_character_for_character(documents, corpus):
    for name, document in documents.items():
        assert document.text.encode() == (corpus / name).read_bytes(), name


def test_no_document_number_is_read_wrong_and_nearly_all_are_read(documents, corpus):
    lines = (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["doc_number"]]
    found = {row["file"]: documents[row["file"]].document.number for row in rows}
    stated = {row["file"]: row["doc_number"] for row in rows}
    wrong = {
        file: number
        for file, number in found.items()
        if number is not None and fold(number) != fold(stated[file])
    }
    missed = sorted(file for file, number in found.items() if number is None)
    assert len(rows) > 0
    assert wrong == {}
    assert len(missed) <= 0.03 * len(rows), missed


@pytest.mark.parametrize(("name", "level"), [("status_right", 0.93), ("citations_resolve", 1.0)])
def test_the_level_over_unseen_documents_is_held(result, name, level):
    score = result.score(name)
    missed = [line for row in result.wrong if name in row.wrong for line in wrong_lines(row)]
    assert score.n > 0
    assert score.value >= level, "\n".join(missed)


def test_hardly_a_lead_is_invented_over_unseen_documents(result):
    missed = [
        line for row in result.wrong if "false_leads" in row.wrong for line in wrong_lines(row)
    ]
    assert result.score("false_leads").n > 0
    assert result.score("false_leads").value <= 3, "\n".join(missed)
