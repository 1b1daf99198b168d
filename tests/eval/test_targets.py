from dataclasses import replace

import pytest

from eval.errors import AdapterAnswerError, AdapterError, AnswerShapeError
from eval.targets import adapter_target, completed, library_target
from tests.eval.examples import DOCUMENTS, TEXTS


def adapter(tmp_path, code):
    path = tmp_path / "adapter.py"
    path.write_text(code, encoding="utf-8")
    return path


def test_a_library_is_asked_and_gives_its_own_documents(library, answerer):
    target = library_target(library, answerer)
    answer = target.ask("浙江的药品安全专家库由谁牵头？")
    assert answer["responsibilities"][0]["lead"] == "省药监局"
    source = answer["citations"][0]["source"]
    text = target.documents.texts[source["file"]]
    assert text[source["start"] : source["end"]] == answer["citations"][0]["quote"]
    assert target.documents.region(source["file"]) == "330000"
    assert target.revision == library.manifest.version


def test_what_an_adapter_leaves_out_is_filled_in():
    answer = completed(
        {
            "status": "answered",
            "answer": "甲局",
            "citations": [{"quote": "由丁局 負責"}],
            "responsibilities": [{"lead": "丁局"}],
        },
        replace(DOCUMENTS, facts={"001_b.txt": {"title": "管藥的通知"}}),
    )
    assert isinstance(answer, dict)
    assert answer["citations"] == [
        {
            "n": 1,
            "role": "answer",
            "clause_id": "",
            "quote": "由丁局負責",
            "source": {"file": "001_b.txt", "start": 5, "end": 10},
            "document": {"title": "管藥的通知"},
        }
    ]
    assert TEXTS["001_b.txt"][5:10] == "由丁局負責"
    assert answer["responsibilities"] == [{"citation": 1, "lead": "丁局", "units": []}]


def test_a_quotation_that_stands_nowhere_or_in_two_files_is_kept_and_resolves_nowhere():
    texts = {"a.txt": "甲局", "b.txt": "甲局"}
    documents = type(DOCUMENTS)(texts)
    for quote in ("甲局", "乙局"):
        answer = completed({"status": "answered", "citations": [{"quote": quote}]}, documents)
        assert isinstance(answer, dict)
        (citation,) = answer["citations"]
        assert citation["quote"] == quote
        assert citation["source"] == {"file": "", "start": 0, "end": 0}
    named = {"status": "answered", "citations": [{"quote": "甲局", "file": "b.txt"}]}
    answer = completed(named, documents)
    assert isinstance(answer, dict)
    assert answer["citations"][0]["source"] == {"file": "b.txt", "start": 0, "end": 2}


def test_an_adapter_is_a_python_file_with_ask(tmp_path):
    code = "def ask(question):\n    return {'status': 'not_found', 'answer': question}\n"
    target = adapter_target(adapter(tmp_path, code), DOCUMENTS)
    assert target.documents is DOCUMENTS
    assert target.ask("谁？") == {
        "status": "not_found",
        "answer": "谁？",
        "citations": [],
        "responsibilities": [],
    }


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("ask = 1", "it has no function ask"),
        ("", "it has no function ask"),
        ("import nowhere_at_all", "importing it raised ModuleNotFoundError"),
        ("def ask(:", "importing it raised SyntaxError"),
    ],
)
def test_a_file_that_is_no_adapter_is_refused(tmp_path, code, problem):
    with pytest.raises(AdapterError, match=problem):
        adapter_target(adapter(tmp_path, code), DOCUMENTS)


def test_what_an_adapter_raises_is_the_failure_of_that_question(tmp_path):
    target = adapter_target(adapter(tmp_path, "def ask(q):\n    return {}[q]\n"), DOCUMENTS)
    with pytest.raises(AdapterAnswerError, match="the adapter raised KeyError: '谁？'"):
        target.ask("谁？")


@pytest.mark.parametrize("given", ["None", "[]", "{'status': 'sure'}", "{'citations': 3}"])
def test_what_cannot_be_measured_is_refused(tmp_path, given):
    target = adapter_target(adapter(tmp_path, f"def ask(q):\n    return {given}\n"), DOCUMENTS)
    with pytest.raises(AnswerShapeError, match="the answer is not one of /v1/ask"):
        target.ask("谁？")
