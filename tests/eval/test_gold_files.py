"""The project's own gold files say what the documents say, and ask for all that is promised."""

from collections import Counter
from pathlib import Path

import pytest

from eval.check import Severity, check_gold
from eval.documents import of_folder
from eval.gold import Behavior, GoldRow, QuestionType
from eval.gold_file import read_gold
from eval.locate import locate
from rag.records import ReasonCode

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "eval" / "gold"
DOCUMENTS = {
    "dev": of_folder(ROOT / "seeds"),
    "seeds": of_folder(ROOT / "seeds"),
    "unseen": of_folder(GOLD / "unseen"),
}
ROWS = {name: read_gold(GOLD / f"{name}.jsonl") for name in DOCUMENTS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_check_finds_an_error(name):
    problems = check_gold([GOLD / f"{name}.jsonl"], DOCUMENTS[name])
    errors = [str(each) for each in problems if each.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "row"),
    [(name, row) for name, rows in ROWS.items() for row in rows],
    ids=lambda value: value.id if isinstance(value, GoldRow) else value,
)
def test_evidence_stands_word_for_word_at_its_offsets(name: str, row: GoldRow) -> None:
    texts = DOCUMENTS[name].texts
    located = locate(row, texts)
    assert located.files == row.docs, "documents are named by their full file names"
    for each in row.evidence:
        assert each.doc is not None
        assert texts[each.doc][each.start : each.end] == each.text
    assert all(part.spans for part in located.parts)
    assert bool(located.items) == any(
        each.clause_id not in row.support_clause_ids for each in row.evidence
    )


def test_the_sample_is_whole():
    assert len(ROWS["dev"]) == 92


def test_the_own_set_asks_for_every_type_and_behavior_in_three_languages():
    rows = ROWS["seeds"]
    assert len(rows) >= 250
    assert sum(row.abstain for row in rows) >= 60
    assert {row.type for row in rows} == set(QuestionType)
    assert {row.behavior for row in rows} == set(Behavior)
    languages = Counter(row.lang for row in rows)
    assert set(languages) == {"zh-Hans", "zh-Hant", "en"}
    assert min(languages.values()) >= 50
    assert {row.reason for row in rows if row.abstain} == set(ReasonCode) - {
        ReasonCode.NO_LEAD_DESIGNATED
    }


def test_the_unseen_set_is_over_several_excerpts_none_of_them_long():
    rows = ROWS["unseen"]
    assert len(rows) >= 60
    assert len({doc for row in rows for doc in row.docs}) >= 8
    assert max(map(len, DOCUMENTS["unseen"].texts.values())) <= 3_000


def test_no_question_of_the_own_sets_is_one_of_the_sample():
    paths = [GOLD / "seeds.jsonl", GOLD / "unseen.jsonl"]
    problems = check_gold(paths, against=[GOLD / "dev.jsonl"])
    assert [str(each) for each in problems if "leaks" in each.message] == []
