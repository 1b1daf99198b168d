from dataclasses import replace
from pathlib import Path

import pytest

from index.documents_manifest import Entry, apply, read_manifest
from index.errors import DocumentsManifestError
from index.records import Document, DocumentStatus, Level, Region

READ = Document(
    document_id="a",
    file="a.txt",
    sha256="0" * 64,
    title="关于某事的通知",
    number="浙政办发〔2021〕68号",
    issuer="浙江省人民政府办公厅",
    region=Region("浙江省", "330000"),
    level=Level.PROVINCE,
    date="2021-12-30",
    status=DocumentStatus.EFFECTIVE,
)


def manifest(folder: Path, text: str) -> Path:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    return folder


def entry(*facts: tuple[str, str], inferred: tuple[tuple[str, str], ...] = ()) -> Entry:
    return Entry("a.txt", None, None, facts, inferred)


def test_a_folder_without_a_manifest_has_no_entries(tmp_path):
    assert read_manifest(tmp_path) == ()


def test_an_entry_holds_what_it_states_and_no_more(tmp_path):
    text = (
        '[[document]]\nfile = "a.txt"\nid = "zj-1"\ntitle = "题"\nregion = "浙江省"\n'
        'sha256 = "ab"\n[document.inferred]\ntitle = "the preamble"\n'
        '[[document]]\nfile = "b.txt"\n'
    )
    assert read_manifest(manifest(tmp_path, text)) == (
        Entry(
            "a.txt",
            "zj-1",
            "ab",
            (("title", "题"), ("region", "浙江省")),
            (("title", "the preamble"),),
        ),
        Entry("b.txt", None, None, (), ()),
    )


def test_an_empty_manifest_has_no_entries(tmp_path):
    assert read_manifest(manifest(tmp_path, "# nothing yet\n")) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[document]\nfile = 1", "not valid TOML"),
        ('document = "a.txt"', r"no list of documents; write each as \[\[document\]\]"),
        ('document = ["a.txt"]', "no list of documents"),
        ('[[document]]\ntitle = "题"', "an entry names no file; add file = "),
        ('[[document]]\nfile = "a.txt"\nauthor = "x"', "a.txt has the unknown key 'author'; use"),
        (
            '[[document]]\nfile = "a.txt"\nlevel = "town"',
            "a.txt has level = 'town'; use one of nat",
        ),
        (
            '[[document]]\nfile = "a.txt"\nstatus = "new"',
            "a.txt has status = 'new'; use one of draft",
        ),
        (
            '[[document]]\nfile = "a.txt"\nregion = "火星"',
            "a.txt has region = '火星'; use a full name",
        ),
        ('[[document]]\nfile = "a.txt"\nregion = "999999"', "a.txt has region = '999999'"),
        ('[[document]]\nfile = "a.txt"\nid = "a/b"', "a.txt has the id 'a/b'; use no / : or space"),
        ('[[document]]\nfile = "a.txt"\nid = "a:b"', "has the id 'a:b'"),
        ('[[document]]\nfile = "a.txt"\nid = "a b"', "has the id 'a b'"),
        ('[[document]]\nfile = "a.txt"\nid = ""', "has the id ''"),
        ('[[document]]\nfile = "a.txt"\nid = 7', "has the id 7"),
        ('[[document]]\nfile = "a.txt"\ninferred = "title"', "inferred is no table; map each fact"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_file_the_fault_and_the_advice(
    tmp_path, text, message
):
    with pytest.raises(DocumentsManifestError, match=message) as got:
        read_manifest(manifest(tmp_path, text))
    assert got.value.path == tmp_path / "manifest.toml"
    assert str(got.value).startswith(str(tmp_path / "manifest.toml"))


def test_a_manifest_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "manifest.toml").write_bytes('title = "题"'.encode("gb18030"))
    with pytest.raises(DocumentsManifestError, match="not valid TOML"):
        read_manifest(tmp_path)


def test_an_entry_fills_in_what_the_text_does_not_say():
    unread = Document("a", "a.txt", "0" * 64)
    stated = (
        ("title", "题"),
        ("date", "2021-01-02"),
        ("region", "绍兴市"),
        ("level", "city"),
        ("status", "draft"),
    )
    made, warnings = apply(entry(*stated, inferred=(("title", "the preamble"),)), unread)
    assert warnings == ()
    assert made == Document(
        "a",
        "a.txt",
        "0" * 64,
        title="题",
        date="2021-01-02",
        region=Region("绍兴市", "330600"),
        level=Level.CITY,
        status=DocumentStatus.DRAFT,
        inferred=(("title", "the preamble"),),
    )


def test_an_entry_leads_over_the_text_and_the_contradiction_is_reported():
    made, warnings = apply(entry(("date", "2022-01-01"), ("region", "江苏省")), READ)
    assert (made.date, made.region) == ("2022-01-01", Region("江苏省", "320000"))
    assert warnings == (
        "a.txt: manifest says date '2022-01-01', the text says '2021-12-30'",
        "a.txt: manifest says region '江苏省', the text says '浙江省'",
    )


def test_an_entry_that_says_what_the_text_says_is_no_contradiction():
    stated = (("number", "浙政办发〔2021〕68号"), ("level", "province"), ("region", "330000"))
    assert apply(entry(*stated), READ) == (READ, ())


def test_an_unknown_status_is_no_contradiction():
    unknown = replace(READ, status=DocumentStatus.UNKNOWN)
    made, warnings = apply(entry(("status", "repealed")), unknown)
    assert (made.status, warnings) == (DocumentStatus.REPEALED, ())


def test_an_entrys_id_is_the_documents():
    made, _ = apply(Entry("a.txt", "zj-1", None, (), ()), READ)
    assert made.document_id == "zj-1"


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("全国", Region("全国", "000000")),
        ("000000", Region("全国", "000000")),
        ("330600", Region("绍兴市", "330600")),
        ("浙江", Region("浙江省", "330000")),
    ],
)
def test_a_region_is_named_or_given_by_its_code(name, region):
    made, _ = apply(entry(("region", name)), Document("a", "a.txt", "0" * 64))
    assert made.region == region
