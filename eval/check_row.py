"""What may be wrong with one gold row: in itself, against its evidence, against the documents."""

import re
from collections.abc import Iterable, Iterator

from eval.documents import Documents
from eval.errors import GoldDocumentError
from eval.gold import Behavior, Evidence, GoldRow
from eval.locate import match_file
from eval.measures import EXPECTED_STATUS
from eval.names import fold_name
from index.clean import clean, simplify
from index.records import SourceText
from rag.records import Lang, ReasonCode

_SHOWN = 24  # characters of a text that a message repeats

_PARTIAL = frozenset({ReasonCode.NO_LEAD_DESIGNATED})
_NOT_FOUND = frozenset(
    {
        ReasonCode.REGION_NOT_COVERED,
        ReasonCode.DOCUMENT_NOT_COVERED,
        ReasonCode.TOPIC_NOT_COVERED,
        ReasonCode.OUT_OF_SCOPE,
    }
)
_REASONS = {
    "partial": _PARTIAL,
    "not_stated": frozenset(ReasonCode) - _PARTIAL - _NOT_FOUND,
    "not_found": _NOT_FOUND,
}
_MOSTLY, _HARDLY = 0.5, 0.15  # shares of Chinese characters; names are often in the other script
_HAN = re.compile("[\u3400-\u9fff]")
_LANGUAGES = tuple(Lang)
_NO_LEAD = frozenset({Behavior.UNITS_NO_LEAD, Behavior.NO_UNITS_SHOW_CLAUSE})


def errors(row: GoldRow, documents: Documents | None) -> Iterator[str]:
    """Tell why a row cannot be scored with; ``documents`` where evidence is to be looked up."""
    yield from _ill_formed(row)
    yield from _unfounded(row)
    if documents is not None:
        yield from _misplaced(row, documents)


def _ill_formed(row: GoldRow) -> Iterator[str]:
    """Tell where fields of a row contradict each other."""
    if row.lead is not None and row.behavior in _NO_LEAD:
        yield f"lead is {row.lead!r}, but behavior {row.behavior} says that none is designated"
    if row.behavior is Behavior.UNITS_NO_LEAD and not (row.units or row.parts):
        yield "behavior units_no_lead, but there are no units"
    if row.behavior is Behavior.NO_UNITS_SHOW_CLAUSE and row.units:
        yield "behavior no_units_show_clause, but there are units"
    if row.lead and row.units and not _is_named(row.lead, (*row.units, *row.qualifier)):
        yield f"lead {row.lead!r} is not among the units"
    if row.abstain and row.behavior is not Behavior.NO_UNITS_SHOW_CLAUSE and row.lead:
        yield f"behavior {row.behavior} declines, but there is a lead"
    if row.lang not in _LANGUAGES:
        yield f"lang {row.lang!r} is not known; it is one of {', '.join(_LANGUAGES)}"
    yield from _wrong_reason(row)


def _is_named(lead: str, names: Iterable[str]) -> bool:
    """Tell whether a lead, or each of several joined by 、, is one of the names."""
    known = set(map(fold_name, names))
    return fold_name(lead) in known or set(map(fold_name, lead.split("、"))) <= known


def _wrong_reason(row: GoldRow) -> Iterator[str]:
    if row.reason is None:
        return
    status = EXPECTED_STATUS[row.behavior]
    allowed = _REASONS.get(status, frozenset())
    if row.reason not in set(ReasonCode):
        yield f"reason {row.reason!r} is not known; it is one of {', '.join(ReasonCode)}"
    elif row.reason not in allowed:
        yield (
            f"reason {row.reason} does not go with behavior {row.behavior} (status {status}); "
            f"{', '.join(sorted(allowed)) or 'no reason'} would"
        )


def _unfounded(row: GoldRow) -> Iterator[str]:
    """Tell the units that stand in no piece of evidence."""
    everything = _said(row.evidence)
    for name in dict.fromkeys((*row.units, *(row.lead.split("、") if row.lead else ()))):
        if row.evidence and not _stands(name, everything):
            yield f"{name!r} does not stand in the evidence"
    for part in row.parts:
        of_part = [each for each in row.evidence if each.clause_id == part.clause_id]
        if not of_part:
            yield f"part {part.clause_id}: no piece of evidence has its clause_id"
            continue
        said = _said(of_part)
        for name in dict.fromkeys((*part.units, *(part.lead.split("、") if part.lead else ()))):
            if not _stands(name, said):
                yield f"part {part.clause_id}: {name!r} does not stand in its evidence"
        if part.lead and part.units and not _is_named(part.lead, (*part.units, *part.qualifier)):
            yield f"part {part.clause_id}: lead {part.lead!r} is not among its units"


