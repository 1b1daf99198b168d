"""Every feature's meaning, on documents small enough to count by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clause_table import ClauseTable
from index.features import ASKED_FEATURES, PLACE_FEATURES, WORD_FEATURES, FeatureReader, Legs
from index.genre import GENRES
from index.pattern import Pattern
from index.records import ClauseKind, DocumentStatus, Level, ReadDocument, Responsibility
from index.stores.base import FloatVector
from index.stores.lexical import K1, B, LexicalStore
from index.term_table import TERM_FEATURES
from index.tokens import TokenVector, sequences
from tests.index.documents import read_document, table_of

PARAGRAPH, HEADING, TITLE = ClauseKind.PARAGRAPH, ClauseKind.HEADING, ClauseKind.TITLE

# Rows 0 to 4 and 5 to 7; rows 1 and 2 stand under the heading of row 1.
LAW = read_document(
    "law",
    (TITLE, "甲乙"),
    (HEADING, "丙丁"),
    (PARAGRAPH, "甲乙丙丁。甲乙"),
    (PARAGRAPH, "戊"),
    (PARAGRAPH, "甲乙" * 30),
    title="某某法",
)
PLAN = read_document("plan", (TITLE, "甲"), (PARAGRAPH, "丙丁"), (PARAGRAPH, "甲乙"), title="方案")


def place(document: ReadDocument, **facts: object) -> ReadDocument:
    return replace(document, document=replace(document.document, **facts))  # type: ignore[arg-type]


LAW = place(LAW, level=Level.NATIONAL, status=DocumentStatus.REPEALED, date="2020-01-01")
LAW = replace(
    LAW,
    clauses=tuple(
        replace(clause, path=("总", clause.path[0]) if row in {1, 2} else clause.path)
        for row, clause in enumerate(LAW.clauses)
    ),
)
PLAN = place(PLAN, status=DocumentStatus.DRAFT)


@pytest.fixture(scope="module")
def table() -> ClauseTable:
    return table_of(LAW, PLAN)[0]


def legs(rows: Sequence[int], lexical: Sequence[float], **other: object) -> Legs:
    count = len(rows)
    parts = {
        "dense": np.zeros(count, np.float32),
        "regions": np.zeros(count, np.float32),
        "parts": np.zeros(count, np.float32),
        "asked": np.zeros((count, len(ASKED_FEATURES)), np.float32),
    } | {name: np.array(value, dtype=np.float32) for name, value in other.items()}
    asked_for = parts.pop("parts").astype(np.bool_)
    return Legs(
        lexical=np.array(lexical, dtype=np.float32),
        rows=np.array(rows, dtype=np.int64),
        parts=asked_for,
        **parts,
    )


def places(table: ClauseTable, found: Legs, *, total: float = 1.0) -> dict[str, list[float]]:
    matrix = FeatureReader(table).places(found, total_rarity=total)
    assert matrix.shape == (len(found.rows), len(PLACE_FEATURES))
    assert matrix.dtype == np.float32
    return {name: matrix[:, at].tolist() for at, name in enumerate(PLACE_FEATURES)}


Rarities = Callable[[TokenVector], FloatVector]


def one(tokens: TokenVector) -> FloatVector:
    """Give every token the rarity 1."""
    return np.ones(len(tokens), dtype=np.float32)


def words(
    table: ClauseTable, question: str, rows: list[int], rarities: Rarities = one
) -> dict[str, list[float]]:
    pattern = Pattern(sequences([question]).codes, rarities)
    terms = np.zeros((len(rows), len(TERM_FEATURES)), dtype=np.float32)
    matrix = FeatureReader(table).words(pattern, np.array(rows, dtype=np.int64), terms)
    assert matrix.shape == (len(rows), len(WORD_FEATURES))
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    return {name: matrix[:, at].tolist() for at, name in enumerate(WORD_FEATURES)}


def test_scores_of_the_legs_are_shares_of_the_best(table):
    lexical = [0, 0, 4, 0, 2, 8, 0, 0]
    got = places(table, legs([2, 4, 5], lexical, dense=[0.2, 0.4, -0.1]), total=10)
    assert got["lexical"] == [0.5, 0.25, 1]
    assert got["lexical_share"] == pytest.approx([v / ((K1 + 1) * 10) for v in (4, 2, 8)])
    assert got["dense"] == pytest.approx([0.2, 0.4, -0.1])
    assert got["dense_relative"] == pytest.approx([0.5, 1, -0.25])


def test_a_share_of_the_question_is_one_at_most_however_often_it_repeats_a_word(table):
    got = places(table, legs([2, 4], [0, 0, 400, 0, 0.1, 0, 0, 0]), total=1)
    assert got["lexical_share"] == pytest.approx([1, 0.1 / (K1 + 1)])


def test_neighbours_are_those_of_the_same_document_and_never_of_the_next(table):
    lexical = [1, 2, 4, 8, 16, 32, 64, 128]
    got = places(table, legs(list(range(8)), lexical))
    best = 128
    assert [v * best for v in got["previous"]] == [0, 1, 2, 4, 8, 0, 32, 64]
    assert [v * best for v in got["next"]] == [2, 4, 8, 16, 0, 64, 128, 0]
    around = [4, 8, 1 + 16, 2, 4, 128, 0, 32]
    assert [v * best * 2 for v in got["around"]] == around


def test_neighbours_need_not_be_candidates(table):
    got = places(table, legs([3], [0, 0, 6, 3, 0, 0, 0, 0]))
    assert (got["previous"], got["next"]) == ([2], [0])


def test_support_is_what_the_other_candidates_of_a_document_or_section_bring(table):
    got = places(table, legs([1, 2, 4, 6], [0, 1, 2, 0, 4, 0, 3, 0]))
    share = np.array([0.25, 0.5, 1, 0.75])
    squares = [0.25 + 1, 0.0625 + 1, 0.0625 + 0.25, 0]
    assert got["document_sum"] == pytest.approx(np.log1p(squares))
    assert got["document_best"] == pytest.approx([0.75, 0.5, 0, 0])
    assert got["document_count"] == pytest.approx(np.log1p([3, 3, 3, 1]))
    assert got["section_sum"] == pytest.approx(np.log1p([share[1] ** 2, share[0] ** 2, 0, 0]))
    assert got["section_best"] == pytest.approx([0.25, 0, 0, 0])
    assert got["section_count"] == pytest.approx(np.log1p([2, 2, 1, 1]))


def test_what_a_document_is_stands_in_its_clauses(table):
    got = places(table, legs([0, 1, 3, 5], [1.0] * 8))
    assert got["level_national"] == [1, 1, 1, 0]
    assert got["level_city"] == [0] * 4
    assert (got["repealed"], got["draft"]) == ([1, 1, 1, 0], [0, 0, 0, 1])
    assert (got["genre_law"], got["genre_plan"]) == ([1, 1, 1, 0], [0, 0, 0, 1])
    assert [sum(got[f"genre_{genre}"][at] for genre in GENRES) for at in range(4)] == [1] * 4
    assert (got["frame"], got["heading"]) == ([1, 0, 0, 1], [0, 1, 0, 0])
    assert got["year"] == pytest.approx([1, 1, 1, 0], abs=1e-3)
    assert got["document_size"] == pytest.approx(np.log1p([5, 5, 5, 3]), abs=1e-3)


def test_length_counts_the_codes_of_a_text(table):
    got = places(table, legs([3, 4], [1.0] * 8))
    assert got["length"] == pytest.approx(np.log1p([2, 61]), abs=2e-3)  # the end is a code
    assert got["short"] == [1, 0]


def test_a_region_is_the_one_named_within_it_another_or_none(table):
    got = places(table, legs([0, 1, 2, 5], [1.0] * 8, regions=[2, 1, -1, 0]))
    assert got["region_exact"] == [1, 0, 0, 0]
    assert (got["region_same"], got["region_other"]) == ([1, 1, 0, 0], [0, 0, 1, 0])


def test_a_part_that_is_asked_for_is_told(table):
    got = places(table, legs([0, 2], [1.0] * 8, parts=[1, 0]))
    assert got["asked_part"] == [1, 0]


def test_what_was_asked_before_is_handed_on_by_name(table):
    asked = np.arange(2 * len(ASKED_FEATURES)).reshape(2, -1)
    got = places(table, legs([0, 2], [1.0] * 8, asked=asked))
    for at, name in enumerate(ASKED_FEATURES):
        assert got[name] == asked[:, at].tolist()


def test_no_word_and_no_meaning_in_common_gives_zeros_and_not_nan(table):
    got = places(table, legs([0, 5], [0.0] * 8))
    for name in ("lexical", "dense_relative", "previous", "document_sum", "section_best"):
        assert got[name] == [0, 0]


def test_no_candidate_gives_no_row(table):
    assert places(table, legs([], [0.0] * 8))["lexical"] == []
    assert words(table, "甲乙", [])["run"] == []


def bm25(count: float, length: float, mean: float, b: float) -> float:
    return count * (K1 + 1) / (count + K1 * (1 - b + b * length / mean))


def test_words_of_the_text_count_by_bm25_as_a_share_of_the_question(table):
    got = words(table, "甲乙丙", [2, 3, 4])
    mean = float(table.text.mean_length)
    text = [bm25(n, 8, mean, B) for n in (2, 2, 1)]  # of 甲, 乙, 丙 in 甲乙丙丁。甲乙
    assert got["text_singles"] == pytest.approx(
        [sum(text) / 3, 0, 2 * bm25(30, 61, mean, B) / 3], rel=1e-5
    )
    pairs = [bm25(n, 8, mean, B) for n in (2, 1)]  # 甲乙, 乙丙
    assert got["text_pairs"] == pytest.approx(
        [sum(pairs) / 2, 0, bm25(30, 61, mean, B) / 2], rel=1e-5
    )
    flat = [bm25(n, 8, mean, 0.5) for n in (2, 1)]
    assert got["text_pairs_flat"][0] == pytest.approx(sum(flat) / 2, rel=1e-5)


def test_what_a_text_holds_is_a_share_of_the_questions_rarity(table):
    got = words(table, "甲乙丙戊", [2, 3, 4])
    assert got["text_holds_singles"] == pytest.approx([3 / 4, 1 / 4, 2 / 4])
    assert got["text_holds_pairs"] == pytest.approx([2 / 3, 0, 1 / 3])
    assert got["text_holds_triples"] == pytest.approx([1 / 2, 0, 0])


def test_rare_words_weigh_more_and_the_rarest_pair_held_is_told(table):
    def rarities(tokens):
        return np.arange(1, len(tokens) + 1, dtype=np.float32)

    # Sorted by their codes: 丁 1, 丙 2, 乙 3, 甲 4, and the pairs 丙丁 1, 乙丙 2, 甲乙 3.
    got = words(table, "甲乙丙丁", [1, 2, 4], rarities)
    assert got["text_holds_singles"] == pytest.approx([3 / 10, 1, 7 / 10])
    assert got["text_rarest"] == pytest.approx([1 / 3, 1, 1])


def test_density_is_the_share_of_a_text_that_is_the_questions_pairs(table):
    got = words(table, "甲乙", [2, 3, 4])
    assert got["text_density"] == pytest.approx([2 / 8, 0, 30 / 61])


def test_the_best_sentence_counts_alone(table):
    """甲乙丙丁。甲乙: the first of its sentences holds four of 甲乙丙丁戊."""
    got = words(table, "甲乙丙丁戊", [2, 3, 4])
    assert got["sentence_singles"] == pytest.approx([4 / 5, 1 / 5, 2 / 5])
    assert got["sentence_pairs"] == pytest.approx([3 / 4, 0, 1 / 4])
    damping = np.sqrt(1 + np.array([5, 2, 61]) / 20)
    assert got["sentence_singles_short"] == pytest.approx([4 / 5, 1 / 5, 2 / 5] / damping)
    assert got["sentence_pairs_short"] == pytest.approx([3 / 4, 0, 1 / 4] / damping)


def test_words_in_two_sentences_are_not_in_one():
    two, _ = table_of(read_document("d", (PARAGRAPH, "甲。乙"), (PARAGRAPH, "甲，乙")))
    got = words(two, "甲乙", [0, 1])
    assert got["sentence_singles"] == pytest.approx([0.5, 1])
    assert got["text_holds_singles"] == pytest.approx([1, 1])


def test_the_longest_run_is_counted_in_pairs_of_the_question(table):
    got = words(table, "甲乙丙丁", [1, 2, 3, 4])
    assert got["run"] == pytest.approx([1 / 3, 1, 0, 1 / 3])


def test_a_run_does_not_go_on_into_the_next_clause():
    two, _ = table_of(
        read_document("d", (PARAGRAPH, "甲乙"), (PARAGRAPH, "乙丙"), (PARAGRAPH, "丁"))
    )
    assert words(two, "甲乙丙", [0, 1, 2])["run"] == pytest.approx([1 / 2, 1 / 2, 0])


def test_other_fields_count_what_they_hold_and_what_they_add():
    unit = (Responsibility(("丙局",), 0, 1),)
    document = read_document("d", (PARAGRAPH, "甲乙"), (PARAGRAPH, "子丑"), title="丙丁")
    clauses = (
        replace(document.clauses[0], responsibilities=unit, path=("子",)),
        document.clauses[1],
    )
    table, _ = table_of(replace(document, clauses=clauses))
    got = words(table, "甲乙丙丁局", [0, 1])  # pairs 甲乙, 乙丙, 丙丁, 丁局
    assert got["title_holds"] == pytest.approx([1 / 4, 1 / 4])
    assert got["title_adds"] == pytest.approx([1 / 4, 1 / 4])
    assert got["title_density"] == pytest.approx([1 / 4, 1 / 4])  # of 4 codes at least
    assert got["title_singles"] == pytest.approx([2 * bm25(1, 3, 3, 0.75) / 5] * 2, rel=1e-5)
    assert got["title_pairs"] == pytest.approx([bm25(1, 3, 3, 0.75) / 4] * 2, rel=1e-5)
    assert got["path_holds"] == got["path_adds"] == [0, 0]
    assert got["units_holds"] == [0, 0]
    assert got["units_singles"][0] > 0 == got["units_singles"][1]
    assert got["any_singles"] == pytest.approx([5 / 5, 2 / 5])
    assert got["any_pairs"] == pytest.approx([2 / 4, 1 / 4])


def test_a_field_adds_nothing_that_the_text_holds_already():
    document = read_document("d", (PARAGRAPH, "甲乙"), title="甲乙")
    got = words(table_of(document)[0], "甲乙", [0])
    assert (got["title_holds"], got["title_adds"]) == ([1], [0])


def test_the_models_words_are_handed_on_by_name(table):
    pattern = Pattern(sequences(["甲"]).codes, one)
    terms = np.array([[0.1, 0.2, 0.3]], dtype=np.float32)
    matrix = FeatureReader(table).words(pattern, np.array([2]), terms)
    at = [WORD_FEATURES.index(name) for name in TERM_FEATURES]
    np.testing.assert_array_equal(matrix[:, at], terms)


@pytest.mark.parametrize("question", ["", "？！", "无", "？甲"])
def test_any_question_gives_finite_features(table, question):
    lexical = LexicalStore.build(["甲乙"])
    got = words(table, question, list(range(8)), lexical.rarities)
    assert max(map(max, got.values())) <= (1 + K1)


@given(rows=st.sets(st.integers(0, 7), min_size=1), question=st.text("甲乙丙丁戊。 ", max_size=12))
def test_words_of_a_clause_do_not_depend_on_the_other_candidates(rows, question):
    table = table_of(LAW, PLAN)[0]
    chosen = sorted(rows)
    together = words(table, question, chosen)
    for at, row in enumerate(chosen):
        alone = words(table, question, [row])
        for name, values in together.items():
            assert values[at] == pytest.approx(alone[name][0], abs=1e-6)
