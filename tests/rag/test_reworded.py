import logging
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import EmptyQuestionError
from rag.faithful import Fault
from rag.records import Answer, Lang, Status
from rag.reworded import MARKS, RewordingAnswerer, Sentence, Withdrawn
from rag.told import frame
from rag.writer import WritingError

LEADS = "湖北省由谁牵头健全湖泊巡查制度？"
DRAFT = "长沙市由谁牵头建设环湖绿道？"
GOOD = (
    "健全湖泊巡查制度由省水利厅牵头[1]，文件写明排在第一位的为牵头单位[1]。"
    "责任单位是省水利厅、省生态环境厅和省公安厅[1]。"
)


class Says:
    """A writer that says what it is told to, a few characters at a time."""

    def __init__(self, text, size=3, error=None):
        self.text, self.size, self.error = text, size, error
        self.briefs = []
        self.closed = False

    def write(self, brief):
        self.briefs.append(brief)
        try:
            for at in range(0, len(self.text), self.size):
                yield self.text[at : at + self.size]
            if self.error:
                raise WritingError(self.error)
        finally:
            self.closed = True


def steps_of(lake_answerer, writer, question=LEADS, **asked):
    return list(RewordingAnswerer(lake_answerer, writer).steps(question, **asked))


def alike(answer):
    return replace(answer, id="", total_ms=0)


def test_a_faithful_wording_is_the_answer_and_is_marked(lake_answerer):
    extract = lake_answerer.ask(LEADS)
    answer = RewordingAnswerer(lake_answerer, Says(GOOD)).ask(LEADS)
    assert answer.answer == f"{GOOD}（AI生成）"
    assert answer.worded_by == "model"
    assert alike(replace(answer, answer=extract.answer, worded_by="extract")) == alike(extract)


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_the_sentences_joined_are_the_answer_however_the_words_come(lake_answerer, size):
    *sentences, answer = steps_of(lake_answerer, Says(GOOD, size))
    assert all(isinstance(each, Sentence) for each in sentences)
    assert len(sentences) == 3
    assert "".join(each.text for each in sentences) == answer.answer


def test_a_lie_in_the_second_sentence_withdraws_the_first(lake_answerer):
    lie = "由省水利厅牵头[1]。由省公安厅牵头[1]。"
    first, withdrawn, answer = steps_of(lake_answerer, Says(lie))
    assert first == Sentence("由省水利厅牵头[1]。")
    assert withdrawn == Withdrawn()
    assert alike(answer) == alike(lake_answerer.ask(LEADS))


def test_a_lie_in_the_first_sentence_is_never_seen(lake_answerer):
    (answer,) = steps_of(lake_answerer, Says("由省公安厅牵头[1]。"))
    assert alike(answer) == alike(lake_answerer.ask(LEADS))


def test_the_writer_is_stopped_at_the_first_lie(lake_answerer):
    writer = Says("由省公安厅牵头[1]。" + "由省水利厅牵头[1]。" * 1000)
    steps_of(lake_answerer, writer)
    assert writer.closed


@pytest.mark.parametrize("text", ["", " \n ", "由省水利厅牵头[1]"])
def test_nothing_or_too_little_is_no_answer(lake_answerer, text):
    answer = RewordingAnswerer(lake_answerer, Says(text)).ask(LEADS)
    assert alike(answer) == alike(lake_answerer.ask(LEADS))


def test_a_wording_that_breaks_off_is_withdrawn(lake_answerer):
    *_, withdrawn, answer = steps_of(lake_answerer, Says(GOOD, error="slow"))
    assert withdrawn == Withdrawn()
    assert answer.worded_by == "extract"


def test_true_sentences_without_end_are_refused(lake_answerer):
    answer = RewordingAnswerer(lake_answerer, Says("由省水利厅牵头[1]。" * 500)).ask(LEADS)
    assert answer.worded_by == "extract"


def test_a_sentence_without_end_is_refused_before_it_ends(lake_answerer):
    class Endless(Says):
        def write(self, brief):
            while True:
                yield "由省水利厅牵头"

    assert RewordingAnswerer(lake_answerer, Endless("")).ask(LEADS).worded_by == "extract"


