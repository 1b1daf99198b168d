import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import index.embed
from index.embed import StaticEmbedder, TransformerEmbedder, load_embedder, stated_options
from index.errors import ModelNotFoundError, ModelValueError
from index.model_options import Backend, ModelOptions
from tests.contracts.embedder import TEXTS, EmbedderContract
from tests.index.tiny_models import VECTORS, write_cache, write_static

SHIPPED = Path(index.embed.__file__).parent / "models" / "static-zh-en-256"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PROMPTED = ModelOptions(query_prompt="who ", document_prompt="省药")


@pytest.fixture(scope="module")
def shipped() -> StaticEmbedder:
    return StaticEmbedder(SHIPPED)


class TestStaticEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, shipped):
        return shipped

    @pytest.fixture
    def cut(self):
        return load_embedder(ModelOptions(dim=64))

    @pytest.fixture
    def prompted(self):
        return load_embedder(PROMPTED)


def test_a_vector_is_the_mean_of_its_tokens_at_unit_length(tmp_path):
    embedder = StaticEmbedder(write_static(tmp_path / "m", {"embedding.weight": VECTORS}))
    rows = embedder.embed_passages(["甲", "甲乙", "乙甲甲", "甲丙"])
    want = np.array([[3, 0], [3, 2], [6, 2], [12, 9]]) / [[3], [13**0.5], [40**0.5], [15]]
    np.testing.assert_allclose(rows, want, atol=1e-6)


def test_the_layout_of_model2vec_gives_the_same_vectors(tmp_path):
    tensors: dict[str, np.ndarray] = {
        "embeddings": np.array([[0, 4], [3, 3], [2, 0]], dtype=np.float16),
        "mapping": np.array([1, 2, 0], dtype=np.int64),
        "weights": np.array([3, 1.5, 0.5], dtype=np.float32),
    }
    embedder = StaticEmbedder(write_static(tmp_path / "m", tensors))
    plain = StaticEmbedder(write_static(tmp_path / "p", {"embedding.weight": VECTORS}))
    texts = ["甲", "乙", "甲乙乙", "丙甲"]
    np.testing.assert_allclose(
        embedder.embed_passages(texts), plain.embed_passages(texts), atol=1e-6
    )


def test_a_text_without_a_known_token_is_all_zero(tmp_path, shipped):
    embedder = StaticEmbedder(write_static(tmp_path / "m", {"embedding.weight": VECTORS}))
    assert not embedder.embed_passages(["", "丙丙"]).any()
    assert not shipped.embed_questions(["", " ", "ꙮꙮ"]).any()


def test_prompts_of_the_model_are_used(tmp_path):
    folder = write_static(
        tmp_path / "m",
        {"embedding.weight": VECTORS},
        prompts={"query": "甲", "passage": "乙", "other": "乙乙"},
    )
    embedder = StaticEmbedder(folder)
    np.testing.assert_allclose(embedder.embed_questions([""]), [[1, 0]], atol=1e-6)
    np.testing.assert_allclose(embedder.embed_passages([""]), [[0, 1]], atol=1e-6)


def test_chosen_prompts_lead_over_those_of_the_model(tmp_path):
    folder = write_static(
        tmp_path / "m", {"embedding.weight": VECTORS}, prompts={"query": "甲", "passage": "乙"}
    )
    embedder = load_embedder(ModelOptions(str(folder), query_prompt="乙", document_prompt=""))
    np.testing.assert_allclose(embedder.embed_questions([""]), [[0, 1]], atol=1e-6)
    assert not embedder.embed_passages([""]).any()
    assert embedder.fingerprint.endswith(';query_prompt="\\u4e59";document_prompt=""')


def test_the_dimension_that_the_model_declares_counts(tmp_path):
    vectors = np.arange(1, 13, dtype=np.float32).reshape(3, 4)
    folder = write_static(tmp_path / "m", {"embedding.weight": vectors}, truncate_dim=2)
    assert load_embedder(str(folder)).dim == 2
    whole = load_embedder(ModelOptions(str(folder), dim=4))
    assert whole.dim == 4
    assert whole.fingerprint == f"{load_embedder(str(folder)).fingerprint};dim=4"


