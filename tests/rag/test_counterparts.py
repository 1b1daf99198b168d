"""A place that set one task in several documents: each is told; a mention elsewhere is not."""

import pytest

from rag.records import Status
from tests.made import answerer_of

TEXTS = {
    "qz-2019": """衢州市人民政府办公厅关于加强古树名木保护的通知
衢政办发〔2019〕3号

一、开展古树普查。逐株登记、拍照。（责任单位：市林业局、市住建局）

二、建立养护补助制度。（市财政局牵头，市林业局配合）
""",
    "qz-2023": """衢州市人民政府办公厅关于推进乡村绿化的实施意见
衢政办发〔2023〕9号

一、开展古树普查。补充登记名木后备资源。（市资源规划局牵头，市农业农村局配合）

二、推进庭院绿化。结合古树普查选择树种。（责任单位：市农业农村局、市妇联）
""",
    "jh-2021": """金华市人民政府办公厅关于古树名木的通知
金政办发〔2021〕5号

一、开展古树普查。（市园林局牵头，市林业局配合）
""",
}


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    return answerer_of(tmp_path_factory.mktemp("trees"), TEXTS)


def told(answer):
    return [(part.clause_id, part.lead) for part in answer.responsibilities]


@pytest.mark.parametrize(
    "question",
    [
        "衢州开展古树普查由谁牵头？",
        "衢州市的古树普查是哪些单位负责的？",
        "衢州開展古樹普查由誰牽頭？",
    ],
)
def test_both_documents_of_a_place_are_told_where_both_set_the_task(trees, question):
    answer = trees.ask(question)
    assert answer.status is Status.ANSWERED
    assert told(answer) == [("qz-2019:一", None), ("qz-2023:一", "市资源规划局")]


def test_a_document_that_is_named_speaks_alone(trees):
    assert told(trees.ask("衢政办发〔2019〕3号里开展古树普查由谁牵头？")) == [("qz-2019:一", None)]


def test_a_task_that_one_document_sets_is_told_of_it_alone(trees):
    assert told(trees.ask("衢州建立养护补助制度由谁牵头？")) == [("qz-2019:二", "市财政局")]


def test_another_place_stays_out(trees):
    assert told(trees.ask("金华开展古树普查由谁牵头？")) == [("jh-2021:一", "市园林局")]
