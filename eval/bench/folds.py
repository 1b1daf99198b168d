"""The law questions by cross-validation: each is asked of what never saw it.

For the questions of one fold the re-ranker learns from the other folds, the questions asked
before are those of the other folds, and where each fold has a model of its own, that model was
trained without the fold. The features that the re-ranker learns from are nested: for a question
of fold g, while fold f is tested, only questions outside both f and g count as asked before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.bench.laws import FOLDS, LawQuestion, read_laws
from eval.bench.results import tell
from eval.environment import code_sha256
from eval.rerank import Example, example, train
from eval.retrieval import SearchQuestion
from index.asked import AskedQuestions
from index.clean import fold as folded
from index.embed import Embedder
from index.errors import IndexFolderError
from index.folder import load_index, write_index
from index.library import Index
from index.reranker import Reranker, shipped_reranker
from index.search import Depth, IndexStores, Searcher
from index.stores.base import FloatMatrix
from index.stores.exact import ExactStore

LANG = "zh-Hans"


@dataclass(frozen=True, slots=True)
class FoldQuestion(SearchQuestion):
    """A question with the number of its fold, from 0."""

    fold: int


@dataclass(frozen=True, slots=True)
class Searched:
    """The laws as one model sees them."""

    stores: IndexStores
    embedder: Embedder


class NoMeaning:
    """An embedder that knows no word, to search without the dense leg."""

    name = "none"
    fingerprint = "none"
    dim = 1

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Give zeros."""
        return np.zeros((len(texts), 1), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Give zeros."""
        return self.embed_passages(texts)


class CrossValidation:
    """Searches the laws for each question with what was learnt from the other folds.

    Parameters
    ----------
    questions : sequence of FoldQuestion
        With rows of the laws.
    laws : sequence of Searched
        One for each fold, over the same clauses.
    region_codes : sequence of str
        As in :class:`index.search.Searcher`.
    depth : Depth
        Of the searches that the re-ranker learns from.
    with_asked : bool
        Whether questions asked before help.
    """

    def __init__(
        self,
        questions: Sequence[FoldQuestion],
        laws: Sequence[Searched],
        *,
        region_codes: Sequence[str],
        depth: Depth | None = None,
        with_asked: bool = True,
    ) -> None:
        self.questions = tuple(questions)
        self._laws = tuple(laws)
        self._region_codes = tuple(region_codes)
        self._depth = depth or Depth()
        self._with_asked = with_asked

    @property
    def clauses(self) -> int:
        """How many clauses are searched."""
        return len(self._laws[0].stores.table)

    @property
    def folds(self) -> range:
        """The numbers of the folds."""
        return range(len(self._laws))

    def of_fold(self, fold: int) -> list[FoldQuestion]:
        """Give the questions of a fold."""
        return [each for each in self.questions if each.fold == fold]

    def without(self, *folds: int) -> list[FoldQuestion]:
        """Give the questions of all other folds."""
        return [each for each in self.questions if each.fold not in folds]

    def examples(self, test: int) -> list[Example]:
        """Read the features of every question that is not of the fold ``test``."""
        found = []
        for fold in self.folds:
            if fold != test:
                searcher = self._searcher(fold, self._asked(test, fold), shipped_reranker())
                found += [example(searcher, q.question, q.rows) for q in self.of_fold(fold)]
        return found

    def rerankers(self) -> list[Reranker]:
        """Learn for each fold from the others."""
        learnt = []
        for test in self.folds:
            tell(f"fold {test}: reading features and learning weights")
            learnt.append(train(self.examples(test)))
        return learnt

    def searcher(self, fold: int, reranker: Reranker, *, depth: Depth | None = None) -> Searcher:
        """Give what searches for the questions of a fold."""
        return self._searcher(fold, self._asked(fold), reranker, depth)

    def rankings(
        self, rerankers: Sequence[Reranker], *, k: int, depth: Depth | None = None
    ) -> dict[str, list[int]]:
        """Give for each question, by its id, the first ``k`` rows found for it."""
        found = {}
        for fold in self.folds:
            searcher = self.searcher(fold, rerankers[fold], depth=depth)
            for each in self.of_fold(fold):
                ranked = searcher.rank(searcher.read(each.question))
                found[each.question_id] = ranked.rows[:k].tolist()
        return found

    def legs(self, leg: Callable[[Searched, str], list[int]]) -> dict[str, list[int]]:
        """Give for each question, by its id, what a leg finds with its fold's model."""
        return {q.question_id: leg(self._laws[q.fold], q.question) for q in self.questions}

    def without_asked(self) -> "CrossValidation":
        """Give the same without any question asked before."""
        return self._but(self._laws, with_asked=False)

    def without_dense(self) -> "CrossValidation":
        """Give the same without a model: no cosines, and no words that stand for others."""
        nothing = ExactStore(np.zeros((0, NoMeaning.dim), dtype=np.float32))
        nobody = np.zeros(0, dtype=np.int64)
        laws = [
            Searched(replace(each.stores, vectors=nothing, owners=nobody), NoMeaning())
            for each in self._laws
        ]
        return self._but(laws, with_asked=self._with_asked)

    def _but(self, laws: Sequence[Searched], *, with_asked: bool) -> "CrossValidation":
        return CrossValidation(
            self.questions,
            laws,
            region_codes=self._region_codes,
            depth=self._depth,
            with_asked=with_asked,
        )

    def _asked(self, *without: int) -> AskedQuestions | None:
        before = self.without(*without)
        if not self._with_asked or not before:
            return None
        stores = self._laws[0].stores
        return AskedQuestions(
            [folded(each.question) for each in before],
            [list(each.rows) for each in before],
            stores.table,
            stores.lexical,
        )

    def _searcher(
        self,
        fold: int,
        asked: AskedQuestions | None,
        reranker: Reranker,
        depth: Depth | None = None,
    ) -> Searcher:
        laws = self._laws[fold]
        return Searcher(
            laws.stores,
            region_codes=self._region_codes,
            asked=asked,
            embedder=laws.embedder,
            reranker=reranker,
            depth=depth or self._depth,
        )


def cross_validation(
    data: Path, questions: Sequence[LawQuestion], embedders: Sequence[Embedder], *, work: Path
) -> CrossValidation:
    """Index the laws of a training kit with each model, and put the questions to them.

    Parameters
    ----------
    data : Path
        The training kit.
    questions : sequence of LawQuestion
        With articles of the kit.
    embedders : sequence of Embedder
        One for each fold, or one for all.
    work : Path
        Where the indexes are kept; those that are there and fit are used again.
    """
    indexes = [law_index(data, embedder, work) for embedder in embedders]
    first = indexes[0]
    laws = [
        Searched(
            replace(each.stores, table=first.stores.table, lexical=first.stores.lexical),
            each.embedder,
        )
        for each in indexes
    ]
    placed = [
        FoldQuestion(
            q.question_id, q.question, LANG, tuple(sorted(map(first.row, q.clause_ids))), q.fold
        )
        for q in questions
    ]
    codes = [each.region.code if each.region else "" for each in first.documents]
    return CrossValidation(placed, laws * (FOLDS // len(laws)), region_codes=codes)


def law_index(data: Path, embedder: Embedder, work: Path) -> Index:
    """Load the index of the laws for a model, built first unless ``work`` holds it."""
    # Another state of the program may cut words in another way.
    folder = work / f"laws-{embedder.fingerprint[:12]}-{code_sha256()[:12]}"
    try:
        return load_index(folder, embedder=embedder)
    except IndexFolderError:
        tell(f"indexing the laws with the model {embedder.name}")
        write_index(folder, read_laws(data), embedder=embedder)
        return load_index(folder, embedder=embedder)
