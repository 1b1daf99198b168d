"""What is asked is held against the words that state it, not against words beside them."""

import pytest

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from rag.answer import Answerer
from rag.records import CitationRole, ReasonCode, Status

HARBOUR = """海湾市人民政府关于建设临港新城的实施意见
海政发〔2024〕3号

一、空间布局

临港新城规划面积约80平方公里，分为航运服务区、船舶制造区、滨海居住区三个功能区。航运服务区依托港口，集聚航运企业，面积约12平方公里。滨海居住区沿岸布局，配建学校和医院。

二、人才建设

引进领航人才，促进船员数量、质量“双提升”，推动“港航货贸金”五要素融合。增强大局意识、坚定发展信心、做到“三个必须”。

三、试点城镇

选择8个左右有条件的城镇开展试点，优先选取渔业重镇、航运重镇、文旅重镇、造船重镇、盐业重镇和其他基础较好的城镇。

四、考核奖励

对连续两次考核优秀的船企，给予通报表扬。

五、发放船员补贴

市交通运输局会同市财政局按月核定补贴资金。（责任单位：市人力资源社会保障局、市总工会）

六、施行期限

本意见施行期暂定为2年。市交通运输局会同市司法局负责本意见的解释。
"""

ISLAND = """群岛市人民政府关于建设临港新城的若干措施
群政发〔2024〕9号

一、施行期限

本措施施行期暂定为3年。市港航局会同市司法局负责本措施的解释。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    source = tmp_path_factory.mktemp("harbours")
    (source / "hw-3.txt").write_text(HARBOUR, encoding="utf-8")
    (source / "qd-9.txt").write_text(ISLAND, encoding="utf-8")
    build_index([source], source / "index", embedder=load_embedder())
    return Answerer(load_index(source / "index")).ask


def main(answer):
    return [c.clause.clause_id for c in answer.citations if c.role is CitationRole.ANSWER]


def declined(answer, code=ReasonCode.FACT_NOT_STATED):
    return answer.status is Status.NOT_STATED and answer.reason.code is code


def test_a_figure_of_a_sibling_named_in_the_same_sentence_is_no_answer(ask):
    assert "12平方公里" in ask("航运服务区的面积是多少平方公里？").answer
    assert declined(ask("滨海居住区的面积是多少平方公里？"))


def test_kinds_of_places_are_no_list_of_the_places_chosen(ask):
    assert declined(ask("临港新城试点选定了哪8个城镇？"))


def test_praise_is_no_sum_of_money(ask):
    assert declined(ask("考核连续优秀的船企能拿多少奖金？"))


def test_a_term_that_counts_what_stands_before_it_is_explained_there(ask):
    assert "数量、质量" in ask("船员“双提升”是指什么？").answer
    assert "港航货贸金" in ask("“五要素”是哪五个？").answer


def test_a_term_that_counts_something_else_is_not_explained(ask):
    assert declined(ask("“三个必须”是指什么？"), ReasonCode.TERM_NOT_EXPLAINED)


def test_a_term_that_no_clause_holds_is_not_said_to_be_mentioned(ask):
    answer = ask("临港新城人才建设的“六个一律”是哪六个？")
    assert declined(answer)
    assert "提到" not in answer.answer


def test_who_explains_a_document_is_not_responsible_for_what_else_its_clause_says(ask):
    answer = ask("临港新城两份文件的施行期各多长？")
    assert main(answer) == ["hw-3:paragraph", "qd-9:paragraph"]
    assert [entry.lead for entry in answer.responsibilities] == [None, None]


def test_in_english_a_list_speaks_of_its_clause_before_running_text(ask):
    answer = ask("Under 海政发〔2024〕3号, who is responsible for the subsidy of seafarers?")
    assert main(answer) == ["hw-3:五"]
    assert answer.responsibilities[0].lead is None
    assert answer.responsibilities[0].units == ("市人力资源社会保障局", "市总工会")
