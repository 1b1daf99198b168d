import pytest

from index.numbering import Marker, Style, marker_at, parse_number
from tests.index.cutting import cleaned, ids, kinds, quotes


def marker(text: str, *, strong: bool = True, decimals: bool = False) -> Marker | None:
    return marker_at(cleaned(text).text, 0, strong=strong, decimals=decimals)


@pytest.mark.parametrize(
    ("text", "style", "value", "label"),
    [
        ("一、加强", Style.DUN, 1, "一"),
        ("十一、加强", Style.DUN, 11, "十一"),
        ("三.加强", Style.DUN, 3, "三"),
        ("（五）加强", Style.PAREN, 5, "（五）"),
        ("(五)加强", Style.PAREN, 5, "（五）"),
        ("( 五 )加强", Style.PAREN, 5, "（五）"),
        ("（二十三）加强", Style.PAREN, 23, "（二十三）"),
        ("5.加强", Style.DOT, 5, "5"),
        ("５．加强", Style.DOT, 5, "5"),
        ("5、加强", Style.DOT, 5, "5"),
        ("（5）加强", Style.DIGIT_PAREN, 5, "（5）"),
        ("(5)加强", Style.DIGIT_PAREN, 5, "（5）"),
        ("5）加强", Style.HALF_PAREN, 5, "5）"),
        ("⑤加强", Style.CIRCLED, 5, "⑤"),
        ("第二编 分则", Style.PART, 2, "第二编"),
        ("第三章 总则", Style.CHAPTER, 3, "第三章"),
        ("第四节 目的", Style.SECTION, 4, "第四节"),
        ("第一千二百六十条 本法", Style.ARTICLE, 1260, "第一千二百六十条"),
        ("第二〇条 本法", Style.ARTICLE, 20, "第二〇条"),
        ("第十条之一 经营", Style.ARTICLE, 10, "第十条之一"),
        ("第 3 條 本法", Style.ARTICLE, 3, "第3条"),
        ("附件2", Style.ANNEX, 2, "附件2"),
        ("附件", Style.ANNEX, 1, "附件"),
        ("附件2：", Style.ANNEX, 2, "附件2"),
        ("附录1 名单", Style.ANNEX, 1, "附录1"),
        ("专栏3 重点工程", Style.BOX, 3, "专栏3"),
        ("专栏三：重点工程", Style.BOX, 3, "专栏三"),
        ("Article 5 This Act", Style.ARTICLE, 5, "Article 5"),
        ("Chapter IV Duties", Style.CHAPTER, 4, "Chapter IV"),
        ("Section 3 Scope", Style.SECTION, 3, "Section 3"),
        ("(b) Importers", Style.LETTER, 2, "（b）"),
    ],
)
def test_each_way_of_numbering_is_read_with_its_value(text, style, value, label):
    found = marker(text)
    assert found is not None
    assert (found.style, found.value, found.label) == (style, value, label)
    assert found.start == 0


def test_a_decimal_number_keeps_its_outer_part():
    found = marker("1.2.3 领导机构")
    assert found is not None
    assert (found.style, found.prefix, found.value, found.label) == (
        Style.DECIMAL,
        (1, 2),
        3,
        "1.2.3",
    )


@pytest.mark.parametrize(
    "text",
    [
        "第三条规定的条件",
        "第三条第二款所称材料",
        "第三条和第四条",
        "第三条至第五条",
        "第三章规定的",
        "3.5万元",
        "99.5%以上",
        "1.1年",
        "2021年1月",
        "12GMP认证",
        "3-5家",
        "（试行）",
        "附件：1.名单",
        "附件2：成员名单",
        "一是加强",
        "1 总则",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert marker(text) is None


def test_a_bare_digit_counts_where_the_document_numbers_by_decimals():
    found = marker("1 总则", decimals=True)
    assert found is not None
    assert (found.style, found.value, found.label) == (Style.DECIMAL, 1, "1")


def test_an_annex_opens_only_at_a_line_start():
    assert marker("附件2", strong=False) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("十", 10), ("二十", 20), ("一百零一", 101), ("二〇", 20), ("9999", 9999), ("一千零一", 1001)],
)
def test_chinese_and_arabic_numbers_are_read(words, value):
    assert parse_number(words) == value


