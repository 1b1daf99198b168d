"""Which clauses an answer consists of, over the lake documents."""

import pytest

from rag.records import CitationRole, Status


@pytest.fixture
def picked(lake_answerer):
    def clauses(question, **options):
        answer = lake_answerer.ask(question, **options)
        return [c.clause.clause_id for c in answer.citations if c.role is CitationRole.ANSWER]

    return clauses


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("湖北健全湖泊巡查制度由谁牵头？", "hb-12:二/（一）"),
        ("湖北整治入湖排污口谁来抓？", "hb-12:二/（二）"),
        ("湖北省建設水華預警平台由誰牽頭？", "hb-12:二/（三）"),
        ("Who leads the lake patrol system in Hubei?", "hb-12:二/（一）"),
        ("Who leads wetland restoration in Wuhan?", "wh-5:一/（二）"),
        ("武汉修复湖滨湿地谁牵头？", "wh-5:一/（二）"),
        ("江西健全湖泊巡查制度由谁牵头？", "jx-8:一"),
        ("长沙建设环湖绿道由谁牵头？", "cs-draft:二"),
        ("国务院对湖泊巡查有什么要求？", "gb-9:一"),
        ("12号文里水华预警平台归谁？", "hb-12:二/（三）"),
        ("湖北第二部分第（二）项由谁牵头？", "hb-12:二/（二）"),
        ("鄂政办发〔2023〕12号第三部分第（二）项由谁牵头？", "hb-12:三/（二）"),
    ],
)
def test_one_place_named_gives_its_one_clause(picked, question, clause_id):
    assert picked(question) == [clause_id]


PATROL = ["cs-draft:一", "gb-9:一", "hb-12:二/（一）", "jx-8:一", "wh-5:一/（一）"]


def test_no_place_named_gives_a_part_for_each_document_that_answers(picked):
    assert picked("健全湖泊巡查制度由谁牵头？") == PATROL


def test_a_subject_of_one_document_gives_that_document_alone(picked):
    assert picked("整治入湖排污口由谁牵头？") == ["hb-12:二/（二）"]
    assert picked("修复湖滨湿地由谁牵头？") == ["wh-5:一/（二）"]


@pytest.mark.parametrize(
    ("question", "clause_ids"),
    [
        ("武汉和湖北健全湖泊巡查制度分别由谁牵头？", ["wh-5:一/（一）", "hb-12:二/（一）"]),
        ("湖北、武汉健全湖泊巡查制度分别由谁牵头？", ["hb-12:二/（一）", "wh-5:一/（一）"]),
        ("湖北和武汉的巡查要求有什么不同？", ["hb-12:二/（一）", "wh-5:一/（一）"]),
    ],
)
def test_places_named_give_a_part_each_in_the_order_of_the_question(picked, question, clause_ids):
    assert picked(question) == clause_ids


def test_a_level_gives_a_part_for_each_document_of_it(picked):
    assert picked("省里谁牵头湖泊巡查？") == ["hb-12:二/（一）", "jx-8:一"]
    assert picked("市里谁牵头湖泊巡查？") == ["cs-draft:一", "wh-5:一/（一）"]


def test_a_heading_gives_a_part_for_each_of_its_items(picked):
    assert picked("湖北重点任务各由谁牵头？") == [
        "hb-12:二/（一）",
        "hb-12:二/（二）",
        "hb-12:二/（三）",
        "hb-12:二/（四）",
    ]
    assert picked("湖北保障措施分别由谁牵头？") == ["hb-12:三/（一）", "hb-12:三/（二）"]


@pytest.mark.parametrize("place", ["湖北", "武汉", "长沙", "江西", "国家", "Hubei", "Wuhan"])
@pytest.mark.parametrize("subject", ["健全湖泊巡查制度由谁牵头？", "有关湖泊保护的要求有哪些？"])
def test_nothing_of_another_place_stands_in_an_answer_about_one(lake_answerer, place, subject):
    answer = lake_answerer.ask(f"{place} {subject}", top_k=10)
    regions = {c.document.document_id for c in answer.citations}
    assert len(regions) <= 1
    assert {r.document_id for r in answer.responsibilities} <= regions


@pytest.mark.parametrize("top_k", [0, 1, 3, 50])
def test_top_k_bounds_related_clauses_alone(lake_answerer, top_k):
    answer = lake_answerer.ask("省里谁牵头湖泊巡查？", top_k=top_k)
    roles = [c.role for c in answer.citations]
    assert roles[:2] == [CitationRole.ANSWER] * 2
    assert set(roles[2:]) <= {CitationRole.RELATED}
    assert len(roles) <= max(2, top_k)


def test_more_related_clauses_are_shown_where_more_are_asked_for(lake_answerer):
    few, many = (lake_answerer.ask("湖北湖泊保护由谁牵头？", top_k=k) for k in (2, 3))
    assert [len(few.citations), len(many.citations)] == [2, 3]
    assert few.citations == many.citations[:2]
    assert few.answer == many.answer


@pytest.mark.parametrize(
    "question", ["湖北幼儿园学位建设由谁牵头？", "Who leads kindergarten construction in Hubei?"]
)
def test_another_subject_picks_nothing(lake_answerer, question):
    answer = lake_answerer.ask(question)
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        ("武汉", "建设水华预警平台"),
        ("武汉", "加强督查考核"),
        ("湖北", "推广水上垃圾打捞船"),
        ("湖北", "发展湖区生态旅游"),
        ("湖北", "实施鄱阳湖禁渔期管理"),
        ("长沙", "修复湖滨湿地"),
        ("长沙", "整治入湖排污口"),
        ("江西", "建设环湖绿道"),
    ],
)
@pytest.mark.parametrize(
    "form", ["{place}由谁牵头{subject}？", "{place}{subject}的责任单位有哪些？"]
)
def test_a_place_gets_no_units_for_what_only_another_place_states(
    lake_answerer, form, place, subject
):
    answer = lake_answerer.ask(form.format(place=place, subject=subject))
    assert answer.responsibilities == ()
    assert answer.status is Status.NOT_FOUND
    assert answer.answer.startswith(place)


@pytest.mark.parametrize(
    ("question", "covered", "name"),
    [
        ("湖北和武汉分别由谁牵头整治入湖排污口？", "hb-12", "武汉市"),
        ("長沙和武漢分別由誰牽頭修復湖濱濕地？", "wh-5", "长沙市"),
        ("长沙和江西的环湖绿道要贯通多少公里？", "cs-draft", "江西省"),
    ],
)
def test_a_place_that_states_nothing_on_a_subject_is_named_beside_one_that_does(
    lake_answerer, question, covered, name
):
    answer = lake_answerer.ask(question)
    assert answer.status is Status.PARTIAL
    assert {c.document.document_id for c in answer.citations} == {covered}
    assert f"{name}的文件" in answer.answer
    assert answer.answer.index(name) > answer.answer.index("[1]")
    assert name in answer.reason.message


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Who leads the inspection of lakes in {place}?", None),
        ("Who leads the early warning platform for algal blooms in {place}?", "Hubei"),
        ("Who leads wetland restoration in {place}?", "Wuhan"),
    ],
)
def test_a_place_is_given_its_own_units_in_english_or_none(lake_answerer, question, place):
    own = {"Hubei": "hb-12", "Wuhan": "wh-5", "Jiangxi": "jx-8"}
    for name, document_id in own.items():
        answer = lake_answerer.ask(question.format(place=name))
        named = {r.document_id for r in answer.responsibilities if r.units}
        assert named <= ({document_id} if place in (None, name) else set())
        if place == name:
            assert named == {document_id}
