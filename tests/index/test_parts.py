import pytest

from index import parts
from tests.index.cutting import kinds, quotes


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("浙政办发〔2021〕68号", True),
        ("国办发[2021]16号", True),
        ("(沪府办〔2025〕30号)", True),
        ("2024年第38号", True),
        ("某市人民政府令第3号", True),
        ("根据国发〔2019〕5号", False),
        ("国办发〔2021〕16号文件", False),
    ],
)
def test_a_document_number_is_the_whole_line(line, expected):
    assert parts.is_document_number(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("关于加强药品监管的通知", True),
        ("某市药品管理办法(征求意见稿)", True),
        ("国 家 粮 食 应 急 预 案", True),
        ("关于印发《某市药品安全规划》的通知", True),
        ("加强药品监管,制定办法", False),
        ("制定管理办法。", False),
    ],
)
def test_a_title_ends_as_documents_are_named(line, expected):
    assert parts.is_title(line) is expected


@pytest.mark.parametrize(
    ("check", "yes", "no"),
    [
        (parts.is_list_title, "某市成员单位名单", "成员名单,另行公布。"),
        (parts.is_organisation, "国务院办公厅", "加强药品监管"),
        (parts.is_date, "二〇二一年四月二十七日", "2021年4月"),
        (parts.is_date, "2021年 4月 27日", "于2021年4月27日"),
        (parts.is_signature, "国务院办公厅 2021年4月27日", "国务院办公厅 2021年4月27日印发"),
        (parts.is_imprint, "(此件公开发布)", "公开发布监管信息"),
        (parts.is_imprint, "某市人民政府办公厅2021年12月30日印发", "印发实施方案"),
        (parts.is_addressee, "各省、自治区、直辖市人民政府:", "各省、自治区要落实责任。"),
        (parts.is_copy_list, "抄送:省委各部门。", "应当抄送省委。"),
        (parts.is_letterhead, "山西省人民政府办公厅文件", "有关文件要求"),
        (parts.is_attachment_list, "附件:1.名单", "附件"),
        (parts.is_closing, "本办法自发布之日起施行。", "本办法所称药品,是指药物。"),
        (parts.is_contents_title, "目 录", "目录清单"),
        (parts.is_table_row, "1\t完善制度\t市药监局", "1\t完善制度"),
        (parts.is_table_row, "| 1 | 完善制度 |", "|---|---|---|"),
    ],
)
def test_each_part_is_told_by_its_form(check, yes, no):
    assert check(yes)
    assert not check(no)


COVERED = """某市人民政府办公厅关于印发某市药品安全规划的通知
某政办发〔2021〕9号
各县（市、区）人民政府，市政府各部门：
《某市药品安全规划》已经市政府同意，现印发给你们，请认真组织实施。
某市人民政府办公厅
2021年5月6日
（此件公开发布）
某市药品安全规划
为加强药品安全，制定本规划。
一、总体要求
坚持统一领导。
二、重点任务
（一）甲事。办好甲事。
抄送：市委各部门，市人大常委会办公室，
市法院。
某市人民政府办公厅 2021年5月6日印发
"""


def test_a_cover_letter_its_signature_and_the_title_behind_it_are_told_apart():
    assert [(kind.value, words) for kind, words in kinds(COVERED)] == [
        ("title", "某市人民政府办公厅关于印发某市药品安全规划的通知"),
        ("number", "某政办发〔2021〕9号"),
        ("addressee", "各县（市、区）人民政府，市政府各部门："),
        ("notice", "《某市药品安全规划》已经市政府同意，现印发给你们，请认真组织实施。"),
        ("signature", "某市人民政府办公厅\n2021年5月6日"),
        ("imprint", "（此件公开发布）"),
        ("title", "某市药品安全规划"),
        ("preamble", "为加强药品安全，制定本规划。"),
        ("item", "一、总体要求\n坚持统一领导。"),
        ("heading", "二、重点任务"),
        ("item", "（一）甲事。办好甲事。"),
        ("copy_list", "抄送：市委各部门，市人大常委会办公室，\n市法院。"),
        ("imprint", "某市人民政府办公厅 2021年5月6日印发"),
    ]


def test_repeated_parts_get_ids_of_their_own():
    assert list(quotes(COVERED))[:8] == [
        "title",
        "number",
        "addressee",
        "notice",
        "signature",
        "imprint",
        "title~2",
        "preamble",
    ]


def test_a_title_on_two_lines_is_one():
    text = (
        "国务院关于加快推进农业机械化和\n农机装备产业转型升级的指导意见\n国发〔2018〕42号\n"
        "一、任务\n做好。"
    )
    assert kinds(text)[0][1] == "国务院关于加快推进农业机械化和\n农机装备产业转型升级的指导意见"


def test_a_documents_unnumbered_paragraphs_are_clauses_of_their_own():
    text = "某市通知\n第一段话，说明情况。\n第二段话，提出要求。\n"
    assert list(quotes(text)) == ["title", "paragraph", "paragraph~2"]


def test_a_closing_sentence_behind_the_last_article_is_a_clause_of_its_own():
    text = "第一条 甲。\n第二条 乙。\n本办法由市药监局负责解释。"
    assert quotes(text)["第二条"] == "第二条 乙。"
    assert quotes(text)["paragraph"] == "本办法由市药监局负责解释。"


def test_a_list_of_attachments_opens_no_annex():
    text = (
        "一、任务\n做好。\n二、要求\n抓好。\n附件：1.任务清单\n2.成员名单\n某市药监局\n"
        "2021年3月4日\n附件1\n任务清单\n1.甲事。\n2.乙事。"
    )
    found = quotes(text)
    assert list(found) == [
        "一",
        "二",
        "paragraph",
        "signature",
        "附件1",
        "附件1/title",
        "附件1/1",
        "附件1/2",
    ]
    assert found["paragraph"] == "附件：1.任务清单\n2.成员名单"
