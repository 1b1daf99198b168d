"""Whole answers: filters, sameness, and that nothing is said that no cited clause says."""

import json
import re
from pathlib import Path

import pytest

from index.clean import fold
from rag.answer import Answerer
from rag.errors import FilterError, QuestionError
from rag.records import CitationRole, Filters, Lang, Status, Turn
from rag.wire import answer_json

GOLD = Path(__file__).parents[2] / "eval" / "gold"
PATROL = "健全湖泊巡查制度由谁牵头？"


def documents(answer):
    return [r.document_id for r in answer.responsibilities]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(region=("湖北省",)), ["hb-12"]),
        (Filters(region=("湖北",)), ["hb-12"]),
        (Filters(region=("420000",)), ["hb-12"]),
        (Filters(region=("Hubei", "武汉市")), ["hb-12", "wh-5"]),
        (Filters(level=("city",)), ["cs-draft", "wh-5"]),
        (Filters(status=("draft",)), ["cs-draft"]),
        (Filters(document_id=("wh-5", "gb-9")), ["gb-9", "wh-5"]),
        (Filters(level=("city",), status=("effective",)), ["wh-5"]),
    ],
)
def test_filters_restrict_the_documents(lake_answerer, filters, expected):
    answer = lake_answerer.ask(PATROL, filters=filters, top_k=20)
    assert documents(answer) == expected
    assert {c.document.document_id for c in answer.citations} == set(expected)


def test_filters_that_leave_nothing_find_nothing(lake_answerer):
    answer = lake_answerer.ask(PATROL, filters=Filters(level=("county",)))
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())


@pytest.mark.parametrize(
    ("filters", "key", "value", "known"),
    [
        (Filters(region=("浙江省",)), "region", "浙江省", "湖北省"),
        (Filters(region=("湖北省", "999999")), "region", "999999", "武汉市"),
        (Filters(level=("village",)), "level", "village", "national, province, city, county"),
        (Filters(status=("valid",)), "status", "valid", "draft, effective, repealed, unknown"),
        (Filters(document_id=("nope",)), "document_id", "nope", "hb-12, jx-8, wh-5"),
    ],
)
def test_an_unknown_filter_value_is_refused_and_the_known_ones_are_named(
    lake_answerer, filters, key, value, known
):
    with pytest.raises(FilterError, match=f"unknown {key} '{value}' .*known: .*{known}") as caught:
        lake_answerer.ask(PATROL, filters=filters)
    assert (caught.value.key, caught.value.value) == (key, value)
    with pytest.raises(FilterError, match=known):
        lake_answerer.search("湖泊巡查", filters=filters)


@pytest.mark.parametrize("question", ["", "😀", "谁\x00牵头", "谁" * 100_000])
def test_what_is_no_question_is_refused_for_asking_and_searching(lake_answerer, question):
    with pytest.raises(QuestionError, match="the question h"):
        lake_answerer.ask(question)
    with pytest.raises(QuestionError, match="the question h"):
        lake_answerer.search(question)


def test_search_gives_clauses_best_first_as_many_as_asked_for(lake_answerer):
    found = lake_answerer.search("修复湖滨湿地", top_k=3)
    assert [hit.citation.n for hit in found] == [1, 2, 3]
    assert found[0].citation.clause.clause_id == "wh-5:一/（二）"
    for scores in ([hit.score for hit in found], [hit.citation.score for hit in found]):
        assert scores == sorted(scores, reverse=True)
    for hit in found:
        assert sum(each.adds for each in hit.explanation) == pytest.approx(hit.score, abs=1e-3)
    within = lake_answerer.search("修复湖滨湿地", filters=Filters(region=("湖北省",)))
    assert {hit.citation.document.document_id for hit in within} == {"hb-12"}


def test_a_follow_up_is_answered_and_says_how_it_was_read(lake_answerer):
    history = (Turn("user", "湖北健全湖泊巡查制度由谁牵头？"), Turn("assistant", "省水利厅。"))
    answer = lake_answerer.ask("那武汉呢？", history=history)
    assert answer.question == "那武汉呢？"
    assert answer.interpreted_as is not None
    assert "健全湖泊巡查制度" in answer.interpreted_as
    assert "武汉" in answer.interpreted_as
    assert [(r.document_id, r.lead) for r in answer.responsibilities] == [("wh-5", "市水务局")]
    elsewhere = lake_answerer.ask("浙江呢？", history=history)
    assert elsewhere.status is Status.NOT_FOUND


def same(answer):
    body = answer_json(answer)
    del body["id"], body["timings_ms"]
    return json.dumps(body, ensure_ascii=False)


