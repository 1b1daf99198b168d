import time
from dataclasses import replace

import numpy as np
import pytest

from index.clause_table import BoolVector
from index.embed import load_embedder
from index.folder import load_index, write_index
from index.library import Index, IndexContent
from index.records import ClauseKind
from index.stores.exact import ExactStore
from tests.index.documents import LAWS, PENSIONS, read_document, table_of


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    out = tmp_path_factory.mktemp("index")
    write_index(out, [LAWS, PENSIONS], embedder=load_embedder())
    return load_index(out)


def test_records_are_found_by_their_ids(index):
    assert index.document("gd-1").title == "药品安全工作方案"
    assert index.clause("gd-1:2") == LAWS.clauses[2]
    assert index.row("zj-2:1") == 6
    assert index.text("gd-1") == LAWS.text
    assert [each.clause_id for each in index.children("gd-1:1")] == ["gd-1:2", "gd-1:3"]
    assert index.children("gd-1:2") == ()


@pytest.mark.parametrize("method", ["document", "clause", "row", "text"])
def test_an_unknown_id_is_a_key_error(index, method):
    with pytest.raises(KeyError, match="nothing"):
        getattr(index, method)("nothing")


def test_a_quote_is_the_clauses_own_words(index):
    assert index.quote(index.clause("gd-1:3")) == "（二）提高疫苗接种率到99.5%。省卫生健康委负责。"


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("谁牵头完善药品监管法规？", "gd-1:2"),
        ("誰牽頭完善藥品監管法規？", "gd-1:2"),
        ("99.5%", "gd-1:3"),
        ("提高养老金的通知", "zj-2:0"),
        ("Who is responsible for vaccination rates?", "gd-1:3"),
    ],
)
def test_the_clause_that_fits_comes_first(index, question, clause_id):
    assert index.clauses[index.search(question, k=3)[0].row].clause_id == clause_id


def only(index: Index, *rows: int) -> BoolVector:
    allowed = np.zeros(len(index.clauses), dtype=np.bool_)
    allowed[list(rows)] = True
    return allowed


def test_noise_is_never_found(index):
    noise = index.row("gd-1:4")
    question = "扫码下载药品监管法规 ICP备1号"
    assert noise not in {hit.row for hit in index.search(question, k=99)}
    assert index.search(question, k=9, allowed=only(index, noise)) == []
    assert not index.inside(["gd-1", "zj-2"])[noise]


def test_hits_are_in_order(index):
    hits = index.search("养老金提高", k=9)
    keys = [(-hit.score, hit.row) for hit in hits]
    assert keys == sorted(keys)
    assert {6, 7} <= {hit.row for hit in hits}


def test_only_allowed_rows_are_found(index):
    hits = index.search("提高", k=9, allowed=only(index, 3, 5))
    assert {hit.row for hit in hits} == {3, 5}
    assert index.search("药品", k=9, allowed=only(index)) == []


def test_inside_gives_the_clauses_of_documents_noise_aside(index):
    assert index.inside(["gd-1"]).tolist() == [True] * 4 + [False] * 4
    assert index.inside(["zj-2"]).tolist() == [False] * 5 + [True] * 3
    assert not index.inside([]).any()
    with pytest.raises(KeyError, match="nothing"):
        index.inside(["nothing"])


def test_the_features_of_a_hit_explain_its_score(index):
    ranked = index.rank("谁牵头完善药品监管法规？")
    hits = index.search("谁牵头完善药品监管法规？", k=9)
    assert [hit.row for hit in hits] == ranked.rows.tolist()
    for at, hit in enumerate(hits):
        assert sum(each.adds for each in index.explain(ranked, at)) == pytest.approx(
            hit.score, abs=1e-3
        )


def test_a_question_without_a_character_finds_nothing(index):
    assert index.search("", k=5) == index.search(" \n", k=5) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": 0}, "k must be at least 1, got 0"),
        ({"k": 1, "allowed": np.ones(7, dtype=np.bool_)}, r"expected \(8,\) clauses, got \(7,\)"),
    ],
)
def test_wrong_arguments_are_refused(index, arguments, message):
    with pytest.raises(ValueError, match=message):
        index.search("药品", **arguments)


@pytest.mark.parametrize("part", ["table", "lexical", "vectors"])
def test_stores_that_do_not_fit_the_clauses_are_refused(index, part):
    other, lexical = table_of(PENSIONS)
    wrong = {"table": other, "lexical": lexical, "vectors": ExactStore(np.zeros((2, 256), "f4"))}
    stores = replace(index.stores, **{part: wrong[part]})
    content = IndexContent(index.documents, index.clauses, {})
    with pytest.raises(ValueError, match=r"expected \(8, 8, 7\) rows .* got"):
        Index(index.manifest, content, stores=stores, embedder=index.embedder)


def test_passages_out_of_order_are_refused(index):
    stores = replace(index.stores, owners=index.stores.owners[::-1])
    content = IndexContent(index.documents, index.clauses, {})
    with pytest.raises(ValueError, match="in the order of their clauses"):
        Index(index.manifest, content, stores=stores, embedder=index.embedder)


def test_the_best_passage_of_a_long_clause_counts(tmp_path):
    filler = "城乡居民基本养老保险基础养老金每人每月提高二十元。" * 60
    long = read_document(
        "long",
        (ClauseKind.PARAGRAPH, filler + "完善药品监管法规。" * 50),
        (ClauseKind.PARAGRAPH, filler),
    )
    embedder = load_embedder()
    write_index(tmp_path, [long], embedder=embedder)
    index = load_index(tmp_path, embedder=embedder)
    assert index.manifest.counts["passages"] > 4
    ranked = index.rank("完善药品监管法规")
    dense = dict(zip(ranked.rows.tolist(), ranked.dense.tolist(), strict=True))
    assert dense[0] > 0.9
    assert dense.get(1, 0) < 0.5


def test_a_question_over_150_clauses_takes_a_few_milliseconds(tmp_path):
    parts = [
        (ClauseKind.PARAGRAPH, f"第{n}项：完善药品监管法规，由省药监局牵头。" * 3)
        for n in range(150)
    ]
    embedder = load_embedder()
    write_index(tmp_path, [read_document("big", *parts)], embedder=embedder)
    index = load_index(tmp_path, embedder=embedder)

    def elapsed_s() -> float:
        start = time.perf_counter()
        index.search("谁牵头完善第12项药品监管法规？", k=10)
        return time.perf_counter() - start

    assert min(elapsed_s() for _ in range(50)) < 0.02
