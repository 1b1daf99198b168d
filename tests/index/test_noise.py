import pytest

from index.noise import ends_preview, inline_noise, is_footer, is_noise_line, is_portal_summary
from tests.index.cutting import kinds, quotes


@pytest.mark.parametrize(
    "line",
    [
        "预览已结束,完整报告链接和二维码如下:",
        "https://www.example.cn/report?id=1",
        "[bookmark: _GoBack]",
        "邮政编码:200052 电话:021-63800152 传真:021-63800151",
        "京ICP备15010734号",
        "上一篇:某公告",
        "【打印】",
        "字体:大 中 小",
        "当前位置:首页>政策",
        "索引号:0001",
        "版权所有:某局",
        "浏览次数:12",
        "2021-05-06 10:00",
        "扫一扫在手机打开",
        "---",
        "<!-- 正文 -->",
        "发文机关: 某局",
    ],
)
def test_a_sites_words_are_noise(line):
    assert is_noise_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "(此件公开发布)",
        "山西省人民政府办公厅2021年12月30日印发",
        "抄送:省委各部门,省法院。",
        "做到来源可查、去向可追。",
        "加强二维码管理。",
        "推进网络监测系统建设。",
        "一、总体要求",
    ],
)
def test_a_documents_own_words_are_not(line):
    assert not is_noise_line(line)


def test_what_opens_a_footer_is_told_from_other_furniture():
    assert is_footer("版权所有:某局 京ICP备1号")
    assert is_footer("上一篇:某公告")
    assert not is_footer("当前位置:首页")
    assert not is_footer("(此件公开发布)")


def test_a_cut_off_preview_and_a_portals_summary_are_told_by_their_words():
    assert ends_preview("预览已结束,完整报告链接和二维码如下:")
    assert not ends_preview("京ICP备15010734号")
    assert is_portal_summary("近日,某市出台政策,支持发展,具体政策如下:")
    assert not is_portal_summary("现将有关事项通知如下。")


def test_bookmarks_inside_a_line_are_found():
    line = "做好[bookmark: _GoBack]工作[bookmark: a]。"
    assert [line[a:b] for a, b in inline_noise(line)] == ["[bookmark: _GoBack]", "[bookmark: a]"]


NOTICE = """某市药监局关于支持发展的通知
某药监〔2021〕3号
各区药监局：
为支持发展，现通知如下。
一、任务
做好工作。
二、要求
抓好落实。
某市药监局
2021年5月6日
"""


def noise_of(text: str) -> list[str]:
    return [words for kind, words in kinds(text) if kind.value == "noise"]


def test_a_portals_own_summary_before_the_title_is_noise():
    summary = "近日，某市出台政策，支持发展，一是做好任务；二是抓好落实，具体政策如下："
    assert noise_of(f"{summary}\n{NOTICE}") == [summary]


def test_navigation_before_the_title_is_noise():
    head = "首页\n机构概况\n政务公开\n办事服务\n当前位置：首页 > 政策\n索引号：123"
    found = kinds(f"{head}\n{NOTICE}")
    assert noise_of(f"{head}\n{NOTICE}") == [head]
    assert [kind.value for kind, _ in found][1:4] == ["title", "number", "addressee"]


def test_a_footer_behind_the_signature_is_noise_to_the_end():
    foot = "【打印】【关闭窗口】\n主办单位：某市药监局\n某处地址\n网站标识码：123"
    assert noise_of(f"{NOTICE}{foot}") == [foot]


def test_a_document_without_a_site_around_it_has_no_noise():
    assert noise_of(NOTICE) == []


def test_a_bookmark_before_a_number_hides_nothing():
    text = "一、任务\n做好工作。\n[bookmark: _GoBack]二、要求\n抓好落实。"
    assert quotes(text) == {
        "一": "一、任务\n做好工作。",
        "noise": "[bookmark: _GoBack]",
        "二": "二、要求\n抓好落实。",
    }


def test_a_preview_line_ends_the_document_and_marks_the_cut():
    text = (
        "一、任务\n（一）甲事。办好甲事。\n（二）乙事。加快推进乙事，着力\n"
        "预览已结束，完整报告链接如下："
    )
    assert list(quotes(text)) == ["一", "一/（一）", "一/（二）", "noise"]
