"""Measures of one answer against its gold row, but for those of ranking (``eval.ranking``).

Each is a pure function of an :class:`~eval.answered.Answered` and gives a number in [0, 1] (a
count for `false_leads`), or None where the row does not bear on it. What a question that got no
answer counts for is said in :data:`MEASURES`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from eval.answered import Answered, Json
from eval.figures import figures
from eval.gold import Behavior, QuestionType
from eval.locate import LocatedPart
from eval.names import fold_name, fold_names, same_name

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
ABSTAINED = frozenset({"not_stated", "not_found"})
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
    return float(same_name(answered.first_entry().get("lead"), gold.lead))


def lead_named(answered: Answered) -> float | None:
    """As `lead_exact`, over the rows whose document designates a lead. In {0, 1}."""
    return lead_exact(answered) if answered.row.gold.lead else None


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


def false_lead_rate(answered: Answered) -> float | None:
    """Tell whether any lead is named where none is designated. In {0, 1}, better when lower."""
    counted = false_leads(answered)
    return None if counted is None else float(counted > 0)


def units_exact(answered: Answered) -> float | None:
    """Tell whether the units are the gold ones in their order, for questions about units.

    ``responsibilities[0].units``, empty where there is no entry; with parts, those of each
    part's entry. Rows to be abstained from and units left open do not count. In {0, 1}.
    """
    if not _asks_units(answered):
        return None
    if parts := _unit_parts(answered):
        return float(all(_part_units_right(answered, part) for part in parts))
    return float(_first_units(answered) == fold_names(answered.row.gold.units))


def units_f1(answered: Answered) -> float | None:
    """Give F1 of the units named against the gold ones, as sets; rows as in `units_exact`.

    2 · |named ∩ gold| / (|named| + |gold|), 1 where both are empty; with parts, the mean over
    the parts, each by its best entry. In [0, 1]. Source: van Rijsbergen, Information Retrieval
    (1979), chapter 7.
    """
    if not _asks_units(answered):
        return None
    if parts := _unit_parts(answered):
        return _mean(_part_f1(answered, part) for part in parts)
    return _f1(_first_units(answered), answered.row.gold.units)


def qualifiers_right(answered: Answered) -> float | None:
    """Tell whether every gold qualifier is said in the first entry.

    Rows without parts that ask for units and give qualifiers count, but for answers of systems
    that know no qualifiers. Further ones do no harm: gold rows name those that matter. In {0, 1}.
    """
    gold = answered.row.gold
    asks = gold.type in _OF_UNITS and not gold.abstain
    if not asks or answered.row.parts or not gold.qualifier:
        return None
    entry = answered.first_entry()
    if entry and "qualifiers" not in entry:
        return None
    named = set(fold_names(entry.get("qualifiers") or ()))
    return float(set(fold_names(gold.qualifier)) <= named)


def parts_lead(answered: Answered) -> float | None:
    """Give the share of parts that have an entry on their clause with the gold lead. In [0, 1]."""
    stated = [part for part in answered.row.parts if part.gold.lead_stated]
    return _mean(_part_lead_right(answered, part) for part in stated) if stated else None


def parts_recall(answered: Answered) -> float | None:
    """Give the share of parts whose clause is cited in the role of an answer. In [0, 1]."""
    parts = answered.row.parts
    cited = answered.answer_citations()
    if not parts:
        return None
    return _mean(any(answered.hits(each, part.spans) for each in cited) for part in parts)


def parts_precision(answered: Answered) -> float | None:
    """Give the share of entries that stand on a part's clause; 0 without entries. In [0, 1].

    Rows count whose parts state a lead or units.
    """
    parts = answered.row.parts
    if not any(part.gold.lead_stated or part.gold.units_stated for part in parts):
        return None
    entries = answered.answer["responsibilities"]
    placed = [entry for part in parts for entry in answered.entries(part)]
    return _mean(entry in placed for entry in entries) if entries else 0.0


def status_right(answered: Answered) -> float:
    """Tell whether the status is the one that the row's behavior calls for. In {0, 1}."""
    return float(answered.answer["status"] == EXPECTED_STATUS[answered.row.gold.behavior])


