"""Measures of one answer against its gold row.

Each is a pure function of an :class:`~eval.answered.Answered` and gives a number, or None where
the row does not bear on it. A measure of many rows is the mean over those that bear on it
(`false_leads`: the sum). All lie in [0, 1], better when higher, but for `false_leads` (a count)
and `region_leakage`, which are better when lower.
"""

from collections.abc import Callable, Iterator, Mapping

from eval.answered import Answered
from eval.gold import Behavior, QuestionType
from eval.locate import LocatedPart
from index.clean import fold

EXPECTED_STATUS = {
    Behavior.ANSWER: "answered",
    Behavior.UNITS_NO_LEAD: "partial",
    Behavior.NO_UNITS_SHOW_CLAUSE: "not_stated",
    Behavior.NOT_STATED: "not_stated",
    Behavior.OUT_OF_SCOPE: "not_found",
    Behavior.REFUSE_INJECTION: "not_found",
    Behavior.ANSWER_PER_REGION: "answered",
    Behavior.ANSWER_PER_ITEM: "answered",
    Behavior.CORRECT_PREMISE: "answered",
}
_ABSTAINED = frozenset({"not_stated", "not_found"})
_OF_UNITS = frozenset({QuestionType.LEAD_UNIT, QuestionType.UNITS})


def lead_exact(answered: Answered) -> float | None:
    """Tell whether the lead named is the gold one, null included.

    ``responsibilities[0].lead``, null where there is no entry. Rows count that have one answer,
    state a lead (it may be null), and have a lead or ask for lead or units; those of several
    answers are measured by :func:`parts_lead`. In {0, 1}.
    """
    gold = answered.row.gold
    if answered.row.parts:
        return None
    if not gold.lead_stated or (gold.type not in _OF_UNITS and gold.lead is None):
        return None
    return float(_same_name(answered.first_entry().get("lead"), gold.lead))


def parts_lead(answered: Answered) -> float | None:
    """Give the share of parts that have an entry on their clause with the gold lead. In [0, 1]."""
    stated = [part for part in answered.row.parts if part.gold.lead_stated]
    return _share(_part_lead_right(answered, part) for part in stated) if stated else None


def false_leads(answered: Answered) -> float | None:
    """Count the leads named where the document designates none.

    Of a row without parts: entries with a lead, where the row is to be abstained from, or asks
    for lead or units and states that the lead is null. Of a row with parts: entries with a lead
    on the clause of a part that states that its lead is null; entries on other clauses are not
    judged. A count, 0 and up, better when lower.
    """
    row = answered.row
    if row.parts and not row.gold.abstain:
        leadless = [part for part in row.parts if part.gold.lead_stated and part.gold.lead is None]
        entries = [entry for part in leadless for entry in answered.entries(part)]
        return float(sum(bool(entry["lead"]) for entry in entries)) if leadless else None
    asked_null = row.gold.type in _OF_UNITS and row.gold.lead_stated and row.gold.lead is None
    if not (row.gold.abstain or asked_null):
        return None
    return float(sum(bool(entry["lead"]) for entry in answered.answer["responsibilities"]))


def units_exact(answered: Answered) -> float | None:
    """Tell whether the units are the gold ones in their order, for questions about units.

    ``responsibilities[0].units``, empty where there is no entry; with parts, those of each
    part's entry. Rows to be abstained from do not count. In {0, 1}.
    """
    gold = answered.row.gold
    if gold.type not in _OF_UNITS or gold.abstain:
        return None
    if answered.row.parts:
        return float(all(_part_units_right(answered, part) for part in answered.row.parts))
    return float(_names(answered.first_entry().get("units", ())) == _names(gold.units))


def status_right(answered: Answered) -> float:
    """Tell whether the status is the one that the row's behavior calls for. In {0, 1}."""
    return float(answered.answer["status"] == EXPECTED_STATUS[answered.row.gold.behavior])


