import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.markdown import Markdown

from eval.compare import compare_runs
from eval.markdown import comparison_markdown, run_markdown
from eval.scores import ALL_MEASURES
from tests.eval.examples import answer, entry, gold, lead_row, parts_row, right_parts
from tests.eval.runs import UNREACHABLE, measured, row_result, stored

ZERO_WIDTH = re.compile("[\u200b\u2060]|<!-- -->")  # what may keep apart "@" and a name


def entry_answer(lead, words=""):
    cited = answer("a:（一）", entries=(entry(1, "a:（一）", lead, "甲局", "乙局"),))
    return {**cited, "answer": words}


def parsed(markdown):
    return Markdown(markdown).parsed


def shown(inline):
    """The words that a reader sees of a paragraph, heading or cell."""
    return ZERO_WIDTH.sub("", "".join(each.content for each in inline.children))


def paragraphs(markdown):
    """The words of every paragraph, heading and item, in order; those of tables left out."""
    found, in_table = [], False
    for token in parsed(markdown):
        in_table = (in_table or token.type == "table_open") and token.type != "table_close"
        if token.type == "inline" and not in_table:
            found.append(shown(token))
    return found


def table(markdown):
    """The cells of the table, row by row."""
    rows: list[list[str]] = []
    in_row = False
    for token in parsed(markdown):
        if token.type == "tr_open":
            rows.append([])
        in_row = (in_row or token.type == "tr_open") and token.type != "tr_close"
        if in_row and token.type == "inline":
            rows[-1].append(shown(token))
    return rows


def wrong_row(words, lead="丙局"):
    """A wrong row that asks in these words and got them for an answer."""
    row = lead_row(question=words, clause_ids=("a:（一）",))
    return measured(row, entry_answer(lead, words))


def written(words):
    """Everything that is written of these words: a run, and what got worse, better, stayed."""
    right, wrong = wrong_row(words, "甲局"), wrong_row(words)
    pairs = [(right, wrong), (wrong, right), (wrong, wrong)]
    return [
        run_markdown(stored(wrong)),
        *(comparison_markdown(compare_runs(stored(one), stored(other))) for one, other in pairs),
    ]


def run_of_three():
    row = lead_row(clause_ids=("a:（一）",))
    right = gold("content", "answer", id="g2")
    failing = gold("content", "answer", id="g3", question="何时？")
    return stored(
        measured(row, entry_answer("丙局")),
        measured(right, answer()),
        measured(failing, None),
        name="today",
    )


def test_a_run_is_headed_by_its_name_its_questions_and_those_that_failed():
    assert paragraphs(run_markdown(run_of_three()))[:2] == [
        "Evaluation: today",
        "3 questions. 1 got no answer and count as wrong.",
    ]
    whole = stored(row_result("g1", {}), row_result("g2", {}))
    assert paragraphs(run_markdown(whole))[1] == "2 questions."


def test_every_measure_of_a_run_has_a_line_with_interval_and_number_of_rows():
    head, *rows = table(run_markdown(run_of_three()))
    assert head == ["measure", "value", "95 %", "n"]
    assert len(rows) == len(ALL_MEASURES)
    by_name = {name: cells for name, *cells in rows}
    assert by_name["lead_exact"] == ["0.000", "-", "1"]
    # A question over one document, two over none: X of Bin(3, 2/3), P(X = 0) = 0.037.
    assert by_name["status_right"] == ["0.667", "0.000–1.000", "3"]
    assert by_name["region_leakage (lower is better)"] == ["0.000", "-", "1"]
    assert by_name["false_leads (lower is better)"] == ["-", "-", "0"]


def test_a_run_says_what_it_is_of():
    run = stored(
        row_result("g1", {}),
        gold=[{"file": "a_b.jsonl"}, {"file": "*c*.jsonl"}],
        index={"version": "v_1_", "model": None},
        environment={"commit": "abc-dirty"},
    )
    words = "Gold: a_b.jsonl, *c*.jsonl. Index: v_1_. Commit: abc-dirty."
    assert words in paragraphs(run_markdown(run))