def test_choosing_what_the_model_does_anyway_changes_no_fingerprint(shipped):
    options = ModelOptions(dim=256, query_prompt="", document_prompt="", device="cpu", batch_size=1)
    same = load_embedder(options)
    assert same.fingerprint == shipped.fingerprint
    assert stated_options(load_embedder()) == {"model": "embedded"}
    assert stated_options(same)["dim"] == "256"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (ModelOptions(dim=257), "has 256 dimensions and cannot be cut to 257; set --model-dim to"),
        (ModelOptions(max_length=8), "reads a text whole, .*; leave out --model-max-length"),
        (ModelOptions(backend=Backend.ONNX), "no backends; leave the option out"),
        (ModelOptions(str(SHIPPED), revision="main"), "a folder has no revision; leave it out"),
    ],
)
def test_an_option_that_does_not_fit_a_static_model_is_refused(options, message):
    with pytest.raises(ModelNotFoundError, match=message):
        load_embedder(options)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_vector_that_is_not_finite_is_refused_and_its_text_counted(tmp_path, value):
    vectors = VECTORS.copy()
    vectors[2, 1] = value
    embedder = StaticEmbedder(write_static(tmp_path / "m", {"embedding.weight": vectors}))
    for embed in (embedder.embed_passages, embedder.embed_questions):
        with pytest.raises(ModelValueError, match=r"text 1 is not finite \(NaN or infinity\); its"):
            embed(["甲", "甲乙", "乙"])
    assert np.isfinite(embedder.embed_passages(["甲"])).all()


def test_traditional_and_simplified_are_one(shipped):
    traditional, simplified = shipped.embed_passages(["藥品監管牽頭單位", "药品监管牵头单位"])
    assert traditional @ simplified > 0.999


def test_a_question_is_nearer_to_its_clause_in_both_languages(shipped):
    clauses = shipped.embed_passages(["完善药品安全监管法规制度", "提高城乡居民基本养老保险待遇"])
    for question in ("谁负责药品监管法规？", "Who is responsible for drug safety regulation?"):
        drug, pension = clauses @ shipped.embed_questions([question])[0]
        assert drug > pension + 0.1


def test_one_question_takes_well_under_a_millisecond(shipped):
    def elapsed_s() -> float:
        start = time.perf_counter()
        shipped.embed_questions(["谁牵头完善药品安全监管法规制度？"])
        return time.perf_counter() - start

    assert min(elapsed_s() for _ in range(50)) < 0.0005


def test_the_fingerprint_follows_the_weights_and_not_the_card(tmp_path, shipped):
    copy = tmp_path / "copy"
    shutil.copytree(SHIPPED, copy)
    (copy / "README.md").write_text("another card", encoding="utf-8")
    assert StaticEmbedder(copy).fingerprint == shipped.fingerprint
    tensors = load_file(copy / "model.safetensors")
    tensors["weights"][5] = 2
    save_file(tensors, copy / "model.safetensors")
    assert StaticEmbedder(copy).fingerprint != shipped.fingerprint


@pytest.mark.parametrize("model", [None, "embedded", "static-zh-en-256", str(SHIPPED)])
def test_the_shipped_model_has_these_names(model, shipped):
    embedder = load_embedder(model)
    assert isinstance(embedder, StaticEmbedder)
    assert (embedder.name, embedder.fingerprint) == ("static-zh-en-256", shipped.fingerprint)


@pytest.mark.parametrize("model", ["./nowhere", "/no/such/folder", "a/b/c", "~/nowhere"])
def test_a_folder_that_does_not_exist_is_named(model):
    with pytest.raises(ModelNotFoundError, match="there is no such folder"):
        load_embedder(model)


