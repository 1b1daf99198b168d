from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.asked import AskedQuestion
from index.clause_table import BoolVector
from index.clean import fold
from index.embed import Embedder, load_embedder
from index.features import ASKED_FEATURES, PLACE_FEATURES, WORD_FEATURES
from index.folder import load_index, write_index
from index.library import Index, IndexContent, SearchSettings
from index.records import ClauseKind, Region
from index.reranker import LinearModel, Reranker
from index.search import Depth, Ranked
from index.tokens import token_code
from tests.index.documents import LAWS, PENSIONS, read_document

WORDS = ("药品监管", "疫苗接种", "养老保险", "医疗救助", "冷链物流", "追溯体系", "食品安全")
# Sixty clauses in two documents, each third a repetition; no clause holds 航天.
MANY = tuple(
    read_document(
        name,
        *(
            (
                ClauseKind.PARAGRAPH,
                f"{WORDS[n % 7]}与{WORDS[n % 3]}。" if n % 3 else "完善药品监管。",
            )
            for n in range(30)
        ),
    )
    for name in ("one", "other")
)


def weighted(**weights: float) -> Reranker:
    """Give a re-ranker that knows only some features; its two stages order by the same."""

    def model(features: tuple[str, ...]) -> LinearModel:
        row = np.array([weights.get(name, 0) for name in features], dtype=np.float32)
        return LinearModel(features, np.zeros_like(row), np.ones_like(row), row)

    return Reranker(model(PLACE_FEATURES), model((*PLACE_FEATURES, *WORD_FEATURES)))


BY_BOTH = SearchSettings(weighted(lexical=1, dense=0.5))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module", params=["flat", "ivf"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> Index:
    out = tmp_path_factory.mktemp("index")
    asked = [
        AskedQuestion("谁管疫苗接种", ("one:7",)),
        AskedQuestion("航天", ("other:20",)),
        AskedQuestion("已不在的条款", ("gone:1",)),
    ]
    write_index(out, MANY, embedder=embedder, asked=asked, store=request.param)
    return load_index(out, embedder=embedder, settings=BY_BOTH)


def only(index: Index, *rows: int) -> BoolVector:
    allowed = np.zeros(len(index.clauses), dtype=np.bool_)
    allowed[list(rows)] = True
    return allowed


def column(ranked: Ranked, name: str) -> list[float]:
    return [float(value) for value in ranked.places[:, PLACE_FEATURES.index(name)]]


def test_the_score_is_the_sum_of_the_features_by_their_weights(index):
    ranked = index.rank("药品监管")
    count = len(ranked.words)
    want = ranked.lexical / ranked.lexical.max() + 0.5 * ranked.dense
    np.testing.assert_allclose(ranked.scores[:count], want[:count], rtol=1e-5)
    assert column(ranked, "dense") == pytest.approx(ranked.dense.tolist())


def test_a_hit_carries_the_scores_of_both_legs(index, embedder):
    query = index.searcher.read("完善冷链物流")
    lexical = index.stores.lexical.scores(query.tokens, query.weights)
    hits = index.search("完善冷链物流", k=60)
    # A passage is the clause's words behind its title, here none, and its headings.
    passages = [
        "\n".join((fold(index.clauses[hit.row].path[0]), index.clauses[hit.row].search_text))
        for hit in hits
    ]
    dense = embedder.embed_passages(passages) @ query.embedding[0]
    assert [hit.lexical for hit in hits] == lexical[[hit.row for hit in hits]].tolist()
    np.testing.assert_allclose([hit.dense for hit in hits], dense, atol=0.01)


def test_hits_are_in_order_and_ties_in_row_order(index):
    hits = index.search("完善药品监管", k=60)
    keys = [(-hit.score, hit.row) for hit in hits]
    assert keys == sorted(keys)
    twins = [hit.row for hit in hits if hit.row in range(0, 30, 3)]
    assert twins == list(range(0, 30, 3))
    assert len({hit.score for hit in hits if hit.row in twins}) == 1


def test_k_hits_come_back_where_so_many_are_allowed_and_fit(index):
    every = index.search("药品监管与疫苗", k=60)
    worst = [hit.row for hit in every if hit.lexical][-5:]
    hits = index.search("药品监管与疫苗", k=5, allowed=only(index, *worst))
    assert {hit.row for hit in hits} == set(worst)
    assert index.search("药品监管", k=9, allowed=only(index)) == []


@settings(max_examples=30)
@given(mask=st.lists(st.booleans(), min_size=60, max_size=60), k=st.integers(1, 70))
def test_a_filter_leaves_out_the_rest_and_changes_no_score(index, mask, k):
    allowed = np.array(mask, dtype=np.bool_)
    every = {hit.row: hit for hit in index.search("药品监管与疫苗", k=60)}
    hits = index.search("药品监管与疫苗", k=k, allowed=allowed)
    assert all(mask[hit.row] for hit in hits)
    assert len(hits) == min(k, sum(mask[row] for row in every))
    for hit in hits:
        assert hit.lexical == every[hit.row].lexical
        assert hit.dense == pytest.approx(every[hit.row].dense, abs=2e-6)


