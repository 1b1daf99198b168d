import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import index.folder
import index.generations
import index.stores.choice
from index.asked import AskedQuestion
from index.codec import decode, encode
from index.embed import Embedder, load_embedder
from index.errors import (
    EmbeddingShapeError,
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    IndexModelError,
    StoreKindError,
)
from index.features import PLACE_FEATURES
from index.folder import FORMAT_VERSION, IndexManifest, load_index, write_index
from index.library import Index
from index.records import Clause, Document, ReadDocument
from index.stores.base import FloatMatrix
from index.stores.choice import StoreReport
from tests.index.documents import FULL, LAWS, PENSIONS


class CountingEmbedder:
    """Embeds a text as its length modulo 3."""

    def __init__(self, name: str = "counting", *, fingerprint: str = "f1", dim: int = 3) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dim = dim

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        rows: FloatMatrix = np.eye(3, dtype=np.float32)[[len(text) % 3 for text in texts]]
        return rows

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        return self.embed_passages(texts)


EMBEDDER = CountingEmbedder()
ASKED = (
    AskedQuestion("谁牵头完善药品监管法规？", ("gd-1:2",)),
    AskedQuestion("接种率提高到多少", ("gd-1:3", "gone:1")),
)


def write(out: Path, *documents: ReadDocument, embedder: Embedder = EMBEDDER) -> IndexManifest:
    return write_index(out, documents, embedder=embedder)


def load(out: Path, embedder: Embedder = EMBEDDER) -> Index:
    return load_index(out, embedder=embedder)


def generations(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "generations").iterdir())


def current(out: Path) -> Path:
    return out / "generations" / (out / "CURRENT").read_text(encoding="utf-8").split()[0]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_written_is_what_is_read(tmp_path):
    manifest = write(tmp_path, FULL, LAWS, PENSIONS)
    loaded = load(tmp_path)
    assert loaded.manifest == manifest
    assert loaded.documents == (FULL.document, LAWS.document, PENSIONS.document)
    assert loaded.clauses == FULL.clauses + LAWS.clauses + PENSIONS.clauses
    assert [loaded.text(each.document.document_id) for each in (FULL, LAWS)] == [
        FULL.text,
        LAWS.text,
    ]
    assert manifest.counts == {"documents": 3, "clauses": 9, "passages": 8, "asked": 0}


def test_the_manifest_says_what_the_index_is(tmp_path):
    manifest = write(tmp_path, LAWS)
    assert (manifest.model, manifest.fingerprint, manifest.dim) == ("counting", "f1", 3)
    assert len(manifest.version) == 12
    assert set(manifest.version) <= set("0123456789abcdef")
    on_disk = {path.relative_to(current(tmp_path)).as_posix() for path in files(current(tmp_path))}
    assert on_disk == {*manifest.files, "manifest.json"}
    records = {"documents.json", "clauses.jsonl", "asked.jsonl", "texts/gd-1.txt"}
    searched = {"passages", "vectors", "lexical", "table", "terms"}
    assert on_disk == records | searched | {"manifest.json"}
    assert manifest.store == StoreReport("flat", 4, recall=1.0)


@pytest.mark.parametrize("load", [CountingEmbedder, load_embedder])
@pytest.mark.parametrize("store", ["flat", "ivf", "exact"])
def test_equal_content_gives_equal_bytes_and_version(tmp_path, store, load):
    first, second = (
        write_index(tmp_path / name, [LAWS, FULL], embedder=load(), asked=ASKED, store=store)
        for name in ("a", "b")
    )
    assert first == second
    assert first.store.kind == store
    for one, other in zip(
        files(current(tmp_path / "a")), files(current(tmp_path / "b")), strict=True
    ):
        assert one.read_bytes() == other.read_bytes()


def test_other_words_another_record_or_another_model_change_the_version(tmp_path):
    clause = replace(LAWS.clauses[0], damaged=True)
    versions = {
        write(tmp_path, LAWS).version,
        write(tmp_path, replace(LAWS, text=LAWS.text + " ")).version,
        write(tmp_path, replace(LAWS, clauses=(clause, *LAWS.clauses[1:]))).version,
        write(tmp_path, LAWS, embedder=CountingEmbedder(fingerprint="f2")).version,
        write(tmp_path, LAWS, PENSIONS).version,
    }
    assert len(versions) == 5


def test_the_kind_of_store_changes_no_version(tmp_path):
    """The version says what is indexed; how it is searched stands in the report."""
    versions = {
        write_index(tmp_path / kind, [LAWS], embedder=EMBEDDER, store=kind).version
        for kind in ("flat", "ivf", "exact")
    }
    assert versions == {write(tmp_path / "auto", LAWS).version}


