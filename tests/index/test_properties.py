"""What holds of every document: the shipped ones, and random ones."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.build import read_document
from index.documents_manifest import read_manifest
from index.read import read as read_file
from index.records import ReadDocument
from tests.index.cutting import assert_covered, assert_records, assert_tree, cleaned, cut, read

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = sorted(path.name for path in SEEDS.glob("*.txt"))

_HAN = "药品监管局制度检查任务责任单位市县政府推进完善"
_words = st.text(_HAN, min_size=2, max_size=24)
_sentence = st.builds(
    lambda parts, stop: "，".join(parts) + stop,
    st.lists(_words, min_size=1, max_size=5),
    st.sampled_from(["。", "；", "：", ""]),
)
_NUMBERS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2．",
    "（1）",
    "①",
    "②",
    "1.1 ",
]
_RANKED = [
    "第一章 ",
    "第一条 ",
    "第二条 ",
    "第三条规定的",
    "第三条之一",
    "附件1\n",
    "附件：",
    "专栏1 ",
]
_numbered = st.builds(str.__add__, st.sampled_from([*_NUMBERS, *_RANKED, "Article 1 "]), _sentence)
_table = st.lists(_words, min_size=3, max_size=4).map("\t".join)
_units = st.lists(_words, min_size=1, max_size=3).map(lambda u: f"（责任单位：{'、'.join(u)}）")
_noise = st.sampled_from(
    [
        "预览已结束，完整报告链接和二维码如下：",
        "[bookmark: _GoBack]",
        "版权所有：某局 京ICP备12345678号",
        "首页",
        "当前位置：首页",
        "https://example.cn/1",
        "\ufeff",
        "---",
    ]
)
_part = st.sampled_from(
    [
        "某市药监局关于加强监管的通知",
        "某药监〔2021〕3号",
        "各区人民政府：",
        "某市人民政府\n2021年3月4日",
        "（此件公开发布）",
        "抄送：市委各部门。",
        "## **第一条**",
        "國(guó)務(wù)院辦(bàn)公廳",
        "目录",
        "\ufffd\ufffd",
    ]
)
_piece = st.one_of(_numbered, _sentence, _table, _units, _noise, _part)
_break = st.sampled_from(["\n", "\n\n", "\r\n", "\r", " ", "\u3000", "", "\n\u3000\u3000"])
_document = (
    st.lists(st.tuples(_piece, _break), min_size=1, max_size=25)
    .map(lambda pieces: "".join(piece + gap for piece, gap in pieces))
    .filter(lambda text: re.search("[\u4e00-\u9fff]", text) is not None)
)
_thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _seed(file: str) -> ReadDocument:
    entries = {entry.file: entry for entry in read_manifest(SEEDS)}
    return read_document(read_file(SEEDS / file), entries[file])


@pytest.fixture(scope="module", params=FILES)
def seed(request: pytest.FixtureRequest) -> ReadDocument:
    return _seed(request.param)


def test_five_documents_are_shipped():
    assert len(FILES) == 5


def test_a_seeds_clauses_cover_it_without_overlap(seed):
    assert_covered(seed.text, seed.clauses)


def test_a_seeds_ids_occur_once_and_parents_precede(seed):
    assert_tree(seed.clauses)
    assert {clause.document_id for clause in seed.clauses} == {seed.document.document_id}


def test_a_seeds_records_lie_within_their_clause(seed):
    assert_records(seed.text, seed.clauses)


def test_a_seeds_text_is_its_file_byte_for_byte(seed):
    data = (SEEDS / seed.document.file).read_bytes()
    assert seed.text.encode() == data


@given(_document)
@example("\n".join(["一、甲", "", "（一）乙。丙。", "[bookmark: x]（二）丁。"]))
@_thorough
def test_any_document_is_covered_and_its_tree_is_sound(text):
    clauses = cut(text).clauses
    assert_covered(text, clauses)
    assert_tree(clauses)


@given(_document)
@_thorough
def test_any_documents_records_lie_within_their_clauses(text):
    made = read(text)
    assert_covered(text, made.clauses)
    assert_records(text, made.clauses)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@_thorough
def test_any_text_at_all_is_covered(text):
    document = "药" + text
    assert_covered(document, cut(document).clauses)


@given(_document)
@_thorough
def test_removing_line_breaks_keeps_the_cover(text):
    flat = re.sub(r"\s*[\r\n]\s*", " ", text)
    assert_covered(flat, cut(flat).clauses)
    assert_tree(cut(flat).clauses)


@given(_document)
@_thorough
def test_cutting_twice_gives_the_same(text):
    assert cut(text) == cut(text)


@given(st.one_of(_document, st.text(alphabet=st.characters(codec="utf-8"), max_size=200)))
@_thorough
def test_the_map_of_a_clean_text_is_exact(text):
    made = cleaned(text)
    spans = list(zip(made.starts, made.ends, strict=True))
    assert len(spans) == len(made.text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(made.starts) == sorted(made.starts)
    assert list(made.ends) == sorted(made.ends)
    for start, end in set(spans):
        first, last = made.from_source(start, end)
        assert made.to_source(first, last) == (start, end)
