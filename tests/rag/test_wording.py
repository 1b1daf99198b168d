"""The answer's words: fixed phrases in the question's language around words of the clauses."""

import pytest

from rag.language import in_script
from rag.records import Lang
from tests.made import answerer_of


@pytest.fixture
def ask(lake_answerer):
    return lake_answerer.ask


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "湖北整治入湖排污口由谁牵头？",
            "由省生态环境厅牵头[1]（依据：文件写明“排在第一位的为牵头单位，下同”[2]）；"
            "责任单位：省生态环境厅、省住建厅[1]。",
        ),
        (
            "武汉修复湖滨湿地由谁牵头？",
            "由市园林和林业局牵头[1]；责任单位：市园林和林业局、市水务局[1]。",
        ),
        (
            "湖北省建设水华预警平台由谁牵头？",
            "唯一的责任单位是省水利厅[1]；文件没有指定牵头单位。",
        ),
        ("湖北弘扬渔家文化由谁牵头？", "文件没有写明牵头或责任单位[1]。"),
    ],
)
def test_a_simplified_question_is_answered_in_simplified_words(ask, question, words):
    answer = ask(question)
    assert (answer.lang, answer.answer) == (Lang.HANS, words)


def test_a_traditional_question_is_answered_in_traditional_words_and_units_stay(ask):
    answer = ask("長沙建設環湖綠道由誰牽頭？")
    assert answer.lang is Lang.HANT
    assert answer.answer.startswith("責任單位：市自然资源规划局、市交通运输局[1]；")
    assert answer.reason is not None
    assert answer.reason.message == in_script(answer.reason.message, Lang.HANT)
    assert "責任單位" in answer.reason.message


def test_an_english_question_is_answered_in_english_and_units_stay(ask):
    answer = ask("Who leads wetland restoration in Wuhan?")
    assert answer.lang is Lang.EN
    assert answer.answer == (
        "市园林和林业局 (municipal office for parks and forestry) leads[1]; responsible units: "
        "市园林和林业局、市水务局 (municipal office for water resources)[1]."
    )
    missing = ask("Who leads the lake patrol system in Zhejiang?")
    assert missing.answer == "No documents of 浙江省 are held."


def test_the_language_asked_for_is_spoken(ask):
    answer = ask("是不是省公安厅牵头整治入湖排污口？", lang=Lang.EN)
    assert answer.lang is Lang.EN
    assert answer.answer.startswith(
        "No. 省生态环境厅 (provincial office for ecology and environment) leads[1]"
    )


def test_qualifiers_are_said(ask):
    assert (
        "同时写明：各县（市、区）人民政府、按职责分工负责"
        in ask("湖北落实资金保障由谁牵头？").answer
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("长沙建设环湖绿道由谁牵头？", "征求意见稿，尚未正式印发"),
        ("長沙建設環湖綠道由誰牽頭？", "徵求意見稿，尚未正式印發"),
        ("Who leads lake patrols in Changsha?", "a draft for comment, not yet issued"),
    ],
)
def test_a_draft_is_said_to_be_one(ask, question, words):
    assert words in ask(question).answer


def test_a_document_in_force_is_not_said_to_be_a_draft(ask):
    assert "征求意见稿" not in ask("湖北整治入湖排污口由谁牵头？").answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("江西实施鄱阳湖禁渔期管理由谁负责？", "被截断"),
        ("Who is responsible for the Poyang Lake fishing ban in Jiangxi?", "cut off"),
    ],
)
def test_a_text_cut_short_is_said_to_be(ask, question, words):
    answer = ask(question)
    assert answer.citations[0].clause.clause_id == "jx-8:二"
    assert words in answer.answer


def test_damage_is_said(answerer, library):
    damaged = [c for c in library.clauses if c.damaged and c.heading and not c.noise]
    assert damaged
    clause = damaged[0]
    document = library.document(clause.document_id)
    assert document.region is not None
    answer = answerer.ask(f"{document.region.name}{clause.heading}有什么要求？")
    assert any(c.clause.damaged for c in answer.citations if c.role.value == "answer")
    assert "损坏" in answer.answer


def test_each_of_several_parts_names_its_place(ask):
    lines = ask("武汉和湖北健全湖泊巡查制度分别由谁牵头？").answer.split("\n")
    assert [line.partition("：")[0] for line in lines] == [
        "武汉市（武政办〔2024〕5号 第一部分第（一）项 健全湖泊巡查制度）",
        "湖北省（鄂政办发〔2023〕12号 第二部分第（一）项 健全湖泊巡查制度）",
    ]


def test_tasks_are_counted_and_each_says_the_role(ask):
    assert ask("湖北省生态环境厅有哪些任务？").answer.split("\n") == [
        "省生态环境厅列入3项：",
        "鄂政办发〔2023〕12号 第二部分第（一）项 健全湖泊巡查制度（参与）[1]。",
        "鄂政办发〔2023〕12号 第二部分第（二）项 整治入湖排污口（牵头）[2]。",
        "鄂政办发〔2023〕12号 第三部分第（二）项 加强督查考核（参与）[3]。",
    ]


def test_a_sentence_that_the_end_of_a_page_broke_is_told_whole(tmp_path):
    text = (
        "海南省人民政府办公厅关于红树林的通知\n琼政办发〔2022〕4号\n\n"
        "一、修复红树林。在东寨港建设红树林种苗繁育基地，每年培育种苗的数量由县级林业主管部\n\n"
        "门核定。开展补植。\n"
    )
    answer = answerer_of(tmp_path, {"mangroves": text}).ask(
        "海南每年培育红树林种苗的数量由谁核定？"
    )
    assert "由县级林业主管部门核定" in answer.answer
    assert "主管部\n\n门" in answer.citations[0].quote
