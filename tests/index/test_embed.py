import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers

import index.embed
from index.embed import StaticEmbedder, TransformerEmbedder, load_embedder
from index.errors import ModelNotFoundError
from tests.contracts.embedder import TEXTS, EmbedderContract

SHIPPED = Path(index.embed.__file__).parent / "models" / "static-zh-en-256"
VECTORS = np.array([[9, 9], [3, 0], [0, 2]], dtype=np.float32)  # [UNK], 甲, 乙


def write_static(folder: Path, tensors: dict[str, np.ndarray], **config: object) -> Path:
    folder.mkdir()
    save_file(tensors, folder / "model.safetensors")
    vocabulary = {"[UNK]": 0, "甲": 1, "乙": 2}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> StaticEmbedder:
    return StaticEmbedder(SHIPPED)


class TestStaticEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, shipped):
        return shipped


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
def test_the_vectors_equal_those_of_sentence_transformers(shipped):
    other = TransformerEmbedder(str(SHIPPED), device="cpu")
    texts = [*TEXTS, "", "甲ꙮ乙", "牽頭單位：國務院"]
    for own, theirs in (
        (shipped.embed_passages(texts), other.embed_passages(texts)),
        (shipped.embed_questions(texts), other.embed_questions(texts)),
    ):
        np.testing.assert_allclose(own, theirs, atol=1e-5)
    assert (other.name, other.dim) == (shipped.name, shipped.dim)
    assert other.fingerprint == shipped.fingerprint


@pytest.mark.models
def test_a_name_that_the_hub_cannot_give_is_refused(monkeypatch):
    import huggingface_hub.constants  # noqa: PLC0415

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelNotFoundError, match="the hub may be out of reach"):
        load_embedder("nobody-of-that-name/no-such-model")


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """A transformer of one small layer with random weights, made on the spot."""
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    raw, done = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("tiny")
    letters = sorted(set("".join(TEXTS).lower()) - {" "})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    (raw / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    transformers.BertTokenizer(vocab=str(raw / "vocab.txt")).save_pretrained(raw)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    transformers.BertModel(config).save_pretrained(raw)
    model = SentenceTransformer(str(raw), device="cpu", prompts={"query": "who "})
    model.save(str(done))
    return load_embedder(str(done))


@pytest.mark.models
class TestTransformerEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, transformer):
        return transformer

    def test_it_is_not_taken_for_a_static_model(self, embedder):
        assert isinstance(embedder, TransformerEmbedder)

    def test_a_question_has_the_models_own_prompt(self, embedder):
        np.testing.assert_allclose(
            embedder.embed_questions(["leads"]), embedder.embed_passages(["who leads"]), atol=1e-6
        )
