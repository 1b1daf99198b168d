import json

import pytest

from eval.bench import seeds
from eval.bench.seeds import rows_of, trained_on
from tests.eval.law_kit import run_command, write_kit


def values(recall, ndcg):
    return {"questions": 2, "recall@10": recall, "recall@100": 1.0, "ndcg@10": ndcg}


def test_a_row_tells_the_loss_that_the_distractors_cost():
    places = {
        "alone": {"search": {"en": values(1.0, 0.9)}},
        "among the laws": {"search": {"en": values(0.75, 0.5)}},
    }
    [row] = rows_of(places)
    assert (row["R@10"], row["R@10 among laws"]) == (1.0, 0.75)
    assert row["loss of nDCG@10"] == pytest.approx(0.4)


def test_weights_that_know_the_questions_are_warned_of(tmp_path):
    weights, gold = tmp_path / "weights.json", [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    weights.write_text('{"trained_on": ["b.jsonl", "c.jsonl"]}')
    assert trained_on(weights, gold).endswith("(b.jsonl): the figures are too good.")
    assert "too good" not in trained_on(weights, gold[:1])


def test_each_system_is_measured_in_each_language_alone_and_among_the_laws(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    text = "关于药品安全的通知\n一、建立药品安全专家库。\n二、打击盗窃药品的行为。\n"
    (documents / "a.txt").write_text(text, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    row = {"type": "content", "behavior": "answer", "docs": ["a.txt"]}
    asked = [("zh-Hans", "药品安全专家库"), ("zh-Hant", "藥品安全專家庫")]
    lines = [
        {**row, "id": lang, "lang": lang, "question": words,
         "evidence": [{"doc": "a.txt", "text": "建立药品安全专家库"}]}
        for lang, words in asked
    ]  # fmt: skip
    gold.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    done = run_command(
        seeds.main,
        *("--data", str(write_kit(tmp_path)), "--gold", str(gold), "--documents", str(documents)),
        *("--out", str(tmp_path / "out"), "--json"),
    )
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "out" / "seeds.json").read_bytes())
    assert written["clauses"]["among the laws"] == written["clauses"]["alone"] + 6
    for place in ("alone", "among the laws"):
        found = written["places"][place]
        assert list(found) == ["search", "dense leg alone", "BM25 alone"]
        assert found["BM25 alone"]["zh-Hans"]["ndcg@10"] == 1
        assert found["BM25 alone"]["zh-Hant"] == found["BM25 alone"]["zh-Hans"]
        assert found["search"]["zh-Hans"]["recall@10"] == 1
        assert "en" not in found["search"]
