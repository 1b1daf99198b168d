"""Material: the corpus made ready for the stages, under one tokenizer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from index.stores.lexical import LexicalStore
from index.training.composition import Composition, compose
from index.training.corpus import Corpus, LawQuestion
from index.training.errors import TrainingError
from index.training.negatives import article_ranking, mine_clozes, mine_labels
from index.training.sources import Mined, Pool
from index.training.tables import Tables, make_tables

_CLOZE_SEED = 5


@dataclass(frozen=True, slots=True)
class Material:
    """What every stage draws on; nothing in it knows a label."""

    tokenizer: Tokenizer
    tables: Tables
    ranking: LexicalStore
    hard_clozes: tuple[Mined, ...]
    composition: Composition
    article_rows: dict[str, int]

    def pool(self, questions: Sequence[LawQuestion] = ()) -> Pool:
        """Give all there is to draw from, with the labels of those questions and no others.

        Raises
        ------
        TrainingError
            If a question names an article that is not in the corpus.
        """
        labels = mine_labels(
            ((each.question, self.answers([each])[0]) for each in questions),
            self.ranking,
            self.tokenizer,
        )
        return Pool(self.tables, self.hard_clozes, labels)

    def answers(self, questions: Iterable[LawQuestion]) -> list[set[int]]:
        """Give, for each question, the rows of the articles that answer it."""
        found = []
        for each in questions:
            unknown = [name for name in each.article_ids if name not in self.article_rows]
            if unknown:
                problem = f"question {each.question_id} names the article {unknown[0]}"
                raise TrainingError(f"{problem}, which is not in the corpus; copy the data anew")
            found.append({self.article_rows[name] for name in each.article_ids})
        return found


def make_material(corpus: Corpus, tokenizer: Tokenizer, *, seed: int) -> Material:
    """Cut the corpus into tokens, index its articles and mine hard clozes in them."""
    ranking = article_ranking(corpus.articles)
    tokens = [tokenizer.id_to_token(row) or "" for row in range(tokenizer.get_vocab_size())]
    return Material(
        tokenizer=tokenizer,
        tables=make_tables(corpus, tokenizer, seed=seed),
        ranking=ranking,
        hard_clozes=mine_clozes(corpus.articles, ranking, tokenizer, seed=seed + _CLOZE_SEED),
        composition=compose(tokens),
        article_rows={article.article_id: row for row, article in enumerate(corpus.articles)},
    )
