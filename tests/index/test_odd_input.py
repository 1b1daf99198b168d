"""Models, documents and questions as they should not be, each caused and none harmful."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.asked import AskedQuestion
from index.embed import Embedder, load_embedder
from index.errors import EmbeddingShapeError, IndexMissingError, ModelValueError
from index.folder import load_index, write_index
from index.library import Index
from index.records import ClauseKind, ReadDocument
from index.rows import check_rows
from index.stores.base import FloatMatrix
from tests.index.documents import LAWS, PENSIONS, read_document

KINDS = ["flat", "ivf", "exact"]
QUESTIONS = [
    "",
    " \n\t",
    "？！……",
    "\x00\ufeff\u200b",
    "的了吗呢",
    "what of the",
    "a",
    "2021",
    "〔2021〕16号",
    "药品监管" * 500,
    "".join(chr(0x4E00 + n) for n in range(2000)),
    "谁 leads 藥品 кто 薬品 دواء ใคร 약품 Ω 123 ½ Ⅳ",
    "𠮷𪚥 ꙮ 😀👩‍👩‍👧 \U0010ffff \ufdfa",
    "drug " * 400,
    "1,234.5% " * 200,
    "“”‘’《》〈〉（）",
]


class BrokenEmbedder:
    """Gives one row for every text; ``bad`` where a text holds 坏, as no model should."""

    name = "broken"
    fingerprint = "b1"
    dim = 4

    def __init__(self, bad: float, *, checked: bool = True) -> None:
        self.bad = bad
        self.checked = checked

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (len(texts), 1))
        rows[["坏" in text for text in texts]] = self.bad
        return check_rows(rows, model=self.name, may_be_zero=True) if self.checked else rows

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        return self.embed_passages(texts)


def paragraphs(name: str, *texts: str) -> ReadDocument:
    return read_document(name, *((ClauseKind.PARAGRAPH, text) for text in texts))


def build(
    out: Path, *documents: ReadDocument, embedder: Embedder | None = None, store: str = "auto"
) -> Index:
    embedder = embedder or load_embedder()
    write_index(out, documents, embedder=embedder, store=store)
    return load_index(out, embedder=embedder)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("checked", "error"), [(True, ModelValueError), (False, ValueError)])
def test_a_model_that_gives_no_number_stops_the_build_and_leaves_the_old_index(
    tmp_path, value, checked, error
):
    good = build(tmp_path, LAWS, embedder=BrokenEmbedder(0)).manifest
    with pytest.raises(error, match="not finite"):
        write_index(
            tmp_path, [paragraphs("d", "好", "坏")], embedder=BrokenEmbedder(value, checked=checked)
        )
    assert load_index(tmp_path, embedder=BrokenEmbedder(0)).manifest == good


def test_the_text_that_a_model_fails_on_is_counted_over_all_batches(tmp_path):
    texts = ["好"] * 300 + ["坏"]
    with pytest.raises(ModelValueError, match="text 300 is not finite") as caught:
        write_index(tmp_path, [paragraphs("d", *texts)], embedder=BrokenEmbedder(np.nan))
    assert caught.value.position == 300
    with pytest.raises(IndexMissingError):
        load_index(tmp_path, embedder=BrokenEmbedder(0))


@pytest.mark.parametrize(("checked", "error"), [(True, ModelValueError), (False, ValueError)])
def test_a_question_that_a_model_gives_no_number_for_is_refused(tmp_path, checked, error):
    build(tmp_path, LAWS, embedder=BrokenEmbedder(0))
    found = load_index(tmp_path, embedder=BrokenEmbedder(np.nan, checked=checked))
    with pytest.raises(error, match="not finite"):
        found.search("坏 药品", k=3)
    assert found.search("药品", k=1)


@pytest.mark.parametrize("store", KINDS)
def test_vectors_that_are_all_zero_leave_the_words_to_search_by(tmp_path, store):
    found = build(
        tmp_path, paragraphs("d", "坏药品", "坏养老", "坏"), embedder=BrokenEmbedder(0), store=store
    )
    assert found.search("坏养老", k=9)[0].row == 1
    assert {hit.dense for hit in found.search("坏养老", k=9)} == {0}
    assert found.search("药", k=9)[0].row == 0


def test_a_model_of_another_width_than_it_says_is_refused(tmp_path):
    class Wide(BrokenEmbedder):
        dim = 5

    with pytest.raises(EmbeddingShapeError, match=r"\(n, 5\), got \(7, 4\)"):
        build(tmp_path, LAWS, PENSIONS, embedder=Wide(0))


EMPTY = {
    "no document": (),
    "no clause": (read_document("d"),),
    "noise only": (read_document("d", (ClauseKind.NOISE, "扫码下载")),),
    "an empty clause": (paragraphs("d", ""),),
    "punctuation only": (paragraphs("d", "。，"),),
}


@pytest.mark.parametrize("store", KINDS)
@pytest.mark.parametrize("documents", EMPTY.values(), ids=EMPTY.keys())
def test_where_there_is_nothing_to_find_nothing_is_found(tmp_path, documents, store):
    found = build(tmp_path, *documents, store=store)
    for question in ("药品监管", "the drug law", "", "2021"):
        assert found.search(question, k=5) == []
    assert found.rank("药品").places.shape[0] == 0


@pytest.mark.parametrize("store", KINDS)
def test_one_clause_is_found_or_nothing_is(tmp_path, store):
    found = build(tmp_path, paragraphs("d", "完善药品监管法规"), store=store)
    (hit,) = found.search("谁监管药品", k=9)
    assert hit.row == 0
    assert hit.lexical > 0
    assert hit.dense > 0
    assert found.search("药品", k=9, allowed=np.zeros(1, dtype=np.bool_)) == []
    for question in QUESTIONS:
        assert len(found.search(question, k=9)) <= 1


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Index:
    english = paragraphs("en", "The cold chain of drugs and vaccines is inspected.", "A plan.")
    embedder = load_embedder()
    out = tmp_path_factory.mktemp("index")
    asked = [AskedQuestion("？！", ("gd-1:2",)), AskedQuestion("谁牵头", ("gd-1:2",))]
    write_index(out, [LAWS, PENSIONS, english], embedder=embedder, asked=asked)
    return load_index(out, embedder=embedder)


@pytest.mark.parametrize("question", QUESTIONS, ids=[repr(each[:8]) for each in QUESTIONS])
def test_any_question_gives_finite_scores_in_order_and_the_same_again(ordinary, question):
    hits = ordinary.search(question, k=99)
    scores = np.array([(hit.score, hit.lexical, hit.dense) for hit in hits]).reshape(-1, 3)
    assert np.isfinite(scores).all()
    assert (np.diff(scores[:, 0]) <= 0).all()
    assert len({hit.row for hit in hits}) == len(hits)
    assert ordinary.search(question, k=99) == hits


@pytest.mark.parametrize("question", ["", " \n"])
def test_a_question_of_nothing_that_can_be_read_finds_nothing(ordinary, question):
    assert ordinary.search(question, k=9) == []


def test_small_words_match_no_clause_that_does_not_hold_them(ordinary):
    assert all(hit.lexical == 0 for hit in ordinary.search("吗呢么", k=9))
    held = {hit.row for hit in ordinary.search("what of the", k=9) if hit.lexical}
    assert held == {8}


def test_a_question_repeated_to_two_thousand_characters_finds_what_it_finds_once(ordinary):
    once, often = (ordinary.rank("提高疫苗接种率" * times) for times in (1, 285))
    assert set(often.rows.tolist()) == set(once.rows.tolist())
    assert often.rows[0] == once.rows[0] == 3


def test_a_question_of_two_thousand_different_characters_takes_little_time(ordinary):
    question = "".join(chr(0x4E00 + n) for n in range(2000))
    start = time.perf_counter()
    ordinary.search(question, k=9)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(("traditional", "simplified"), [("藥品監管", "药品监管")])
def test_scripts_that_write_the_same_find_the_same(ordinary, traditional, simplified):
    got, want = (
        [(hit.row, hit.lexical) for hit in ordinary.search(each, k=9)]
        for each in (traditional, simplified)
    )
    assert {row for row, lexical in got if lexical} == {row for row, lexical in want if lexical}
    assert dict(got)[2] == dict(want)[2] > 0


@pytest.fixture(scope="module", params=[("flat", 2000), ("ivf", 5000)], ids=str)
def repeated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thousands of documents of one and the same clause, and one, the 1000th, that differs."""
    store, count = request.param
    documents = [paragraphs(f"d{n}", "完善药品监管法规，由省药监局牵头。") for n in range(count)]
    documents[1000] = paragraphs("d1000", "完善药品监管法规，由市药监局牵头。")
    out = tmp_path_factory.mktemp("repeated")
    with pytest.MonkeyPatch.context() as patched:
        # Waiting for the disk, a file at a time, is no part of the claim.
        patched.setattr("index.generations._flush", lambda path: None)
        start = time.perf_counter()
        found = build(out, *documents, store=store)
        assert time.perf_counter() - start < 60
    return found


def test_repeated_clauses_tie_in_row_order(repeated):
    hits = [hit for hit in repeated.search("谁牵头完善药品监管法规", k=30) if hit.row != 1000]
    assert [hit.row for hit in hits] == list(range(len(hits)))
    assert len(hits) >= 29
    assert len({hit.score for hit in hits}) == 1


def test_the_one_clause_that_differs_is_found_among_the_repeated(repeated):
    assert 1000 in {hit.row for hit in repeated.search("市药监局", k=300)}
    allowed = repeated.inside(["d999", "d1000", "d1001"])
    assert {hit.row for hit in repeated.search("市药监局", k=9, allowed=allowed)} == {
        999, 1000, 1001,
    }  # fmt: skip


def test_repeated_vectors_are_stored_with_full_recall(repeated):
    report = repeated.manifest.store
    assert report.vectors == len(repeated.clauses)
    assert report.recall >= 0.97


def test_a_search_among_the_repeated_takes_little_time(repeated):
    def elapsed_s() -> float:
        start = time.perf_counter()
        repeated.search("谁牵头完善药品监管法规", k=10)
        return time.perf_counter() - start

    assert min(elapsed_s() for _ in range(5)) < 0.1
