import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import fold
from rag.answer import Answerer
from rag.catalog import Catalog
from rag.comparison_wire import comparison_json
from rag.contrast import asks_difference
from rag.errors import EmptyTopicError, FilterError, QuestionTooLongError
from rag.records import Filters, Lang, Status
from rag.scope import read_scope
from rag.units import counterparts
from tests.rag.documents import lakes
from tests.rag.forests import forests

TOPIC = "林火视频监测网"


@pytest.fixture(scope="session")
def forest_answerer(tmp_path_factory):
    return Answerer(forests(tmp_path_factory.mktemp("forests")))


def _told(answerer, topic, **filters):
    chosen = Filters(**{key: tuple(values) for key, values in filters.items()})
    return comparison_json(answerer.compare(topic, filters=chosen))


def _points(points):
    return {
        " ".join(held["words"] for held in point["held"]): set(point["lacking"]) for point in points
    }


def _texts(pieces):
    return [piece["text"] for piece in pieces]


def test_clauses_of_one_task_stand_from_the_nation_to_the_city(forest_answerer):
    rows = _told(forest_answerer, TOPIC)["rows"]
    assert [row["document"]["level"] for row in rows] == [
        "national",
        "province",
        "province",
        "city",
    ]
    assert [row["clause_id"] for row in rows] == ["gb-31:一", "gz-40:一", "yn-9:一", "zy-3:一"]
    assert [row["n"] for row in rows] == [1, 2, 3, 4]


def test_a_row_has_lead_units_figures_and_deadlines_of_its_clause(forest_answerer):
    row = _told(forest_answerer, TOPIC, region=["贵州省"])["rows"][0]
    assert row["lead"] == "省林业局"
    assert row["units"] == ["省林业局", "省财政厅", "省应急厅", "省大数据局"]
    assert row["lead_basis"]["quote"] == "列第一位的为牵头单位，下同"
    assert _texts(row["targets"]) == [
        "重点林区布设视频监测点1200个",
        "火情视频监测覆盖率达到90%",
    ]
    assert _texts(row["deadlines"]) == ["到2025年,重点林区布设视频监测点1200个"]


def test_no_lead_stands_where_the_document_designates_none(forest_answerer):
    row = _told(forest_answerer, TOPIC, document_id=["yn-9"])["rows"][0]
    assert (row["lead"], row["lead_basis"]) == (None, None)
    assert row["units"] == ["省林草局", "省应急厅", "省通信管理局"]


def test_a_document_without_a_clause_on_it_is_said_to_lack_it(forest_answerer):
    told = _told(forest_answerer, "祭祀鲜花换纸钱")
    assert [row["clause_id"] for row in told["rows"]] == ["zy-3:二"]
    assert [document["id"] for document in told["lacking"]] == ["gb-31", "gz-40", "yn-9"]
    assert told["differences"] == {"lead": [], "units": [], "targets": [], "deadlines": []}


def test_documents_left_out_by_a_filter_are_neither_compared_nor_lacking(forest_answerer):
    told = _told(forest_answerer, "祭祀鲜花换纸钱", level=["province"])
    assert told["rows"] == []
    assert [document["id"] for document in told["lacking"]] == ["gz-40", "yn-9"]


def test_a_level_in_the_topic_restricts_nothing(answerer, library):
    told = _told(answerer, "建设全省药物警戒体系")
    assert {"state-council-2021-16:二/（十）", "shanxi-2021-101:二/（十）"} <= {
        row["clause_id"] for row in told["rows"]
    }
    documents = {row["document"]["id"] for row in told["rows"]} | {d["id"] for d in told["lacking"]}
    assert documents == {d.document_id for d in library.documents}


def test_places_in_the_topic_restrict_it_and_unknown_ones_are_named(forest_answerer):
    told = _told(forest_answerer, "贵州和四川的林火视频监测网")
    assert {row["document"]["region"]["name"] for row in told["rows"]} == {"贵州省"}
    assert (told["lacking"], told["missing"]) == ([], ["四川省"])


def test_offices_of_one_field_count_as_one_whatever_their_level(forest_answerer):
    told = _told(forest_answerer, TOPIC, document_id=["gb-31", "gz-40", "zy-3"])
    assert _points(told["shared"]["units"]) == {"财政部 省财政厅 市财政局": set()}
    assert _points(told["differences"]["units"]) == {
        "国家林草局": {"gz-40", "zy-3"},
        "应急管理部 省应急厅": {"zy-3"},
        "省林业局 市林业局": {"gb-31"},
        "省大数据局": {"gb-31", "zy-3"},
        "市公安局": {"gb-31", "gz-40"},
    }


