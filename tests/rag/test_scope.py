import pytest

from index.clean import fold
from rag.filtering import filtered
from rag.records import Filters, ReasonCode
from rag.scope import foreign_year, read_scope

ZJ, SX, SH = "zj-2021-68", "shanxi-2021-101", "shanghai-2025-30"
CITY, STATE = "shaoxing-draft", "state-council-2021-16"
ALL = {ZJ, SX, SH, CITY, STATE}


@pytest.fixture
def scope(catalog):
    return lambda question, **filters: read_scope(fold(question), catalog, Filters(**filters))


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("浙江谁牵头", ZJ),
        ("浙江省谁牵头", ZJ),
        ("浙江省誰牽頭", ZJ),
        ("Who leads it in Zhejiang?", ZJ),
        ("Who leads it in Zhejiang Province?", ZJ),
        ("浙 数字药监 谁牵头", ZJ),
        ("上海市谁牵头", SH),
        ("上海誰牽頭", SH),
        ("Who leads it in Shanghai?", SH),
        ("山西谁牵头", SX),
        ("Who leads it in Shanxi?", SX),
        ("绍兴谁牵头", CITY),
        ("紹興誰牽頭", CITY),
        ("Who leads it in Shaoxing?", CITY),
        ("国家谁牵头", STATE),
        ("全国谁牵头", STATE),
        ("国办的意见谁牵头", STATE),
        ("国务院谁牵头", STATE),
        ("國務院誰牽頭", STATE),
        ("Who leads it in the State Council opinion?", STATE),
        ("Who leads it at the national level?", STATE),
    ],
)
def test_a_place_names_its_documents(scope, question, document_id):
    found = scope(question)
    assert (found.groups, found.missing, found.vague) == (((document_id,),), (), False)


@pytest.mark.parametrize(
    "question",
    [
        "浙江、上海和山西分别由谁牵头",
        "浙沪晋三地谁牵头",
        "浙、沪、晋三地谁牵头",
        "Who leads in Zhejiang, Shanghai and Shanxi?",
    ],
)
def test_several_places_are_groups_in_the_order_of_the_question(scope, question):
    assert scope(question).groups == ((ZJ,), (SH,), (SX,))


def test_the_nation_counts_beside_a_place_only_where_the_two_are_listed(scope):
    assert scope("浙江和国家分别怎么规定").groups == ((ZJ,), (STATE,))
    assert scope("浙江落实国务院的意见由谁牵头").groups == ((ZJ,),)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("省里谁牵头", {ZJ, SX}),
        ("我省谁牵头", {ZJ, SX}),
        ("Who leads it in our province?", {ZJ, SX}),
        ("我市谁牵头", {CITY, SH}),
        ("市里誰牽頭", {CITY, SH}),
        ("Who leads it in our city?", {CITY, SH}),
    ],
)
def test_a_level_means_all_documents_of_that_level(scope, question, documents):
    found = scope(question)
    assert [set(group) for group in found.groups] == [documents]
    assert found.vague


def test_no_place_means_all_documents(scope):
    found = scope("药品监管谁牵头")
    assert (set(found.document_ids), found.named) == (ALL, False)


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("浙政办发〔2021〕68号谁牵头", ZJ),
        ("浙政办发[2021]68号谁牵头", ZJ),
        ("浙政辦發（2021）68號誰牽頭", ZJ),
        ("68号文谁牵头", ZJ),
        ("浙江68号文谁牵头", ZJ),
        ("沪府办〔2025〕30号谁牵头", SH),
        ("30号文里谁牵头", SH),
        ("101号文件谁牵头", SX),
        ("国办发〔2021〕16号谁牵头", STATE),
        ("国办发16号谁牵头", STATE),
    ],
)
def test_a_document_number_names_its_document(scope, question, document_id):
    found = scope(question)
    assert (found.groups, found.missing) == (((document_id,),), ())


def test_an_unknown_number_is_missed_by_its_words(scope):
    found = scope("浙政办发〔2020〕99号谁牵头")
    assert found.groups == ()
    assert found.missing == ("浙政办发〔2020〕99号",)
    assert found.missing_code is ReasonCode.DOCUMENT_NOT_COVERED


def test_a_number_that_the_nation_gave_names_one_document_and_not_all_of_the_nation(scope):
    found = scope("国办发〔2019〕36号对检查员的职级怎么规定")
    assert (found.groups, found.missing) == ((), ("国办发〔2019〕36号",))
    assert found.missing_code is ReasonCode.DOCUMENT_NOT_COVERED


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("《国务院办公厅关于全面加强药品监管能力建设的实施意见》谁牵头", STATE),
        ("《关于改革和完善市域药品安全治理与高质量发展体系的意见》谁牵头", CITY),
        ("市域药品安全治理意见里谁牵头", CITY),
        ("市域药品安全治理意见 市公安局 负责哪几项", CITY),
    ],
)
def test_a_title_or_a_description_names_its_document(scope, question, document_id):
    assert scope(question).groups == ((document_id,),)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("江苏谁牵头", "江苏省"),
        ("广东省谁牵头", "广东省"),
        ("杭州谁牵头", "杭州市"),
        ("廣東誰牽頭", "广东省"),
        ("Who leads it in Beijing?", "北京市"),
        ("陕西谁牵头", "陕西省"),
        ("Who leads it in Shaanxi?", "陕西省"),
        ("山东谁牵头", "山东省"),
    ],
)
def test_a_place_without_documents_is_missing_and_nothing_else_is_in_scope(
    scope, question, missing
):
    found = scope(question)
    assert (found.groups, found.missing) == ((), (missing,))
    assert found.missing_code is ReasonCode.REGION_NOT_COVERED


def test_beside_a_place_without_documents_the_other_is_kept(scope):
    found = scope("山西和陕西分别由谁牵头")
    assert (found.groups, found.missing) == (((SX,),), ("陕西省",))


def test_the_masked_question_keeps_its_length_and_loses_the_names(scope):
    question = fold("浙江和68号文的数字药监由谁牵头")
    masked = scope(question).masked
    assert len(masked) == len(question)
    assert "浙江" not in masked
    assert "数字药监由谁牵头" in masked


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({}, ALL),
        ({"status": ("draft",)}, {CITY}),
        ({"level": ("province",)}, {ZJ, SX, SH}),
        ({"region": ("330000", "310000")}, {ZJ, SH}),
        ({"document_id": (STATE, SX)}, {STATE, SX}),
        ({"level": ("province",), "region": ("140000",)}, {SX}),
        ({"level": ("county",)}, set()),
    ],
)
def test_filters_leave_what_fits_all_of_them(catalog, filters, documents):
    left = filtered(catalog.documents, Filters(**filters))
    assert {each.document_id for each in left} == documents


def test_filters_bound_what_a_question_names(scope):
    assert scope("浙江谁牵头", document_id=(SH,)).groups == ()
    assert scope("谁牵头", document_id=(SH,)).groups == ((SH,),)


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("2023年工作要点里谁牵头", "2023"),
        ("2024年工作计划由谁牵头", "2024"),
        ("2021年的意见里谁牵头", None),
        ("到2023年要达到多少", None),
    ],
)
def test_a_year_without_documents_is_noticed_where_documents_of_it_are_asked_for(
    catalog, question, year
):
    assert foreign_year(fold(question), [ZJ], catalog) == year
