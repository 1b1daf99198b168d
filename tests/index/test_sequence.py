from index.numbering import Marker, Style
from index.sequence import Numbering
from tests.index.cutting import cut, ids, quotes


def markers(*numbers: tuple[Style, int]) -> list[Marker]:
    """Candidates at line starts, one after the other."""
    return [
        Marker(style, value, at, at + 1, str(value), strong=True)
        for at, (style, value) in enumerate(numbers)
    ]


def test_a_number_that_follows_is_placed_under_the_same_parent():
    numbering = Numbering(markers((Style.DUN, 1), (Style.PAREN, 1), (Style.PAREN, 2)))
    assert [numbering.place(at, at) for at in range(3)] == [(True, None), (True, 0), (True, 0)]
    assert numbering.warnings == []


def test_a_number_that_does_not_follow_is_refused():
    numbering = Numbering(markers((Style.ARTICLE, 1), (Style.ARTICLE, 2), (Style.ARTICLE, 9)))
    assert [numbering.place(at, at)[0] for at in range(3)] == [True, True, False]


def test_a_reset_forgets_every_list():
    numbering = Numbering(markers((Style.DUN, 1), (Style.PAREN, 1), (Style.DUN, 1)))
    numbering.place(0, 0)
    numbering.place(1, 1)
    numbering.reset()
    assert numbering.place(2, 2) == (True, None)
    assert [level.block for level in numbering.levels] == [2]


def test_a_cross_reference_at_a_line_start_is_no_clause():
    text = (
        "第一条 为了规范管理，制定本办法。\n第二条 本办法适用于本市。\n"
        "第三条规定的条件由市药监局认定。\n第三条 申请人应当提交材料。\n"
        "第一条规定的目的不变。\n第四条 本办法自印发之日起施行。"
    )
    found = quotes(text)
    assert list(found) == ["第一条", "第二条", "第三条", "第四条"]
    assert found["第二条"].endswith("\n第三条规定的条件由市药监局认定。")
    assert found["第三条"].endswith("\n第一条规定的目的不变。")


def test_a_reference_inside_a_line_is_no_clause():
    text = "一、任务\n按照第（一）项和（二）项的规定办理。\n二、要求\n抓好。"
    assert ids(text) == ["一", "二"]


def test_an_enumeration_inside_a_line_is_cut():
    found = quotes("一、任务\n要做到：（一）及时；（二）准确；（三）公开。\n二、要求\n抓好。")
    assert found == {
        "一": "一、任务\n要做到：",
        "一/（一）": "（一）及时；",
        "一/（二）": "（二）准确；",
        "一/（三）": "（三）公开。",
        "二": "二、要求\n抓好。",
    }


def test_numbers_may_run_on_across_sections():
    text = (
        "一、支持创新\n（一）甲事。办甲。\n（二）乙事。办乙。\n二、深化改革\n（三）丙事。办丙。\n"
        "（四）丁事。办丁。\n三、提升效能\n（五）戊事。办戊。"
    )
    assert ids(text) == [
        "一",
        "一/（一）",
        "一/（二）",
        "二",
        "二/（三）",
        "二/（四）",
        "三",
        "三/（五）",
    ]
    assert cut(text).warnings == ()


def test_numbers_may_start_again_in_each_section():
    text = "一、甲\n1.子。做子。\n2.丑。做丑。\n二、乙\n1.寅。做寅。\n2.卯。做卯。"
    assert ids(text) == ["一", "一/1", "一/2", "二", "二/1", "二/2"]
    assert cut(text).warnings == ()


def test_a_missing_number_is_reported_and_what_follows_is_cut():
    text = "一、任务\n（一）甲事。办甲。\n（二）乙事。办乙。\n（四）丁事。办丁。"
    assert ids(text) == ["一", "一/（一）", "一/（二）", "一/（四）"]
    assert cut(text).warnings == ("number before （四） is missing",)


def test_a_repeated_number_is_reported_and_gets_an_id_of_its_own():
    text = (
        "一、任务\n（一）甲事。办甲。\n（二）乙事。办乙。\n（二）丙事。办丙。\n（三）丁事。办丁。"
    )
    assert ids(text) == ["一", "一/（一）", "一/（二）", "一/（二）~2", "一/（三）"]
    assert cut(text).warnings == ("number （二） is repeated",)


def test_a_child_of_a_repeated_number_stands_under_the_second():
    text = "（一）甲事。办甲。\n（二）乙事。办乙。\n（二）丙事。办丙。\n1.子。做子。\n2.丑。做丑。"
    assert ids(text) == ["（一）", "（二）", "（二）~2", "（二）~2/1", "（二）~2/2"]


def test_a_list_that_begins_late_is_reported():
    text = "五、甲\n做好甲。\n六、乙\n做好乙。"
    assert ids(text) == ["五", "六"]
    assert cut(text).warnings == ("list begins at 五",)


def test_a_number_far_ahead_is_left_in_the_text():
    text = "第一条 甲事。\n第二条 乙事。\n第九十九条 见附则。\n第三条 丙事。"
    assert ids(text) == ["第一条", "第二条", "第三条"]
