from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index, read_document
from index.errors import DocumentsManifestError, IndexMissingError, NoDocumentsError
from index.folder import load_index
from index.stores.base import FloatMatrix
from tests.index.cutting import source

GOOD = (
    "一、任务\n（一）完善制度。推动立法。（责任单位：市药监局、市司法局）\n"
    "（二）强化检查。加强检查。\n"
)
OTHER = "一、目标\n（一）提高水平。稳步推进。\n（二）扩大范围。逐步扩大。\n"


class CountingEmbedder:
    """Embeds a text as its length modulo 3."""

    name = "counting"
    fingerprint = "f1"
    dim = 3

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        rows: FloatMatrix = np.eye(3, dtype=np.float32)[[len(text) % 3 for text in texts]]
        return rows

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        return self.embed_passages(texts)


class RefusingEmbedder(CountingEmbedder):
    """Fails as soon as it is used."""

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        raise OSError("no space left on device")


EMBEDDER = CountingEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "good.txt").write_text(GOOD, encoding="utf-8")
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "index"


def served(out: Path) -> list[str]:
    return [each.document_id for each in load_index(out, embedder=EMBEDDER).documents]


def test_a_folder_is_indexed_in_the_order_of_its_names(folder, out):
    (folder / "another.txt").write_text(OTHER, encoding="utf-8")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert (report.problems, report.warnings) == ((), ())
    assert served(out) == ["another", "good"]
    assert report.manifest.counts["documents"] == 2
    assert report.manifest.counts["clauses"] == 6


def test_a_single_file_may_be_named(folder, out):
    build_index([folder / "good.txt"], out, embedder=EMBEDDER)
    assert served(out) == ["good"]


@pytest.mark.parametrize("missing", [True, False])
def test_a_folder_without_documents_is_refused_and_named(tmp_path, out, missing):
    empty = tmp_path / "empty"
    if not missing:
        empty.mkdir()
    with pytest.raises(NoDocumentsError, match=r"no document to index in .*empty.*\.txt files"):
        build_index([empty], out, embedder=EMBEDDER)
    with pytest.raises(IndexMissingError):
        load_index(out, embedder=EMBEDDER)


def test_a_folder_of_only_bad_files_says_what_is_wrong_with_each(tmp_path, out):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "empty.txt").write_bytes(b"")
    with pytest.raises(NoDocumentsError, match=r"empty\.txt: the file is empty") as got:
        build_index([tmp_path / "bad"], out, embedder=EMBEDDER)
    assert got.value.problems == ("empty.txt: the file is empty; remove it or put its text in",)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("empty.txt", b"", "empty.txt: the file is empty; remove it or put its text in"),
        ("blank.txt", b" \r\n\t", "blank.txt: the file is empty; remove it or put its text in"),
        (
            "binary.txt",
            bytes(range(256)),
            "binary.txt: not plain text in UTF-8, UTF-16 or GB18030; "
            "save it as plain text in UTF-8 and index again",
        ),
        (
            "scan.txt",
            b"%PDF-1.7",
            "scan.txt: this is a PDF, not plain text; "
            "save it as plain text in UTF-8 and index again",
        ),
        ("notes.docx", b"PK", "notes.docx: not a .txt file, left out; save it as plain text"),
        (
            "twin.txt",
            GOOD.encode(),
            "twin.txt: same content as good.txt, left out; remove one of the two",
        ),
    ],
)
def test_a_bad_file_is_one_clear_sentence_and_the_others_are_indexed(
    folder, out, name, data, problem
):
    (folder / name).write_bytes(data)
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.problems == (problem,)
    assert served(out) == ["good"]


def test_an_unreadable_file_is_reported_and_the_others_are_indexed(folder, out):
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.problems == (
        "gone.txt: No such file or directory; check that the file exists and that you may read it",
    )
    assert served(out) == ["good"]


def test_an_entry_without_a_file_and_a_file_without_an_entry_are_reported(folder, out):
    (folder / "manifest.toml").write_text('[[document]]\nfile = "lost.txt"\n', encoding="utf-8")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.problems == (
        "good.txt: no entry in manifest.toml, indexed by its text alone; add an entry for it",
        "lost.txt: manifest.toml has an entry for it, but there is no such file; "
        "add the file or remove the entry",
    )
    assert served(out) == ["good"]


