"""Why an answer counts as wrong: for each measure it misses, what was wanted and what came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.measures import EXPECTED_STATUS, reason_code, unfounded_figures
from eval.scores import RowResult

Json = Mapping[str, Any]

NOTHING = "—"
_TOP = 5
_WORDS = 20  # characters that stand for a citation without a clause


@dataclass(frozen=True, slots=True)
class Why:
    """A measure that an answer misses, in words and names that need no translation."""

    name: str
    wanted: str
    got: str


def why_wrong(row: RowResult) -> list[Why]:
    """Give wanted and got of every measure that a row misses, in the order of the measures."""
    if row.answer is None:
        errors = (row.error or NOTHING, *[NOTHING] * len(row.wrong))
        return [Why(name, NOTHING, error) for name, error in zip(row.wrong, errors, strict=False)]
    return [Why(name, *_PAIRS[name](row, row.answer)) for name in row.wrong]


def _lead(row: RowResult, answer: Json) -> tuple[str, str]:
    entries = answer["responsibilities"]
    return row.gold.lead or NOTHING, (entries[0].get("lead") if entries else None) or NOTHING


def _false_leads(row: RowResult, answer: Json) -> tuple[str, str]:
    right = {part.lead for part in row.gold.parts}
    named = (each["lead"] for each in answer["responsibilities"])
    return NOTHING, _joined(lead for lead in named if lead and lead not in right)


def _units(row: RowResult, answer: Json) -> tuple[str, str]:
    if row.gold.parts:
        wanted = [f"{part.clause_id}: {_joined(part.units)}" for part in row.gold.parts]
        got = [f"{_on(each, answer)}: {_joined(each['units'])}" for each in _entries(answer)]
        return _lines(wanted), _lines(got)
    entries = answer["responsibilities"]
    return _joined(row.gold.units), _joined(entries[0]["units"] if entries else ())


def _qualifiers(row: RowResult, answer: Json) -> tuple[str, str]:
    entries = answer["responsibilities"]
    return _joined(row.gold.qualifier), _joined(
        entries[0].get("qualifiers") or () if entries else ()
    )


def _parts(row: RowResult, answer: Json) -> tuple[str, str]:
    cited = [_named(each) for each in answer["citations"] if each["role"] == "answer"]
    return _lines(part.clause_id for part in row.gold.parts), _lines(cited)


def _parts_lead(row: RowResult, answer: Json) -> tuple[str, str]:
    wanted = [f"{part.clause_id}: {part.lead or NOTHING}" for part in row.gold.parts]
    got = [f"{_on(each, answer)}: {each['lead'] or NOTHING}" for each in _entries(answer)]
    return _lines(wanted), _lines(got)


def _status(row: RowResult, answer: Json) -> tuple[str, str]:
    code = reason_code(answer)
    return EXPECTED_STATUS[row.gold.behavior], answer["status"] + (f" ({code})" if code else "")


def _hit(k: int) -> Callable[[RowResult, Json], tuple[str, str]]:
    def pair(row: RowResult, answer: Json) -> tuple[str, str]:
        wanted = row.gold.clause_ids or tuple(each.text for each in row.gold.evidence)
        return _joined(wanted), _lines(_named(each) for each in answer["citations"][:k])

    return pair


def _resolving(row: RowResult, _: Json) -> tuple[str, str]:
    return "1", f"{row.values['citations_resolve']:.3f}"


def _figures(row: RowResult, answer: Json) -> tuple[str, str]:
    return NOTHING, _joined(str(each) for each in unfounded_figures(row.gold.question, answer))


def _leakage(row: RowResult, answer: Json) -> tuple[str, str]:
    return _joined(row.files), _joined(
        dict.fromkeys(each["source"]["file"] for each in answer["citations"])
    )


_PAIRS: Mapping[str, Callable[[RowResult, Json], tuple[str, str]]] = {
    "lead_exact": _lead,
    "false_leads": _false_leads,
    "units_exact": _units,
    "qualifiers_right": _qualifiers,
    "parts_recall": _parts,
    "parts_lead": _parts_lead,
    "status_right": _status,
    "abstain_precision": _status,
    "abstain_recall": _status,
    "hit@1": _hit(1),
    "hit@5": _hit(_TOP),
    "citations_resolve": _resolving,
    "figures_faithful": _figures,
    "region_leakage": _leakage,
}


def _entries(answer: Json) -> Sequence[Json]:
    entries: Sequence[Json] = answer["responsibilities"]
    return entries


def _on(entry: Json, answer: Json) -> str:
    """Name the clause that an entry stands on."""
    named = entry.get("clause_id")
    if named:
        return str(named)
    cited = {each["n"]: _named(each) for each in answer["citations"]}
    return cited.get(entry["citation"]) or f"[{entry['citation']}]"


def _named(citation: Json) -> str:
    """Name what is cited: its clause, or its first words where it has none."""
    return str(citation.get("clause_id") or citation["quote"][:_WORDS] or NOTHING)


def _joined(words: Any) -> str:  # noqa: ANN401 - any iterable of words
    return "、".join(words) or NOTHING


def _lines(words: Any) -> str:  # noqa: ANN401
    return "\n".join(words) or NOTHING