def test_other_figures_differ_and_the_same_year_is_shared(forest_answerer):
    told = _told(forest_answerer, TOPIC, document_id=["gz-40", "zy-3"])
    assert _points(told["differences"]["targets"]) == {
        "重点林区布设视频监测点1200个": {"zy-3"},
        "火情视频监测覆盖率达到90%": {"zy-3"},
        "布设视频监测点150个": {"gz-40"},
        "火情视频监测覆盖率达到95%": {"gz-40"},
    }
    assert len(told["shared"]["deadlines"]) == 1
    assert told["differences"]["deadlines"] == []


def test_the_chain_leads_from_the_nation_over_the_province_to_the_city(forest_answerer):
    chain = _told(forest_answerer, TOPIC)["chain"]
    assert [step["document"]["id"] for step in chain] == ["gb-31", "gz-40", "zy-3"]
    assert [step["above"] for step in chain] == [None, 1, 2]
    assert [step["citation"]["clause_id"] for step in chain] == ["gb-31:一", "gz-40:一", "zy-3:一"]
    assert chain[0]["score"] is None
    assert all(step["aligned"] and 0.35 <= step["score"] <= 1 for step in chain[1:])
    assert "国办发〔2023〕31号" in chain[1]["link"]["quote"]
    assert chain[2]["link"]["clause_id"] == "zy-3:preamble"


def test_a_document_that_cites_none_stands_in_no_chain(forest_answerer):
    assert _told(forest_answerer, TOPIC, document_id=["gb-31", "yn-9"])["chain"] == []


def test_where_no_clause_carries_a_task_on_the_chain_says_so_and_goes_no_further(forest_answerer):
    chain = _told(forest_answerer, "组建专业扑火队伍")["chain"]
    assert [step["document"]["id"] for step in chain] == ["gb-31", "gz-40"]
    assert chain[1]["citation"] is None
    assert not chain[1]["aligned"]


@pytest.mark.parametrize("topic", ["", "  ", "？！", "牵头单位是谁？"])
def test_a_topic_without_a_subject_is_refused(forest_answerer, topic):
    with pytest.raises(EmptyTopicError, match="names no subject"):
        forest_answerer.compare(topic)


def test_a_topic_too_long_and_an_unknown_filter_are_refused(forest_answerer):
    with pytest.raises(QuestionTooLongError):
        forest_answerer.compare("火" * 2001)
    with pytest.raises(FilterError, match="贵州省"):
        forest_answerer.compare(TOPIC, filters=Filters(region=("海南省",)))


@pytest.mark.parametrize(
    ("topic", "clauses"),
    [
        (
            "药品追溯",
            {
                "state-council-2021-16:二/（十三）",
                "shanxi-2021-101:二/（十三）",
                "zj-2021-68:二/（三）",
            },
        ),
        ("疫苗批签发", {"state-council-2021-16:二/（九）", "shanghai-2025-30:三/（十二）"}),
        ("检查员队伍建设", {"shaoxing-draft:附件1/三/（三）/3", "shanghai-2025-30:六/（十九）"}),
    ],
)
def test_shipped_documents_are_compared_by_their_clauses_on_a_subject(answerer, topic, clauses):
    assert clauses <= {row["clause_id"] for row in _told(answerer, topic)["rows"]}


def test_the_provinces_that_carry_out_the_national_opinion_stand_under_it(answerer):
    chain = _told(answerer, "信息化追溯体系")["chain"]
    assert [(step["document"]["id"], step["above"]) for step in chain] == [
        ("state-council-2021-16", None),
        ("shanxi-2021-101", 1),
        ("zj-2021-68", 1),
    ]
    assert (chain[1]["aligned"], chain[1]["score"] > 0.8) == (True, True)
    assert (chain[2]["aligned"], chain[2]["score"] < 0.35) == (False, True)


@pytest.mark.parametrize("topic", ["登月", "湖泊巡查", "小龙虾养殖"])
def test_what_no_document_is_about_has_no_row_and_all_lack_it(answerer, library, topic):
    told = _told(answerer, topic)
    assert told["rows"] == []
    assert len(told["lacking"]) == len(library.documents)


@pytest.fixture(scope="session")
def every_answerer(forest_answerer, answerer, lake_index):
    return (forest_answerer, answerer, Answerer(lake_index))


