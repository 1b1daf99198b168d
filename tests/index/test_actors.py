"""Which sentences designate a lead, and which only name an actor."""

import pytest

from index.actors import read_designations
from index.clean import fold


@pytest.mark.parametrize(
    ("text", "leads", "units", "qualifiers", "words"),
    [
        (
            "由甲省财政厅牵头，乙局、丙局参加。",
            ("甲省财政厅",),
            ("甲省财政厅", "乙局", "丙局"),
            (),
            None,
        ),
        (
            "由甲部（乙办）牵头，丙部、丁部等参加。",
            ("甲部（乙办）",),
            ("甲部（乙办）", "丙部", "丁部"),
            ("等",),
            "甲部(乙办)牵头,丙部、丁部等参加",
        ),
        (
            "甲部会同乙部、丙部等有关部门制定办法。",
            ("甲部",),
            ("甲部", "乙部", "丙部"),
            ("等有关部门",),
            "甲部会同乙部、丙部等有关部门",
        ),
        ("甲部、乙部会同丙部安排资金。", ("甲部", "乙部"), ("甲部", "乙部", "丙部"), (), None),
        (
            "国务院药品监督管理部门会同国务院卫生主管部门制定目录。",
            ("国务院药品监督管理部门",),
            ("国务院药品监督管理部门", "国务院卫生主管部门"),
            (),
            "国务院药品监督管理部门会同国务院卫生主管部门",
        ),
        (
            "甲市科技部门会同甲市药品监管、生态环境等部门建立机制。",
            ("甲市科技部门",),
            ("甲市科技部门", "甲市药品监管部门", "生态环境部门"),
            ("等部门",),
            None,
        ),
        ("本办法由甲局会同乙局负责解释。", ("甲局",), ("甲局", "乙局"), (), "甲局会同乙局"),
        ("甲局要会同有关部门加强监管。", ("甲局",), ("甲局",), ("有关部门",), "甲局要会同有关部门"),
        (
            "各级人民政府要会同有关部门加强监管。",
            ("各级人民政府",),
            ("各级人民政府",),
            ("有关部门",),
            None,
        ),
        ("甲局要发挥牵头作用，加强协调，会同乙局推进。", ("甲局",), ("甲局", "乙局"), (), None),
        ("甲市教育局为牵头单位，乙局为成员单位。", ("甲市教育局",), ("甲市教育局",), (), None),
        (
            "（一）甲省数据局负责牵头编制规划。",
            ("甲省数据局",),
            ("甲省数据局",),
            (),
            "甲省数据局负责牵头",
        ),
        ("由甲省教育厅负责统筹协调。", ("甲省教育厅",), ("甲省教育厅",), (), None),
        ("甲市人民政府总负责。", ("甲市人民政府",), ("甲市人民政府",), (), None),
        (
            "由甲主管部门牵头，可会同乙机关及丙部门，开展调查。",
            ("甲主管部门",),
            ("甲主管部门", "乙机关", "丙部门"),
            (),
            None,
        ),
        (
            "甲省局接到申请后，应会同乙省局等有关部门验收。",
            ("甲省局",),
            ("甲省局", "乙省局"),
            ("等有关部门",),
            None,
        ),
        (
            "甲管理局负责监督工作，会同乙行政部门组织调查。",
            ("甲管理局",),
            ("甲管理局", "乙行政部门"),
            (),
            None,
        ),
        ("甲市工信局会相关部门负责解释。", ("甲市工信局",), ("甲市工信局",), ("相关部门",), None),
    ],
)
def test_a_designation_gives_its_lead_and_members(text, leads, units, qualifiers, words):
    folded = fold(text)
    (found,) = read_designations(folded, [])
    assert (found.leads, found.units, found.qualifiers) == (leads, units, qualifiers)
    if words is not None:
        assert folded[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "甲省发展改革委负责项目审批。",
        "不再由甲市财政局牵头。",
        "国务院领导同志牵头负责的联席会议。",
        "任何单位牵头申报项目。",
        "牵头组织过国家科研项目的申请人优先。",
        "医联体牵头医院要带动基层。",
        "建立由甲局牵头的联席会议制度。",
        "建立市场监管部门牵头的联席会议制度。",
        "建立由甲部、乙部牵头的推进机制。",
        "实行“一家牵头、并联审批”。",
        "其他事项由牵头单位负责。",
        "第一依托单位发挥牵头作用。",
        "甲局要积极配合乙局工作。",
        "注册人应当会同受托生产企业制定文件。",
    ],
)
def test_actors_attributes_and_common_nouns_designate_nobody(text):
    assert read_designations(fold(text), []) == []


def test_several_designations_of_a_law_are_several_records_at_their_own_words():
    text = fold("甲部会同乙部制定目录。丙部会同丁部等部门组织实施。")
    assert [text[one.start : one.end] for one in read_designations(text, [])] == [
        "甲部会同乙部",
        "丙部会同丁部等部门",
    ]


def test_words_already_read_as_a_list_are_left_alone():
    text = fold("推进改革。（甲局牵头，乙局配合）")
    assert read_designations(text, [(5, len(text))]) == []


def test_what_is_told_as_done_is_left_out_on_request():
    text = fold("甲部会同乙部制定了《办法》。丙部会同丁部组织实施。")
    assert [one.leads for one in read_designations(text, [], done=False)] == [("丙部",)]


def test_the_lead_of_a_body_set_up_with_named_members_is_designated():
    [found] = read_designations(fold("建立由甲局牵头，乙局、丙局参加的联席会议制度。"), [])
    assert found.leads == ("甲局",)
    assert found.units == ("甲局", "乙局", "丙局")
