"""Offices named in English, found by what they look after."""

import re
from importlib import resources

import pytest

from index.unit_english import english_units
from rag.records import Status
from rag.units import english_gloss, take_apart

ROWS = [
    line.split("\t")[:2]
    for line in resources.files("index")
    .joinpath("data/unit_names_en.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
]


def cores(text):
    return [unit.cores[0] for unit in english_units(text)]


@pytest.mark.parametrize(("english", "chinese"), ROWS)
def test_every_row_is_found_with_an_office_before_or_behind(english, chinese):
    (first, *_) = re.findall(r"(?:[^|(]|\([^)]*\))+", english)
    plain = re.sub(r"\(\?:([^|()]*)[^()]*\)\??", r"\1", first)  # of alternatives the first one
    plain = plain.replace("[sz]", "s").replace("[- ]", "-").replace(" ?", " ").replace("s?", "s")
    for words in (f"the {plain} Bureau", f"the Department of {plain}"):
        (unit,) = english_units(f"What does {words} lead?")
        assert set(unit.cores) & set(chinese.split("|"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Development and Reform Commission and the Finance Bureau", ["发展改革", "财政"]),
        ("the Commission of Economy and Informatization", ["经信"]),
        ("the bureau of human resources and social security", ["人力资源社会保障"]),
        ("the finances of the office", []),
        ("a healthy committee", []),
    ],
)
def test_the_longest_names_hold_and_words_alone_are_none(text, expected):
    assert cores(text) == expected


def test_cores_are_what_is_left_of_names():
    assert take_apart("省发展改革委").core in ROWS[0][1].split("|")


@pytest.mark.parametrize(
    ("question", "clauses", "name"),
    [
        ("What does the Wuhan water bureau lead?", ["wh-5:一/（一）"], "市水务局 (water bureau)"),
        (
            "Which tasks in Hubei list the Department of Ecology and Environment?",
            ["hb-12:二/（一）", "hb-12:二/（二）", "hb-12:三/（二）"],
            "省生态环境厅 (Department of Ecology and Environment)",
        ),
    ],
)
def test_a_unit_s_tasks_are_found_by_its_english_name(lake_answerer, question, clauses, name):
    answer = lake_answerer.ask(question)
    assert answer.status is Status.ANSWERED
    assert [entry.clause_id for entry in answer.responsibilities] == clauses
    assert answer.answer.startswith(name)


def test_an_office_that_no_document_names_is_said_not_to_be_listed(lake_answerer):
    answer = lake_answerer.ask("What is the Wuhan Education Bureau's role?")
    assert answer.status is Status.NOT_STATED
    assert "Education Bureau is not among the responsible units" in answer.answer


def test_a_wrong_premise_in_english_is_corrected(lake_answerer):
    answer = lake_answerer.ask("Does the Finance Bureau lead wetland restoration in Wuhan?")
    assert answer.answer.startswith(
        "No. 市园林和林业局 (municipal office for parks and forestry) leads"
    )
    assert answer.responsibilities[0].lead == "市园林和林业局"


@pytest.mark.parametrize(
    ("name", "gloss"),
    [
        ("省药监局", "provincial office for drug regulation"),
        ("市发展改革委", "municipal office for development and reform"),
        ("省委组织部", "provincial Party office for organization"),
        ("国家药监局", "national office for drug regulation"),
        ("人民银行西安分行", None),
        ("申康医院发展中心", None),
        ("各县（市、区）政府", None),
    ],
)
def test_a_unit_has_an_english_gloss_only_from_the_table(name, gloss):
    assert english_gloss(name) == gloss


def test_english_answers_give_each_unit_in_its_own_form_with_one_gloss(lake_answerer):
    answer = lake_answerer.ask("Who leads the lake patrol system in Hubei?").answer
    assert answer.startswith("省水利厅 (provincial office for water resources) leads[1]")
    assert answer.count("office for water resources") == 1
    assert "省生态环境厅 (provincial office for ecology and environment)" in answer
