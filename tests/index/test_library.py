import time

import numpy as np
import pytest

from index.embed import load_embedder
from index.folder import load_index, write_index
from index.library import Index
from index.records import ClauseKind
from tests.index.documents import LAWS, PENSIONS, read_document


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
        ("养老金提高多少", "zj-2:0"),
        ("Who is responsible for vaccination rates?", "gd-1:3"),
    ],
)
def test_the_clause_that_fits_comes_first(index, question, clause_id):
    assert index.clauses[index.search(question, k=3)[0].row].clause_id == clause_id


def test_noise_is_never_found(index):
    noise = index.row("gd-1:4")
    question = "扫码下载药品监管法规 ICP备1号"
    assert noise not in {hit.row for hit in index.search(question, k=99)}
    assert index.search(question, k=9, allowed=[noise]) == []
    lexical, dense = index.scores(question)
    assert lexical[noise] == dense[noise] == 0


def test_a_hit_carries_both_scores_and_their_fusion(index):
    question = "药品监管"
    lexical, dense = index.scores(question)
    assert lexical.dtype == dense.dtype == np.float32
    best = max(lexical)
    for hit in index.search(question, k=9, dense_weight=0.3):
        assert (hit.lexical, hit.dense) == (lexical[hit.row], dense[hit.row])
        fused = 0.7 * hit.lexical / best + 0.3 * max(0, hit.dense)
        assert hit.score == pytest.approx(fused, abs=1e-5)
        assert 0 < hit.score <= 1


def test_hits_are_in_order_and_ties_in_row_order(index):
    hits = index.search("养老金提高", k=9)
    keys = [(-hit.score, hit.row) for hit in hits]
    assert keys == sorted(keys)
    twins = {6, 7}
    assert [hit.row for hit in hits if hit.row in twins] == [6, 7]
    assert len({hit.score for hit in hits if hit.row in twins}) == 1


def test_only_allowed_rows_are_found_and_the_best_of_them_sets_the_scale(index):
    hits = index.search("完善药品监管法规", k=9, allowed={3, 5}, dense_weight=0)
    assert {hit.row for hit in hits} <= {3, 5}
    assert hits[0].score == 1
    assert index.search("药品", k=9, allowed=[]) == []


def test_a_leg_without_weight_is_left_out(index):
    assert not index.scores("药品", dense_weight=0)[1].any()
    assert not index.scores("药品", dense_weight=1)[0].any()


def test_a_question_without_a_word_finds_nothing(index):
    assert index.search("", k=5) == index.search("？！", k=5, dense_weight=0) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": 0}, "k must be at least 1"),
        ({"k": 1, "allowed": [8]}, r"\[0, 8\)"),
        ({"k": 1, "dense_weight": 1.1}, r"in \[0, 1\]"),
    ],
)
def test_wrong_arguments_are_refused(index, arguments, message):
    with pytest.raises(ValueError, match=message):
        index.search("药品", **arguments)


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
    _, dense = index.scores("完善药品监管法规")
    assert dense[0] > 0.9
    assert dense[1] < 0.5


def test_a_question_over_150_clauses_takes_about_a_millisecond(tmp_path):
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

    assert min(elapsed_s() for _ in range(50)) < 0.001
