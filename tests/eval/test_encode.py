import json

import numpy as np
import pytest

from eval.bench import encode
from eval.bench.encode import furthest, measure
from tests.eval.law_kit import run_command, write_kit


class Fixed:
    name = fingerprint = "fixed"
    dim = 2

    def __init__(self, value):
        self.value = value
        self.batches = []

    def embed_passages(self, texts):
        self.batches.append(len(texts))
        return np.full((len(texts), 2), self.value, dtype=np.float32)

    embed_questions = embed_passages


def test_texts_go_in_batches_and_questions_one_by_one():
    embedder = Fixed(1.0)
    found = measure(embedder, ["文"] * 600, ["问"] * 30)
    assert embedder.batches == [256, 256, 256, 88, *[1] * 20, *[1] * 30]
    assert found["texts"] == 600
    assert found["question"]["n"] == 30
    assert found["texts_per_s"] > 0


def test_the_largest_difference_of_two_loaders_is_told():
    assert furthest(Fixed(1.0), Fixed(0.75), ["文"]) == pytest.approx(0.25)


def test_the_command_times_the_loader_without_torch(tmp_path, monkeypatch):
    monkeypatch.setattr(encode, "find_spec", lambda name: None)
    kit = write_kit(tmp_path)
    done = run_command(encode.main, "--data", str(kit), "--out", str(tmp_path / "out"), "--json")
    assert done.exit_code == 0, done.output
    loaders = json.loads((tmp_path / "out" / "encode.json").read_bytes())["loaders"]
    assert list(loaders) == ["tokenizers + numpy"]
    assert loaders["tokenizers + numpy"]["texts"] == 6