def test_the_manifest_says_how_vectors_are_searched_and_with_what_recall(tmp_path, monkeypatch):
    monkeypatch.setattr(index.stores.choice, "EXACT_UP_TO", 3)
    manifest = write_index(tmp_path, [LAWS, PENSIONS], embedder=load_embedder())
    written = json.loads((current(tmp_path) / "manifest.json").read_text(encoding="utf-8"))
    assert written["store"] == encode(manifest.store)
    assert (manifest.store.kind, manifest.store.vectors) == ("ivf", 7)
    assert manifest.store.recall >= 0.97
    assert 1 <= manifest.store.probes <= manifest.store.lists
    loaded = load_index(tmp_path)
    assert loaded.manifest.store == manifest.store
    assert [hit.row for hit in loaded.search("药品监管法规", k=1)] == [2]


def test_an_unknown_kind_of_store_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(StoreKindError, match="no vector store 'hnsw'"):
        write_index(tmp_path / "out", [LAWS], embedder=EMBEDDER, store="hnsw")
    assert not (tmp_path / "out").exists()


def test_confirmed_questions_survive_and_are_part_of_the_version(tmp_path):
    first = write_index(tmp_path, [LAWS], embedder=EMBEDDER, asked=ASKED)
    assert first.counts["asked"] == 2
    asked = (current(tmp_path) / "asked.jsonl").read_text(encoding="utf-8").splitlines()
    assert tuple(decode(AskedQuestion, json.loads(line)) for line in asked) == ASKED
    ranked = load(tmp_path).rank("谁牵头完善药品监管法规")
    near = ranked.places[ranked.rows == 2, PLACE_FEATURES.index("asked_nearest")]
    assert near.tolist() == pytest.approx([1], abs=1e-5)
    assert write(tmp_path, LAWS).version != first.version


def test_rebuilding_keeps_the_version_and_one_older_generation(tmp_path):
    version = write(tmp_path, LAWS).version
    assert [write(tmp_path, LAWS).version for _ in range(3)] == [version] * 3
    assert generations(tmp_path) == [f"{version}-3", f"{version}-4"]
    assert current(tmp_path).name == f"{version}-4"


def test_an_index_of_nothing_can_be_written_and_searched(tmp_path):
    write(tmp_path)
    assert load(tmp_path).search("药品", k=3) == []


def test_progress_is_told_in_passages(tmp_path):
    told: list[tuple[int, int]] = []
    write_index(
        tmp_path,
        [LAWS, PENSIONS],
        embedder=EMBEDDER,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(7, 7)]


def test_an_id_that_occurs_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match="'gd-1' occurs twice"):
        write(tmp_path, LAWS, LAWS)


@pytest.mark.parametrize("document_id", ["", "a/b", "..\\c"])
def test_a_document_id_that_is_no_file_name_is_refused(tmp_path, document_id):
    document = replace(LAWS.document, document_id=document_id)
    with pytest.raises(ValueError, match="is no file name"):
        write(tmp_path, replace(LAWS, document=document, clauses=()))


def test_vectors_of_another_width_are_refused(tmp_path):
    with pytest.raises(EmbeddingShapeError, match=r"\(n, 4\), got \(4, 3\)"):
        write(tmp_path, LAWS, embedder=CountingEmbedder(dim=4))


def test_a_missing_index_says_how_to_make_one(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError, match=r"run `yiju index DIR --out .*`"):
            load(folder)


@pytest.mark.parametrize("position", [0, 0.5, -1])
def test_a_flipped_bit_in_any_file_is_noticed(tmp_path, position):
    write_index(tmp_path, [LAWS], embedder=EMBEDDER, asked=ASKED)
    for path in [tmp_path / "CURRENT", *files(current(tmp_path))]:
        whole = path.read_bytes()
        at = position if position == -1 else int(len(whole) * position)
        if path.name == "CURRENT" and position == -1:
            continue  # its last byte is a line break: white space is not significant
        damaged = bytearray(whole)
        damaged[at] ^= 1
        path.write_bytes(bytes(damaged))
        with pytest.raises(IndexDamagedError, match=r"run `yiju index"):
            load(tmp_path)
        path.write_bytes(whole)
    assert load(tmp_path).documents == (LAWS.document,)


def test_a_file_cut_short_is_noticed_and_named(tmp_path):
    write_index(tmp_path, [LAWS], embedder=EMBEDDER, asked=ASKED)
    for path in files(current(tmp_path)):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(IndexDamagedError, match=f"the checksum of {path.name} differs"):
            load(tmp_path)
        path.write_bytes(whole)


