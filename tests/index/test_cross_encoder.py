"""Cross-encoders, on a tiny one made on the spot."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from index.cross_encoder import CrossEncoderScorer, load_pair_scorer
from index.errors import ModelNotFoundError, ModelValueError
from index.model_options import RerankerOptions
from tests.contracts.pair_scorer import PairScorerContract
from tests.index.tiny_models import (
    change_json,
    change_weights,
    write_cross_encoder,
    write_raw,
    write_transformer,
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return write_cross_encoder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def folder(saved, tmp_path):
    """A copy that may be damaged."""
    return shutil.copytree(saved, tmp_path / "tiny")


@pytest.fixture
def options(folder):
    return RerankerOptions(str(folder), device="cpu")


def test_none_is_loaded_where_none_is_named():
    assert load_pair_scorer(None) is None


def test_what_is_not_installed_is_told(monkeypatch):
    monkeypatch.setattr("index.transformer.find_spec", lambda name: None)
    with pytest.raises(ModelNotFoundError, match=r"is missing; pip install 'yiju\[models\]'"):
        load_pair_scorer(RerankerOptions("some/reranker"))


@pytest.fixture(scope="module")
def loaded(saved):
    return load_pair_scorer(RerankerOptions(str(saved), device="cpu", batch_size=2))


@pytest.mark.models
class TestCrossEncoderScorer(PairScorerContract):
    @pytest.fixture
    def scorer(self, loaded):
        return loaded


@pytest.mark.models
def test_scores_are_those_of_the_library(options):
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    texts = ["省药监局牵头", "who leads", ""]
    want = CrossEncoder(options.model, device="cpu").predict([("谁牵头", text) for text in texts])
    np.testing.assert_allclose(CrossEncoderScorer(options).score("谁牵头", texts), want, atol=1e-6)


@pytest.mark.models
def test_the_activation_that_a_model_declares_does_not_count(folder, options):
    want = CrossEncoderScorer(options).score("谁牵头", ["牵头"])
    name = "torch.nn.modules.linear.Identity"
    change_json(folder / "config_sentence_transformers.json", activation_fn=name)
    np.testing.assert_array_equal(CrossEncoderScorer(options).score("谁牵头", ["牵头"]), want)


@pytest.mark.models
def test_a_model_in_the_form_of_transformers_is_taken_too(tmp_path, options):
    raw = write_raw(tmp_path / "raw", labels=1)
    np.testing.assert_allclose(
        CrossEncoderScorer(replace(options, model=str(raw))).score("谁牵头", ["牵头", "配合"]),
        CrossEncoderScorer(options).score("谁牵头", ["牵头", "配合"]),
        atol=1e-6,
    )


@pytest.mark.models
def test_the_maximum_length_counts_and_has_a_bound(options):
    short = CrossEncoderScorer(replace(options, max_length=12))
    first, second = short.score("谁牵头", ["牵头" * 20, "牵头" * 30])
    assert first == pytest.approx(second, abs=1e-6)
    with pytest.raises(ModelNotFoundError, match="up to 64 tokens, not 65"):
        CrossEncoderScorer(replace(options, max_length=65))


@pytest.mark.models
def test_a_model_that_scores_no_pairs_is_refused(tmp_path, options):
    for folder, kind in (
        (write_transformer(tmp_path / "embedder"), "SentenceTransformer"),
        (write_raw(tmp_path / "raw"), "BertModel"),
        (tmp_path, "a folder without config.json"),
    ):
        with pytest.raises(ModelNotFoundError, match=f"it is {kind}, no cross-encoder; name a"):
            CrossEncoderScorer(replace(options, model=str(folder)))


@pytest.mark.models
def test_a_model_of_several_scores_is_refused(tmp_path, options):
    several = write_cross_encoder(tmp_path / "several", labels=3)
    with pytest.raises(ModelNotFoundError, match="it gives 3 scores a pair; name a model"):
        CrossEncoderScorer(replace(options, model=str(several)))


@pytest.mark.models
def test_a_head_that_is_missing_is_not_made_up(folder, options):
    change_weights(folder, of="classifier", factor=None)
    with pytest.raises(ModelNotFoundError, match=r"incomplete \(classifier\.\w+ is missing\)"):
        CrossEncoderScorer(options)


@pytest.mark.models
def test_pickled_weights_and_code_of_its_own_are_refused(folder, options):
    change_json(folder / "config.json", auto_map={"AutoModel": "modeling.Own"})
    with pytest.raises(ModelNotFoundError, match="code of its own"):
        CrossEncoderScorer(options)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelNotFoundError, match=r"pytorch_model\.bin is a pickle"):
        CrossEncoderScorer(options)


@pytest.mark.models
def test_a_score_that_is_not_finite_is_refused(folder, options):
    change_weights(folder, of="classifier", factor=float("nan"))
    with pytest.raises(ModelValueError, match="text 0 is not finite"):
        CrossEncoderScorer(options).score("谁牵头", ["牵头"])