def status_lenient(answered: Answered) -> float:
    """As `status_right`, with either of not_stated, not_found right for the other. In {0, 1}."""
    abstained = answered.answer["status"] in _ABSTAINED
    return float(abstained) if answered.row.gold.abstain else status_right(answered)


def hit_at_1(answered: Answered) -> float | None:
    """Tell whether the first citation hits a piece of evidence. In {0, 1}."""
    return _hit_within(answered, 1)


def hit_at_5(answered: Answered) -> float | None:
    """Tell whether one of the first five citations hits a piece of evidence. In {0, 1}."""
    return _hit_within(answered, 5)


def reciprocal_rank(answered: Answered) -> float | None:
    """Give 1 / n of the first citation that hits a piece of evidence, 0 if none. In [0, 1]."""
    if not answered.row.spans:
        return None
    rank = answered.first_hit()
    return 1 / rank if rank else 0.0


def citations_resolve(answered: Answered) -> float | None:
    """Give the share of citations whose quote is ``text[start:end]``, no wider than the clause.

    Answers without citations do not count. In [0, 1].
    """
    citations = answered.answer["citations"]
    return _share(answered.resolves(each) for each in citations) if citations else None


def abstain_precision(answered: Answered) -> float | None:
    """Of an answer that abstains, tell whether it should; the mean is the precision. In {0, 1}."""
    abstained = answered.answer["status"] in _ABSTAINED
    return float(answered.row.gold.abstain) if abstained else None


def abstain_recall(answered: Answered) -> float | None:
    """Of a row to be abstained from, tell whether it was; the mean is the recall. In {0, 1}."""
    abstained = answered.answer["status"] in _ABSTAINED
    return float(abstained) if answered.row.gold.abstain else None


def parts_recall(answered: Answered) -> float | None:
    """Give the share of parts whose clause is cited in the role of an answer. In [0, 1]."""
    parts = answered.row.parts
    cited = answered.answer_citations()
    return (
        _share(any(answered.hits(each, part.spans) for each in cited) for part in parts)
        if parts
        else None
    )


def region_leakage(answered: Answered) -> float | None:
    """Tell whether an answer about one document cites another as its answer.

    Rows that name one document count. In {0, 1}, better when lower.
    """
    if len(answered.row.files) != 1:
        return None
    cited = answered.answer_citations()
    return float(any(each["source"]["file"] != answered.row.files[0] for each in cited))


MEASURES: Mapping[str, Callable[[Answered], float | None]] = {
    "lead_exact": lead_exact,
    "false_leads": false_leads,
    "units_exact": units_exact,
    "status_right": status_right,
    "status_lenient": status_lenient,
    "hit@1": hit_at_1,
    "hit@5": hit_at_5,
    "mrr": reciprocal_rank,
    "citations_resolve": citations_resolve,
    "abstain_precision": abstain_precision,
    "abstain_recall": abstain_recall,
    "parts_recall": parts_recall,
    "parts_lead": parts_lead,
    "region_leakage": region_leakage,
}
SUMMED = frozenset({"false_leads"})
BETTER_WHEN_LOWER = frozenset({"false_leads", "region_leakage"})


def _share(values: Iterator[bool]) -> float:
    counted = [float(value) for value in values]
    return sum(counted) / len(counted)


def _name(name: str | None) -> str | None:
    return "".join(fold(name).split()) if name else None


def _names(names: list[str] | tuple[str, ...]) -> list[str | None]:
    return [_name(name) for name in names]


def _same_name(one: str | None, other: str | None) -> bool:
    return _name(one) == _name(other)


def _part_lead_right(answered: Answered, part: LocatedPart) -> bool:
    return any(_same_name(each["lead"], part.gold.lead) for each in answered.entries(part))


def _part_units_right(answered: Answered, part: LocatedPart) -> bool:
    wanted = _names(part.gold.units)
    return any(_names(each["units"]) == wanted for each in answered.entries(part))


def _hit_within(answered: Answered, k: int) -> float | None:
    if not answered.row.spans:
        return None
    rank = answered.first_hit()
    return float(rank is not None and rank <= k)