def status_lenient(answered: Answered) -> float:
    """As `status_right`, with either of not_stated, not_found right for the other. In {0, 1}."""
    return float(_abstained(answered)) if answered.row.gold.abstain else status_right(answered)


def reason_right(answered: Answered) -> float | None:
    """Tell whether the reason's code is the gold one, where the row gives one. In {0, 1}.

    Answers of systems that give no reasons do not count.
    """
    wanted = answered.row.gold.reason
    if not wanted or not (answered.failed or "reason" in answered.answer):
        return None
    return float(reason_code(answered.answer) == wanted)


def abstain_precision(answered: Answered) -> float | None:
    """Of an answer that abstains, tell whether it should; the mean is the precision. In {0, 1}."""
    return float(answered.row.gold.abstain) if _abstained(answered) else None


def abstain_recall(answered: Answered) -> float | None:
    """Of a row to be abstained from, tell whether it was; the mean is the recall. In {0, 1}."""
    return float(_abstained(answered)) if answered.row.gold.abstain else None


def abstain_f1(answered: Answered) -> float | None:
    """Give 1 for a right abstention, 0 for a wrong or a missing one. In {0, 1}.

    A right one weighs twice, as precision and recall both count it: the weighted mean is
    2·TP / (2·TP + FP + FN), the F1 of abstaining.
    """
    abstained, should = _abstained(answered), answered.row.gold.abstain
    return float(abstained and should) if abstained or should else None


def citation_precision(answered: Answered) -> float | None:
    """Give the share of `answer` citations that hit evidence, that of support included.

    Rows with evidence count, with 0 where nothing is cited as the answer. In [0, 1].
    """
    row = answered.row
    if not row.items:
        return None
    cited = answered.answer_citations()
    allowed = (*row.spans, *row.support)
    return _mean(answered.hits(each, allowed) for each in cited) if cited else 0.0


def citations_resolve(answered: Answered) -> float | None:
    """Give the share of citations whose quote is ``text[start:end]``, no wider than the clause.

    Answers without citations do not count. In [0, 1].
    """
    citations = answered.answer["citations"]
    return _mean(answered.resolves(each) for each in citations) if citations else None


def figures_faithful(answered: Answered) -> float | None:
    """Give the share of the answer's numbers and dates that stand in what it cites.

    What it cites are the quotes, labels, titles, numbers and dates of its `answer` and `rule`
    citations; an answer may say how many of these it lists, and repeat the question's figures
    where it abstains. Answers without figures do not count. In [0, 1].
    """
    answer = answered.answer
    written = figures(answer["answer"])
    unfounded = unfounded_figures(answered.row.gold.question, answer)
    return 1 - len(unfounded) / len(written) if written else None


def region_leakage(answered: Answered) -> float | None:
    """Tell whether an answer about one region rests on a document of another.

    A row is of one region if its documents are. Looked at are the `answer` citations and the
    citations that the entries of units stand on. In {0, 1}, better when lower.
    """
    files, region = answered.row.files, answered.documents.region
    regions = {region(file) for file in files}
    if len(regions) != 1:
        return None
    on = {entry["citation"] for entry in answered.answer["responsibilities"]}
    used = (
        each for each in answered.answer["citations"] if each["role"] == "answer" or each["n"] in on
    )
    return float(any(region(each["source"]["file"]) not in regions for each in used))


def _one(_: float) -> float:
    return 1.0


