import hashlib
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.check import Severity, check_gold
from eval.documents import of_index
from eval.draft import Kind, Script, drafts
from eval.draft_row import draft_id, place
from eval.gold import parse_row
from eval.names import fold_name
from index.build import build_index
from index.clean import fold
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index
from index.records import Clause, LeadBasisKind, Responsibility
from tests.eval.gold_lines import write_lines

Json = dict[str, Any]

HUNAN = """湖南省人民政府办公厅关于加强网络餐饮监管的意见
湘政办发〔2023〕3号

各市州人民政府：

一、规范平台经营。平台每月抽查不少于5家。（责任单位：省教育厅、省公安厅）

二、健全投诉渠道。2025年底前建成投诉热线3条，2026年6月底前，实现县区全覆盖。（省教育厅牵头，省商务厅配合）

三、加强餐饮宣传。由省教育厅牵头编写手册，省卫生健康委配合；由省公安厅牵头查处谣言，省委网信办配合。

四、培育示范商户。到2027年前，评选示范商户80户；2028年末完成评估。（责任单位：省商务厅）
"""
WUHAN = """武汉市人民政府办公厅关于加强网络餐饮监管的通知
武政办〔2024〕9号

各区人民政府：

一、开展后厨直播。平台公开后厨画面。（责任单位：市市场监管局、市商务局）

二、落实平台责任。平台查验食品经营许可证。（责任单位：市发展改革委、市大数据管理局）
"""


