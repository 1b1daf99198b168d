import json

import pytest

from index.errors import ConfirmedQuestionsError
from index.records import ClauseKind
from index.training.pairs import Pair, read_pairs


@pytest.fixture
def clause(library):
    return next(
        each for each in library.clauses if each.kind is ClauseKind.ITEM and each.responsibilities
    )


@pytest.fixture
def read(library, tmp_path):
    def read(*rows):
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return read_pairs(path, library)

    return read


def evidence(library, clause, **changes):
    text = library.quote(clause)[:15]
    document = library.document(clause.document_id)
    start = clause.start
    return {"doc": document.file, "start": start, "end": start + 15, "text": text} | changes


def test_a_clause_id_of_the_index_is_taken(library, clause, read):
    got = read({"question": "谁？", "clause_ids": [clause.clause_id, "another:1"]})
    assert got.pairs == (Pair("谁？", frozenset({library.row(clause.clause_id)})),)
    assert got.unmatched == ()


def test_evidence_stands_for_the_smallest_clause_around_it(library, clause, read):
    got = read({"question": "谁？", "evidence": [evidence(library, clause)]})
    assert got.pairs == (Pair("谁？", frozenset({library.row(clause.clause_id)})),)


def test_evidence_that_moved_is_found_by_its_words(library, clause, read):
    text = library.quote(clause)
    moved = evidence(library, clause, start=0, end=len(text), text=text, doc="")
    got = read({"question": "谁？", "evidence": [moved]})
    assert got.pairs == (Pair("谁？", frozenset({library.row(clause.clause_id)})),)


def test_support_is_no_answer(library, clause, read):
    support = evidence(library, clause, clause_id="s")
    got = read({"question": "谁？", "evidence": [support], "support_clause_ids": ["s"]})
    assert got.pairs == ()


def test_a_row_that_matches_nothing_is_told_by_line_and_id(read):
    got = read(
        {"question": "declined", "clause_ids": [], "evidence": []},
        {"id": "g7", "question": "谁？", "clause_ids": ["no such"]},
    )
    assert got.pairs == ()
    (sentence,) = got.unmatched
    assert sentence.endswith("gold.jsonl, line 2: g7 matches no clause; left out")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{]\n", "line 1 is no JSON"),
        (b'\n["question"]\n', "line 2 has no question"),
        (b'{"question": 3}\n', "line 1 has no question"),
        (b"\xff\xfe", "unreadable"),
    ],
)
def test_a_broken_file_is_refused_by_line(library, tmp_path, content, problem):
    (tmp_path / "gold.jsonl").write_bytes(content)
    with pytest.raises(
        ConfirmedQuestionsError, match=rf"gold\.jsonl: {problem}.*; name a JSONL file"
    ):
        read_pairs(tmp_path / "gold.jsonl", library)


def test_a_missing_file_is_refused(library, tmp_path):
    with pytest.raises(ConfirmedQuestionsError, match=r"none\.jsonl: unreadable"):
        read_pairs(tmp_path / "none.jsonl", library)