def _twice_if_right(value: float) -> float:
    return 1.0 + value


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is taken of a row, and what a run makes of its rows.

    A run's value is the mean of the rows' values, each with the ``weight`` that its value has;
    the sum of them where ``summed``. A row whose question got no answer counts as the worst if
    ``of`` bears on it; where only what is ``said`` can be wrong, it does not count. A row is wrong
    that does not reach the best value of a ``judged`` measure.
    """

    of: Callable[[Answered], float | None]
    lower_is_better: bool = False
    summed: bool = False
    judged: bool = True
    said: bool = False
    weight: Callable[[float], float] = _one

    def value(self, answered: Answered) -> float | None:
        """Take the measure of one answer."""
        taken = self.of(answered)
        if taken is None or not answered.failed:
            return taken
        return None if self.said else float(self.lower_is_better)


MEASURES: Mapping[str, Measure] = {
    "lead_exact": Measure(lead_exact),
    "lead_named": Measure(lead_named, judged=False),
    "false_leads": Measure(false_leads, lower_is_better=True, summed=True, said=True),
    "false_lead_rate": Measure(false_lead_rate, lower_is_better=True, said=True, judged=False),
    "units_exact": Measure(units_exact),
    "units_f1": Measure(units_f1, judged=False),
    "qualifiers_right": Measure(qualifiers_right),
    "parts_recall": Measure(parts_recall),
    "parts_lead": Measure(parts_lead),
    "parts_precision": Measure(parts_precision, judged=False),
    "status_right": Measure(status_right),
    "status_lenient": Measure(status_lenient, judged=False),
    "reason_right": Measure(reason_right, judged=False),
    "abstain_precision": Measure(abstain_precision),
    "abstain_recall": Measure(abstain_recall),
    "abstain_f1": Measure(abstain_f1, weight=_twice_if_right, judged=False),
    "citation_precision": Measure(citation_precision, judged=False),
    "citations_resolve": Measure(citations_resolve, said=True),
    "figures_faithful": Measure(figures_faithful, said=True),
    "region_leakage": Measure(region_leakage, lower_is_better=True, said=True),
}


def unfounded_figures(question: str, answer: Json) -> list[Decimal]:
    """Give the figures of an answer that stand in nothing it cites; see `figures_faithful`."""
    known = {value for each in _grounds(question, answer) for value in figures(each)}
    known.add(Decimal(sum(each["role"] == "answer" for each in answer["citations"])))
    return [value for value in figures(answer["answer"]) if value not in known]


def reason_code(answer: Json) -> str | None:
    """Give the code of an answer's reason; None if it has none."""
    reason = answer.get("reason")
    return reason.get("code") if reason else None


def _abstained(answered: Answered) -> bool:
    return answered.answer["status"] in ABSTAINED


def _asks_units(answered: Answered) -> bool:
    gold = answered.row.gold
    stated = bool(_unit_parts(answered)) if answered.row.parts else gold.units_stated
    return gold.type in _OF_UNITS and not gold.abstain and stated


def _unit_parts(answered: Answered) -> list[LocatedPart]:
    return [part for part in answered.row.parts if part.gold.units_stated]


def _first_units(answered: Answered) -> list[str]:
    return fold_names(answered.first_entry().get("units", ()))


def _mean(values: Iterable[float]) -> float:
    counted = [float(value) for value in values]
    return sum(counted) / len(counted)


def _f1(named: Iterable[str], wanted: Iterable[str]) -> float:
    one, other = set(map(fold_name, named)), set(map(fold_name, wanted))
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _part_lead_right(answered: Answered, part: LocatedPart) -> bool:
    return any(same_name(each["lead"], part.gold.lead) for each in answered.entries(part))


def _part_units_right(answered: Answered, part: LocatedPart) -> bool:
    wanted = fold_names(part.gold.units)
    return any(fold_names(each["units"]) == wanted for each in answered.entries(part))


def _part_f1(answered: Answered, part: LocatedPart) -> float:
    entries = answered.entries(part)
    return max((_f1(each["units"], part.gold.units) for each in entries), default=0.0)


def _grounds(question: str, answer: Json) -> Iterable[str]:
    """Give the texts that an answer's figures may come from."""
    if answer["status"] in ABSTAINED:
        yield question
    for citation in answer["citations"]:
        if citation["role"] != "related":
            yield citation["quote"]
            yield citation.get("label") or ""
            document = citation.get("document") or {}
            yield from (str(document.get(key) or "") for key in ("title", "number", "date"))