@pytest.fixture(scope="module")
def meals(tmp_path_factory):
    """An index of two documents, of a province and of a city, that name their units otherwise."""
    folder = tmp_path_factory.mktemp("meals")
    for name, text in (("hn-3", HUNAN), ("wh-9", WUHAN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    report = build_index([folder], folder / "index", embedder=load_embedder())
    assert report.problems == ()
    return load_index(folder / "index")


@pytest.fixture(params=["library", "meals"])
def index(request):
    """Each of the two indexes."""
    return request.getfixturevalue(request.param)


def own_records(index: Index) -> list[tuple[Clause, Responsibility]]:
    """The records that stand in their clauses themselves."""
    return [
        (clause, record)
        for clause in index.clauses
        for record in clause.responsibilities
        if record.inherited_from is None
    ]


def by_record(index: Index) -> list[tuple[Clause, Responsibility, Json]]:
    """Each own record with the row whose evidence it is."""
    rows = drafts(index, [Kind.RESPONSIBILITY])
    at = {(e["clause_id"], e["start"], e["end"]): row for row in rows for e in row["evidence"]}
    return [
        (clause, record, at[clause.clause_id, record.start, record.end])
        for clause, record in own_records(index)
    ]


def questions(index: Index, kind: Kind, **options: Any) -> list[str]:
    return [row["question"] for row in drafts(index, [kind], **options)]


def errors(rows, index, path):
    problems = check_gold([write_lines(path, *rows)], of_index(index))
    return [str(each) for each in problems if each.severity is Severity.ERROR]


# ---- every draft -------------------------------------------------------------------------------


def test_every_draft_is_a_row_without_errors(index, tmp_path):
    rows = drafts(index)
    assert rows
    assert errors(rows, index, tmp_path / "gold.jsonl") == []


def test_no_draft_is_reviewed(index):
    for row in drafts(index):
        assert row["reviewed"] is False
        assert parse_row(row).reviewed is False
        assert row["tags"] == ["draft_row"]


def test_ids_and_questions_are_unique(index):
    rows = drafts(index)
    assert max(Counter(row["id"] for row in rows).values()) == 1
    assert max(Counter(row["question"] for row in rows).values()) == 1


def test_the_same_index_gives_the_same_drafts(index):
    assert drafts(index) == drafts(index)


def test_the_question_alone_decides_the_id(library):
    for row in drafts(library, limit=2):
        digest = hashlib.sha256(row["question"].encode()).hexdigest()
        assert row["id"] == draft_id(row["question"]) == f"draft-{digest[:10]}"
    of_kind = {row["id"]: row for row in drafts(library, [Kind.TARGET], limit=1)}
    assert of_kind.items() <= {row["id"]: row for row in drafts(library)}.items()


def test_every_draft_asks_about_the_region_of_its_document(index):
    names = {document.file: place(document) for document in index.documents}
    for row in drafts(index):
        (file,) = row["docs"]
        assert row["question"].startswith(names[file])
        assert names[file]


def test_evidence_stands_word_for_word_in_its_clause(index):
    ids = {document.file: document.document_id for document in index.documents}
    for row in drafts(index):
        for each in row["evidence"]:
            text = index.text(ids[each["doc"]])
            clause = index.clause(each["clause_id"])
            assert text[each["start"] : each["end"]] == each["text"] != ""
            assert clause.start <= each["start"] < each["end"] <= clause.end


def test_kinds_are_drafted_as_asked_and_in_their_order(library):
    every = drafts(library)
    parted = [row for kind in Kind for row in drafts(library, [kind])]
    assert every == parted
    assert drafts(library, []) == []


# ---- responsibility ----------------------------------------------------------------------------


def test_every_record_of_the_seeds_makes_one_row(library):
    rows = drafts(library, [Kind.RESPONSIBILITY])
    assert len(rows) == len(own_records(library)) > 40
    assert len({row["id"] for _, _, row in by_record(library)}) == len(rows)


def test_two_records_of_one_item_make_two_rows(meals):
    records = [record for clause, record in own_records(meals) if clause.clause_id == "hn-3:三"]
    assert [record.lead for record in records] == ["省教育厅", "省公安厅"]
    rows = drafts(meals, [Kind.RESPONSIBILITY])
    of_item = [row for row in rows if row["clause_ids"] == ["hn-3:三"]]
    assert [row["lead"] for row in of_item] == ["省教育厅", "省公安厅"]
    assert of_item[0]["question"] != of_item[1]["question"]


def test_lead_units_and_qualifiers_are_those_of_the_record(library):
    for clause, record, row in by_record(library):
        assert row["lead"] == record.lead
        assert row["units"] == list(record.units)
        assert row["qualifier"] == list(record.qualifiers)
        assert row["clause_ids"] == [clause.clause_id]


def test_a_row_asks_for_the_lead_of_what_the_clause_is_about(library):
    row = drafts(library, [Kind.RESPONSIBILITY])[0]
    assert row["question"] == "浙江省完善药品安全监管法规制度由谁牵头？"
    assert (row["type"], row["behavior"], row["lang"]) == ("lead_unit", "answer", "zh-Hans")
    assert row["lead"] == "省药监局"
    assert row["units"] == ["省药监局", "省司法厅", "省农业农村厅", "省卫生健康委", "省市场监管局"]
    assert [each["text"] for each in row["evidence"]] == [
        "完善药品安全监管法规制度。",
        "（责任单位：省药监局、省司法厅、省农业农村厅、省卫生健康委、省市场监管局。"
        "列第一位的为牵头单位，下同）",
        "列第一位的为牵头单位，下同",
    ]


def test_a_lead_by_a_rule_comes_with_the_clause_of_the_rule_in_support(library):
    supported = Counter[bool]()
    for clause, record, row in by_record(library):
        rule = record.lead_basis
        if rule is None or rule.kind is not LeadBasisKind.FIRST_LISTED:
            continue
        elsewhere = rule.clause_id != clause.clause_id
        assert row["support_clause_ids"] == ([rule.clause_id] if elsewhere else [])
        quoted = {each["text"]: each["clause_id"] for each in row["evidence"]}
        assert quoted[rule.quote] == rule.clause_id
        supported[elsewhere] += 1
    assert supported == {True: 20, False: 2}  # the rules of 浙江省 and 绍兴市 hold from one item on


def test_a_list_without_a_lead_is_units_no_lead_with_its_reason(library):
    lists = [
        row
        for _, record, row in by_record(library)
        if record.lead is None and len(record.units) > 1
    ]
    assert len(lists) > 10
    for row in lists:
        assert (row["type"], row["behavior"]) == ("lead_unit", "units_no_lead")
        assert (row["lead"], row["reason"]) == (None, "no_lead_designated")
        assert row["question"].endswith("由谁牵头？")
        assert row["support_clause_ids"] == []


def test_a_sole_unit_is_asked_for_as_responsible_not_as_the_lead(library):
    sole = [
        row
        for _, record, row in by_record(library)
        if record.lead is None and len(record.units) == 1
    ]
    assert len(sole) > 3
    for row in sole:
        assert (row["type"], row["behavior"]) == ("units", "answer")
        assert (row["lead"], len(row["units"])) == (None, 1)
        assert row["question"].endswith("由哪个单位负责？")
        assert "reason" not in row


def test_an_explicit_lead_needs_no_rule(meals):
    row = {row["question"]: row for row in drafts(meals)}["湖南省健全投诉渠道由谁牵头？"]
    assert (row["lead"], row["units"]) == ("省教育厅", ["省教育厅", "省商务厅"])
    assert (row["behavior"], row["support_clause_ids"]) == ("answer", [])
    assert [each["text"] for each in row["evidence"]] == [
        "健全投诉渠道。",
        "（省教育厅牵头，省商务厅配合）",
    ]


# ---- targets and deadlines ---------------------------------------------------------------------


def test_targets_and_deadlines_quote_the_document(index):
    texts = {document.file: index.text(document.document_id) for document in index.documents}
    rows = drafts(index, [Kind.TARGET, Kind.DEADLINE])
    assert rows
    for row in rows:
        (each,) = row["evidence"]
        assert texts[each["doc"]][each["start"] : each["end"]] == each["text"]
        assert row["answer"] in each["text"]
        assert row["clause_ids"] == [each["clause_id"]]
        assert (row["type"], row["behavior"]) == ("deadline_or_target", "answer")


def test_a_target_is_asked_for_by_its_subject(library, meals):
    answers = {row["question"]: row["answer"] for row in drafts(library, [Kind.TARGET])}
    assert answers["绍兴市公众满意度达到多少？"] == "公众满意度达到90%"
    assert answers["绍兴市基本药物评价抽检合格率达到多少？"] == "基本药物评价抽检合格率达到99.5%"
    assert answers["绍兴市医药工业产值达到多少？"] == "力争医药工业产值达到1000亿"
    assert answers["绍兴市培育重大创新产品多少？"] == "培育重大创新产品10个以上"
    assert {row["question"]: row["answer"] for row in drafts(meals, [Kind.TARGET])} == {
        "湖南省平台每月抽查不少于多少？": "平台每月抽查不少于5家",
        "湖南省建成投诉热线多少？": "建成投诉热线3条",
    }


def test_a_deadline_is_asked_for_by_what_is_to_be_done_until_then(meals):
    rows = drafts(meals, [Kind.DEADLINE])
    assert [(row["question"], row["answer"]) for row in rows] == [
        ("湖南省建成投诉热线3条，要在什么时候完成？", "2025年底前"),
        ("湖南省实现县区全覆盖，要在什么时候完成？", "2026年6月底前"),
        ("湖南省评选示范商户80户，要在什么时候完成？", "到2027年前"),
        ("湖南省完成评估，要在什么时候完成？", "2028年末"),
    ]


# ---- rows to be declined -----------------------------------------------------------------------


def words(index: Index, file: str) -> str:
    """A document as it is compared: folded, without what portals put around it."""
    (document,) = (each for each in index.documents if each.file == file)
    own = (each for each in index.clauses if each.document_id == document.document_id)
    return fold("".join(index.quote(each) for each in own if not each.noise))


def test_a_heading_of_elsewhere_is_asked_of_a_document_that_lacks_it(index):
    headings = {each.heading.rstrip("。：:；;，,") for each in index.clauses if each.heading}
    places = {document.file: place(document) for document in index.documents}
    rows = drafts(index, [Kind.ELSEWHERE])
    assert rows
    for row in rows:
        (file,) = row["docs"]
        heading = row["question"].removeprefix(places[file]).removesuffix("由谁牵头？")
        assert heading in headings
        assert heading not in words(index, file)


def test_a_row_about_elsewhere_is_to_be_declined(index):
    for row in drafts(index, [Kind.ELSEWHERE]):
        assert (row["type"], row["behavior"]) == ("unanswerable", "out_of_scope")
        assert (row["abstain"], row["reason"]) == (True, "topic_not_covered")
        assert (row["evidence"], row["lead"], row["units"]) == ([], None, [])


def test_the_title_of_a_document_is_no_heading_that_another_lacks(meals):
    asked = questions(meals, Kind.ELSEWHERE)
    assert asked == [
        "武汉市规范平台经营由谁牵头？",
        "武汉市健全投诉渠道由谁牵头？",
        "武汉市加强餐饮宣传由谁牵头？",
        "武汉市培育示范商户由谁牵头？",
        "湖南省开展后厨直播由谁牵头？",
        "湖南省落实平台责任由谁牵头？",
    ]


def absent_units(index: Index) -> list[tuple[str, Json]]:
    """The unit that each row asks about, without the region before it."""
    places = {document.file: place(document) for document in index.documents}
    return [
        (row["question"].removeprefix(places[row["docs"][0]]).removesuffix("参与哪些任务？"), row)
        for row in drafts(index, [Kind.ABSENT_UNIT])
    ]


def test_an_absent_unit_does_not_stand_in_the_document_under_any_of_its_names(index):
    rows = absent_units(index)
    assert rows
    stands = [
        row["question"]
        for unit, row in rows
        if fold_name(unit) in fold_name(words(index, row["docs"][0]))
    ]
    assert stands == []


def test_an_absent_unit_is_named_by_another_document_whose_level_alone_is_dropped(index):
    ids = {document.file: document.document_id for document in index.documents}
    for unit, row in absent_units(index):
        own = ids[row["docs"][0]]
        named = {
            each
            for clause in index.clauses
            if clause.document_id != own
            for record in clause.responsibilities
            for each in record.units
        }
        assert {unit, f"省{unit}", f"市{unit}", f"县{unit}", f"区{unit}"} & named


def test_the_level_before_a_name_is_dropped_and_no_character_of_the_name(meals):
    asked = questions(meals, Kind.ABSENT_UNIT)
    assert "湖南省市场监管局参与哪些任务？" in asked
    assert "湖南省大数据管理局参与哪些任务？" in asked
    assert "武汉市教育厅参与哪些任务？" in asked


def test_a_row_about_an_absent_unit_is_to_be_declined(index):
    for row in drafts(index, [Kind.ABSENT_UNIT]):
        assert (row["type"], row["behavior"]) == ("task_of_unit", "not_stated")
        assert (row["abstain"], row["reason"]) == (True, "fact_not_stated")
        assert (row["evidence"], row["lead"], row["units"]) == ([], None, [])


# ---- limit and script --------------------------------------------------------------------------


def test_a_limit_holds_for_each_kind(library):
    counts = Counter(row["type"] for row in drafts(library, limit=3))
    assert counts.pop("lead_unit") + counts.pop("units", 0) == 3
    assert counts == {"deadline_or_target": 3 + 2, "unanswerable": 3, "task_of_unit": 3}


@pytest.mark.parametrize("kind", [Kind.RESPONSIBILITY, Kind.ELSEWHERE, Kind.ABSENT_UNIT])
@pytest.mark.parametrize("limit", [1, 2, 7, 44, 1000])
def test_a_limit_spreads_over_all_that_there_are(library, kind, limit):
    every = questions(library, kind)
    limited = questions(library, kind, limit=limit)
    assert len(limited) == min(limit, len(every))
    at = [every.index(question) for question in limited]
    steps = {after - before for before, after in pairwise(at)}
    assert at[0] == 0
    assert not steps or max(steps) - min(steps) <= 1
    assert len(every) - at[-1] <= len(every) / len(limited) + 1


def test_a_limit_leaves_no_document_out_for_being_last(library):
    rows = drafts(library, [Kind.RESPONSIBILITY], limit=6)
    assert {row["docs"][0][:3] for row in rows} == {"000", "001", "003"}


@settings(deadline=None)  # the first call loads tables
@given(limit=st.integers(1, 9))
def test_limited_drafts_are_some_of_all(library: Index, limit: int) -> None:
    every = {row["id"]: row for row in drafts(library, [Kind.RESPONSIBILITY, Kind.TARGET])}
    some = drafts(library, [Kind.RESPONSIBILITY, Kind.TARGET], limit=limit)
    assert {row["id"]: row for row in some}.items() <= every.items()


def test_traditional_drafts_ask_the_same_in_traditional_characters(library, tmp_path):
    simplified = drafts(library, limit=1)
    traditional = drafts(library, limit=1, script=Script.TRADITIONAL)
    assert traditional[0]["question"] == "浙江省完善藥品安全監管法規制度由誰牽頭？"
    for one, other in zip(simplified, traditional, strict=True):
        assert fold(other["question"]) == fold(one["question"])
        assert other["id"] == draft_id(other["question"]) != one["id"]
        assert other["lang"] == "zh-Hant"
        same = {"id", "question", "lang"}
        assert {k: v for k, v in one.items() if k not in same} == {
            k: v for k, v in other.items() if k not in same
        }
    assert errors(traditional, library, tmp_path / "gold.jsonl") == []