def doubts(row: GoldRow) -> Iterator[str]:
    """Tell what is unusual, and may be meant."""
    if not row.abstain and not row.evidence:
        yield "a question to be answered has no evidence"
    if row.behavior in (Behavior.ANSWER_PER_REGION, Behavior.ANSWER_PER_ITEM) and not row.parts:
        yield f"behavior {row.behavior}, but there are no parts"
    named = {each.clause_id for each in row.evidence if each.clause_id}
    for clause_id in dict.fromkeys((*row.clause_ids, *row.support_clause_ids)):
        if named and clause_id not in named:
            yield f"no piece of evidence has the clause id {clause_id}"
    han = len(_HAN.findall(row.question)) / len(row.question)
    if han > _MOSTLY if row.lang == "en" else han < _HARDLY:
        yield f"lang is {row.lang}, but the question does not look like it"
    if row.lang == "zh-Hant" and simplify(row.question) == row.question:
        yield "lang is zh-Hant, but the question has no Traditional character"


def _misplaced(row: GoldRow, documents: Documents) -> Iterator[str]:
    """Tell documents that are not there and evidence that stands elsewhere, or several times."""
    for doc in dict.fromkeys((*row.docs, *(part.doc for part in row.parts))):
        if problem := _no_document(row, doc, documents):
            yield problem
    files = {file for doc in row.docs if (file := _file(row, doc, documents))}
    for each in row.evidence:
        if each.doc is not None and each.doc not in row.docs:
            if problem := _no_document(row, each.doc, documents):
                yield problem
                continue
            if _file(row, each.doc, documents) not in files:
                yield f"evidence {_cut(each.text)}: its document {each.doc} is not in docs"
        yield from _misplaced_evidence(row, each, documents)


def _file(row: GoldRow, doc: str, documents: Documents) -> str | None:
    """Give the file that a row's name of a document means; None if there is not one."""
    return None if _no_document(row, doc, documents) else match_file(row.id, doc, documents.texts)


def _no_document(row: GoldRow, doc: str, documents: Documents) -> str | None:
    try:
        match_file(row.id, doc, documents.texts)
    except GoldDocumentError as error:
        return str(error).partition(": ")[2]
    return None


def _misplaced_evidence(row: GoldRow, each: Evidence, documents: Documents) -> Iterator[str]:
    try:
        docs = (each.doc,) if each.doc is not None else row.docs
        files = [match_file(row.id, doc, documents.texts) for doc in docs]
    except GoldDocumentError:  # told already
        return
    places = [
        (file, match.start())
        for file in files or documents.texts
        for match in re.finditer(re.escape(each.text), documents.texts[file])
    ]
    if not places:
        yield f"evidence {_cut(each.text)} stands nowhere in {', '.join(files) or 'the documents'}"
    elif each.start is None:
        if len(places) > 1:
            at = ", ".join(f"{file}:{start}" for file, start in places[:3])
            times = f"stands {len(places)} times ({at})"
            yield f"evidence {_cut(each.text)} {times}; give start and end"
    elif len(files) == 1 and documents.texts[files[0]][each.start : each.end] != each.text:
        at = ", ".join(f"{start}-{start + len(each.text)}" for _, start in places[:3])
        asked = f"{each.start}-{each.end}"
        yield f"evidence {_cut(each.text)} does not stand at {asked}, but at {at}"


def _said(evidence: Iterable[Evidence]) -> str:
    """Give the words of pieces of evidence as names are compared, glosses and damage mended."""
    cleaned = (clean(SourceText("", each.text, "", "")).text for each in evidence)
    return "\n".join(fold_name(words) for words in cleaned)


def _stands(name: str, said: str) -> bool:
    """Tell whether a name stands in the words.

    In 市财政、人社、医保部门 the names share the kind of office that ends the list, which gold
    rows complete.
    """
    folded = fold_name(name)
    kind = "部门" if folded.endswith("部门") else folded[-1:]
    stem = folded.removesuffix(kind)
    shared = rf"{re.escape(stem)}[、和及与][^。；;()（）\n]*?{re.escape(kind)}"
    return folded in said or bool(stem and re.search(shared, said))


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
