"""Documents named without brackets: by a whole title, an order's or an announcement's number."""

import pytest

from rag.records import CitationRole, ReasonCode, Status
from tests.made import answerer_of

TEXTS = {
    # The title names another place than the one that issued it.
    "reply": """国务院关于甘肃省敦煌鸣沙山景区保护范围的批复
国函〔2019〕21号

甘肃省人民政府：

一、原则同意划定保护范围。保护范围由文物局会同林草局核定。

国务院
2019年3月2日
""",
    "gansu": """甘肃省人民政府办公厅关于沙漠治理的通知
甘政办发〔2019〕8号

一、营造防护林带。（责任单位：省林草局、省水利厅）

甘肃省人民政府办公厅
2019年5月1日
""",
    "order": """景区安全监督管理办法

2021年6月3日 文化和旅游部令第12号公布

第一条 景区经营者应当设立安全管理机构。

第二条 本办法自2021年9月1日起施行。
""",
    "announcement": """文物局关于加强石窟监测的公告（2022年第12号）

一、石窟保护单位应当每季度监测一次。
""",
    "law": """兰州市古树保护条例

2020年8月26日 兰州市第十六届人民代表大会常务委员会第二十八次会议通过

第一条 为了保护古树，制定本条例。

第二条 市林业主管部门负责古树普查。
""",
    "by-number": """陕西省人民政府办公厅关于石窟开放的通知
陕政办发〔2022〕12号

一、限制每日游客数量。（责任单位：省文物局）
""",
}


@pytest.fixture(scope="module")
def grottoes(tmp_path_factory):
    return answerer_of(tmp_path_factory.mktemp("grottoes"), TEXTS)


def told(answer):
    own = [c for c in answer.citations if c.role is CitationRole.ANSWER]
    return answer.status, {c.document.document_id for c in own}


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("国务院关于甘肃省敦煌鸣沙山景区保护范围的批复的文号是多少？", "reply"),
        ("关于甘肃省敦煌鸣沙山景区保护范围的批复由谁核定保护范围？", "reply"),
        ("甘肃省人民政府办公厅关于沙漠治理的通知的文号是什么？", "gansu"),
        ("甘肃营造防护林带由谁负责？", "gansu"),
        ("文化和旅游部令第12号什么时候施行？", "order"),
        ("第12号令什么时候施行？", "order"),
        ("2022年第12号公告要求多久监测一次石窟？", "announcement"),
        ("陕政办发〔2022〕12号里限制每日游客数量由谁负责？", "by-number"),
        ("景区安全监督管理办法的文号是多少？", "order"),
        ("兰州市古树保护条例是谁通过的？", "law"),
        ("《兰州市古树保护条例》是哪个单位制定的？", "law"),
    ],
)
def test_a_document_named_is_the_one_that_answers(grottoes, question, document_id):
    assert told(grottoes.ask(question)) == (Status.ANSWERED, {document_id})


def test_an_order_that_is_not_held_is_not_covered(grottoes):
    answer = grottoes.ask("国务院令第687号是什么时候公布的？")
    assert answer.status is Status.NOT_FOUND
    assert answer.reason is not None
    assert answer.reason.code is ReasonCode.DOCUMENT_NOT_COVERED


def test_who_passed_a_law_is_told_in_its_own_words(grottoes):
    answer = grottoes.ask("兰州市古树保护条例是哪个机关通过的？")
    assert "兰州市第十六届人民代表大会常务委员会第二十八次会议通过" in answer.answer
