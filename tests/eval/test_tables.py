from io import StringIO

import pytest
from rich.console import Console

from eval.scores import Score
from eval.tables import scores_table, shown, wrong_lines
from tests.eval.examples import answer, entry, gold, lead_row, parts_row, right_parts
from tests.eval.runs import UNREACHABLE, measured, row_result


def cells(table):
    """The cells of a table as it is printed, row by row, with its title first."""
    printed = StringIO()
    Console(file=printed, width=200).print(table)
    title, *lines = printed.getvalue().splitlines()
    split = [[cell.strip() for cell in line.strip("│┃").split("│")] for line in lines]
    return title.strip(), [each for each in split if len(each) > 1]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("mrr", 2 / 3, "0.667"),
        ("mrr", 1, "1.000"),
        ("mrr", 0.0, "0.000"),
        ("false_leads", 3.0, "3"),
        ("false_leads", 0.0, "0"),
        ("false_lead_rate", 0.25, "0.250"),
        ("mrr", None, "-"),
        ("false_leads", None, "-"),
    ],
)
def test_a_count_is_shown_as_such_and_a_share_with_three_places(name, value, words):
    assert shown(name, value) == words


def test_a_score_is_printed_with_interval_and_number_of_rows():
    scores = [
        Score("lead_exact", 2 / 3, 12, 0.5, 0.75),
        Score("false_leads", 2.0, 8, 0.0, 5.0),
        Score("mrr", 0.5, 1),
        Score("parts_lead", None, 0),
    ]
    title, printed = cells(scores_table(scores, title="21 questions"))
    assert title == "21 questions"
    assert printed == [
        ["lead_exact", "0.667", "0.500–0.750", "12"],
        ["false_leads (lower is better)", "2", "0–5", "8"],
        ["mrr", "0.500", "-", "1"],
        ["parts_lead", "-", "-", "0"],
    ]


def test_the_columns_of_a_table_are_named():
    table = scores_table([], title="")
    assert [column.header for column in table.columns] == ["measure", "value", "95 %", "n"]


def test_a_wrong_row_is_told_with_gold_answer_entries_and_citations():
    row = lead_row(answer="甲局牵头。", clause_ids=("a:（一）", "a:（二）"))
    given_answer = answer(
        "b:一", "a:（一）", entries=(entry(1, "b:一", "丁局", "丁局"), entry(2, "a:（一）", None))
    )
    given_answer["answer"] = "由丁局负责。\n另见甲局。"
    given_answer["reason"] = {"code": "joint"}
    assert list(wrong_lines(measured(row, given_answer))) == [
        "g1  lead_unit / answer / zh-Hans  wrong: lead_exact, units_exact, region_leakage, hit@1",
        "  question  谁牵头？",
        "  gold      甲局牵头。  lead=甲局 units=甲局、乙局  a:（一）, a:（二）",
        "  answer    [answered joint] 由丁局负责。 / 另见甲局。",
        "    entry   b:一  lead=丁局 units=丁局",
        "    entry   a:（一）  lead=None units=-",
        "    [1] answer  b:一",
        "    [2] answer  a:（一）",
    ]


def test_the_parts_of_a_wrong_row_are_told_with_their_leads_and_units():
    given_answer = right_parts()
    given_answer["responsibilities"][1]["lead"] = "丁局"
    lines = list(wrong_lines(measured(parts_row(answer="各有其人。"), given_answer)))
    assert lines[0] == "g1  units / answer_per_region / zh-Hans  wrong: false_leads, parts_lead"
    assert lines[2:5] == [
        "  gold      各有其人。  lead=None units=-  no clause",
        "    part    a:（一）  lead=甲局 units=甲局、乙局",
        "    part    b:一  lead=None units=丁局",
    ]


def test_of_the_citations_the_first_three_and_those_of_the_answer_are_told():
    given_answer = answer("b:一", "b:二", "b:一", "b:二", "a:（一）")
    for each in given_answer["citations"][:4]:
        each["role"] = "related"
    del given_answer["citations"][0]["clause_id"]
    lines = list(wrong_lines(row_result("g1", {"hit@1": 0}, answer=given_answer)))
    assert [line.strip() for line in lines if line.startswith("    [")] == [
        "[1] related",
        "[2] related b:二",
        "[3] related b:一",
        "[5] answer  a:（一）",
    ]


def test_a_wrong_row_without_an_answer_is_told_with_its_error():
    row = gold("content", "answer", id="g7", lang="en", question="Who leads?", answer="甲局")
    assert list(wrong_lines(measured(row, None))) == [
        "g7  content / answer / en  wrong: status_right",
        "  question  Who leads?",
        "  gold      甲局  lead=None units=-  no clause",
        f"  no answer {UNREACHABLE}",
    ]
