import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.goals import goal_spans, goals


def told(text):
    return tuple([text[start:end] for start, end in spans] for spans in goal_spans(text))


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("2025年底前建成专家库。", ["2025年底前建成专家库"]),
        ("到2025年,建成专家库,配齐人员。", ["到2025年,建成专家库"]),
        ("到2025年,建成专家库;", ["到2025年,建成专家库"]),
        ("在目录发布1个月内,配备使用。", ["在目录发布1个月内,配备使用"]),
        ("平均周期压缩至六个月内,提高质量。", ["平均周期压缩至六个月内"]),
        ("审批时限缩短至30个工作日。", ["审批时限缩短至30个工作日"]),
        ("符合要求的,5个工作日内完成审评。", ["5个工作日内完成审评"]),
        ("二〇二五年六月底前完成。", ["二〇二五年六月底前完成"]),
        ("二〇二五年底前完成。", ["二〇二五年底前完成"]),
        ("2024年6月30日前报送方案。", ["2024年6月30日前报送方案"]),
        ("2024年二季度前实现发布。", ["2024年二季度前实现发布"]),
        ("每年3月底前报送总结。", ["每年3月底前报送总结"]),
        ("用3至5年时间构建体系。", ["用3至5年时间构建体系"]),
        ("(责任单位:市财政局。完成时限:持续推进)", ["持续推进"]),
        ("时限要求:2025年12月。建立台账。", ["2025年12月"]),
        ("当日受理、当天办结。", ["当日受理、当天办结"]),
        ("Finish the platform by the end of 2025. Train staff.", None),
    ],
)
def test_a_time_by_which_something_is_to_be_done_is_a_deadline(text, deadlines):
    found, _ = told(text)
    assert found == (["Finish the platform by the end of 2025"] if deadlines is None else deadlines)


@pytest.mark.parametrize(
    "text",
    [
        "近3年内无不良记录。",
        "吸纳毕业2年内高校毕业生就业。",
        "2000年底前建成的小区。",
        "5年内不得申请。",
        "有效期至2025年12月31日。",
        "截至4月底职工人数持平。",
        "2020年以来成效明显。",
        "落实《行动计划(2021-2025年)》。",
        "推进“2025年底前清零”行动。",
        "根据国办发〔2021〕16号文件。",
        "第二十五条 加强管理。",
        "国内领先,省内一流。",
    ],
)
def test_a_time_of_something_else_is_no_deadline(text):
    assert told(text)[0] == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("抽检合格率达到99.5%以上,力争培育龙头企业3-5家。", None),
        ("每年培训1000名专业人员、100名干部。", ["每年培训1000名专业人员、100名干部"]),
        ("新增床位1,000张。", ["新增床位1,000张"]),
        ("审批事项全部实现网上办理。", ["审批事项全部实现网上办理"]),
        ("实现抽检全覆盖。", ["实现抽检全覆盖"]),
        ("合格率提高到百分之九十五。", ["合格率提高到百分之九十五"]),
        ("力争产值翻一番。", ["力争产值翻一番"]),
    ],
)
def test_a_figure_to_be_reached_is_a_target(text, targets):
    expected = ["抽检合格率达到99.5%以上", "力争培育龙头企业3-5家"]
    assert told(text)[1] == (expected if targets is None else targets)


@pytest.mark.parametrize(
    "text",
    [
        "建立一个体系,打造一支队伍,建设一批项目。",
        "裁员率不超过20%的,予以返还。",
        "如数量超过100家,另行规定。",
        "给予不超过10万元的补助。",
        "每降低1个百分点扣1分。",
        "达到50%以上得满分。",
        "推进“152”工程,建设“1+4+1”架构。",
        "支持第2、3类中药。",
        "参照ISO13485标准建设。",
        "2.落实责任。",
        "由12个部门组成。",
    ],
)
def test_a_figure_that_nothing_aims_at_is_no_target(text):
    assert told(text)[1] == []


def test_a_part_that_states_both_stands_in_both():
    part = "力争5年内申报创新药10个"
    assert told(f"{part}。") == ([part], [part])


@given(
    st.text(
        st.sampled_from(
            "到至年月日底前内末力争达培育新增完成时限约一二十第个项家"
            "%0123459,，。;：:《》“”、\n\t a"
        ),
        max_size=80,
    )
)
def test_spans_lie_in_the_text_in_order_and_are_never_blank(text):
    for spans in goal_spans(text):
        assert spans == sorted(spans)
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip() != ""


def test_what_is_stated_is_quoted_from_its_own_clause(library):
    found = 0
    for clause in library.clauses:
        stated = goals(library, clause)
        text = library.text(clause.document_id)
        for each in (*stated.deadlines, *stated.targets):
            found += 1
            assert text[each.start : each.end] == each.quote
            assert clause.start <= each.start < each.end <= clause.end
    assert found > 10


@pytest.mark.parametrize(
    "words", ["12,", "1.", "《", "到2025年", "within a ", "完成时限:", "一", "(负责"]
)
def test_a_long_run_of_anything_is_read_in_time_that_grows_with_its_length(words):
    started = time.perf_counter()
    goal_spans(words * (20_000 // len(words)))
    assert time.perf_counter() - started < 2