def test_a_missing_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelNotFoundError, match=r"pip install 'yiju\[models\]'"):
        load_embedder("some/model")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_broken_file_of_a_model_is_named(tmp_path, name):
    folder = write_static(tmp_path / "m", {"embedding.weight": VECTORS})
    (folder / name).write_bytes(b"{")
    with pytest.raises(ModelNotFoundError, match=name):
        load_embedder(str(folder))


def test_a_file_of_weights_that_is_cut_short_is_named(tmp_path):
    folder = write_static(tmp_path / "m", {"embedding.weight": VECTORS})
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])
    with pytest.raises(ModelNotFoundError, match=r"model\.safetensors.*: unreadable .*copy it ag"):
        load_embedder(str(folder))


@pytest.mark.parametrize(
    "tensors",
    [
        {"embedding.weight": VECTORS[:2]},
        {"embedding.weight": VECTORS.reshape(-1)},
        {"embeddings": VECTORS[:2], "mapping": np.array([0, 1, 2])},
        {"embeddings": VECTORS, "weights": np.ones(2, dtype=np.float32)},
    ],
)
def test_tensors_that_do_not_fit_the_tokenizer_are_refused(tmp_path, tensors):
    folder = write_static(tmp_path / "m", tensors)
    with pytest.raises(ModelNotFoundError, match="do not fit a tokenizer of 3 tokens"):
        load_embedder(str(folder))


def test_a_static_model_of_the_hub_is_known_by_its_commit(tmp_path, monkeypatch):
    import huggingface_hub.constants as hub  # noqa: PLC0415

    monkeypatch.setattr(hub, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr("index.embed.check_installed", lambda *_: None)
    folder = write_static(tmp_path / "m", {"embedding.weight": VECTORS})
    write_cache(tmp_path, "some/model", folder, commit=COMMIT)
    embedder = load_embedder(ModelOptions("some/model", dim=1))
    assert isinstance(embedder, StaticEmbedder)
    assert (embedder.name, embedder.fingerprint) == ("some/model", f"some/model@{COMMIT};dim=1")
    assert stated_options(embedder) == {"model": "some/model", "revision": COMMIT, "dim": "1"}


def test_weights_under_an_unknown_name_are_refused(tmp_path):
    folder = write_static(tmp_path / "m", {"vectors": VECTORS})
    with pytest.raises(ModelNotFoundError, match="no embeddings among vectors"):
        load_embedder(str(folder))


def test_a_folder_without_a_static_model_is_refused_by_the_static_embedder(tmp_path):
    with pytest.raises(ModelNotFoundError, match="no static model"):
        StaticEmbedder(tmp_path)


def test_the_embedded_model_needs_no_torch():
    code = (
        "import sys; from index.embed import load_embedder;"
        "load_embedder().embed_questions(['谁牵头']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.models
@pytest.mark.parametrize(
    "options", [ModelOptions(), ModelOptions(dim=128), replace(PROMPTED, dim=32)]
)
def test_the_vectors_equal_those_of_sentence_transformers(options):
    own = load_embedder(options)
    chosen = replace(options, model=str(SHIPPED), device="cpu", batch_size=3)
    other = TransformerEmbedder(chosen)
    texts = [*TEXTS, "药", "1", "https://example.gov.cn/a.png", "二、重点任务\n（一）\t完善 " * 30]
    for ours, theirs in (
        (own.embed_passages(texts), other.embed_passages(texts)),
        (own.embed_questions(texts), other.embed_questions(texts)),
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
    assert (other.name, other.dim) == (own.name, own.dim)
    assert other.fingerprint == own.fingerprint


@pytest.mark.models
def test_a_text_of_no_known_token_has_no_vector_in_sentence_transformers():
    other = TransformerEmbedder(ModelOptions(str(SHIPPED), device="cpu"))
    with pytest.raises(ModelValueError, match="text 1 is all zero"):
        other.embed_passages(["药", ""])