def test_an_entry_of_another_content_is_reported(folder, out):
    entry = f'[[document]]\nfile = "good.txt"\nid = "zj-1"\nsha256 = "{"0" * 64}"\n'
    (folder / "manifest.toml").write_text(entry, encoding="utf-8")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.problems == (
        "good.txt: its sha256 is not the one in manifest.toml; check which of the two is right",
    )
    assert served(out) == ["zj-1"]


def test_a_contradiction_is_a_warning_and_the_manifest_leads(folder, out):
    (folder / "good.txt").write_text(f"浙江省人民政府关于某事的通知\n{GOOD}", encoding="utf-8")
    entry = '[[document]]\nfile = "good.txt"\nregion = "江苏省"\n'
    (folder / "manifest.toml").write_text(entry, encoding="utf-8")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.problems == ()
    assert report.warnings == ("good.txt: manifest says region '江苏省', the text says '浙江省'",)
    (document,) = load_index(out, embedder=EMBEDDER).documents
    assert document.region is not None
    assert document.region.name == "江苏省"


def test_what_looks_odd_in_a_document_is_a_warning_that_names_it(folder, out):
    (folder / "odd.txt").write_text("一、甲\n做好甲。\n三、丙\n做好丙。\n", encoding="utf-8")
    report = build_index([folder], out, embedder=EMBEDDER)
    assert report.warnings == ("odd.txt: number before 三 is missing",)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("[[document]\n", "not valid TOML"),
        ('[[document]]\nfile = "good.txt"\nauthor = "x"\n', "unknown key 'author'"),
    ],
)
def test_a_bad_manifest_stops_the_build_and_the_old_index_stays(folder, out, manifest, message):
    build_index([folder], out, embedder=EMBEDDER)
    (folder / "more.txt").write_text(OTHER, encoding="utf-8")
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(DocumentsManifestError, match=message):
        build_index([folder], out, embedder=EMBEDDER)
    assert served(out) == ["good"]


def test_nothing_to_index_leaves_the_old_index_in_service(folder, out):
    build_index([folder], out, embedder=EMBEDDER)
    (folder / "good.txt").unlink()
    with pytest.raises(NoDocumentsError):
        build_index([folder], out, embedder=EMBEDDER)
    assert served(out) == ["good"]


def test_a_failure_while_embedding_leaves_the_old_index_in_service(folder, out):
    build_index([folder], out, embedder=EMBEDDER)
    (folder / "more.txt").write_text(OTHER, encoding="utf-8")
    with pytest.raises(OSError, match="no space left"):
        build_index([folder], out, embedder=RefusingEmbedder())
    assert served(out) == ["good"]


def test_two_files_of_one_name_in_two_folders_get_ids_of_their_own(folder, out, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "good.txt").write_text(OTHER, encoding="utf-8")
    build_index([folder, tmp_path / "more"], out, embedder=EMBEDDER)
    assert served(out) == ["good", "good~2"]
    clauses = load_index(out, embedder=EMBEDDER).clauses
    assert [each.clause_id for each in clauses if each.heading == "目标"] == ["good~2:一"]


def test_the_steps_are_told_as_they_go(folder, out):
    told: list[tuple[str, int, int]] = []
    build_index([folder], out, embedder=EMBEDDER, progress=lambda *step: told.append(step))
    assert told[:2] == [("reading", 0, 1), ("reading", 1, 1)]
    assert told[-1][0] == "embedding"
    assert told[-1][1] == told[-1][2] > 0


@pytest.mark.parametrize(
    ("file", "document_id"),
    [
        ("某 通知.txt", "某-通知"),
        ("a:b.txt", "a-b"),
        ("zj-2021.txt", "zj-2021"),
        ("a.b.txt", "a.b"),
    ],
)
def test_a_document_is_named_by_its_file_with_no_sign_that_a_route_needs(file, document_id):
    assert read_document(source(GOOD, file)).document.document_id == document_id


def test_building_twice_gives_the_same_version(folder, out, tmp_path):
    first = build_index([folder], out, embedder=EMBEDDER).manifest
    second = build_index([folder], tmp_path / "again", embedder=EMBEDDER).manifest
    assert first.version == second.version