def test_a_narrow_filter_is_not_emptied_by_better_clauses_outside(embedder, tmp_path):
    """The 500 clauses that fit best are elsewhere, more than any leg takes."""
    crowd = read_document("a", *[(ClauseKind.PARAGRAPH, "药品监管")] * 500)
    few = read_document("b", *[(ClauseKind.PARAGRAPH, "药品的运输和医疗保险基金的使用")] * 4)
    write_index(tmp_path, [crowd, few], embedder=embedder)
    index = load_index(tmp_path, embedder=embedder, settings=BY_BOTH)
    assert {hit.row for hit in index.search("药品监管", k=100)} == set(range(100))
    hits = index.search("药品监管", k=10, allowed=index.inside(["b"]))
    assert [hit.row for hit in hits] == [500, 501, 502, 503]


def test_a_search_repeats_exactly_from_many_threads(index):
    questions = ["药品监管", "谁管疫苗接种", "cold chain", "养老", ""] * 4
    want = [index.search(question, k=20) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda question: index.search(question, k=20), questions)) == want


def test_what_each_feature_adds_sums_up_to_the_score(index):
    ranked = index.rank("药品监管与疫苗")
    for at in (0, 1, len(ranked.words) - 1):
        parts = index.explain(ranked, at)
        assert len(parts) == len(PLACE_FEATURES) + len(WORD_FEATURES)
        assert {each.feature for each in parts} == {*PLACE_FEATURES, *WORD_FEATURES}
        assert sum(each.adds for each in parts) == pytest.approx(ranked.scores[at], abs=1e-5)
        assert {each.feature for each in parts if each.adds} <= {"lexical", "dense"}
        assert [abs(each.adds) for each in parts] == sorted(
            (abs(each.adds) for each in parts), reverse=True
        )
        values = {each.feature: each.value for each in parts}
        assert values["dense"] == pytest.approx(ranked.dense[at])


def test_only_the_best_are_looked_at_by_their_words_and_the_others_stay_behind(index, embedder):
    shallow = SearchSettings(weighted(lexical=1, text_holds_pairs=-5), Depth(words=10))
    ranked = _with(index, embedder, shallow).rank("药品监管与疫苗")
    assert len(ranked.words) == 10 < len(ranked.rows)
    assert ranked.words.shape[1] == len(WORD_FEATURES)
    assert (np.diff(ranked.scores) <= 1e-6).all()
    first = _with(index, embedder, SearchSettings(weighted(lexical=1), Depth(words=1)))
    best = first.rank("药品监管与疫苗").rows
    assert set(ranked.rows[:10].tolist()) == set(best[:10].tolist())
    assert ranked.rows[10:].tolist() == best[10:].tolist()
    assert {each.feature for each in index.explain(ranked, 10)} == set(PLACE_FEATURES)


def test_words_can_turn_the_order_of_the_first_stage(index, embedder):
    turned = _with(index, embedder, SearchSettings(weighted(lexical=1, text_singles=-9)))
    plain = _with(index, embedder, SearchSettings(weighted(lexical=1)))
    assert turned.search("疫苗接种", k=1) != plain.search("疫苗接种", k=1)


def _with(index: Index, embedder: Embedder, settings: SearchSettings) -> Index:
    """Give the same documents, searched in another way."""
    texts = {each.document_id: index.text(each.document_id) for each in index.documents}
    return Index(
        index.manifest,
        IndexContent(index.documents, index.clauses, texts),
        stores=index.stores,
        embedder=embedder,
        settings=settings,
    )


def test_depths_bound_the_candidates_of_each_leg(index, embedder):
    few = _with(index, embedder, SearchSettings(weighted(lexical=1), Depth(lexical=5, dense=3)))
    found = few.rank("药品监管与疫苗").rows
    assert 5 <= len(found) <= 8
    best = _with(index, embedder, SearchSettings(weighted(lexical=1))).rank("药品监管与疫苗")
    assert set(best.rows[:5].tolist()) <= set(found.tolist())


def test_a_clause_without_a_word_in_common_is_found_by_its_meaning(tmp_path, embedder):
    write_index(tmp_path, [LAWS, PENSIONS], embedder=embedder)
    index = load_index(tmp_path, embedder=embedder, settings=BY_BOTH)
    hits = index.search("退休待遇", k=9)
    assert {hit.lexical for hit in hits} == {0}
    assert hits[0].row in {5, 6, 7}
    assert hits[0].dense > 0


