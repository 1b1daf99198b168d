"""The ranking of citations as TREC files, and its measures by ir-measures.

What a question has to find are the items of its gold row (clauses, or single pieces of
evidence); each is a document of the qrels, with relevance 1. A citation that covers half of a
piece of an item, and is no wider than its clause, stands for that item in the run; one that
finds nothing new stands for itself and is not relevant. A citation that finds several items
takes one line for each.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.answered import Answered, Json

# Names as elsewhere in this project; formulas as ir-measures (pytrec_eval, trec_eval) has them.
RANKING_MEASURES: Mapping[str, ir_measures.Measure] = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "hit@5": Success @ 5,
    "mrr": RR,
    "ndcg@10": nDCG @ 10,
    "recall@10": R @ 10,
}
RUN_NAME = "yiju"
_NO_WORD = re.compile(r"[\s%]")


def qrels(rows: Iterable[Answered]) -> list[tuple[str, str]]:
    """Give (question, item) of every item to be found; questions without any are left out."""
    return [
        (_token(each.row.gold.id), _token(item.name)) for each in rows for item in each.row.items
    ]


def ranked(rows: Iterable[Answered]) -> list[tuple[str, list[str]]]:
    """Give each question with what its citations stand for, best first."""
    return [(_token(each.row.gold.id), list(_documents(each))) for each in rows if each.row.items]


def ranking_values(rows: Sequence[Answered]) -> dict[str, dict[str, float]]:
    """Give each question's value of every ranking measure, by gold id; in [0, 1].

    Questions with nothing to find are left out; one that cites nothing has 0.
    """
    rows = [each for each in rows if each.row.items]
    wanted: dict[str, dict[str, int]] = {}
    for question, item in qrels(rows):
        wanted.setdefault(question, {})[item] = 1
    scores = {
        question: {document: -float(rank) for rank, document in enumerate(found)}
        for question, found in ranked(rows)
    }
    names = {measure: name for name, measure in RANKING_MEASURES.items()}
    by_token: dict[str, dict[str, float]] = {}
    if wanted:
        for metric in ir_measures.iter_calc(list(names), wanted, scores):
            by_token.setdefault(metric.query_id, {})[names[metric.measure]] = metric.value
    return {each.row.gold.id: by_token[_token(each.row.gold.id)] for each in rows}


def write_trec(folder: Path, rows: Sequence[Answered]) -> None:
    """Write ``qrels.trec`` and ``run.trec``, to be read by trec_eval and its kin.

    White space and % in ids are percent-encoded. Scores are minus the rank, so that no tie is
    left open.
    """
    wanted = "".join(f"{question} 0 {item} 1\n" for question, item in qrels(rows))
    found = "".join(
        f"{question} Q0 {document} {rank} {-rank} {RUN_NAME}\n"
        for question, documents in ranked(rows)
        for rank, document in enumerate(documents, start=1)
    )
    (folder / "qrels.trec").write_bytes(wanted.encode())
    (folder / "run.trec").write_bytes(found.encode())


def _documents(answered: Answered) -> Iterator[str]:
    """Name what each citation stands for, no name twice."""
    given: set[str] = set()
    for citation in answered.answer["citations"]:
        items = [item for item in answered.row.items if answered.hits(citation, item.spans)]
        new = [name for item in items if (name := _token(item.name)) not in given]
        for name in new or [_own_name(citation, given)]:
            given.add(name)
            yield name


def _own_name(citation: Json, given: set[str]) -> str:
    source = citation["source"]
    name = _token(f"{source['file']}:{source['start']}-{source['end']}")
    while name in given:  # the same span cited twice
        name += "~"
    return name


def _token(name: str) -> str:
    """Make a name one word, as the TREC formats want it; no two names become one."""
    return _NO_WORD.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), name)
