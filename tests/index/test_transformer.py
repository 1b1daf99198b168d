"""Models of sentence-transformers, on a tiny one made on the spot."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from index.embed import StaticEmbedder, TransformerEmbedder, load_embedder, stated_options
from index.errors import IndexModelError, ModelNotFoundError, ModelValueError
from index.folder import load_index, write_index
from index.model_options import Backend, ModelOptions
from index.rows import unit_rows
from index.transformer import check_installed
from tests.contracts.embedder import TEXTS, EmbedderContract
from tests.index.documents import LAWS
from tests.index.tiny_models import (
    change_json,
    change_weights,
    write_cache,
    write_cross_encoder,
    write_raw,
    write_transformer,
)

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return write_transformer(tmp_path_factory.mktemp("models") / "tiny", query="who ")


@pytest.fixture
def folder(saved, tmp_path):
    """A copy that may be damaged."""
    return shutil.copytree(saved, tmp_path / "tiny")


@pytest.fixture
def options(folder):
    return ModelOptions(str(folder), device="cpu")


def refusal(options):
    with pytest.raises(ModelNotFoundError) as caught:
        load_embedder(options)
    sentence = str(caught.value)
    assert "; " in sentence  # what is wrong; what to do
    assert "\n" not in sentence
    return sentence


def test_rows_get_unit_norm_however_long_they_are():
    rows = unit_rows(np.array([[3e30, 4e30], [3e-30, 0]], dtype=np.float32), model="m")
    np.testing.assert_allclose(rows, np.array([[0.6, 0.8], [1.0, 0.0]]), atol=1e-6)


def test_a_row_that_is_all_zero_is_counted():
    with pytest.raises(ModelValueError, match="'m': what it gives for text 1 is all zero"):
        unit_rows(np.array([[1, 0], [0, 0]], dtype=np.float32), model="m")


@pytest.mark.parametrize(("backend", "extra"), [(Backend.TORCH, "models"), (Backend.ONNX, "onnx")])
def test_what_is_not_installed_is_told_with_its_extra(monkeypatch, backend, extra):
    monkeypatch.setattr("index.transformer.find_spec", lambda name: None)
    with pytest.raises(ModelNotFoundError, match=rf"is missing; pip install 'yiju\[{extra}\]'"):
        check_installed("some/model", backend)


@pytest.fixture(scope="module")
def loaded(saved):
    """The model, cut, with prompts and without, each loaded once."""
    plain = ModelOptions(str(saved), device="cpu", batch_size=2)
    return {
        "embedder": load_embedder(plain),
        "cut": load_embedder(replace(plain, dim=8)),
        "prompted": load_embedder(replace(plain, query_prompt="who ", document_prompt="省药")),
        "unprompted": load_embedder(replace(plain, query_prompt="")),
    }


@pytest.mark.models
class TestTransformerEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, loaded):
        return loaded["embedder"]

    @pytest.fixture
    def cut(self, loaded):
        return loaded["cut"]

    @pytest.fixture
    def prompted(self, loaded):
        return loaded["prompted"]

    @pytest.fixture
    def unprompted(self, loaded):
        return loaded["unprompted"]

    def test_it_is_not_taken_for_a_static_model(self, embedder):
        assert isinstance(embedder, TransformerEmbedder)

    def test_a_question_has_the_models_own_prompt(self, embedder):
        np.testing.assert_allclose(
            embedder.embed_questions(["leads"]), embedder.embed_passages(["who leads"]), atol=1e-6
        )


@pytest.mark.models
def test_the_maximum_length_counts_and_is_told_apart(options):
    whole, short = load_embedder(options), load_embedder(replace(options, max_length=8))
    long = TEXTS[2]
    same = short.embed_passages([long, long[:6]])  # [CLS], six letters, [SEP]
    np.testing.assert_allclose(same[0], same[1], atol=1e-6)
    assert np.abs(whole.embed_passages([long]) - same[:1]).max() > 1e-3
    assert short.fingerprint == f"{whole.fingerprint};max_length=8"
    assert stated_options(short) == {"model": "./tiny", "max_length": "8"}


@pytest.mark.models
def test_choosing_what_the_model_does_anyway_changes_no_fingerprint(options):
    same = replace(options, dim=32, max_length=64, query_prompt="who ", batch_size=1)
    assert load_embedder(same).fingerprint == load_embedder(options).fingerprint


@pytest.mark.models
def test_a_text_that_looks_like_an_address_is_a_text(options):
    embedder = load_embedder(options)
    texts = ["https://example.gov.cn/a.png", "/etc/passwd.jpg", "data:image/png;base64,AA"]
    assert embedder.embed_passages(texts).shape == (3, 32)


@pytest.mark.models
def test_a_model_of_the_hub_is_pinned_to_its_commit(folder, tmp_path, monkeypatch):
    import huggingface_hub.constants as hub  # noqa: PLC0415

    monkeypatch.setattr(hub, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    write_cache(tmp_path / "hub", "some/model", folder, commit=COMMIT)
    embedder = load_embedder(ModelOptions("some/model", revision="main", device="cpu"))
    assert (embedder.name, embedder.fingerprint) == ("some/model", f"some/model@{COMMIT}")
    assert stated_options(embedder) == {"model": "some/model", "revision": COMMIT}
    with pytest.raises(ModelNotFoundError, match="not in the cache of this machine"):
        load_embedder(ModelOptions("some/model", revision="v2"))


@pytest.mark.models
@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"dim": 33}, "has 32 dimensions and cannot be cut to 33; set --model-dim to 32 or less"),
        ({"max_length": 65}, "texts of up to 64 tokens, not 65; set the maximum length to 64"),
        ({"device": "potato"}, "cannot be loaded (RuntimeError: Expected one of cpu"),
        ({"backend": Backend.ONNX}, "it holds no ONNX file; export it once"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(options, choice, message):
    assert message in refusal(replace(options, **choice))


@pytest.mark.models
def test_a_folder_that_is_no_embedding_model_is_refused(tmp_path, options):
    (tmp_path / "empty").mkdir()
    assert "it has no modules.json" in refusal(ModelOptions(str(tmp_path / "empty")))
    raw = write_raw(tmp_path / "raw")
    assert "it has no modules.json" in refusal(ModelOptions(str(raw)))
    scorer = write_cross_encoder(tmp_path / "scorer")
    told = refusal(ModelOptions(str(scorer)))
    assert "it is a CrossEncoder, no embedding model; a CrossEncoder is for --reranker" in told


@pytest.mark.models
def test_pickled_weights_are_refused(folder, options):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "pytorch_model.bin is a pickle" in refusal(options)


@pytest.mark.models
def test_damaged_files_are_named(folder, options):
    for name in ("config.json", "tokenizer.json", "modules.json", "model.safetensors"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[: len(whole) // 2])
        assert name in refusal(options)
        (folder / name).write_bytes(whole)
    (folder / "config.json").unlink()
    assert "cannot be loaded" in refusal(options)


@pytest.mark.models
def test_code_of_its_own_is_never_run(folder, options):
    change_json(folder / "config.json", auto_map={"AutoModel": "modeling.Own"})
    (folder / "modeling.py").write_text("raise SystemExit", encoding="utf-8")
    assert "code of its own (auto_map in config.json)" in refusal(options)


@pytest.mark.models
def test_a_part_that_the_library_does_not_have_is_told(folder, options):
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[1]["type"] = "sentence_transformers.no_such.Part"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    assert "No module named 'sentence_transformers.no_such'" in refusal(options)


@pytest.mark.models
def test_weights_that_are_missing_are_not_made_up(folder, options, capfd):
    change_weights(folder, of="layer.1.output.dense", factor=None)
    told = refusal(options)
    assert "its weights are incomplete (encoder.layer.1.output.dense." in told
    assert capfd.readouterr().err == ""


@pytest.mark.models
def test_loading_draws_nothing_on_the_terminal(options, capfd):
    load_embedder(options).embed_questions(["谁牵头"])
    assert capfd.readouterr() == ("", "")


@pytest.mark.models
@pytest.mark.parametrize(("factor", "problem"), [(np.nan, "is not finite"), (0, "is all zero")])
def test_vectors_that_cannot_be_compared_are_refused(folder, options, factor, problem):
    change_weights(folder, of="", factor=factor)
    with pytest.raises(ModelValueError, match=f"text 0 {problem}"):
        load_embedder(options).embed_questions(["谁牵头"])


@pytest.mark.models
def test_an_index_knows_its_model_with_its_options(options, tmp_path):
    built = load_embedder(replace(options, dim=16, query_prompt="谁："))
    manifest = write_index(tmp_path / "index", [LAWS], embedder=built)
    assert manifest.model_options == {"model": "./tiny", "dim": "16", "query_prompt": "谁："}
    assert load_index(tmp_path / "index", embedder=built).search("药品", k=1)
    with pytest.raises(IndexModelError) as caught:
        load_index(tmp_path / "index", embedder=load_embedder(options))
    told = str(caught.value)
    assert "the model tiny (dim 16, query_prompt '谁：') of 16 dimensions, and the one" in told
    assert "loaded is tiny of 32; run `yiju index DIR" in told
    assert "`--model ./tiny --model-dim 16 --query-prompt '谁：'`" in told
    assert "`YIJU_MODEL=./tiny YIJU_MODEL_DIM=16 YIJU_QUERY_PROMPT='谁：'`" in told


@pytest.mark.models
def test_a_damaged_model_is_told_at_build_with_the_passage(folder, options, tmp_path, monkeypatch):
    monkeypatch.setattr("index.folder._BATCH", 1)
    embedder = load_embedder(options)
    first = embedder.embed_passages

    def embed(texts, calls=iter(range(9))):  # noqa: B008 - counts over the calls
        if next(calls) == 1:
            raise ModelValueError("tiny", 0, "is all zero")
        return first(texts)

    monkeypatch.setattr(embedder, "embed_passages", embed)
    with pytest.raises(ModelValueError, match="text 1 is all zero"):
        write_index(tmp_path / "index", [LAWS], embedder=embedder)


@pytest.mark.models
def test_a_static_folder_never_goes_this_way(tmp_path):
    from tests.index.test_embed import SHIPPED  # noqa: PLC0415

    assert isinstance(load_embedder(str(SHIPPED)), StaticEmbedder)


@pytest.mark.models
@pytest.mark.filterwarnings("ignore")  # the exporter's own
def test_onnx_gives_the_same_vectors(folder, options, tmp_path):
    pytest.importorskip("optimum.onnxruntime", reason="needs the extra `onnx`, which excludes this")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    exported = SentenceTransformer(str(folder), backend="onnx", device="cpu")
    exported.save_pretrained(str(tmp_path / "exported"))
    own = load_embedder(options)
    other = load_embedder(replace(options, model=str(tmp_path / "exported"), backend=Backend.ONNX))
    for ours, theirs in (
        (own.embed_passages(TEXTS), other.embed_passages(TEXTS)),
        (own.embed_questions(TEXTS), other.embed_questions(TEXTS)),
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert other.fingerprint.endswith(';backend="onnx"')
