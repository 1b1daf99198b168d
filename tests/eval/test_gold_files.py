"""The project's own gold files say what the seed documents say."""

from collections import Counter
from pathlib import Path

import pytest

from eval.gold import GoldRow
from eval.gold_file import read_gold
from eval.locate import locate

ROOT = Path(__file__).parents[2]
TEXTS = {path.name: path.read_bytes().decode() for path in (ROOT / "seeds").glob("*.txt")}
ROWS = read_gold(ROOT / "eval" / "gold" / "dev.jsonl")


def test_there_are_questions_of_every_kind_and_language():
    assert len(ROWS) == 92
    assert set(Counter(row.lang for row in ROWS)) == {"zh-Hans", "zh-Hant", "en"}
    assert len({row.type for row in ROWS}) == 11


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_evidence_stands_word_for_word_at_its_offsets(row: GoldRow) -> None:
    located = locate(row, TEXTS)
    assert located.files == row.docs, "documents are named by their full file names"
    for each in row.evidence:
        assert each.doc is not None
        assert TEXTS[each.doc][each.start : each.end] == each.text
    assert all(part.spans for part in located.parts)
    assert bool(located.spans) == bool(row.evidence)
