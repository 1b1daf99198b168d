from index.lines import split_lines
from tests.index.cutting import cleaned, cut, ids, kinds, quotes


def texts(text: str) -> list[str]:
    return [line.text for line in split_lines(cleaned(text).text)]


def test_lines_are_given_without_white_space_and_empty_ones_left_out():
    assert texts("一、总则\n\n 为了规范。\r\n　二、附则  ") == [
        "一、总则",
        "为了规范。",
        "二、附则",
    ]


def test_a_lines_offsets_slice_it_out():
    text = cleaned("　一、总则 \n\n为了规范。").text
    assert [text[line.start : line.end] for line in split_lines(text)] == ["一、总则", "为了规范。"]


def test_a_short_line_keeps_its_spaces():
    text = "关于开展检查的若干规定，自发布之日起施行。" * 10
    assert texts(f"{text}\n山西省人民政府办公厅 关于加强监管的通知")[1] == (
        "山西省人民政府办公厅 关于加强监管的通知"
    )


def test_a_long_line_is_cut_at_its_spaces():
    first, second = "健全制度，" * 25 + "落实。", "强化检查，" * 25 + "见效。"
    assert texts(f"{first} {second}") == [cleaned(first).text, cleaned(second).text]


def test_a_table_row_is_never_cut():
    row = "\t".join(["推进甲事 并办好乙事" * 10, "市药监局 市医保局", "2021年 底"] * 3)
    assert texts(row) == [cleaned(row).text]


def test_a_letterhead_without_any_break_is_cut_at_number_and_addressee():
    text = "某市人民政府办公厅关于加强药品监管的通知国办函〔2014〕119号各区人民政府：为了加强监管。"
    assert texts(text) == [
        "某市人民政府办公厅关于加强药品监管的通知",
        "国办函〔2014〕119号",
        "各区人民政府:",
        "为了加强监管。",
    ]


def test_a_number_that_is_cited_cuts_nothing():
    assert texts("根据国发〔2019〕5号文件精神，制定本办法。") == [
        "根据国发〔2019〕5号文件精神,制定本办法。"
    ]


SPACED = (
    "市药监局关于加强监管的通知 市药监发〔2021〕3号 各区药监局： 为加强监管，现通知如下。 "
    "一、总体要求 坚持人民至上，落实责任。 二、重点任务 （一）完善制度。推动立法，健全标准。 "
    "（二）强化检查。加强日常检查，及时处置风险。（责任单位：市药监局、市卫生健康委） "
    "三、保障措施 （一）加强领导。各区要高度重视，落实属地责任。 "
    "（二）强化宣传。多渠道开展宣传，营造良好氛围，形成共治格局，让群众满意，让企业受益。 "
    "市药监局 2021年3月4日"
)


def test_a_document_flattened_to_one_line_is_cut_as_well():
    assert [(kind.value, words) for kind, words in kinds(SPACED)] == [
        ("title", "市药监局关于加强监管的通知"),
        ("number", "市药监发〔2021〕3号"),
        ("addressee", "各区药监局："),
        ("preamble", "为加强监管，现通知如下。"),
        ("item", "一、总体要求 坚持人民至上，落实责任。"),
        ("heading", "二、重点任务"),
        ("item", "（一）完善制度。推动立法，健全标准。"),
        (
            "item",
            "（二）强化检查。加强日常检查，及时处置风险。（责任单位：市药监局、市卫生健康委）",
        ),
        ("heading", "三、保障措施"),
        ("item", "（一）加强领导。各区要高度重视，落实属地责任。"),
        (
            "item",
            "（二）强化宣传。多渠道开展宣传，营造良好氛围，形成共治格局，让群众满意，让企业受益。",
        ),
        ("signature", "市药监局 2021年3月4日"),
    ]


def test_a_document_without_any_space_left_is_cut_by_its_numbers():
    text = (
        "一、总体要求坚持人民至上，落实责任。二、重点任务（一）完善制度。推动立法，健全标准。"
        "（二）强化检查。加强日常检查。三、保障措施（一）加强领导。各区要重视。"
        "（二）强化宣传。开展宣传。"
    )
    assert quotes(text) == {
        "一": "一、总体要求坚持人民至上，落实责任。",
        "二": "二、重点任务",
        "二/（一）": "（一）完善制度。推动立法，健全标准。",
        "二/（二）": "（二）强化检查。加强日常检查。",
        "三": "三、保障措施",
        "三/（一）": "（一）加强领导。各区要重视。",
        "三/（二）": "（二）强化宣传。开展宣传。",
    }


def test_flattening_leaves_the_ids_as_they_were():
    text = (
        "一、任务\n（一）甲事。办好甲事。\n（二）乙事。办好乙事。\n"
        "二、保障\n（一）丙事。办好丙事。\n（二）丁事。办好丁事。"
    )
    assert ids(text.replace("\n", " ")) == ids(text)
    assert len(cut(text).clauses) == 6


def test_windows_line_ends_stay_in_the_quotes():
    assert quotes("一、甲\r\n做好甲。\r\n二、乙\r\n做好乙。\r\n") == {
        "一": "一、甲\r\n做好甲。",
        "二": "二、乙\r\n做好乙。",
    }
