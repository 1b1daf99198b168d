"""A run of three questions whose every text tries to break out of a page."""

import json
from pathlib import Path
from typing import Any

from eval.asking import Reply
from eval.gold import parse_row
from eval.run import locate_all, measure
from eval.run_folder import RunFolder
from eval.summary import summary
from tests.eval.examples import DOCUMENTS, TEXTS, answer, entry

HOSTILE = "</script><script>alert()</script><img src=x onerror=alert()>{{self}}"
ROWS = [
    {
        "id": "g1",
        "question": f"管药谁牵头？{HOSTILE}",
        "type": "lead_unit",
        "behavior": "answer",
        "docs": ["000_a.txt"],
        "evidence": [
            {
                "doc": "000_a.txt",
                "start": 0,
                "end": 5,
                "text": TEXTS["000_a.txt"][:5],
                "clause_id": "000:（一）",
            }
        ],
        "clause_ids": ["000:（一）"],
        "lead": "甲局",
        "units": ["甲局", "乙局"],
        "answer": HOSTILE,
        "note": HOSTILE,
    },
    {"id": "g2", "question": "你好", "type": "unanswerable", "behavior": "out_of_scope"},
    {"id": "g3", "question": "再见", "type": "unanswerable", "behavior": "out_of_scope"},
]


def write_run(folder: Path, lead: str, **answers: dict[str, Any] | None) -> Path:
    cited = answer("a:（一）", entries=(entry(1, "a:（一）", lead, "甲局", "乙局"),))
    cited["answer"] = f"由{lead}牵头[1]{HOSTILE}"
    cited["citations"][0]["highlights"] = [{"start": 3, "end": 5}]
    none = answer(status="not_found")
    given: dict[str, dict[str, Any] | None] = {"g1": cited, "g2": none, "g3": none, **answers}
    about = {
        "format": 1,
        "identity": {},
        "started": "2026-01-01T00:00:00+00:00",
        "target": HOSTILE,
        "gold": [{"file": "gold.jsonl", "sha256": "0"}],
        "environment": {"commit": None},
    }
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    run = RunFolder.begin(folder, about, lines)
    for key, each in given.items():
        run.keep(key, Reply(each, None if each else "http://x: 503", 1.0))
    located = locate_all([parse_row(row) for row in ROWS], DOCUMENTS)
    result = measure(located, run.kept, DOCUMENTS)
    run.finish(
        result,
        summary(result),
        index={"version": "v1", "model": None},
        questions=3,
        answered=3 - len(result.failed),
        failed=len(result.failed),
    )
    return folder
