import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.relevance import Ranker
from rag.terms import TermMatcher
from rag.trace import LEAST_ALIGNMENT, Tracer
from tests.made import index_of
from tests.rag.forests import forests


def _tracer(index):
    return Tracer(index, Ranker(index, TermMatcher(index)))


@pytest.fixture(scope="session")
def forest_index(tmp_path_factory):
    return forests(tmp_path_factory.mktemp("traced"))


@pytest.fixture(scope="session")
def tracer(forest_index):
    return _tracer(forest_index)


def _ids(index):
    return [document.document_id for document in index.documents]


def test_a_number_and_a_title_link_documents_and_place_alone_does_not(tracer):
    linked = {citing: set(cited) for citing, cited in tracer.links.items()}
    assert linked == {"gz-40": {"gb-31"}, "zy-3": {"gz-40"}}


def test_a_link_is_the_words_that_name_the_document(tracer, forest_index):
    for citing, cited in tracer.links.items():
        for link in cited.values():
            clause = forest_index.clauses[link.row]
            assert clause.document_id == citing
            text = forest_index.text(citing)
            assert text[link.piece.start : link.piece.end] == link.piece.quote
            assert "《" in link.piece.quote


@pytest.mark.parametrize("start", ["gb-31:一", "gz-40:一", "zy-3:一"])
def test_every_clause_of_a_chain_leads_to_the_same_chain(tracer, forest_index, start):
    steps = tracer.trace(forest_index.row(start), _ids(forest_index))
    clauses = [forest_index.clauses[step.row].clause_id for step in steps]
    assert clauses == ["gb-31:一", "gz-40:一", "zy-3:一"]
    assert [step.above for step in steps] == [None, 0, 1]


def test_a_chain_keeps_to_the_documents_it_may_hold(tracer, forest_index):
    steps = tracer.trace(forest_index.row("zy-3:一"), ["gz-40", "zy-3"])
    assert [step.document_id for step in steps] == ["gz-40", "zy-3"]
    assert tracer.trace(forest_index.row("zy-3:一"), ["zy-3"]) == ()


def test_a_clause_that_carries_none_on_starts_its_own_chain(tracer, forest_index):
    assert tracer.trace(forest_index.row("zy-3:二"), _ids(forest_index)) == ()


def test_a_clause_known_to_be_on_the_task_stands_in_the_chain_whatever_its_score(
    tracer, forest_index
):
    known = forest_index.row("gz-40:二")
    steps = tracer.trace(
        forest_index.row("gb-31:二"), _ids(forest_index), topical={"gz-40": (known,)}
    )
    assert steps[1].row == known
    assert steps[1].score < LEAST_ALIGNMENT


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_alignment_lies_in_0_to_1_and_a_clause_is_nearest_to_itself(tracer, forest_index, data):
    rows = [row for row, clause in enumerate(forest_index.clauses) if clause.number]
    one, other = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    assert 0 <= tracer.alignment(one, other) <= 1
    assert tracer.alignment(one, one) > 0.9
    own = forest_index.clauses[one].document_id
    assert tracer.nearest(one, own)[0] == one


TITLED = "{place}人民政府办公厅关于加强湿地保护工作的实施意见\n\n各市：\n\n{text}\n"


def test_a_title_that_two_documents_bear_names_neither(tmp_path):
    shared = "市区关于推进湿地巡护的工作方案\n\n一、开展湿地巡护。每周巡护一次。\n"
    index = index_of(
        tmp_path,
        {
            "one": shared,
            "two": shared.replace("每周", "每月"),
            "citing": TITLED.format(
                place="湖南省", text="一、落实《市区关于推进湿地巡护的工作方案》，开展湿地巡护。"
            ),
        },
    )
    assert _tracer(index).links == {}


def test_a_higher_document_that_names_a_lower_one_does_not_carry_it_out(tmp_path):
    index = index_of(
        tmp_path,
        {
            "nation": "国务院办公厅关于湿地保护情况的通报\n国办发〔2024〕8号\n\n各省：\n\n"
            "一、表扬《湖南省人民政府办公厅关于加强湿地保护工作的实施意见》的做法。\n",
            "province": TITLED.format(place="湖南省", text="一、开展湿地巡护。每周巡护一次。"),
        },
    )
    assert _tracer(index).links == {}


def test_a_number_of_another_issuer_with_the_same_serial_is_another_document(tmp_path):
    index = index_of(
        tmp_path,
        {
            "province": TITLED.format(place="湖南省", text="一、开展湿地巡护。").replace(
                "意见\n", "意见\n湘政办发〔2024〕8号\n"
            ),
            "city": "长沙市湿地保护工作方案\n\n一、按照鄂政办发〔2024〕8号要求，开展湿地巡护。\n",
            "town": "长沙市湿地修复工作方案\n\n一、按照湘政办发〔2024〕8号要求，开展湿地修复。\n",
        },
    )
    assert {k: set(v) for k, v in _tracer(index).links.items()} == {"town": {"province"}}