MIXED = """一、总体要求
坚持统一领导。
二、重点任务
（一）完善制度。推动立法。
1.修订条例。加快进度。
（1）起草。由法制机构起草。
①调研。深入基层。
②论证。听取意见。
（2）审查。依法审查。
2.修订细则。抓紧办理。
（二）强化监管。加强检查。
三、保障措施
（一）加强领导。压实责任。"""


def test_styles_nest_to_any_depth():
    assert ids(MIXED) == [
        "一",
        "二",
        "二/（一）",
        "二/（一）/1",
        "二/（一）/1/（1）",
        "二/（一）/1/（1）/①",
        "二/（一）/1/（1）/②",
        "二/（一）/1/（2）",
        "二/（一）/2",
        "二/（二）",
        "三",
        "三/（一）",
    ]


def test_a_heading_is_itself_and_its_lead_in_and_its_children_lie_outside():
    found = quotes(MIXED)
    assert found["一"] == "一、总体要求\n坚持统一领导。"
    assert found["二"] == "二、重点任务"
    assert found["二/（一）"] == "（一）完善制度。推动立法。"
    assert found["二/（一）/1/（1）/②"] == "②论证。听取意见。"


def test_half_and_full_width_numbers_are_one_list():
    text = (
        "一、任务\n(一)甲事。办甲。\n（二）乙事。办乙。\n( 三 )丙事。办丙。\n"
        "1．子。办。\n2.丑。办。"
    )
    assert ids(text) == ["一", "一/（一）", "一/（二）", "一/（三）", "一/（三）/1", "一/（三）/2"]


def test_ids_have_full_width_brackets_whatever_the_source_uses():
    assert ids("(一)甲事。办甲。\n(二)乙事。办乙。") == ["（一）", "（二）"]
    assert ids("1)甲事。办甲。\n2)乙事。办乙。") == ["1）", "2）"]


LAW = """第一编 总则
第一章 一般规定
第一节 目的
第一条 为了规范管理，制定本法。
第二条 下列情形适用本法：
（一）生产；
（二）经营。
第二章 责任
第三条 违反本法的，依法处理。
第三条之一 情节严重的，从重处理。
第二编 分则
第一章 生产
第四条 生产应当合法。"""


def test_a_laws_levels_close_one_another():
    assert ids(LAW) == [
        "第一编",
        "第一编/第一章",
        "第一编/第一章/第一节",
        "第一编/第一章/第一节/第一条",
        "第一编/第一章/第一节/第二条",
        "第一编/第一章/第一节/第二条/（一）",
        "第一编/第一章/第一节/第二条/（二）",
        "第一编/第二章",
        "第一编/第二章/第三条",
        "第一编/第二章/第三条之一",
        "第二编",
        "第二编/第一章",
        "第二编/第一章/第四条",
    ]


ENGLISH = """Chapter 1 General Provisions
Article 1 This Act is enacted to protect health.
Article 2 The competent authority is the Ministry.
Chapter 2 Duties
Article 3 The following apply:
(a) Manufacturers shall report.
(b) Importers shall report.
Article 4 This Act takes effect on promulgation."""


def test_english_chapters_articles_and_letters_nest():
    assert ids(ENGLISH) == [
        "Chapter 1",
        "Chapter 1/Article 1",
        "Chapter 1/Article 2",
        "Chapter 2",
        "Chapter 2/Article 3",
        "Chapter 2/Article 3/（a）",
        "Chapter 2/Article 3/（b）",
        "Chapter 2/Article 4",
    ]


def test_kinds_follow_the_style():
    assert [kind.value for kind, _ in kinds(LAW)[:6]] == [
        "heading",
        "heading",
        "heading",
        "article",
        "article",
        "item",
    ]
