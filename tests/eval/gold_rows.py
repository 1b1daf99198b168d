"""Gold rows over the example documents that no check finds fault with, one of each kind."""

from eval.check import Severity
from tests.eval.examples import TEXTS

ERROR, WARNING = Severity.ERROR, Severity.WARNING
A, B = "000_a.txt", "001_b.txt"

FIRST = {"doc": A, "start": 0, "end": 17, "text": TEXTS[A][:17], "clause_id": "a:（一）"}
SECOND = {"doc": A, "start": 17, "end": 31, "text": TEXTS[A][17:], "clause_id": "a:（二）"}
OTHER = {"doc": B, "start": 0, "end": 11, "text": TEXTS[B][:11], "clause_id": "b:一"}

LEAD = {
    "id": "g1",
    "question": "管药谁牵头？",
    "type": "lead_unit",
    "behavior": "answer",
    "docs": [A],
    "evidence": [FIRST],
    "clause_ids": ["a:（一）"],
    "lead": "甲局",
    "units": ["甲局", "乙局"],
}
CONTENT = {
    "id": "g2",
    "question": "管械的责任单位有哪些要求？",
    "type": "content",
    "behavior": "answer",
    "docs": [A],
    "evidence": [SECOND],
    "clause_ids": ["a:（二）"],
}
NO_LEAD = {**LEAD, "id": "g3", "question": "请问管药是谁在负责？", "behavior": "units_no_lead"} | {
    "lead": None,
    "reason": "no_lead_designated",
}
PARTS = {
    "id": "g4",
    "question": "各地由谁管药？",
    "type": "units",
    "behavior": "answer_per_region",
    "docs": [A, B],
    "evidence": [FIRST, OTHER],
    "clause_ids": ["a:（一）", "b:一"],
    "parts": [
        {"doc": A, "clause_id": "a:（一）", "lead": "甲局", "units": ["甲局", "乙局"]},
        {"doc": B, "clause_id": "b:一", "lead": None, "units": ["丁局"]},
    ],
}
DECLINED = {
    "id": "g5",
    "question": "丙局办公室的电话是多少？",
    "type": "unanswerable",
    "behavior": "not_stated",
    "docs": [A],
    "reason": "fact_not_stated",
}
RIGHT = [LEAD, CONTENT, NO_LEAD, PARTS, DECLINED]


def asking(question, row_id="g9", **facts):
    return {**CONTENT, "id": row_id, "question": question, **facts}
