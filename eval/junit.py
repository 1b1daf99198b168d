"""A comparison as JUnit XML, for the test view of a CI system."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from eval.compare import Comparison, Fate, RowChange
from eval.why import why_wrong

# What XML 1.0 allows; an answer of any server may hold other characters.
_ALLOWED = {0x9, 0xA, 0xD}
_FIRST, _SURROGATES, _LAST = 0x20, range(0xD800, 0xE000), {0xFFFE, 0xFFFF}


def junit_xml(comparison: Comparison, gates: Mapping[str, str | None]) -> str:
    """Give a test for each question and each gate.

    A question that got worse fails, one that got no answer is an error, one that stayed wrong
    is skipped with that reason. ``gates`` maps what a gate demands to its problem, if any.
    """
    root = ET.Element("testsuites", name="yiju eval compare")
    questions = ET.SubElement(root, "testsuite", name="questions")
    if comparison.left_out:
        properties = ET.SubElement(questions, "properties")
        ET.SubElement(properties, "property", name="left_out", value=str(comparison.left_out))
    for row in comparison.rows:
        _question(questions, row)
    bounds = ET.SubElement(root, "testsuite", name="gates")
    for demand, problem in gates.items():
        case = ET.SubElement(bounds, "testcase", classname="gate", name=demand)
        if problem:
            ET.SubElement(case, "failure", message=_plain(problem))
    for suite in (questions, bounds):
        _count(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _question(suite: ET.Element, row: RowChange) -> None:
    gold = row.after.gold
    case = ET.SubElement(
        suite,
        "testcase",
        classname=str(gold.type),
        name=_plain(f"{gold.id} {gold.question}"),
        time=f"{(row.after.ms or 0) / 1000:.3f}",
    )
    if row.after.answer is None:
        kind, message = "error", f"no answer: {row.after.error}"
    elif row.fate in (Fate.WORSE, Fate.MIXED):
        kind, message = "failure", f"worse: {', '.join(row.lost)}"
    elif row.fate is Fate.STAYED_WRONG:
        kind, message = "skipped", f"stayed wrong: {', '.join(row.after.wrong)}"
    else:
        return
    told = ET.SubElement(case, kind, message=_plain(message))
    told.text = _plain(
        "\n".join(f"{why.name}: wanted {why.wanted}, got {why.got}" for why in why_wrong(row.after))
    )


def _count(suite: ET.Element) -> None:
    cases: Sequence[ET.Element] = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(kind) is not None for case in cases)))


def _plain(words: str) -> str:
    """Replace what XML has no form for."""
    return "".join(each if _is_allowed(ord(each)) else "\ufffd" for each in words)


def _is_allowed(code: int) -> bool:
    return code in _ALLOWED or (code >= _FIRST and code not in _SURROGATES and code not in _LAST)
