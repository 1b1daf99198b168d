import json
import shutil

import numpy as np
import pytest

from index.static import StaticEmbedder
from index.training.build import BuildOptions, build_model, continue_model
from index.training.errors import OutputFolderError, TrainingDataError, TrainingError
from index.training.journal import Journal
from index.training.model import read_model

pytestmark = pytest.mark.models

TEXTS = ["药品由谁监督？", "藥品由誰監督？", "Who inspects the roads?", "矿山" * 40, "档案 12.5%"]
OPTIONS = BuildOptions(dim=32, steps_scale=0.02)


@pytest.fixture(scope="module")
def built(kit, tmp_path_factory):
    """A model trained for some steps; not to be written to."""
    out = tmp_path_factory.mktemp("models") / "model"
    build_model(kit, out, options=OPTIONS, journal=Journal())
    return out


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_sentence_transformers_reads_the_same_vectors(built):
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an extra

    theirs = SentenceTransformer(str(built), device="cpu").encode(TEXTS, normalize_embeddings=True)
    ours = StaticEmbedder(built).embed_passages(TEXTS)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)
    np.testing.assert_allclose(ours[0], ours[1], atol=1e-6)  # Traditional is folded


def test_equal_seeds_and_data_give_equal_bytes(built, kit, tmp_path):
    again = tmp_path / "model"
    build_model(kit, again, options=OPTIONS, journal=Journal())
    assert files(again) == files(built)


def test_the_journal_holds_losses_and_scores_of_every_stage(built):
    lines = (built / "training.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    stages = [event["stage"] for event in events if event["event"] == "scores"]
    assert stages[:5] == ["start", "broad", "hard", "composed", "mean"]
    assert {event["stage"] for event in events if event["event"] == "loss"} == {
        "broad",
        "hard",
        "composed",
        "labels",
    }
    assert events[2]["1"].keys() == {"recall@10", "ndcg@10"}


def test_the_card_names_data_licences_and_the_command(built):
    card = (built / "README.md").read_text(encoding="utf-8")
    for name in ("CC-CEDICT", "CMRC2018", "DRCD", "STARD", "Tatoeba", "LibreOffice", "TICO-19"):
        assert name in card
    assert "license: cc-by-sa-4.0" in card
    command = "yiju model train --data DATA --out model --dim 32 --seed 0 --steps-scale 0.02"
    assert command in card


def test_labels_are_left_out_on_request(built, kit, tmp_path):
    options = BuildOptions(dim=32, steps_scale=0.02, questions=False)
    build_model(kit, tmp_path / "model", options=options, journal=Journal())
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert "were left out of training" in card
    assert "--no-questions" in card
    journal = (tmp_path / "model" / "training.jsonl").read_text(encoding="utf-8")
    assert '"labels"' not in journal


def test_a_model_is_continued_with_labels(built, kit, tmp_path):
    continue_model(built, kit, [("药品由谁监督？", ["n0", "n1"])] * 3, tmp_path / "model")
    before, tokenizer = read_model(built)
    after, same = read_model(tmp_path / "model")
    assert same.to_str() == tokenizer.to_str()
    assert not np.array_equal(before, after)


def test_a_label_of_no_article_is_refused_and_nothing_is_written(built, kit, tmp_path):
    with pytest.raises(TrainingError, match="names the article n999, which is not in the corpus"):
        continue_model(built, kit, [("谁？", ["n999"])], tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty_is_refused_before_any_work(kit, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputFolderError, match="the folder is not empty; name another"):
        build_model(tmp_path / "no data", tmp_path, options=OPTIONS, journal=Journal())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_missing_data_leaves_nothing_behind(kit, tmp_path):
    data = shutil.copytree(kit, tmp_path / "data")
    (data / "cedict.jsonl.gz").unlink()
    with pytest.raises(TrainingDataError, match="cedict"):
        build_model(data, tmp_path / "model", options=OPTIONS, journal=Journal())
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
