"""The measured level over the project's gold, held: a change that lowers it fails here."""

from pathlib import Path

import pytest

from eval.gold_file import read_gold
from eval.run import RunResult, evaluate
from eval.tables import wrong_lines
from eval.targets import library_target
from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index
from rag.answer import Answerer

GOLD = Path(__file__).parents[2] / "eval" / "gold"

# Over the sample, over other questions on the same documents, and over excerpts of others.
LEVELS = {
    "dev": {
        "lead_exact": 0.97,
        "units_exact": 0.97,
        "parts_lead": 0.95,
        "status_right": 0.975,
        "abstain_f1": 0.95,
        "hit@1": 0.95,
        "hit@5": 0.98,
        "citations_resolve": 1.0,
        "figures_faithful": 1.0,
    },
    "seeds": {
        "lead_exact": 0.98,
        "units_exact": 0.97,
        "parts_lead": 0.94,
        "status_right": 0.96,
        "abstain_f1": 0.955,
        "reason_right": 0.95,
        "hit@1": 0.94,
        "hit@5": 0.955,
        "citations_resolve": 1.0,
        "figures_faithful": 1.0,
    },
    "unseen": {
        "lead_exact": 0.97,
        "units_exact": 0.95,
        "parts_lead": 0.90,
        "status_right": 0.97,
        "abstain_f1": 0.95,
        "reason_right": 0.95,
        "hit@1": 0.91,
        "hit@5": 0.955,
        "citations_resolve": 1.0,
        "figures_faithful": 1.0,
    },
}
FALSE_LEADS = {"dev": 0, "seeds": 0, "unseen": 0}


@pytest.fixture(scope="module")
def results(
    answerer: Answerer, library: Index, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, RunResult]:
    """Every shipped gold file, asked and measured."""
    out = tmp_path_factory.mktemp("unseen") / "index"
    build_index([GOLD / "unseen"], out, embedder=load_embedder())
    seeds, unseen = library_target(library, answerer), library_target(load_index(out))
    targets = {"dev": seeds, "seeds": seeds, "unseen": unseen}
    return {
        name: evaluate(read_gold(GOLD / f"{name}.jsonl"), target.ask, target.documents)
        for name, target in targets.items()
    }


def missed(result: RunResult, name: str) -> str:
    lines = [line for row in result.wrong if name in row.wrong for line in wrong_lines(row)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("gold", "name", "level"),
    [(gold, name, level) for gold, levels in LEVELS.items() for name, level in levels.items()],
)
def test_the_level_is_held(results, gold, name, level):
    score = results[gold].score(name)
    assert score.n > 0
    assert score.value >= level, missed(results[gold], name)


@pytest.mark.parametrize(("gold", "most"), FALSE_LEADS.items())
def test_no_more_leads_are_invented_than_are_known_of(results, gold, most):
    score = results[gold].score("false_leads")
    assert score.n > 0
    assert score.value <= most, missed(results[gold], "false_leads")