def test_the_wrong_questions_of_a_run_are_folded_away_with_what_is_wrong():
    markdown = run_markdown(run_of_three())
    assert "<details><summary>2 wrong</summary>\n\n- g1 " in markdown
    assert markdown.endswith("\n\n</details>\n")
    assert paragraphs(markdown)[3:] == [
        "g1 谁牵头？",
        "lead_exact: wanted 甲局, got 丙局",
        "g3 何时？",
        f"status_right: wanted —, got {UNREACHABLE}",
    ]


def test_a_run_without_wrong_questions_folds_nothing():
    markdown = run_markdown(stored(row_result("g1", {"hit@1": 1})))
    assert paragraphs(markdown)[-1] == "0 wrong"
    assert "<details>" not in markdown


def test_what_is_wanted_in_several_lines_stands_in_one():
    given_answer = right_parts()
    given_answer["responsibilities"][1]["lead"] = "丁局"
    markdown = run_markdown(stored(measured(parts_row(), given_answer)))
    assert (
        "parts_lead: wanted a:（一）: 甲局 / b:一: —, got a:（一）: 甲局 / b:一: 丁局"
        in paragraphs(markdown)
    )


def comparison_of(*moves):
    """Compare two runs by hit@1 of each question before and after; None for no answer."""
    runs = []
    for name, values in zip(("before", "after"), zip(*moves, strict=True), strict=True):
        rows = [
            row_result(f"g{i}", {"hit@1": value or 0}, failed=value is None)
            for i, value in enumerate(values)
        ]
        runs.append(stored(*rows, name=name))
    return compare_runs(*runs)


def test_a_comparison_is_headed_by_both_names_and_what_is_compared():
    markdown = comparison_markdown(comparison_of((1, 1), (1, None), (0, 1)))
    assert paragraphs(markdown)[:2] == [
        "Evaluation: after against before",
        "3 questions. 1 got no answer and count as wrong. 3 are compared.",
    ]


def test_the_change_of_each_measure_has_a_line_if_both_runs_have_it():
    comparison = comparison_of(*[(0, 1)] * 6, *[(1, 1)] * 2)
    head, *rows = table(comparison_markdown(comparison))
    assert head == ["measure", "before", "after", "change", "95 %", "p", "least shown", "n"]
    p = comparison.change("hit@1").p
    assert p == pytest.approx(2 / 64, abs=0.01)
    change = comparison.change("hit@1")
    between = f"{change.low:.3f}–{change.high:.3f}"
    assert 0.25 <= change.low < 0.75 < change.high == 1
    cells = ["0.250", "1.000", "+0.750 ▲", between, f"{p:.3f}*", "0.750", "8"]
    assert rows == [["hit@1", *cells]]


def test_a_loss_is_marked_and_no_change_is_not():
    lost, same = comparison_of((1, 0), (1, 1)), comparison_of((1, 1), (0, 0))
    ((_, *cells),) = table(comparison_markdown(lost))[1:]
    assert cells == ["1.000", "0.500", "-0.500 ▼", "-1.000 to 0.000", "1.000", "-", "2"]
    ((_, *cells),) = table(comparison_markdown(same))[1:]
    assert cells == ["0.500", "0.500", "0", "0.000–0.000", "1.000", "-", "2"]


def test_a_rise_of_what_must_not_be_is_marked_as_a_loss():
    before, after = (stored(row_result("g1", {"false_leads": count})) for count in (1.0, 3.0))
    ((name, *cells),) = table(comparison_markdown(compare_runs(before, after)))[1:]
    assert name == "false_leads (lower is better)"
    assert cells[:2] == ["1", "3"]
    assert cells[2].startswith("+2")
    assert cells[2].endswith(" ▼")


