"""What it means to stand first in a list: the rule that a document states, and nothing else."""

import pytest

from rag.records import Status
from tests.made import answerer_of

TEXTS = {
    "ruled": """云南省人民政府办公厅关于茶园管护的通知
云政办发〔2022〕7号

一、普查古茶园。（责任单位：省农业农村厅、省林草局。列第一位的为牵头单位，下同）

二、推广绿色防控。（责任单位：省农业农村厅、省科技厅）
""",
    "plain": """福建省人民政府办公厅关于茶园管护的通知
闽政办发〔2022〕3号

一、普查老茶园。（责任单位：省农业农村厅、省林业局）
""",
}


@pytest.fixture(scope="module")
def teas(tmp_path_factory):
    return answerer_of(tmp_path_factory.mktemp("teas"), TEXTS)


@pytest.mark.parametrize(
    "question",
    [
        "云南的文件里，责任单位排在第一位是什么意思？",
        "云南的通知里列在首位的单位意味着什么？",
        "雲南的責任單位排列順序有什麼含義？",
        "What does it mean to be listed first in the Yunnan notice?",
    ],
)
def test_the_rule_is_quoted_with_its_clause(teas, question):
    answer = teas.ask(question)
    assert answer.status is Status.ANSWERED
    assert "列第一位的为牵头单位" in answer.answer
    assert answer.citations[0].clause.clause_id == "ruled:一"


def test_without_a_rule_the_order_says_nothing(teas):
    answer = teas.ask("福建的文件里，责任单位排在第一位意味着什么？")
    assert answer.status is Status.NOT_STATED
    assert answer.citations[0].clause.clause_id == "plain:一"


def test_a_first_batch_is_no_order_of_units(teas):
    assert "牵头" not in teas.ask("云南第一批茶园是什么意思？").answer
