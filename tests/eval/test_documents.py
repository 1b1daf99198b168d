from pathlib import Path

import pytest

from eval.documents import Documents, of_folder, of_index
from eval.errors import DocumentsError
from eval.locate import Span

SEEDS = Path(__file__).parents[2] / "seeds"


def test_an_index_gives_its_texts_as_published(library):
    documents = of_index(library)
    published = {path.name: path.read_bytes().decode() for path in SEEDS.glob("*.txt")}
    assert documents.texts == published
    assert len(published) == 5


def test_an_index_gives_where_its_clauses_stand(library):
    documents = of_index(library)
    assert len(documents.clauses) == len(library.clauses)
    clause = documents.clauses["zj-2021-68:二/（一）"]
    (file,) = (each.file for each in library.documents if each.document_id == "zj-2021-68")
    assert clause.file == file
    words = documents.texts[file][clause.start : clause.end]
    assert words.startswith("（一）完善药品安全监管法规制度。")
    assert words.endswith("列第一位的为牵头单位，下同）")


def test_an_index_gives_the_regions_of_its_files(library):
    documents = of_index(library)
    codes = {"zj-2021-68": "330000", "shaoxing-draft": "330600", "shanghai-2025-30": "310000"}
    for document in library.documents:
        if document.document_id in codes:
            assert documents.region(document.file) == codes[document.document_id]


def test_a_file_whose_region_is_not_known_is_a_region_of_its_own():
    documents = Documents({"a.txt": "", "b.txt": ""}, regions={"a.txt": "330000"})
    assert documents.region("a.txt") == "330000"
    assert documents.region("b.txt") == "b.txt"


def test_a_folder_gives_its_text_files_unchanged(tmp_path):
    (tmp_path / "b.txt").write_bytes("\ufeff一、管药。\r\n".encode())
    (tmp_path / "a.txt").write_bytes("二、管械。\n".encode())
    (tmp_path / "manifest.toml").write_bytes(b"\xff")
    documents = of_folder(tmp_path)
    assert documents.texts == {"a.txt": "二、管械。\n", "b.txt": "\ufeff一、管药。\r\n"}


def test_a_folder_is_cut_into_clauses_as_an_index_is(library):
    of_files = of_folder(SEEDS)
    assert of_files.texts == of_index(library).texts
    assert set(of_files.clauses.values()) == set(of_index(library).clauses.values())


def test_a_file_of_a_folder_that_is_no_text_is_named(tmp_path):
    (tmp_path / "a.txt").write_bytes("管药。".encode())
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 20)
    with pytest.raises(DocumentsError, match=r"b\.txt") as caught:
        of_folder(tmp_path)
    assert caught.value.folder == tmp_path


CUT = Documents(
    {"a.txt": "一二三四五六", "b.txt": "七八"},
    {"a:1": Span("a.txt", 0, 3), "a:2": Span("a.txt", 3, 6)},
)


@pytest.mark.parametrize(
    ("span", "clause_id", "within"),
    [
        (Span("a.txt", 0, 3), "a:1", True),
        (Span("a.txt", 1, 2), "a:1", True),
        (Span("a.txt", 2, 5), "a:1", False),  # no longer than the clause, and not in it
        (Span("a.txt", 3, 6), "a:1", False),
        (Span("b.txt", 0, 2), "a:1", False),
        (Span("a.txt", 3, 6), "", True),
        (Span("a.txt", 0, 6), "", False),
        (Span("a.txt", 0, 6), "their own id", False),
        (Span("b.txt", 0, 2), "", True),  # nothing is known of its clauses
    ],
)
def test_a_citation_has_to_lie_in_one_clause(span, clause_id, within):
    assert CUT.within_clause(span, clause_id) is within


def test_other_texts_under_the_same_names_are_told_apart():
    assert CUT.sha256() == Documents(CUT.texts).sha256()
    assert CUT.sha256() != Documents({**CUT.texts, "b.txt": "七九"}).sha256()


def test_a_folder_without_text_files_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"")
    with pytest.raises(DocumentsError, match=r"there is no \.txt file in it") as caught:
        of_folder(tmp_path)
    assert str(tmp_path) in str(caught.value)
