import json
from pathlib import Path

import pytest

from eval.errors import GoldFormatError
from eval.gold import Behavior, Evidence, QuestionType
from eval.gold_file import read_gold

ROW = {"id": "g1", "question": "谁牵头？", "type": "lead_unit", "behavior": "answer"}


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_bytes("\n".join(lines).encode())
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gold.jsonl"


def test_a_row_with_four_facts_is_enough(path):
    (row,) = read_gold(write(path, ROW))
    assert (row.id, row.question, row.lang) == ("g1", "谁牵头？", "zh-Hans")
    assert (row.type, row.behavior) == (QuestionType.LEAD_UNIT, Behavior.ANSWER)
    assert (row.docs, row.evidence, row.parts, row.units) == ((), (), (), ())
    assert not row.abstain


def test_a_null_lead_is_told_from_one_left_open(path):
    null, left_open = read_gold(write(path, {**ROW, "lead": None}, {**ROW, "id": "g2"}))
    assert (null.lead, null.lead_stated) == (None, True)
    assert (left_open.lead, left_open.lead_stated) == (None, False)


def test_evidence_is_an_object_or_the_words_themselves(path):
    written = {"doc": "000", "start": 3, "end": 5, "text": "甲局", "clause_id": "c"}
    (row,) = read_gold(write(path, {**ROW, "evidence": [written, "乙局"]}))
    assert row.evidence == (Evidence("甲局", "000", 3, 5, "c"), Evidence("乙局"))


def test_rows_keep_their_order_and_lines_are_ended_by_line_feeds_only(path):
    rows = read_gold(write(path, "\ufeff" + json.dumps(ROW), "", {**ROW, "id": "g2\u2028"}, "\r"))
    assert [row.id for row in rows] == ["g1", "g2\u2028"]


@pytest.mark.parametrize(
    ("behavior", "abstain"),
    [
        ("answer", False),
        ("units_no_lead", False),
        ("no_units_show_clause", True),
        ("not_stated", True),
        ("out_of_scope", True),
        ("refuse_injection", True),
        ("answer_per_region", False),
        ("answer_per_item", False),
        ("correct_premise", False),
    ],
)
def test_abstaining_follows_from_the_behavior(path, behavior, abstain):
    (row,) = read_gold(write(path, {**ROW, "behavior": behavior}))
    assert row.abstain is abstain


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ("{", "it is not JSON"),
        ("[1]", "expected a row to be an object, got \\[1\\]"),
        ({**ROW, "id": "g1"}, "id 'g1' stands in line 1 too"),
        ({**ROW, "id": ""}, "id is missing or empty"),
        ({**ROW, "id": 7}, "expected id to be a string, got 7"),
        ({**ROW, "id": "g2", "type": "riddle"}, "'riddle' is not a valid QuestionType"),
        ({**ROW, "id": "g2", "behavior": "sing"}, "'sing' is not a valid Behavior"),
        ({**ROW, "id": "g2", "abstain": True}, "abstain is true, but behavior answer means false"),
        ({**ROW, "id": "g2", "abstain": 0}, "abstain is 0, but behavior answer means false"),
        ({**ROW, "id": "g2", "units": "甲局"}, "expected units to be a list"),
        ({**ROW, "id": "g2", "units": [1]}, "expected units to hold strings, got 1"),
        ({**ROW, "id": "g2", "evidence": [""]}, "a piece of evidence is empty"),
        ({**ROW, "id": "g2", "evidence": [{"doc": "000"}]}, "text is missing or empty"),
        ({**ROW, "id": "g2", "evidence": [{"text": "甲", "start": 1}]}, "needs both or none"),
        (
            {**ROW, "id": "g2", "evidence": [{"text": "甲", "start": True, "end": 2}]},
            "expected start to be an offset, got true",
        ),
        ({**ROW, "id": "g2", "parts": ["甲"]}, "expected a part to be an object"),
        ({**ROW, "id": "g2", "parts": [{"doc": "000"}]}, "clause_id is missing or empty"),
    ],
)
def test_a_malformed_row_is_refused_with_file_and_line(path, wrong, problem):
    with pytest.raises(GoldFormatError, match=problem) as caught:
        read_gold(write(path, ROW, "", wrong))
    assert caught.value.line == 3
    assert str(caught.value).startswith(f"{path}:3: ")


def test_a_file_without_rows_or_of_bytes_is_refused(path):
    with pytest.raises(GoldFormatError, match="there is no row in it"):
        read_gold(write(path, ""))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(GoldFormatError, match="it is not UTF-8"):
        read_gold(path)
