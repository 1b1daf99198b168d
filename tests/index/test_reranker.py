import json

import numpy as np
import pytest

from index.errors import RerankerError
from index.features import PLACE_FEATURES, WORD_FEATURES
from index.reranker import (
    FORMAT_VERSION,
    LinearModel,
    Reranker,
    read_reranker,
    shipped_reranker,
    write_reranker,
)

ALL = (*PLACE_FEATURES, *WORD_FEATURES)


def model(features: tuple[str, ...], *, seed: int = 0) -> LinearModel:
    mean, weights, scale = np.random.default_rng(seed).normal(size=(3, len(features))).round(6)
    parts = (each.astype(np.float32) for each in (mean, np.abs(scale) + 0.1, weights))
    return LinearModel(features, *parts)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "reranker.json"
    write_reranker(path, Reranker(model(PLACE_FEATURES), model(ALL, seed=1)), {"seed": 7})
    return path


def rewritten(path, change):
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_a_score_is_the_sum_of_what_each_feature_adds():
    three = LinearModel(
        ("a", "b", "c"),
        mean=np.array([0, 1, 0], dtype=np.float32),
        scale=np.array([1, 2, 4], dtype=np.float32),
        weights=np.array([1, -3, 0], dtype=np.float32),
    )
    matrix = np.array([[2, 5, 9], [0, 1, 0]], dtype=np.float32)
    assert three.contributions(matrix).tolist() == [[2, -6, 0], [0, 0, 0]]
    assert three.scores(matrix).tolist() == [-4, 0]
    assert three.scores(matrix).dtype == np.float32


def test_writing_and_reading_changes_nothing_and_gives_the_same_bytes_again(path, tmp_path):
    found = read_reranker(path)
    for got, want in ((found.first, model(PLACE_FEATURES)), (found.second, model(ALL, seed=1))):
        assert got.features == want.features
        for name in ("mean", "scale", "weights"):
            np.testing.assert_allclose(getattr(got, name), getattr(want, name), atol=1e-6)
    write_reranker(tmp_path / "again", found, {"seed": 7})
    assert (tmp_path / "again").read_bytes() == path.read_bytes()
    assert json.loads(path.read_text(encoding="utf-8"))["seed"] == 7


def test_the_order_of_the_names_in_the_file_does_not_matter(path):
    want = read_reranker(path)

    def turn(values):
        values["second"] = dict(reversed(values["second"].items()))

    got = read_reranker(rewritten(path, turn))
    np.testing.assert_array_equal(got.second.weights, want.second.weights)
    assert got.second.features == ALL


def test_the_shipped_weights_fit_the_features():
    shipped = shipped_reranker()
    assert (shipped.first.features, shipped.second.features) == (PLACE_FEATURES, ALL)
    assert shipped.second.weights.any()


def test_a_feature_is_named_once():
    assert len(set(ALL)) == len(ALL)


def test_a_missing_file_is_refused_and_named(tmp_path):
    with pytest.raises(RerankerError, match=r"nowhere.json: no weights .*-m eval\.train_reranker"):
        read_reranker(tmp_path / "nowhere.json")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b"{}"])
def test_a_file_that_holds_no_weights_is_refused(tmp_path, content):
    path = tmp_path / "reranker.json"
    path.write_bytes(content)
    with pytest.raises(RerankerError, match="no weights can be read from it"):
        read_reranker(path)


def test_another_format_is_refused_and_both_are_named(path):
    rewritten(path, lambda values: values.update(format_version=99))
    with pytest.raises(RerankerError, match=f"has format 99, this program {FORMAT_VERSION}"):
        read_reranker(path)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_features_that_differ_are_named(path, stage):
    def change(values):
        values[stage]["magic"] = values[stage].pop("lexical")

    with pytest.raises(RerankerError, match="not those of this program: lexical, magic"):
        read_reranker(rewritten(path, change))


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_missing_stage_is_refused(path, stage):
    with pytest.raises(RerankerError, match=stage):
        read_reranker(rewritten(path, lambda values: values.pop(stage)))


@pytest.mark.parametrize(
    "values", [[0, 1], [0, 0, 1], [0, -1, 1], [0, 1, float("nan")], [0, 1, 2, 3], ["a", 1, 1], 7]
)
def test_weights_that_cannot_be_used_are_refused(path, values):
    def change(written):
        written["first"]["lexical"] = values

    with pytest.raises(RerankerError, match="no weights can be read from it"):
        read_reranker(rewritten(path, change))


def test_every_feature_needs_three_numbers_not_two(path):
    def change(written):
        written["first"] = {name: [0, 1] for name in written["first"]}

    with pytest.raises(RerankerError, match="a mean, a scale above 0 and a weight"):
        read_reranker(rewritten(path, change))


@pytest.mark.parametrize("value", [None, [], "lexical", 3])
def test_a_stage_that_is_no_table_is_refused(path, value):
    with pytest.raises(RerankerError, match="no weights can be read from it"):
        read_reranker(rewritten(path, lambda written: written.update(first=value)))
