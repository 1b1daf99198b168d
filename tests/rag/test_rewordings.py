"""Answers to the gold questions, said again with and without a slip.

The extractive answer itself is the wording nearest to it: as it stands it mostly passes, and with
one figure, unit or lead changed, or two figures exchanged, it never does.
"""

import json
import random
import re
from pathlib import Path

import pytest

from rag.records import Status
from rag.reworded import RewordingAnswerer
from rag.told import frame, marks

GOLD = Path(__file__).parent.parent.parent / "eval" / "gold" / "dev.jsonl"
_FIGURE = re.compile(r"(?<![\[\d.])\d+(?:\.\d+)?(?![\d.\]])%?")


class Says:
    def __init__(self, text):
        self.text = text

    def write(self, brief):
        yield self.text


@pytest.fixture(scope="module")
def answers(answerer):
    """The answers that a model would be asked to word, with their text as one would say it."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    found = [(row["question"], answerer.ask(row["question"])) for row in rows]
    stated = (Status.ANSWERED, Status.PARTIAL)
    return [(q, a, _cited(frame(a).body)) for q, a in found if a.status in stated]


def _cited(body):
    """Mark every sentence where all rest on one clause."""
    if len(marks(body)) > 1:
        return body
    (number,) = marks(body)
    return re.sub(r"(?<=[^\]])。(?=[^\[\n])", f"[{number}]。", body)


def worded(answerer, question, text):
    return RewordingAnswerer(answerer, Says(text)).ask(question).worded_by


def slips(answer, text, units, chance):
    """Change one thing of a text in every way there is."""
    for match in _FIGURE.finditer(text):
        number = match[0].rstrip("%")
        other = str(round(float(number) + 1, 2)) if "." in number else str(int(number) + 1)
        yield text[: match.start()] + other + text[match.start() + len(number) :]
    named = {unit for each in answer.responsibilities for unit in each.units}
    for unit in sorted(named):
        yield text.replace(unit, chance.choice([each for each in units if each not in named]))
    for each in answer.responsibilities:
        for lead in each.leads:
            for unit in set(each.units) - set(each.leads):
                yield text.replace(lead, "\0").replace(unit, lead).replace("\0", unit)
    distinct = sorted(set(_FIGURE.findall(text)))
    if len(distinct) > 1:
        one, other = chance.sample(distinct, 2)
        swapped = {one: other, other: one}
        yield _FIGURE.sub(lambda m: swapped.get(m[0], m[0]), text)


def test_most_answers_pass_as_they_stand(answerer, answers):
    passed = [worded(answerer, question, text) == "model" for question, _, text in answers]
    assert len(passed) >= 60
    assert sum(passed) / len(passed) >= 0.75


def test_no_answer_passes_with_one_thing_changed(answerer, answers):
    chance = random.Random(1)
    clauses = answerer.index.clauses
    units = sorted({u for each in clauses for r in each.responsibilities for u in r.units})
    tried = [
        (question, slip)
        for question, answer, text in answers
        for slip in slips(answer, text, units, chance)
        if slip != text
    ]
    assert len(tried) >= 300
    assert [slip for question, slip in tried if worded(answerer, question, slip) == "model"] == []


def test_the_gloss_of_another_unit_does_not_pass(answerer):
    question = "Who leads the drug safety expert database in Zhejiang?"
    answer = answerer.ask(question)
    text = frame(answer).body
    own, other = "provincial office for drug regulation", "provincial office for finance"
    assert own in text
    assert worded(answerer, question, text) == "model"
    assert worded(answerer, question, text.replace(own, other)) == "extract"
