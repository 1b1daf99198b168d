import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import split_passages
from index.records import Passage


def test_a_short_clause_is_one_passage():
    assert split_passages("省药监局牵头。", clause_row=4) == (Passage(4, "省药监局牵头。"),)


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_clause_has_no_passage(text):
    assert split_passages(text, clause_row=0, prefix="办法") == ()


def test_a_long_clause_is_cut_at_sentence_ends():
    text = "".join(f"第{n}项任务由省药监局牵头，省司法厅配合；按时完成。" for n in range(60))
    passages = split_passages(text, clause_row=1, prefix="方案 二、任务")
    assert len(passages) > 2
    assert all(len(p.text) <= 480 for p in passages)
    assert all(p.text.startswith("方案 二、任务\n第") for p in passages)
    assert all(p.text.endswith("。") for p in passages)
    assert "".join(p.text.removeprefix("方案 二、任务\n") for p in passages) == text


def test_a_prefix_takes_at_most_half_of_a_passage():
    (passage,) = split_passages("甲" * 10, clause_row=0, prefix="题" * 99, limit=20)
    assert passage.text == "题" * 9 + "\n" + "甲" * 10


def test_a_limit_without_room_is_refused():
    with pytest.raises(ValueError, match="at least 4, got 3"):
        split_passages("甲", clause_row=0, limit=3)


@given(
    st.text(alphabet="甲乙丙。；，！？\n a", max_size=300),
    st.text(alphabet="题目", max_size=30),
    st.integers(4, 60),
)
def test_no_character_is_lost_or_doubled_and_none_is_too_long(text, prefix, limit):
    passages = split_passages(text, clause_row=0, prefix=prefix, limit=limit)
    head = f"{prefix[: limit // 2 - 1]}\n" if prefix else ""
    assert all(p.text.startswith(head) and len(p.text) <= limit for p in passages)
    kept = "".join(p.text[len(head) :] for p in passages)
    assert "".join(kept.split()) == "".join(text.split())