@pytest.mark.parametrize(
    "question", [PATROL, "湖北省水利厅参与哪些任务？", "Who leads the lake patrol system in Hubei?"]
)
def test_the_same_question_gives_the_same_bytes(lake_answerer, lake_index, question):
    once, again = lake_answerer.ask(question), lake_answerer.ask(question)
    assert same(once) == same(again) == same(Answerer(lake_index).ask(question))
    assert once.id != again.id


ABOUT_UNITS = {"lead_unit", "units", "task_of_unit"}


@pytest.fixture(scope="module")
def gold():
    names = ("dev.jsonl", "seeds.jsonl")
    lines = [line for n in names for line in (GOLD / n).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def answers(answerer, gold):
    return [answerer.ask(row["question"]) for row in gold]


def test_gold_holds_questions_to_test_with(answers):
    assert len(answers) > 200
    assert {a.status for a in answers} == set(Status)


def test_every_citation_is_verbatim_and_every_mark_inside_it(answers, library):
    for answer in answers:
        for c in answer.citations:
            text = library.text(c.document.document_id)
            assert text[c.clause.start : c.clause.end] == c.quote
            assert not c.clause.noise
            assert all(c.clause.start <= h.start < h.end <= c.clause.end for h in c.highlights)


def test_where_nothing_is_found_or_stated_nobody_is_responsible(answers):
    for answer in answers:
        if answer.status in (Status.NOT_FOUND, Status.NOT_STATED):
            assert answer.responsibilities == (), answer.question
        if answer.status is Status.NOT_FOUND:
            assert answer.citations == (), answer.question
        assert (answer.reason is None) is (answer.status is Status.ANSWERED), answer.question


def cited_words(answer):
    """The words of the cited clauses and, for where they stand, of their documents."""
    words = []
    for c in answer.citations:
        if c.role is CitationRole.RELATED:
            continue
        document = c.document
        facts = (document.title, document.number, document.issuer, document.date)
        words += [c.quote, c.clause.search_text, c.label, *c.clause.path, *filter(None, facts)]
    return fold("\n".join(words))


def test_every_figure_of_an_answer_stands_in_a_cited_clause(answers):
    for answer in answers:
        if answer.status is Status.NOT_FOUND:
            continue
        words = cited_words(answer)
        count = str(sum(c.role is CitationRole.ANSWER for c in answer.citations))
        said = fold(re.sub(r"\[\d+\]", "", answer.answer))
        for figure in re.findall(r"\d+(?:\.\d+)?%?", said):
            stands = re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", words)
            assert stands or figure == count, (answer.question, figure, answer.answer)


def test_every_unit_of_an_answer_stands_in_a_cited_clause(answers, library):
    known = {u for c in library.clauses for r in c.responsibilities for u in r.units}
    for answer in answers:
        words = cited_words(answer)
        told = {u for r in answer.responsibilities for u in (*r.units, *r.leads)}
        said = {u for u in known if u in answer.answer and u not in fold(answer.question)}
        missing = [unit for unit in told | said if fold(unit) not in words]
        assert missing == [], (answer.question, answer.answer)


def test_leads_are_joined_in_the_lead(answers):
    for answer in answers:
        for entry in answer.responsibilities:
            assert entry.lead == ("、".join(entry.leads) or None)


def test_where_units_are_asked_a_lead_has_its_basis_cited(answers, gold):
    asked = [a for a, row in zip(answers, gold, strict=True) if row["type"] in ABOUT_UNITS]
    assert len(asked) > 50
    for answer in asked:
        for entry in answer.responsibilities:
            if entry.lead is None:
                assert entry.lead_basis is None
                continue
            assert entry.lead_basis is not None, answer.question
            basis = answer.citations[entry.lead_basis.citation - 1]
            assert basis.clause.clause_id == entry.lead_basis.clause_id
            assert basis.role is not CitationRole.RELATED
            assert entry.lead_basis.quote in basis.quote
            assert basis.document.document_id == entry.document_id


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(
    "question",
    [
        "湖北健全湖泊巡查制度由谁牵头？",
        "湖北义务教育学区划分由哪个局负责？",
        "Who leads the lake patrol system in Hubei?",
        "Who sets school districts in Hubei?",
    ],
)
def test_the_language_asked_for_changes_words_and_not_what_is_decided(
    lake_answerer, question, lang
):
    plain, worded = lake_answerer.ask(question), lake_answerer.ask(question, lang=lang)
    assert worded.status is plain.status
    assert worded.responsibilities == plain.responsibilities
    assert [c.clause.clause_id for c in worded.citations] == [
        c.clause.clause_id for c in plain.citations
    ]
