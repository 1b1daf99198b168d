import subprocess
import sys
from math import log2

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ranking import RANKING_MEASURES, qrels, ranked, ranking_values, write_trec
from tests.eval.examples import CLAUSES, answer, answered, citation, gold, lead_row

TWO = gold("content", "answer", "a:（一）", "b:一", id="g2", docs=("000", "001"))
PIECES = gold("content", "answer", "a:（一）", "a:（一）", id="g3", docs=("000",))


def values(*pairs):
    return ranking_values([answered(row, given_answer) for row, given_answer in pairs])


def test_pieces_of_one_clause_are_one_thing_to_be_found():
    rows = [answered(PIECES, answer()), answered(TWO, answer())]
    assert qrels(rows) == [
        ("g3", "000_a.txt#a:（一）"),
        ("g2", "000_a.txt#a:（一）"),
        ("g2", "001_b.txt#b:一"),
    ]


def test_a_citation_stands_for_what_it_finds_and_else_for_itself():
    given_answer = answer("b:二", "b:一", "a:（一）", "a:（一）")
    assert ranked([answered(TWO, given_answer)]) == [
        ("g2", ["001_b.txt:11-16", "001_b.txt#b:一", "000_a.txt#a:（一）", "000_a.txt:0-17"])
    ]


def test_the_same_span_cited_again_keeps_its_rank_under_another_name():
    given_answer = answer("b:二", "b:二", "a:（一）")
    assert ranked([answered(TWO, given_answer)]) == [
        ("g2", ["001_b.txt:11-16", "001_b.txt:11-16~", "000_a.txt#a:（一）"])
    ]


def test_the_measures_of_a_hand_made_ranking():
    measured = values((TWO, answer("b:二", "b:一", "a:（二）", "a:（一）")))["g2"]
    ideal = 1 + 1 / log2(3)
    assert measured == {
        "hit@1": 0,
        "hit@3": 1,
        "hit@5": 1,
        "mrr": 0.5,
        "ndcg@10": pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal),
        "recall@10": 1,
    }


def test_half_of_what_is_to_be_found_is_half_the_recall():
    assert values((TWO, answer("b:一")))["g2"]["recall@10"] == 0.5


def test_a_question_that_cites_nothing_or_got_no_answer_has_0():
    measured = values((TWO, answer()), (lead_row(id="g9"), None))
    assert set(measured["g2"].values()) == set(measured["g9"].values()) == {0}


def test_a_question_with_nothing_to_find_is_left_out():
    nothing = gold("unanswerable", "out_of_scope", id="g4")
    assert values((nothing, answer("a:（一）"))) == {}
    assert list(values((nothing, answer("a:（一）")), (TWO, answer()))) == ["g2"]


def test_white_space_in_ids_does_not_break_the_files(tmp_path):
    row = gold("content", "answer", "a:（一）", id="g 1", docs=("000",))
    wide = citation(1, "b:二")
    wide["source"] = {**wide["source"], "file": "a b.txt"}
    given_answer = {**answer(), "citations": [wide, citation(2, "a:（一）")]}
    rows = [answered(row, given_answer)]
    write_trec(tmp_path, rows)
    lines = (tmp_path / "run.trec").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "g%201 Q0 a%20b.txt:11-16 1 -1 yiju",
        "g%201 Q0 000_a.txt#a:（一） 2 -2 yiju",
    ]
    assert ranking_values(rows)["g 1"]["mrr"] == 0.5


CITED = st.lists(st.sampled_from(sorted(CLAUSES)), max_size=12)


@given(cited=CITED)
def test_ranks_are_those_of_the_citations(cited):
    rows = [answered(TWO, answer(*cited))]
    ((_, names),) = ranked(rows)
    assert len(names) == len(set(names)) == len(cited)
    found = [i for i, each in enumerate(cited) if each in ("a:（一）", "b:一")]
    assert ranking_values(rows)["g2"]["mrr"] == (1 / (found[0] + 1) if found else 0)


def test_the_command_of_ir_measures_gives_the_same_on_the_files(tmp_path):
    cited = [["b:二", "a:（一）"], ["b:一"], [], ["a:（二）", "b:二", "b:一", "a:（一）"]]
    rows = [
        answered(
            gold("content", "answer", "a:（一）", "b:一", id=f"g{i}", docs=("000", "001")), given
        )
        for i, given in enumerate(answer(*each) for each in cited)
    ]
    write_trec(tmp_path, rows)
    own = ranking_values(rows)
    names = {str(measure): name for name, measure in RANKING_MEASURES.items()}
    command = [sys.executable, "-m", "ir_measures", "qrels.trec", "run.trec", *names]
    done = subprocess.run(
        [*command, "--places", "6"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    printed = dict(line.split("\t") for line in done.stdout.splitlines())
    assert set(printed) == set(names)
    for measure, name in names.items():
        mean = sum(each[name] for each in own.values()) / len(own)
        assert float(printed[measure]) == pytest.approx(mean, abs=1e-6), name
    assert str(ir_measures.nDCG @ 10) in printed
