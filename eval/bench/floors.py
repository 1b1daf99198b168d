"""How well the floors of relevance tell questions that documents cover from all others.

Below its floor (:func:`rag.nearness.floor`) the best clause is not about the subject, and nothing
is found. The questions of each gold file are asked of its own documents, and those that name no
place also of the other files' documents, which do not cover them. Run it as
``python -m eval.bench.floors --gold GOLD=DOCUMENTS --gold GOLD=DOCUMENTS``.
"""

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.results import RESULTS, report, tell
from eval.gold import Behavior, GoldRow
from eval.gold_file import read_gold
from index.build import read_folders
from index.embed import Embedder, load_embedder
from index.folder import load_index, write_index
from index.library import Index
from rag.catalog import Catalog
from rag.intent import Intent
from rag.nearness import floor, nearness
from rag.question import Query, understand
from rag.records import Filters
from rag.relevance import Ranker
from rag.select import Selector
from rag.terms import TermMatcher

GOLD = Path(__file__).parents[1] / "gold"
SETS = (f"{GOLD / 'seeds.jsonl'}=seeds", f"{GOLD / 'unseen.jsonl'}={GOLD / 'unseen'}")
# Of these the floors do not decide: they are looked up, not searched for.
_LOOKED_UP = frozenset((Intent.TASKS, Intent.DOCUMENT, Intent.COVERAGE))
_DECLINED = frozenset((Behavior.OUT_OF_SCOPE, Behavior.REFUSE_INJECTION))

Json = dict[str, Any]
Key = tuple[str, str]


class Reader:
    """Reads how near the best clause of one index comes to a question."""

    def __init__(self, index: Index) -> None:
        self._catalog = Catalog(index)
        self._selector = Selector(index, Ranker(index, TermMatcher(index)))

    def understand(self, question: str) -> Query | None:
        """Read a question; None where the floors do not decide it."""
        query = understand(question, self._catalog, filters=Filters())
        decided = query.remains and query.scope.groups and query.ask.intent not in _LOOKED_UP
        return query if decided else None

    def nearness(self, query: Query) -> float:
        """Give the nearness of the clause that is ranked first; 0 where there is none."""
        ranked = self._selector.ranked(query, query.scope.document_ids)
        return nearness(query, ranked[0]) if ranked else 0.0


def measure(sets: Sequence[tuple[Sequence[GoldRow], Reader]]) -> list[Json]:
    """Give a row for each language and kind of scope: what the floor misses and lets in.

    Returns
    -------
    list of dict
        ``floor`` with ``covered`` questions and the share of them below it (``missed``), and
        ``foreign`` ones, asked of documents that do not cover them, and the share not below it
        (``let_in``); ``null`` where there is none.
    """
    covered: dict[Key, list[float]] = defaultdict(list)
    foreign: dict[Key, list[float]] = defaultdict(list)
    floors: dict[Key, float] = {}
    for own, (rows, _) in enumerate(sets):
        for row in rows:
            for at, (_, reader) in enumerate(sets):
                query = reader.understand(row.question)
                if query is None or (at != own and query.scope.named):
                    continue
                outside = at != own or row.behavior in _DECLINED
                key = (query.lang.value, "place named" if query.scope.named else "anywhere")
                floors[key] = max(floors.get(key, 0.0), floor(query))
                nearest = reader.nearness(query) - floor(query)
                (foreign if outside else covered)[key].append(nearest)
    return [
        {
            "language": lang,
            "scope": scope,
            "floor": floors[lang, scope],
            "covered": len(covered[lang, scope]),
            "missed": _share([each < 0 for each in covered[lang, scope]]),
            "foreign": len(foreign[lang, scope]),
            "let_in": _share([each >= 0 for each in foreign[lang, scope]]),
        }
        for lang, scope in sorted(floors)
    ]


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 4) if found else None


def _set(given: str, embedder: Embedder, work: Path) -> tuple[Sequence[GoldRow], Reader]:
    path, _, folder = given.partition("=")
    if not Path(path).is_file() or not Path(folder).is_dir():
        raise typer.BadParameter(f"{given}: give a gold file, =, and the folder of its documents")
    problems: list[str] = []
    out = work / Path(path).stem
    write_index(out, read_folders([Path(folder)], problems), embedder=embedder)
    for problem in problems:
        tell(problem)
    tell(f"{Path(path).name} over {folder}")
    return read_gold(Path(path)), Reader(load_index(out, embedder=embedder))


def main(
    *,
    gold: Annotated[
        list[str] | None, typer.Option(help="GOLD=DOCUMENTS, a file and a folder; may repeat.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure the floors of relevance."""
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as work:
        rows = measure([_set(each, embedder, Path(work)) for each in gold or SETS])
    notes = (
        "`covered` questions are asked of their own documents and `missed` below the floor; "
        "`foreign` ones are asked of documents that do not cover them, as far as the gold files "
        "tell, and `let_in` not below it: what is decided next may still find nothing stated.",
    )
    report("floors", {"rows": rows}, rows, out=out, as_json=as_json, notes=notes)


if __name__ == "__main__":
    typer.run(main)