def _topics(index):
    """Headings that name no place or nation: those restrict what is compared."""
    catalog = Catalog(index)
    headings = [c.heading for c in index.clauses if c.heading and c.number]
    scopes = [read_scope(fold(heading), catalog, Filters()) for heading in headings]
    return [h for h, s in zip(headings, scopes, strict=True) if s.vague or not s.named]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_every_cell_stands_in_its_clause(every_answerer, data):
    answerer = data.draw(st.sampled_from(every_answerer))
    topic = data.draw(st.sampled_from(_topics(answerer.index)))
    told = _told(answerer, topic)
    for row in told["rows"]:
        text = answerer.index.text(row["document"]["id"])
        source, clause = row["source"], answerer.index.clause(row["clause_id"])
        assert text[source["start"] : source["end"]] == row["quote"]
        for piece in (*row["says"], *row["targets"], *row["deadlines"]):
            assert source["start"] <= piece["start"] < piece["end"] <= source["end"]
            assert text[piece["start"] : piece["end"]] == piece["quote"]
            assert _plain(piece["text"]) in _plain(clause.search_text)
            assert set(re.findall(r"\d+", piece["text"])) <= set(re.findall(r"\d+", fold(text)))
        known = [unit for record in clause.responsibilities for unit in record.units]
        assert set(row["units"]) <= set(known)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_every_document_is_compared_or_lacks_it_and_points_are_of_rows(every_answerer, data):
    answerer = data.draw(st.sampled_from(every_answerer))
    told = _told(answerer, data.draw(st.sampled_from(_topics(answerer.index))))
    compared = {row["document"]["id"] for row in told["rows"]}
    lacking = {document["id"] for document in told["lacking"]}
    assert compared.isdisjoint(lacking)
    assert compared | lacking == {d.document_id for d in answerer.index.documents}
    by_number = {row["n"]: row for row in told["rows"]}
    for column in ("lead", "units", "targets", "deadlines"):
        for point in (*told["differences"][column], *told["shared"][column]):
            holders = {held["document_id"] for held in point["held"]}
            assert holders.isdisjoint(point["lacking"])
            assert holders | set(point["lacking"]) == compared
            for held in point["held"]:
                row = by_number[held["n"]]
                own = row["leads"] if column == "lead" else row[column]
                assert held["words"] in [x if isinstance(x, str) else x["text"] for x in own]
    for step in told["chain"]:
        assert step["above"] is None or step["above"] < step["n"]
        assert step["score"] is None or 0 <= step["score"] <= 1


def _plain(text):
    return re.sub(r"[\W_]", "", fold(text))


def test_a_comparison_repeats_exactly(forest_answerer):
    assert _told(forest_answerer, TOPIC) == _told(forest_answerer, TOPIC)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("省药监局", "市药品监管局", True),
        ("国家发展改革委", "市发改委", True),
        ("人力资源社会保障部", "市人社局", True),
        ("上海市财政局", "浙江省财政厅", True),
        ("省科技厅", "市科委", True),
        ("省市场监管局", "市药品监管局", False),
        ("市法院", "市司法局", False),
        ("市商务局", "市财政局", False),
    ],
)
def test_offices_are_counterparts_by_what_they_look_after(one, other, same):
    assert counterparts(one, other) is same
    assert counterparts(other, one) is same


@pytest.mark.parametrize(
    "question", ["浙江和上海有什么不同", "对比两地做法", "How do they differ?"]
)
def test_questions_that_ask_to_compare_are_told(question):
    assert asks_difference(question)


def test_a_question_about_differences_tells_what_one_side_has_and_the_other_lacks(forest_answerer):
    answer = forest_answerer.ask("贵州和遵义在林火视频监测网上有什么不同？")
    assert answer.status is Status.ANSWERED
    lines = answer.answer.splitlines()
    assert lines[0].startswith("贵州省")
    assert lines[1].startswith("遵义市")
    told = "\n".join(lines[2:])
    assert "牵头单位对比：都写明省林业局[1]／市林业局[2]" in told
    assert "只有贵州省写明省应急厅、省大数据局[1]" in told
    assert "只有遵义市写明市公安局[2]" in told
    assert "只有遵义市写明布设视频监测点150个、火情视频监测覆盖率达到95%[2]" in told


def test_the_side_that_designates_no_lead_is_said_to_name_none(answerer):
    answer = answerer.ask("浙江和上海在药品追溯上有什么不同")
    assert answer.status is Status.ANSWERED
    assert "牵头单位对比：只有浙江省写明省药监局[1][3]；上海市没有写明[2]" in answer.answer
    assert "省药监局[1]／市药品监管局[2]" in answer.answer
    assert answer.citations[2].role.value == "rule"


def test_a_question_that_does_not_ask_to_compare_is_told_no_differences(answerer):
    assert "对比" not in answerer.ask("浙江和上海的药品追溯分别怎么规定？").answer


@pytest.mark.parametrize(
    ("lang", "words"),
    [(Lang.HANT, "責任單位對比：都寫明"), (Lang.EN, "Responsible units compared: all state")],
)
def test_differences_are_worded_in_the_language_asked_for(forest_answerer, lang, words):
    assert (
        words in forest_answerer.ask("贵州和遵义在林火视频监测网上有什么不同？", lang=lang).answer
    )


def test_a_city_is_not_compared_with_lakes_it_does_not_have(tmp_path):
    told = _told(Answerer(lakes(tmp_path)), "水上垃圾打捞船")
    assert [row["clause_id"] for row in told["rows"]] == ["wh-5:一/（三）"]
    assert "2025年底前配备打捞船40艘" in _texts(told["rows"][0]["deadlines"])
