import numpy as np
import pytest

from eval.bench.folds import cross_validation, law_index
from eval.bench.laws import FOLDS, read_questions
from eval.rerank import ALL_FEATURES
from index.embed import load_embedder
from index.search import Depth
from tests.eval.law_kit import ASKED, write_kit


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return write_kit(tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="module")
def laws(kit, tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    return cross_validation(kit, read_questions(kit), [load_embedder()], work=work)


def nearest(laws, *, test, fold):
    """Give the nearness of questions asked before at the article of the repeated question."""
    at = [
        position
        for position, each in enumerate(q for q in laws.questions if q.fold != test)
        if each.fold == fold and each.question == ASKED[0][0]
    ]
    row = laws.of_fold(0)[0].rows[0]
    # Examples come fold by fold.
    order = [q for f in laws.folds if f != test for q in laws.of_fold(f)]
    place = next(i for i, q in enumerate(order) if q.fold == fold and q.question == ASKED[0][0])
    assert at
    example = laws.examples(test)[place]
    column = example.features[:, ALL_FEATURES.index("asked_nearest")]
    return float(column[np.flatnonzero(example.rows == row)[0]])


def test_every_question_is_in_the_fold_of_its_id(laws, kit):
    assert [each.fold for each in laws.questions] == [each.fold for each in read_questions(kit)]
    assert [len(laws.of_fold(fold)) for fold in laws.folds] == [1, 2, 1, 1, 1]
    assert len(laws.folds) == FOLDS
    assert laws.clauses == 6


def test_without_folds_their_questions_are_left_out(laws):
    assert {each.fold for each in laws.without(0, 3)} == {1, 2, 4}


def test_what_was_asked_in_the_tested_fold_is_not_learnt_from(laws):
    assert nearest(laws, test=0, fold=1) == 0


def test_what_was_asked_in_a_third_fold_is_learnt_from(laws):
    assert nearest(laws, test=4, fold=1) == pytest.approx(1, abs=1e-3)


def test_the_questions_of_the_tested_fold_are_no_examples(laws):
    assert len(laws.examples(1)) == 4
    assert sum(each.relevant.sum() for each in laws.examples(1)) == 4


def test_a_question_asked_before_in_another_fold_is_found_first(laws):
    found = laws.rankings(laws.rerankers(), k=3)
    repeated = laws.of_fold(0)[0]
    assert found[repeated.question_id][0] == repeated.rows[0]
    assert all(len(rows) <= 3 for rows in found.values())
    assert set(found) == {each.question_id for each in laws.questions}


def test_without_earlier_questions_their_features_are_zero(laws):
    asked = [at for at, name in enumerate(ALL_FEATURES) if name.startswith("asked_")]
    for each in laws.without_asked().examples(4):
        assert not each.features[:, asked].any()


def test_without_the_dense_leg_no_model_tells_anything(laws):
    columns = [ALL_FEATURES.index(name) for name in ("dense", "dense_relative", "terms")]
    for each in laws.without_dense().examples(4):
        assert not each.features[:, columns].any()
    assert any(each.features[:, columns].any() for each in laws.examples(4))


def test_a_search_without_the_second_stage_keeps_every_candidate(laws):
    rerankers = laws.rerankers()
    few = laws.rankings(rerankers, k=9, depth=Depth(words=0))
    all_of_them = laws.rankings(rerankers, k=9)
    assert {k: sorted(v) for k, v in few.items()} == {k: sorted(v) for k, v in all_of_them.items()}


def test_an_index_of_the_same_model_and_program_is_used_again(kit, tmp_path):
    embedder = load_embedder()
    law_index(kit, embedder, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("manifest.json")}
    law_index(kit, embedder, tmp_path)
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("manifest.json")}
    assert len(before) == 1
