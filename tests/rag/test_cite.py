import pytest

from rag.cite import label
from rag.records import CitationRole

QUESTIONS = [
    "湖北健全湖泊巡查制度由谁牵头？",
    "湖北整治入湖排污口由谁牵头？",
    "湖北保障措施分别由谁牵头？",
    "健全湖泊巡查制度由谁牵头？",
    "湖北省水利厅参与哪些任务？",
    "湖北自然岸线保有率目标是多少？",
    "湖泊生态红线指的是什么？",
    "湖北弘扬渔家文化由谁牵头？",
    "省里谁牵头湖泊巡查？",
    "Who leads the lake patrol system in Hubei?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_numbered_by_position_answers_then_rules_then_related(
    lake_answerer, question
):
    citations = lake_answerer.ask(question, top_k=8).citations
    assert [c.n for c in citations] == list(range(1, len(citations) + 1))
    order = [CitationRole.ANSWER, CitationRole.RULE, CitationRole.RELATED]
    places = [order.index(c.role) for c in citations]
    assert places == sorted(places)
    assert places[0] == 0
    assert len({c.clause.clause_id for c in citations}) == len(citations)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_citation_is_its_clause_verbatim_and_marks_lie_inside(
    lake_answerer, lake_index, question
):
    for citation in lake_answerer.ask(question, top_k=8).citations:
        clause = citation.clause
        text = lake_index.text(citation.document.document_id)
        assert citation.quote == text[clause.start : clause.end]
        assert 0.0 <= citation.score <= 1.0
        for mark in citation.highlights:
            assert clause.start <= mark.start < mark.end <= clause.end


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_marks_only_its_answer_and_rule_clauses(lake_answerer, question):
    answer = lake_answerer.ask(question, top_k=8)
    for citation in answer.citations:
        marked = f"[{citation.n}]" in answer.answer
        assert marked is (citation.role is not CitationRole.RELATED)


def marked(lake_index, citation):
    text = lake_index.text(citation.document.document_id)
    return [text[mark.start : mark.end] for mark in citation.highlights]


def test_the_rule_is_a_citation_of_its_own_and_the_basis_points_at_it(lake_answerer, lake_index):
    answer = lake_answerer.ask("湖北整治入湖排污口由谁牵头？", top_k=0)
    assert [(c.role.value, c.clause.clause_id) for c in answer.citations] == [
        ("answer", "hb-12:二/（二）"),
        ("rule", "hb-12:二/（一）"),
    ]
    basis = answer.responsibilities[0].lead_basis
    assert basis is not None
    assert (basis.citation, basis.clause_id) == (2, "hb-12:二/（一）")
    assert basis.quote in answer.citations[1].quote
    assert marked(lake_index, answer.citations[0]) == ["（责任单位：省生态环境厅、省住建厅）"]
    assert marked(lake_index, answer.citations[1]) == ["排在第一位的为牵头单位，下同"]


def test_a_rule_that_stands_in_an_answer_clause_is_not_cited_twice(lake_answerer):
    answer = lake_answerer.ask("湖北健全湖泊巡查制度由谁牵头？", top_k=0)
    assert [c.role for c in answer.citations] == [CitationRole.ANSWER]
    basis = answer.responsibilities[0].lead_basis
    assert basis is not None
    assert basis.citation == 1


def test_several_parts_share_one_rule(lake_answerer):
    answer = lake_answerer.ask("湖北保障措施分别由谁牵头？", top_k=0)
    assert [c.role.value for c in answer.citations] == ["answer", "answer", "rule"]
    bases = [r.lead_basis for r in answer.responsibilities]
    assert [basis and basis.citation for basis in bases] == [3, 3]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_responsibility_names_the_citation_of_its_clause(lake_answerer, question):
    answer = lake_answerer.ask(question)
    for entry in answer.responsibilities:
        citation = answer.citations[entry.citation - 1]
        assert citation.role is CitationRole.ANSWER
        assert citation.clause.clause_id == entry.clause_id
        assert citation.document.document_id == entry.document_id


@pytest.mark.parametrize(
    ("clause_id", "words"),
    [
        ("hb-12:二/（一）", "鄂政办发〔2023〕12号 第二部分第（一）项"),
        ("hb-12:一", "鄂政办发〔2023〕12号 第一部分"),
        ("hb-12:title", "鄂政办发〔2023〕12号 标题"),
        ("hb-12:number", "鄂政办发〔2023〕12号 文号"),
        ("hb-12:signature", "鄂政办发〔2023〕12号 落款"),
        ("gb-9:preamble", "国办发〔2022〕9号 引言"),
        ("cs-draft:二", "《长沙市湖泊保护若干措施（征求意见稿）》 第二部分"),
    ],
)
def test_a_label_is_the_place_as_offices_write_it(lake_index, clause_id, words):
    assert label(lake_index, lake_index.clause(clause_id)) == words


def test_the_label_of_a_seed_is_as_offices_write_it(library):
    clause = library.clause("zj-2021-68:二/（一）")
    assert label(library, clause) == "浙政办发〔2021〕68号 第二部分第（一）项"
