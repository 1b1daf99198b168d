import pytest

from index.metadata import date_in
from index.records import Document, Region
from tests.index.cutting import read

NOTICE = """浙江省人民政府办公厅关于加强药品监管的通知
浙政办发〔2021〕68号
各市、县人民政府：
为加强监管，现通知如下。
一、任务
做好工作。
二、要求
抓好落实。
浙江省人民政府办公厅
2021年12月30日
"""


def document(text: str) -> Document:
    return read(text).document


def test_a_notice_states_every_fact():
    found = document(NOTICE)
    assert found.title == "浙江省人民政府办公厅关于加强药品监管的通知"
    assert found.number == "浙政办发〔2021〕68号"
    assert found.issuer == "浙江省人民政府办公厅"
    assert found.region == Region("浙江省", "330000")
    assert found.level == "province"
    assert found.date == "2021-12-30"
    assert found.status == "effective"
    assert found.inferred == ()
    assert (found.document_id, found.file) == ("d", "d.txt")


@pytest.mark.parametrize("year", ["〔2021〕", "[2021]", "（2021）", "【2021】"])
def test_a_number_is_given_with_its_proper_brackets(year):
    assert document(NOTICE.replace("〔2021〕", year)).number == "浙政办发〔2021〕68号"


def test_a_date_in_chinese_figures_is_read():
    text = NOTICE.replace("2021年12月30日", "二〇二一年十二月三十日")
    assert document(text).date == "2021-12-30"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("国务院办公厅 2021年4月27日", "2021-04-27"),
        ("2021 年 4 月 7 日", "2021-04-07"),
        ("二〇〇五年六月十一日", "2005-06-11"),
        ("二○一八年十二月三十日", "2018-12-30"),
        ("一九八一年五月一日", "1981-05-01"),
        ("2021年4月", None),
        ("4月27日", None),
    ],
)
def test_a_date_is_read_whole_or_not_at_all(words, date):
    assert date_in(words) == date


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("绍兴市药品安全管理办法（征求意见稿）", "draft"),
        ("绍兴市药品安全管理办法（草案）", "draft"),
        ("绍兴市药品安全管理办法", "unknown"),
    ],
)
def test_a_title_tells_a_draft(title, status):
    text = f"{title}\n第一条 为了规范管理，制定本办法。\n第二条 加强检查。\n"
    assert document(text).status == status


def test_a_draft_stays_one_whatever_its_last_article_says():
    text = (
        "绍兴市药品安全管理办法（征求意见稿）\n第一条 为了规范管理，制定本办法。\n"
        "第二条 本办法自2022年1月1日起施行。\n"
    )
    assert document(text).status == "draft"


def test_a_day_in_force_makes_a_regulation_effective():
    text = (
        "绍兴市药品安全管理办法\n第一条 为了规范管理，制定本办法。\n"
        "第二条 本办法自2022年1月1日起施行。\n"
    )
    assert document(text).status == "effective"


def test_a_page_that_says_repealed_is_believed():
    text = (
        "文件状态：废止\n绍兴市药品安全管理办法\n第一条 为了规范管理，制定本办法。\n"
        "第二条 加强检查。\n"
    )
    assert document(text).status == "repealed"


def test_what_the_text_does_not_state_is_null():
    found = document("药品安全管理办法\n第一条 为了规范管理，制定本办法。\n第二条 加强检查。\n")
    assert found.title == "药品安全管理办法"
    assert (found.number, found.issuer, found.region, found.level, found.date) == (None,) * 5


def test_a_lost_heading_is_no_title_and_the_signature_tells_the_issuer():
    found = document(
        "各省、自治区、直辖市人民政府，国务院各部委：\n为加强监管，提出以下意见。\n一、任务\n做好工作。\n"
        "二、要求\n抓好落实。\n国务院办公厅\n2021年4月27日"
    )
    assert (found.title, found.issuer, found.date) == (None, "国务院办公厅", "2021-04-27")
    assert found.region == Region("全国", "000000")
    assert found.level == "national"


def test_a_ministrys_announcement_is_national_and_its_number_stands_in_brackets():
    found = document(
        "国家药监局关于加强药品监管的公告\n（2024年第38号）\n各省、自治区、直辖市药品监督管理局：\n"
        "为加强监管，现公告如下。\n一、任务\n做好工作。\n二、要求\n抓好落实。\n国家药监局\n2024年4月2日\n"
    )
    assert (found.number, found.issuer, found.level) == ("2024年第38号", "国家药监局", "national")


def test_a_joint_documents_issuers_are_all_named():
    found = document(
        "国家药监局 国家卫生健康委关于加强监管的通知\n各省、自治区、直辖市药监局：\n"
        "为加强监管，现通知如下。\n一、任务\n做好工作。\n二、要求\n抓好落实。\n"
        "国家药监局\n国家卫生健康委\n2021年5月6日\n"
    )
    assert found.issuer == "国家药监局、国家卫生健康委"


def test_a_districts_document_is_the_districts():
    found = document(
        "广州市天河区人民政府办公室关于印发天河区措施的通知\n穗天府办〔2020〕1号\n各街道：\n"
        "现印发给你们。\n广州市天河区人民政府办公室\n2020年5月6日\n"
    )
    assert (found.region, found.level) == (Region("天河区", "440106"), "county")


def test_a_title_on_two_lines_is_joined_and_one_set_twice_is_given_once():
    broken = (
        "国务院关于加快推进农业机械化和\n农机装备产业转型升级的指导意见\n国发〔2018〕42号\n"
        "各省、自治区、直辖市人民政府，国务院各部委：\n为加快推进，提出以下意见。\n一、任务\n做好。\n"
        "二、要求\n抓好。"
    )
    assert document(broken).title == "国务院关于加快推进农业机械化和农机装备产业转型升级的指导意见"
    twice = (
        "关于某事的通知\n关于某事的通知\n某药监〔2021〕3号\n各区人民政府：\n现通知如下。\n一、任务\n做好。\n"
        "二、要求\n抓好。"
    )
    assert document(twice).title == "关于某事的通知"


def test_glosses_are_left_out_of_a_title_and_its_script_is_kept():
    found = document(
        "上海市人民政府辦公廳關(guān)于印發(fā)《上海市藥品監(jiān)管若干措施》的通知\n"
        "滬府辦〔2025〕30號\n各區(qū)人民政府:\n現(xiàn)將《措施》印發(fā)給你們。\n"
        "上海市人民政府辦公廳\n2025年10月23日\n上海市藥品監(jiān)管若干措施\n一、任務(wù)\n做好。"
    )
    assert found.title == "上海市人民政府辦公廳關于印發《上海市藥品監管若干措施》的通知"
    assert found.number == "沪府办〔2025〕30号"
    assert found.issuer == "上海市人民政府办公厅"
    assert found.region == Region("上海市", "310000")


def test_a_sites_words_are_no_metadata():
    text = f"首页\n机构概况\n政务公开\n办事服务\n发布日期：2022-02-02\n索引号：330000\n{NOTICE}"
    assert document(text).title == "浙江省人民政府办公厅关于加强药品监管的通知"
    assert document(text).date == "2021-12-30"
