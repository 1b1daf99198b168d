"""Fine-tuning: a static model adapted to confirmed pairs, and checked by others of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.library import Index
from index.stores.base import FloatMatrix
from index.training.adaptation import Passages, adapt, passages_of
from index.training.measures import Scores, best_rows, measure
from index.training.model import write_model
from index.training.pairs import Pair
from index.training.ragged import encode, mean_vectors
from index.training.split import split_pairs

_TENTH = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a model finds the clauses of held-out pairs before and after training on the others.

    ``k`` is what recall and nDCG are cut at.
    """

    trained: int
    k: int
    before: Scores
    after: Scores

    @property
    def better(self) -> bool:
        """Whether training raised the mean reciprocal rank, and lost no clause of the first k."""
        return self.after.mrr > self.before.mrr and self.after.recall >= self.before.recall


def finetune(
    vectors: FloatMatrix, tokenizer: Tokenizer, index: Index, pairs: Sequence[Pair], *, seed: int
) -> tuple[Verdict, FloatMatrix]:
    """Adapt vectors to pairs, and tell by pairs held out whether that helps.

    Returns
    -------
    verdict : Verdict
        Of a model trained on the pairs that were not held out.
    trained : float32 array of shape (n_tokens, dim)
        Trained on all pairs; ``vectors`` themselves where the verdict is not better.

    Raises
    ------
    TooFewPairsError
        If the pairs are too few to check with some of them.
    """
    passages = passages_of(index, tokenizer)
    learnt, held_out = split_pairs(pairs)
    after = adapt(vectors, tokenizer, passages, learnt, seed=seed)
    verdict = judge(vectors, after, tokenizer, passages, held_out=held_out, trained=len(learnt))
    if not verdict.better:
        return verdict, vectors
    return verdict, adapt(vectors, tokenizer, passages, pairs, seed=seed)


def judge(
    before: FloatMatrix,
    after: FloatMatrix,
    tokenizer: Tokenizer,
    passages: Passages,
    *,
    held_out: Sequence[Pair],
    trained: int,
) -> Verdict:
    """Compare two models over all clauses; k is 10, or a tenth of the clauses if they are few."""
    k = max(1, min(_TENTH, passages.clauses // _TENTH))
    scores = [_scores(vectors, tokenizer, passages, held_out, k) for vectors in (before, after)]
    return Verdict(trained, k, *scores)


def _scores(
    vectors: FloatMatrix, tokenizer: Tokenizer, passages: Passages, pairs: Sequence[Pair], k: int
) -> Scores:
    questions = mean_vectors(vectors, encode(tokenizer, [pair.question for pair in pairs]))
    of_passages = questions @ mean_vectors(vectors, passages.tokens).T
    orders = []
    for row in of_passages:
        of_clauses = np.full(passages.clauses, -1, dtype=np.float32)
        np.maximum.at(of_clauses, passages.owners, row)
        orders.append(best_rows(of_clauses, k=passages.clauses))
    return measure(orders, [pair.rows for pair in pairs], k=k)


def write_adapted(
    folder: Path, vectors: FloatMatrix, tokenizer: Tokenizer, verdict: Verdict
) -> None:
    """Write an adapted model into an empty folder, with a card that says what it was checked by."""
    write_model(folder, vectors, tokenizer)
    before, after = verdict.before, verdict.after
    text = (
        f"# A static model adapted to questions of its users\n\n"
        f"Trained on {verdict.trained + before.questions} questions after a check: trained on "
        f"{verdict.trained} of them, it found the clauses of\nthe other {before.questions} at a "
        f"mean reciprocal rank of {after.mrr:.3f} (before: {before.mrr:.3f}), recall@{verdict.k} "
        f"{after.recall:.3f}\n(before: {before.recall:.3f}).\n\n"
        "The licence of the model that it comes from holds for it too, CC BY-SA 4.0 for the one "
        "that Yiju\nships. Its vectors were moved by the questions: treat it as they are to be "
        "treated.\n"
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
