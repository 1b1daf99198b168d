"""Cut a text given in a test, and check what holds of every cut document."""

import hashlib
from itertools import pairwise

from index.build import read_document
from index.clean import CleanText, clean
from index.outline import Outline, outline
from index.records import Clause, ClauseKind, ReadDocument, SourceText


def source(text: str, file: str = "d.txt") -> SourceText:
    """Give a text as it would be read from ``file``."""
    return SourceText(file, text, "utf-8", "0" * 64)


def cleaned(text: str) -> CleanText:
    """Clean a text given in a test."""
    return clean(source(text))


def cut(text: str) -> Outline:
    """Cut a text into clauses of the document ``d``."""
    return outline(cleaned(text), "d")


def ids(text: str) -> list[str]:
    """Give the outline paths of a text's clauses, without the document id."""
    return [clause.clause_id.removeprefix("d:") for clause in cut(text).clauses]


def quotes(text: str) -> dict[str, str]:
    """Give each clause's own words by its outline path."""
    found = cut(text).clauses
    return {each.clause_id.removeprefix("d:"): text[each.start : each.end] for each in found}


def kinds(text: str) -> list[tuple[ClauseKind, str]]:
    """Give each clause's kind and words, in order."""
    return [(each.kind, text[each.start : each.end]) for each in cut(text).clauses]


def read(text: str, file: str = "d.txt") -> ReadDocument:
    """Take a text through the whole pipeline, without a manifest."""
    return read_document(source(text, file))


def assert_covered(text: str, clauses: tuple[Clause, ...]) -> None:
    """Check that clauses lie in order, apart, and leave only white space uncovered."""
    at = 0
    for clause in clauses:
        assert clause.sha256 == hashlib.sha256(text[clause.start : clause.end].encode()).hexdigest()
        assert at <= clause.start < clause.end <= len(text), clause.clause_id
        assert _is_blank(text[at : clause.start]), f"lost before {clause.clause_id}"
        at = clause.end
    assert _is_blank(text[at:]), "lost at the end"
    assert all(one.end <= other.start for one, other in pairwise(clauses))


def _is_blank(text: str) -> bool:
    """Tell whether a text is white space and byte-order marks alone."""
    return not text.replace("\ufeff", "").strip()


def assert_tree(clauses: tuple[Clause, ...]) -> None:
    """Check that ids occur once, and that each parent stands before its children."""
    seen: set[str] = set()
    for clause in clauses:
        assert clause.clause_id not in seen
        assert clause.clause_id.startswith(f"{clause.document_id}:")
        assert not set(clause.clause_id) & set("()[]［］〔〕")
        if clause.parent_id is not None:
            assert clause.parent_id in seen
            assert clause.clause_id.startswith(f"{clause.parent_id}/")
        seen.add(clause.clause_id)


def assert_records(text: str, clauses: tuple[Clause, ...]) -> None:
    """Check that every record's offsets slice real words out of the document."""
    by_id = {clause.clause_id: clause for clause in clauses}
    for clause in clauses:
        for record in clause.responsibilities:
            assert 0 <= record.start < record.end <= len(text)
            assert record.lead is None or record.lead == "、".join(record.leads)
            home = record.inherited_from or clause.clause_id
            speakers = [by_id[home], *(each for each in clauses if each.parent_id == home)]
            assert any(each.start <= record.start < record.end <= each.end for each in speakers), (
                clause.clause_id
            )
            basis = record.lead_basis
            assert (basis is None) == (record.lead is None)
            if basis is not None:
                assert text[basis.start : basis.end] == basis.quote
                assert by_id[basis.clause_id].start <= basis.start
                assert basis.end <= by_id[basis.clause_id].end