def test_clauses_of_questions_asked_before_are_candidates_if_allowed(index):
    ranked = index.rank("航天")
    nearest = dict(zip(ranked.rows.tolist(), column(ranked, "asked_nearest"), strict=True))
    assert not any(nearest.values())  # 航天 stands in no clause: it tells no question from another
    ranked = index.rank("谁管疫苗接种")
    nearest = dict(zip(ranked.rows.tolist(), column(ranked, "asked_nearest"), strict=True))
    assert nearest[7] == pytest.approx(1, abs=1e-5)
    assert {row for row, near in nearest.items() if near} == {7}
    elsewhere = index.rank("谁管疫苗接种", allowed=index.inside(["other"]))
    assert 7 not in elsewhere.rows
    assert not any(column(elsewhere, "asked_nearest"))


def test_noise_beside_a_confirmed_clause_is_no_candidate(tmp_path, embedder):
    asked = [AskedQuestion("提高疫苗接种率", ("gd-1:3",))]
    write_index(tmp_path, [LAWS, PENSIONS], embedder=embedder, asked=asked)
    index = load_index(tmp_path, embedder=embedder, settings=BY_BOTH)
    rows = index.rank("提高疫苗接种率").rows.tolist()
    assert 3 in rows
    assert 4 not in rows


def test_a_question_asked_before_brings_a_clause_that_neither_leg_would(tmp_path, embedder):
    asked = [AskedQuestion("药品监管", ("other:29",))]
    write_index(tmp_path, MANY, embedder=embedder, asked=asked)
    narrow = SearchSettings(weighted(asked_nearest=1), Depth(lexical=1, dense=1))
    index = load_index(tmp_path, embedder=embedder, settings=narrow)
    hits = index.search("药品监管", k=9)
    assert hits[0].row == 59
    assert hits[0].score == pytest.approx(1, abs=1e-4)
    assert {57, 58} <= {hit.row for hit in hits}


def test_a_region_that_a_question_names_is_told_from_others(tmp_path, embedder):
    codes = {"a": ("杭州市", "330100"), "b": ("广东省", "440000"), "c": None}
    documents = []
    for name, region in codes.items():
        read = read_document(name, (ClauseKind.PARAGRAPH, "药品监管"))
        place = Region(*region) if region else None
        documents.append(replace(read, document=replace(read.document, region=place)))
    write_index(tmp_path, documents, embedder=embedder)
    index = load_index(tmp_path, embedder=embedder, settings=BY_BOTH)

    def told(question: str) -> dict[int, tuple[float, float]]:
        ranked = index.rank(question)
        pairs = zip(column(ranked, "region_same"), column(ranked, "region_other"), strict=True)
        return dict(zip(ranked.rows.tolist(), pairs, strict=True))

    assert told("浙江省的药品监管") == {0: (1, 0), 1: (0, 1), 2: (0, 0)}
    assert told("广东省药品监管") == {0: (0, 1), 1: (1, 0), 2: (0, 0)}
    assert told("药品监管") == {0: (0, 0), 1: (0, 0), 2: (0, 0)}


def test_a_question_is_read_with_each_token_once_and_weighed_by_how_often_it_stands(index):
    query = index.searcher.read("藥品、药品")
    weights = dict(zip(query.tokens.tolist(), query.weights.tolist(), strict=True))
    assert weights == {token_code(token): 2 for token in ("药", "品", "药品")}
    assert query.weights.dtype == np.float32


def test_a_translation_counts_half_and_is_part_of_the_pattern(index):
    query = index.searcher.read("cold chain")
    weights = dict(zip(query.tokens.tolist(), query.weights.tolist(), strict=True))
    assert weights[token_code("cold")] == 1
    assert weights[token_code("冷链")] == 0.5
    assert ord("冷") in query.codes.tolist()
    assert index.clauses[index.search("cold chain", k=1)[0].row].search_text.count("冷链")


def test_what_is_meant_is_embedded_and_what_is_asked_is_matched(index, embedder):
    query = index.searcher.read("疫苗", meant="药品")
    np.testing.assert_array_equal(query.embedding, embedder.embed_questions(["药品"]))
    assert token_code("疫苗") in query.tokens.tolist()
    assert token_code("药品") not in query.tokens.tolist()


def test_candidates_to_learn_from_have_the_features_they_are_ranked_by(index):
    question = "药品监管与疫苗"
    rows, matrix = index.searcher.candidates(index.searcher.read(question))
    ranked = index.rank(question)
    assert rows.tolist() == sorted(ranked.rows.tolist())
    at = np.searchsorted(rows, ranked.rows)
    np.testing.assert_array_equal(matrix[at][:, : len(PLACE_FEATURES)], ranked.places)
    got = matrix[at[: len(ranked.words)], len(PLACE_FEATURES) :]
    np.testing.assert_allclose(got, ranked.words, atol=1e-6)


def test_without_anything_asked_before_those_features_are_zero(index, embedder):
    ranked = _with(index, embedder, BY_BOTH).rank("谁管疫苗接种")
    for name in ASKED_FEATURES:
        assert not any(column(ranked, name))
