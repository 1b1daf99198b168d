import json

import numpy as np
import pytest

from index.embed import load_embedder, static_folder
from index.errors import ModelNotFoundError
from index.training.errors import OutputFolderError
from index.training.model import read_model, write_folder, write_model


def test_a_model_written_is_read_back_to_half_precision(tmp_path):
    vectors, tokenizer = read_model(static_folder())
    write_folder(tmp_path / "m", lambda folder: write_model(folder, vectors, tokenizer))
    again, _ = read_model(tmp_path / "m")
    np.testing.assert_array_equal(again, vectors)
    texts = ["谁牵头？", "who leads?"]
    np.testing.assert_array_equal(
        load_embedder(str(tmp_path / "m")).embed_questions(texts),
        load_embedder().embed_questions(texts),
    )


def test_what_fails_half_way_leaves_nothing(tmp_path):
    def fill(folder):
        (folder / "one").write_text("half", encoding="utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_folder(tmp_path / "m", fill)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "m").write_text("", encoding="utf-8")
    with pytest.raises(OutputFolderError, match="this is a file; name a folder"):
        write_folder(tmp_path / "m", lambda folder: None)


def test_a_model_with_prompts_is_refused(tmp_path):
    vectors, tokenizer = read_model(static_folder())
    write_model(folder := _made(tmp_path / "m"), vectors[:, :8], tokenizer)
    config = {"prompts": {"query": "question: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelNotFoundError, match="a model with prompts cannot be trained on"):
        read_model(folder)


def _made(folder):
    folder.mkdir()
    return folder


def test_a_hub_name_is_no_folder():
    with pytest.raises(ModelNotFoundError, match="there is no such folder"):
        static_folder("some/model")
