import json

import pytest

from index.records import Clause, ClauseKind, Document
from rag.wire import answer_json, citation_json, clause_json, document_json, hit_json

QUESTIONS = [
    "湖北整治入湖排污口由谁牵头？",
    "健全湖泊巡查制度由谁牵头？",
    "长沙建设环湖绿道由谁牵头？",
    "湖北弘扬渔家文化由谁牵头？",
    "浙江湖泊巡查由谁牵头？",
    "湖北自然岸线保有率目标是多少？",
    "Who leads the lake patrol system in Hubei?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_has_just_the_keys_of_the_contract(lake_answerer, question):
    body = answer_json(lake_answerer.ask(question))
    assert list(body) == [
        "id",
        "question",
        "interpreted_as",
        "lang",
        "status",
        "answer",
        "reason",
        "worded_by",
        "responsibilities",
        "citations",
        "index",
        "timings_ms",
    ]
    assert set(body["index"]) == {"version", "model"}
    assert set(body["timings_ms"]) == {"total"}
    assert body["worded_by"] == "extract"
    if body["reason"] is not None:
        assert set(body["reason"]) == {"code", "message"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_survives_json(lake_answerer, question):
    body = answer_json(lake_answerer.ask(question))
    assert json.loads(json.dumps(body, allow_nan=False)) == body


def test_a_citation_travels_with_its_source_and_document(lake_answerer, lake_index):
    body = answer_json(lake_answerer.ask(QUESTIONS[0]))
    citation = body["citations"][0]
    text = lake_index.text("hb-12")
    quote = text[citation["source"]["start"] : citation["source"]["end"]]
    assert citation == {
        "n": 1,
        "role": "answer",
        "clause_id": "hb-12:二/（二）",
        "document": {
            "id": "hb-12",
            "title": "湖北省人民政府办公厅关于加强湖泊保护工作的实施意见",
            "number": "鄂政办发〔2023〕12号",
            "issuer": "湖北省人民政府办公厅",
            "region": {"name": "湖北省", "code": "420000"},
            "level": "province",
            "date": "2023-03-15",
            "status": "effective",
        },
        "path": ["二、重点任务", "（二）整治入湖排污口"],
        "label": "鄂政办发〔2023〕12号 第二部分第（二）项",
        "quote": quote,
        "source": {
            "file": "hb-12.txt",
            "start": text.index("（二）整治入湖排污口"),
            "end": text.index("（二）整治入湖排污口") + len(quote),
            "page": None,
        },
        "highlights": citation["highlights"],
        "score": citation["score"],
        "url": "/c/hb-12:二/（二）",
        "damaged": False,
        "truncated": False,
    }
    start, end = citation["highlights"][0]["start"], citation["highlights"][0]["end"]
    assert text[start:end] == "（责任单位：省生态环境厅、省住建厅）"


def test_a_responsibility_travels_with_its_basis(lake_answerer):
    body = answer_json(lake_answerer.ask(QUESTIONS[0]))
    assert body["responsibilities"] == [
        {
            "citation": 1,
            "document_id": "hb-12",
            "clause_id": "hb-12:二/（二）",
            "lead": "省生态环境厅",
            "leads": ["省生态环境厅"],
            "units": ["省生态环境厅", "省住建厅"],
            "qualifiers": [],
            "lead_basis": {
                "kind": "first_listed",
                "clause_id": "hb-12:二/（一）",
                "citation": 2,
                "quote": "排在第一位的为牵头单位，下同",
            },
        }
    ]


def test_where_nobody_leads_null_and_empty_lists_travel(lake_answerer):
    entry = answer_json(lake_answerer.ask("健全湖泊巡查制度由谁牵头？"))["responsibilities"][1]
    assert entry == {
        "citation": 2,
        "document_id": "gb-9",
        "clause_id": "gb-9:一",
        "lead": None,
        "leads": [],
        "units": [],
        "qualifiers": [],
        "lead_basis": None,
    }


def test_a_search_hit_has_the_keys_of_a_citation(lake_answerer):
    cited = citation_json(lake_answerer.ask(QUESTIONS[0]).citations[0])
    (hit,) = lake_answerer.search("湖泊巡查", top_k=1)
    assert hit_json(hit) == citation_json(hit.citation)
    assert set(hit_json(hit)) == set(cited)
    explained = hit_json(hit, explain=True)
    assert set(explained) == {*cited, "explanation"}
    told = explained["explanation"]["features"]
    assert [each["feature"] for each in told] == [each.feature for each in hit.explanation]


def test_a_clause_travels_with_its_records(lake_index):
    document = lake_index.document("hb-12")
    body = clause_json(lake_index.clause("hb-12:二/（二）"), document)
    assert {
        "clause_id",
        "parent_id",
        "kind",
        "number",
        "heading",
        "path",
        "source",
        "noise",
        "damaged",
        "truncated",
        "responsibility",
        "responsibilities",
    } <= set(body)
    assert set(body["source"]) >= {"file", "start", "end"}
    assert (body["clause_id"], body["parent_id"]) == ("hb-12:二/（二）", "hb-12:二")
    assert (body["kind"], body["number"], body["heading"]) == ("item", "（二）", "整治入湖排污口")
    assert body["responsibility"] == body["responsibilities"][0]
    assert body["responsibility"]["lead"] == "省生态环境厅"


def test_a_clause_without_records_has_none():
    clause = Clause("d:1", "d", ClauseKind.NOISE, 0, 2, "", "")
    body = clause_json(clause, Document("d", "d.txt", "0" * 64))
    assert (body["responsibility"], body["responsibilities"], body["noise"]) == (None, [], True)


def test_a_document_of_which_nothing_is_known_travels_with_nulls():
    body = document_json(Document("d", "d.txt", "0" * 64, inferred=(("date", "the number"),)))
    assert body == {
        "id": "d",
        "title": None,
        "number": None,
        "issuer": None,
        "region": None,
        "level": None,
        "date": None,
        "status": "unknown",
        "file": "d.txt",
        "sha256": "0" * 64,
        "inferred": {"date": "the number"},
    }