def test_a_missing_file_is_noticed_and_named(tmp_path):
    write(tmp_path, LAWS)
    for path in files(current(tmp_path)):
        whole = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexDamagedError, match=f"{path.name} is missing"):
            load(tmp_path)
        path.write_bytes(whole)


def test_a_damaged_index_can_be_replaced(tmp_path):
    write(tmp_path, LAWS)
    (tmp_path / "CURRENT").write_bytes(b"\xff\n")
    with pytest.raises(IndexDamagedError, match="CURRENT names no generation"):
        load(tmp_path)
    manifest = write(tmp_path, PENSIONS)
    assert load(tmp_path).manifest == manifest


def test_another_model_is_refused_and_both_are_named(tmp_path):
    write(tmp_path, LAWS)
    with pytest.raises(
        IndexModelError, match=r"the model counting, .* is other.*--model"
    ) as caught:
        load(tmp_path, CountingEmbedder("other", fingerprint="f2"))
    assert "--model other" in str(caught.value)
    assert "--model counting" in str(caught.value)
    with pytest.raises(IndexModelError, match="counting in another state"):
        load(tmp_path, CountingEmbedder(fingerprint="f2"))


def test_without_an_embedder_the_embedded_model_is_meant(tmp_path):
    write(tmp_path, LAWS)
    with pytest.raises(IndexModelError, match="static-zh-en-256"):
        load_index(tmp_path)
    write(tmp_path, LAWS, embedder=load_embedder())
    assert load_index(tmp_path).search("药品监管", k=1)


@pytest.mark.parametrize("written", [1, FORMAT_VERSION + 1])
def test_another_format_version_is_refused_and_both_are_named(tmp_path, monkeypatch, written):
    with monkeypatch.context() as patched:
        patched.setattr(index.folder, "FORMAT_VERSION", written)
        write(tmp_path, LAWS)
    message = f"format {written}, this program reads {FORMAT_VERSION}; run `yiju index"
    with pytest.raises(IndexFormatError, match=message):
        load(tmp_path)


class CrashError(Exception):
    pass


CRASHES = [
    "index.folder._write_content",
    "index.stores.flat.FlatStore.save",
    "index.folder.build_store",
    "index.folder.TermTable.save",
    "index.folder.ClauseTable.save",
    "index.folder.LexicalStore.save",
    "index.folder.put_in_service",
    "index.generations._flush",
    "pathlib.Path.rename",
    "pathlib.Path.replace",
]


@pytest.mark.parametrize("step", CRASHES)
def test_a_crash_leaves_the_old_index_in_service(tmp_path, monkeypatch, step):
    old = write(tmp_path, LAWS)

    def crash(*arguments, **options):
        raise CrashError

    with monkeypatch.context() as patched:
        patched.setattr(step, crash)
        with pytest.raises(CrashError):
            write(tmp_path, PENSIONS)
    assert load(tmp_path).manifest == old
    new = write(tmp_path, PENSIONS)
    assert load(tmp_path).manifest == new
    assert len(generations(tmp_path)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generations"]


def test_a_crash_of_the_first_write_leaves_no_index(tmp_path, monkeypatch):
    def crash(*arguments, **options):
        raise CrashError

    with monkeypatch.context() as patched:
        patched.setattr("index.generations._flush", crash)
        with pytest.raises(CrashError):
            write(tmp_path, LAWS)
    with pytest.raises(IndexMissingError):
        load(tmp_path)


@pytest.mark.parametrize("record", [FULL.document, LAWS.document, *FULL.clauses, *LAWS.clauses])
def test_records_survive_json(record):
    assert decode(type(record), json.loads(json.dumps(encode(record)))) == record


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": 3}, r"Document\.title: expected str, got 3"),
        ({"level": "village"}, "village"),
        ({"region": {"name": "x"}}, "expected a Region"),
        ({"inferred": [["a"]]}, "expected 2 values, got 1"),
        ({"inferred": "ab"}, "expected list"),
        ({"extra": 1}, "expected a Document"),
    ],
)
def test_json_that_is_no_record_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        decode(Document, encode(FULL.document) | change)


def test_a_truth_value_is_no_number():
    with pytest.raises(ValueError, match=r"Clause\.start: expected int, got True"):
        decode(Clause, encode(FULL.clauses[0]) | {"start": True})


def test_what_cannot_be_read_back_is_not_written():
    with pytest.raises(TypeError, match="set"):
        encode(frozenset("ab"))


def test_asking_imports_neither_torch_nor_langchain(tmp_path):
    write(tmp_path, LAWS, embedder=load_embedder())
    code = (
        "import sys; from pathlib import Path; from index.folder import IndexManifest, load_index;"
        "assert load_index(Path(sys.argv[1])).search('药品监管', k=1);"
        "print([m for m in ('torch', 'langchain_text_splitters') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
