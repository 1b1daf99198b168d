import codecs
import hashlib
from pathlib import Path

import pytest

from index.errors import EmptyFileError, NotTextError, ReadError, UnreadableFileError
from index.read import decode, read

TEXT = "一、总体要求\n坚持统一领导（试行）。\n"
DIGITS = "1.总体要求\n坚持领导（试行）。\n2.重点任务\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "通知.txt"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (TEXT.encode(), "utf-8", TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "\ufeff" + TEXT),
        (TEXT.encode("gb18030"), "gb18030", TEXT),
        ("𠮷野家、䶮镇".encode("gb18030"), "gb18030", "𠮷野家、䶮镇"),
        (DIGITS.encode("utf-16-le"), "utf-16-le", DIGITS),
        (DIGITS.encode("utf-16-be"), "utf-16-be", DIGITS),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "\ufeff" + TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", "\ufeff" + TEXT),
    ],
    ids=[
        "utf-8",
        "utf-8 with BOM",
        "gb18030",
        "gb18030 of four bytes",
        "utf-16-le",
        "utf-16-be",
        "utf-16-le with BOM",
        "utf-16-be with BOM",
    ],
)
def test_each_encoding_is_read_without_loss(path, data, encoding, text):
    path.write_bytes(data)
    made = read(path)
    assert (made.text, made.encoding, made.file) == (text, encoding, "通知.txt")
    assert made.sha256 == hashlib.sha256(data).hexdigest()


def test_a_byte_order_mark_counts_as_one_character(path):
    path.write_bytes(codecs.BOM_UTF8 + "甲乙".encode())
    made = read(path)
    assert len(made.text) == 3
    assert made.text[1:3] == "甲乙"


@pytest.mark.parametrize("text", ["甲\r\n乙\r\n", "甲\r乙", "甲\n\r\n乙\u2028丙\x85丁"])
def test_line_ends_stay_as_they_are(path, text):
    path.write_bytes(text.encode())
    assert read(path).text == text


@pytest.mark.parametrize(
    "data", [b"", b" \t\r\n", "\u3000\xa0\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE]
)
def test_a_file_without_words_is_refused_with_its_name_and_advice(path, data):
    path.write_bytes(data)
    with pytest.raises(EmptyFileError, match=r"^通知\.txt: the file is empty; .*put its text in$"):
        read(path)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Excel file"),
        (b"{\\rtf1\\ansi", "a rich-text file"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
    ],
)
def test_a_file_of_another_kind_is_named_by_what_it_is(path, data, kind):
    path.write_bytes(data)
    with pytest.raises(NotTextError, match=rf"^通知\.txt: this is {kind}.*save it as plain text"):
        read(path)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"abc\x00def",
        b"\x00" * 64,
        b"\x81\x20\xff" * 40,
        "第二類".encode("big5") + b"\xff",
        b"text \x01\x02\x03\x04 with many control characters",
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00\x00",
    ],
    ids=["every byte", "NUL", "only NULs", "no codec", "Big5", "controls", "lone surrogate"],
)
def test_bytes_that_are_no_text_are_refused_with_advice(path, data):
    path.write_bytes(data)
    advice = (
        r"^通知\.txt: not plain text in UTF-8, UTF-16 or GB18030; save it as plain text in UTF-8"
    )
    with pytest.raises(NotTextError, match=advice):
        read(path)


def test_a_missing_file_is_named_with_the_systems_reason(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"^无\.txt: No such file or directory; check"):
        read(tmp_path / "无.txt")


def test_a_folder_in_a_files_place_is_unreadable(path):
    path.mkdir()
    with pytest.raises(UnreadableFileError, match=r"^通知\.txt: Is a directory; check that") as got:
        read(path)
    assert got.value.file == "通知.txt"
    assert isinstance(got.value, ReadError)


def test_a_single_control_character_in_a_long_text_is_no_reason_to_refuse():
    text = "药品监管能力" * 100 + "\x0b"
    assert decode(text.encode(), "a.txt") == (text, "utf-8")


def test_utf_8_is_tried_before_gb18030():
    assert decode("责任单位".encode(), "a.txt") == ("责任单位", "utf-8")