def test_questions_are_listed_by_their_fate_with_both_answers():
    row = {key: lead_row(id=key, clause_ids=("a:（一）",)) for key in ("g1", "g2", "g3", "g4")}
    leads = {
        "g1": ("甲局", "丙局"),
        "g2": ("丙局", "甲局"),
        "g3": ("丙局", "丙局"),
        "g4": ("甲局", "甲局"),
    }
    runs = [
        stored(
            *(
                measured(row[key], entry_answer(two[i], f"由{two[i]}负责"))
                for key, two in leads.items()
            )
        )
        for i in (0, 1)
    ]
    markdown = comparison_markdown(compare_runs(*runs))
    assert paragraphs(markdown)[2:] == [
        "1 worse",
        "g1 谁牵头？: lead_exact lost",
        "before: answered: 由甲局负责",
        "after: answered: 由丙局负责",
        "lead_exact: wanted 甲局, got 丙局",
        "0 mixed",
        "g2 谁牵头？: lead_exact gained",
        "before: answered: 由丙局负责",
        "after: answered: 由甲局负责",
        "g3 谁牵头？",
        "lead_exact: wanted 甲局, got 丙局",
    ]
    assert "**1 worse**" in markdown
    assert "<details><summary>1 better</summary>" in markdown
    assert "<details><summary>1 stayed wrong</summary>" in markdown
    assert "g4" not in markdown


def test_a_question_that_lost_its_answer_is_listed_with_the_error():
    markdown = comparison_markdown(comparison_of((1, None)))
    assert paragraphs(markdown)[2:6] == [
        "1 worse",
        "g0 谁牵头？: hit@1 lost",
        "before: answered:",
        f"after: no answer ({UNREACHABLE})",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "[甲](http:x) ![图](y.png)",
        "<img src=x onerror=alert()> <!-- --> </details>",
        "| 甲 | 乙 |",
        "`代码` ``",
        "*重* _点_ **很** ~~删~~",
        "# 题 ## 题",
        "{{甲}} \\ \\* \\\\",
        "&lt;b&gt; &amp; &#64; &copy;",
        "甲局 - 1. + 2) = 3",
    ],
)
def test_special_characters_of_questions_and_answers_are_only_text(words):
    run, worse, better, stayed = map(paragraphs, written(words))
    words = ZERO_WIDTH.sub("", words)
    assert f"g1 {words}" in run
    for told in (worse, better):
        assert next(each for each in told if each.startswith("g1 ")).startswith(f"g1 {words}: ")
        assert f"before: answered: {words}" in told
        assert f"after: answered: {words}" in told
    assert f"g1 {words}" in stayed


@pytest.mark.parametrize("field", ["name", "file"])
def test_special_characters_of_names_are_only_text(field):
    words = "a|b*c*_d_<e>&lt;"
    run = stored(row_result("g1", {}), name=words, gold=[{"file": words}])
    told = paragraphs(run_markdown(run))
    found = {"name": told[0], "file": told[2].partition(". Index")[0]}
    assert found[field] == {"name": f"Evaluation: {words}", "file": f"Gold: {words}"}[field]


@settings(max_examples=40)
@given(st.text(string.punctuation + "a1 甲", max_size=12))
def test_whatever_stands_on_one_line_is_read_as_it_was_written(words):
    words = f"问{words}？"
    markdown = run_markdown(stored(row_result("g1", {"hit@1": 0}, gold=gold(question=words))))
    assert f"g1 {words}" in paragraphs(markdown)


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\n\n", "\r\r", "\n- ", "\r- ", "\r\r# "])
def test_words_of_several_lines_stand_on_one(break_):
    for markdown in written(f"甲{break_}乙"):
        found = [each for each in parsed(markdown) if each.type == "inline"]
        holding = [each for each in found if "甲" in shown(each) and "g1" in shown(each)]
        assert holding
        for each in holding:
            assert "乙" in shown(each)
            assert "softbreak" not in {child.type for child in each.children or ()}


@pytest.mark.parametrize("words", ["@octocat", "x @octo-cat/team", "#12", "octo/cat#12"])
def test_nobody_is_mentioned_and_nothing_is_referred_to(words):
    # Mentions and references are looked for in what Markdown gave, where no backslash is left.
    for markdown in written(words):
        for inline in parsed(markdown):
            for each in inline.children or ():
                assert not re.search(r"[@#]\w", each.content) or each.type == "code_inline"


@pytest.mark.parametrize(
    "words", ["https://example.org/a", "HTTP://example.org", "www.example.org"]
)
def test_an_address_does_not_become_a_link(words):
    # GitHub's Markdown makes links of bare addresses.
    for markdown in written(words):
        assert words not in markdown
        assert any(words in told for told in paragraphs(markdown))
