"""The outlines of the shipped documents, reviewed by eye, and counts made without the cutter."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from index.build import read_document
from index.clean import simplify
from index.documents_manifest import read_manifest
from index.read import read
from index.records import Clause, ReadDocument

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
# Numbers at line starts, and lists of units, as counted by eye in the printed documents.
NUMBERED = {
    "zj-2021-68": 7,
    "shaoxing-draft": 31,
    "shanxi-2021-101": 26,
    "shanghai-2025-30": 28,
    "state-council-2021-16": 26,
}
LISTS = {
    "zj-2021-68": 4,
    "shaoxing-draft": 18,
    "shanxi-2021-101": 0,
    "shanghai-2025-30": 22,
    "state-council-2021-16": 0,
}
_NUMBER = re.compile(
    r"^[\s\ufeff]*(?:\[bookmark[^\]]*\])?"
    r"(?P<number>[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}\.(?!\d))",
    re.MULTILINE,
)
_GLOSS = re.compile(r"\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")


def _read_seed(document_id: str) -> ReadDocument:
    entry = next(e for e in read_manifest(SEEDS) if e.document_id == document_id)
    return read_document(read(SEEDS / entry.file), entry)


@pytest.fixture(scope="module", params=sorted(NUMBERED))
def seed(request: pytest.FixtureRequest) -> ReadDocument:
    return _read_seed(request.param)


def _row(text: str, clause: Clause) -> dict[str, Any]:
    quote = text[clause.start : clause.end]
    return {
        "id": clause.clause_id,
        "kind": clause.kind.value,
        "number": clause.number,
        "heading": clause.heading,
        "start": clause.start,
        "end": clause.end,
        "first": quote[:12],
        "last": quote[-12:],
        "marks": [name for name in ("damaged", "truncated") if getattr(clause, name)],
        "responsibilities": [
            {
                "units": list(record.units),
                "lead": record.lead,
                "qualifiers": list(record.qualifiers),
                "basis": record.lead_basis.kind.value if record.lead_basis else None,
            }
            for record in clause.responsibilities
        ],
    }


def test_the_outline_is_the_reviewed_one(seed, rewrite_golden):
    path = HERE / f"{seed.document.document_id}.json"
    rows = [_row(seed.text, clause) for clause in seed.clauses]
    if rewrite_golden:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    assert [row["id"] for row in rows] == [row["id"] for row in reviewed]
    assert rows == reviewed


def test_each_number_at_a_line_start_opens_a_clause_and_nothing_else_does(seed):
    printed = [match.start("number") for match in _NUMBER.finditer(seed.text)]
    cut = [each.start for each in seed.clauses if each.number and each.kind.value != "annex"]
    assert len(printed) == NUMBERED[seed.document.document_id]
    assert cut == printed


def _printed_units(quote: str) -> list[str] | None:
    """Give the units in the bracket that ends a clause, split at every mark between them."""
    flat = simplify(_GLOSS.sub("", quote))
    found = re.search(r"[（(\[](?:责任单位[:：])([^\n]*)[）)\]]$|\[([^\[\]]*)\]$", flat)
    if found is None:
        return None
    words = (found[1] or found[2]).split("。列第一位")[0]
    words = re.sub("按职责分工负责$|等(?=，|$)", "", words)
    words = re.sub(r"各[^，]*$", "", words)
    return [unit for unit in re.split("[、，]", words) if unit]


def test_each_printed_list_of_units_is_read_in_its_order(seed):
    lists = 0
    for clause in seed.clauses:
        printed = _printed_units(seed.text[clause.start : clause.end]) if clause.number else None
        lists += printed is not None
        read_units = [list(record.units) for record in clause.responsibilities]
        assert read_units == ([printed] if printed is not None else []), clause.clause_id
    assert lists == LISTS[seed.document.document_id]


def test_leads_are_the_first_listed_where_the_document_says_so_and_none_elsewhere(seed):
    ruled = seed.document.document_id in {"zj-2021-68", "shaoxing-draft"}
    records = [record for clause in seed.clauses for record in clause.responsibilities]
    assert [record.lead for record in records] == [
        record.units[0] if ruled else None for record in records
    ]


def test_forty_four_lists_are_shipped():
    assert sum(LISTS.values()) == 44