@pytest.mark.parametrize(
    ("lang", "text", "mark"),
    [
        (
            Lang.HANS,
            "责任单位是市自然资源规划局和市交通运输局，没有指定牵头单位[1]。",
            "（AI生成）",
        ),
        (
            Lang.EN,
            "The responsible units are 市自然资源规划局 and 市交通运输局 [1]. "
            "The document designates no lead unit [1].",
            " (AI-generated)",
        ),
    ],
)
def test_fixed_notes_stay_and_the_mark_comes_last(lake_answerer, lang, text, mark):
    extract = lake_answerer.ask(DRAFT, lang=lang)
    notes = frame(extract).notes
    assert notes
    answer = RewordingAnswerer(lake_answerer, Says(text)).ask(DRAFT, lang=lang)
    assert answer.answer == f"{text}{notes}{mark}"
    assert mark == MARKS[lang]


@pytest.mark.parametrize("question", ["什么是量子计算？", "鄱阳湖禁渔期是哪几个月？"])
def test_where_nothing_is_stated_no_model_is_asked(lake_answerer, question):
    writer = Says(GOOD)
    answer = RewordingAnswerer(lake_answerer, writer).ask(question)
    assert answer.status in {Status.NOT_FOUND, Status.NOT_STATED}
    assert (answer.worded_by, writer.briefs) == ("extract", [])


def test_what_refuses_a_question_is_raised_before_the_first_step(lake_answerer):
    with pytest.raises(EmptyQuestionError):
        RewordingAnswerer(lake_answerer, Says(GOOD)).steps("?")


def test_a_search_is_the_other_answerers(lake_answerer):
    assert RewordingAnswerer(lake_answerer, Says("")).search("湖泊") == lake_answerer.search("湖泊")


def test_the_brief_holds_question_answer_and_cited_clauses_between_fences(lake_answerer):
    writer = Says(GOOD)
    rewording = RewordingAnswerer(lake_answerer, writer)
    answer = rewording.ask(LEADS)
    rewording.ask(LEADS)
    fences = {brief.data.split(" ")[0] for brief in writer.briefs}
    assert len(fences) == 2  # another one each time: no document can know it
    brief = writer.briefs[0]
    fence = brief.data.split(" ")[0]
    assert fence in brief.rules
    named = [line.removeprefix(f"{fence} ") for line in brief.data.split("\n") if fence in line]
    wanted = [c for c in answer.citations if c.role != "related"]
    labels = [f"clause [{c.n}], {c.label}" for c in wanted]
    assert named == ["question", "answer", *labels, "end"]
    assert LEADS in brief.data
    assert all(c.clause.search_text in brief.data for c in wanted)


def test_a_brief_that_would_be_too_long_is_not_sent(lake_answerer, monkeypatch):
    monkeypatch.setattr("rag.writer.LONGEST_BRIEF", 100)
    writer = Says(GOOD)
    rewording = RewordingAnswerer(lake_answerer, writer)
    assert rewording.ask(LEADS).worded_by == "extract"
    assert (writer.briefs, rewording.counts) == ([], {"too_long": 1})


def test_refusals_are_counted_and_logged_by_reason_and_without_words(lake_answerer, caplog):
    rewording = RewordingAnswerer(lake_answerer, Says("由省公安厅牵头[1]。"))
    with caplog.at_level(logging.DEBUG, logger="rag"):
        rewording.ask(LEADS)
        rewording.ask(LEADS)
    assert rewording.counts == {Fault.LEAD: 2}
    assert "lead" in caplog.text
    assert "公安" not in caplog.text


@given(text=st.text(max_size=80))
def test_whatever_a_model_says_the_answer_is_extractive_or_marked(lake_answerer, text):
    extract = lake_answerer.ask(LEADS)
    *_, answer = steps_of(lake_answerer, Says(text))
    assert isinstance(answer, Answer)
    if answer.worded_by == "extract":
        assert alike(answer) == alike(extract)
    else:
        assert answer.answer.endswith(MARKS[Lang.HANS])
    assert answer.citations == extract.citations
