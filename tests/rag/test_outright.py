"""Which clauses are outright on a subject, and which have its words only in passing."""

import pytest

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from rag.answer import Answerer
from rag.outright import Outright
from rag.records import CitationRole
from rag.relevance import Ranker
from rag.terms import TermMatcher

PEARLS = """珍珠湾市人民政府办公厅关于促进渔业发展的意见
珍政办发〔2024〕7号

一、重点任务

（一）改造渔港。修缮码头和防波堤。（责任单位：市交通运输局、市农业农村局）

（二）养护珊瑚礁。布设人工礁体，做好珊瑚移植工作，设立珊瑚观测点。（责任单位：市自然资源局、市农业农村局）

（三）发展休闲渔业。开放珊瑚观光航线，限定珊瑚区游客人数。（责任单位：市文旅局）

（四）建设渔业平台。上线“珊瑚卫士”应用，发布渔情信息。（责任单位：市大数据局）

（五）落实企业责任。督促企业履行网具回收、珊瑚避让、渔获申报等义务。（责任单位：市市场监管局）

（六）壮大渔业队伍。开展职业培训，评选先进。（责任单位：市人力资源社会保障局）
"""

SHELLS = """贝壳岛市人民政府关于海岛事务的意见
贝政发〔2023〕2号

第一条 建立珊瑚礁移植制度，划定珊瑚保护区。
"""
# Matters enough that few clauses of all speak of reefs.
OTHERS = """
    路灯 公交 图书馆 体育场 菜市场 停车场 幼儿园 养老院 自来水 燃气 宽带 邮政 公园 绿道 垃圾桶
    公厕 消防栓 广告牌 出租车 自行车 博物馆 电影院 滑板场 篮球场 游泳馆 宠物 集市 彩灯 花卉
    雨水井 电梯 渡轮 灯塔 气象站 驿站 民宿
""".split()  # noqa: SIM905 - a list of words reads better as words


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    source = tmp_path_factory.mktemp("reefs")
    (source / "zz-7.txt").write_text(PEARLS, encoding="utf-8")
    others = (f"第{n}条 管好{matter}，方便居民。\n" for n, matter in enumerate(OTHERS, start=2))
    (source / "bk-2.txt").write_text(SHELLS + "".join(others), encoding="utf-8")
    build_index([source], source / "index", embedder=load_embedder())
    return load_index(source / "index")


@pytest.fixture(scope="module")
def outright(index):
    return Outright(index, Ranker(index, TermMatcher(index)))


@pytest.fixture(scope="module")
def picked(index):
    answerer = Answerer(index)

    def clauses(question):
        citations = answerer.ask(question).citations
        return [c.clause.clause_id for c in citations if c.role is CitationRole.ANSWER]

    return clauses


@pytest.fixture
def says(index, outright):
    return lambda topic, clause_id: outright.says(topic, index.row(clause_id))


def test_a_sentence_with_the_words_of_a_subject_is_outright_on_it(says):
    assert says("珊瑚移植", "zz-7:一/（二）")


def test_the_words_of_a_subject_in_several_sentences_are_not(says):
    assert not says("珊瑚渔情", "zz-7:一/（四）")


def test_a_name_in_quotation_marks_is_not_its_subject(says):
    assert not says("珊瑚移植", "zz-7:一/（四）")
    assert not says("卫士", "zz-7:一/（四）")


def test_an_example_in_an_enumeration_is_not_the_subject(says):
    assert not says("避让", "zz-7:一/（五）")


def test_what_is_to_be_done_with_a_matter_is_no_part_of_it(outright):
    assert outright.telling("加强码头") == outright.telling("支持码头") == ("码头",)


def test_a_verb_that_names_the_matter_itself_stays(outright):
    assert outright.telling("码头建设") == ("码头", "建设")


def test_what_many_clauses_hold_tells_no_subject(outright):
    assert outright.telling("居民公交") == ("公交",)


def test_a_verb_left_of_the_words_that_ask_is_no_word_of_the_subject(outright):
    assert outright.telling("码头 建") == ("码头",)


def test_an_unknown_language_has_no_telling_words_and_nothing_is_outright(outright, says):
    assert outright.telling("") == ()
    assert not says("", "zz-7:一/（二）")


def test_each_task_outright_on_a_subject_is_given_and_none_that_mentions_it(picked):
    assert picked("珊瑚礁移植由谁负责？") == ["bk-2:第一条", "zz-7:一/（二）"]
    assert picked("珊瑚由哪些单位负责？") == ["bk-2:第一条", "zz-7:一/（二）", "zz-7:一/（三）"]
