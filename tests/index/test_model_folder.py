"""What a folder of a model must not hold, without loading any."""

import json
import pickle
import socket
import time

import pytest

import index.model_folder
from index.embed import load_embedder
from index.errors import ModelNotFoundError
from index.model_folder import check_folder, declared_prompts, find_model, read_modules
from tests.index.tiny_models import VECTORS, change_json, write_cache, write_static

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Bomb:
    """Leaves a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.fixture
def folder(tmp_path):
    return write_static(tmp_path / "m", {"embedding.weight": VECTORS})


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A cache of the hub, and no network."""
    import huggingface_hub.constants as constants  # noqa: PLC0415, PLR0402

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return tmp_path / "hub"


def refused(folder, **options):
    with pytest.raises(ModelNotFoundError) as caught:
        check_folder(folder, **options)
    sentence = str(caught.value)
    assert sentence.count("; ") >= 1  # what is wrong; what to do
    assert "\n" not in sentence
    return sentence


def test_a_whole_folder_passes(folder):
    check_folder(folder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "a.pt", "b.ckpt", "c.pkl", "d.pth"])
def test_pickled_weights_are_refused_and_never_opened(folder, tmp_path, name):
    (folder / "model.safetensors").unlink()
    (folder / name).write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    assert f"{name} is a pickle, which may run code" in refused(folder)
    assert not (tmp_path / "exploded").exists()


def test_a_pickle_of_one_part_alone_is_refused(folder):
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"")
    assert "2_Dense/pytorch_model.bin is a pickle" in refused(folder)


def test_a_pickle_beside_safetensors_is_left_alone(folder, tmp_path):
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    check_folder(folder)
    assert load_embedder(str(folder)).dim == 2
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("kind", ["modeling.Own", "sentence_transformers_extra.Own", "os.system"])
def test_a_part_from_elsewhere_is_refused(folder, kind):
    change = [{"idx": 0, "name": "0", "path": "", "type": kind}]
    (folder / "modules.json").write_text(json.dumps(change), encoding="utf-8")
    assert f"it asks for code of its own ({kind}), which is never run" in refused(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
def test_code_that_a_config_names_is_refused(folder, name):
    (folder / name).write_text('{"auto_map": {"AutoModel": "modeling.Own"}}', encoding="utf-8")
    assert f"code of its own (auto_map in {name})" in refused(folder)


@pytest.mark.parametrize("left", [0, 4, -1])
def test_weights_cut_short_are_named(folder, left):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:left])
    assert "model.safetensors': damaged (" in refused(folder)


def test_a_pointer_in_place_of_weights_is_named(folder):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (folder / "model.safetensors").write_text(pointer, encoding="utf-8")
    assert "model.safetensors': damaged (" in refused(folder)


def test_no_weights_and_no_tokenizer_are_told(folder):
    (folder / "tokenizer.json").unlink()
    assert "it holds no tokenizer; copy the whole folder" in refused(folder)
    (folder / "model.safetensors").unlink()
    assert "it holds no weights in safetensors" in refused(folder)
    assert "it holds no ONNX file; export it once" in refused(folder, onnx=True)


@pytest.mark.parametrize("text", ["{", "", "\x00", '{"version": "1.0"}'])
def test_a_broken_tokenizer_is_named(folder, text):
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    assert "tokenizer.json': unreadable (" in refused(folder)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"0": {}}',
        "[1]",
        '[{"type": "sentence_transformers.StaticEmbedding"}]',
        '[{"name": "0", "type": "sentence_transformers.X", "path": "../elsewhere"}]',
        '[{"name": "0", "type": "sentence_transformers.X", "path": "/elsewhere"}]',
    ],
)
def test_modules_of_another_shape_are_refused(folder, text):
    (folder / "modules.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelNotFoundError, match=r"modules\.json': (unreadable|expected a list)"):
        read_modules(folder)
    with pytest.raises(ModelNotFoundError, match=r"modules\.json"):
        load_embedder(str(folder))


@pytest.mark.parametrize("text", ["{", "[]", '{"prompts": ["x"]}', '{"prompts": {"query": 1}}'])
def test_prompts_of_another_shape_are_refused(folder, text):
    (folder / "config_sentence_transformers.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelNotFoundError, match=r"config_sentence_transformers\.json"):
        load_embedder(str(folder))


@pytest.mark.parametrize(
    ("config", "prompts"),
    [
        ({}, ("", "")),
        ({"prompts": None}, ("", "")),
        ({"prompts": {"query": "q: ", "passage": "p: "}}, ("q: ", "p: ")),
        ({"prompts": {"query": None, "corpus": "c"}}, ("", "c")),
        ({"prompts": {"passage": "p", "document": "d"}}, ("", "d")),
        ({"prompts": {"other": "o"}, "default_prompt_name": "other"}, ("o", "o")),
    ],
)
def test_the_prompts_that_a_model_declares(folder, config, prompts):
    change_json(folder / "config_sentence_transformers.json", **config)
    assert declared_prompts(folder) == prompts


def test_a_folder_is_named_by_its_own_name(folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = find_model("../m")
    assert (found.name, found.given, found.commit) == ("m", "./m", None)


def test_a_model_of_the_cache_is_found_without_a_network(hub, folder):
    write_cache(hub, "some/model", folder, commit=COMMIT)
    for revision in (None, "main", COMMIT):
        found = find_model("some/model", revision=revision)
        assert (found.name, found.given, found.commit) == ("some/model", "some/model", COMMIT)
        check_folder(found.path)


def test_a_hub_out_of_reach_says_how_to_go_without(hub):
    with pytest.raises(ModelNotFoundError) as caught:
        find_model("some/model")
    told = str(caught.value)
    assert "hub is out of reach; connect, name a mirror in HF_ENDPOINT, or copy a folder" in told
    assert "`hf download some/model --local-dir DIR`" in told


@pytest.fixture
def silent():
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("answers", [False, None])
def test_a_hub_that_does_not_answer_is_given_up_within_seconds(
    hub, monkeypatch, silent, answers, folder
):
    import huggingface_hub.constants as constants  # noqa: PLC0415, PLR0402

    monkeypatch.setattr(index.model_folder, "_PATIENCE_S", 0.5)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    endpoint = silent if answers is None else "http://127.0.0.1:9"
    monkeypatch.setattr("huggingface_hub.hf_api.ENDPOINT", endpoint, raising=False)
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    started = time.monotonic()
    with pytest.raises(ModelNotFoundError, match="hub is out of reach"):
        find_model("some/model")
    assert time.monotonic() - started < 5
    write_cache(hub, "some/model", folder, commit=COMMIT)
    assert find_model("some/model").commit == COMMIT


def test_a_name_that_is_none_is_refused(hub):
    with pytest.raises(ModelNotFoundError, match="hub has no such model; check the name"):
        find_model("some/model name")
