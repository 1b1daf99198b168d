"""The model card: what a model learnt from, how it fares and under which licence it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.training.corpus import Corpus
from index.training.measures import Scores

_FRONT = """\
---
library_name: sentence-transformers
language: [zh, en]
pipeline_tag: sentence-similarity
license: cc-by-sa-4.0
---
"""

_SOURCES: Final = (
    ("Chinese laws, regulations and judicial interpretations", "official texts, no copyright"),
    ("STARD, questions about laws", "MIT"),
    ("CMRC2018 and DRCD, questions about passages", "CC BY-SA 4.0 and 3.0"),
    ("CC-CEDICT, dictionary", "CC BY-SA 4.0"),
    ("Tatoeba, sentence pairs", "CC BY 2.0 FR"),
    ("LibreOffice, help and interface in two languages", "MPL-2.0"),
    ("TICO-19, sentence pairs", "CC0"),
)

_LIMITS = """\
- No word order and no context: it tells subjects apart, not who does what to whom.
- For Chinese questions about Chinese text BM25 finds more: let the vectors count for a fifth of
  a score. English questions about Chinese text rest on them.
- Languages other than Chinese and English have hardly a token.
- A text of unknown tokens alone has an all-zero vector in Yiju, and that of `[UNK]` in
  sentence-transformers.
- Similarity is not truth: nothing may be concluded from a score but an order.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores of questions about laws by dense weight; ``unseen`` by models not trained on them.

    ``unseen`` is None where that was not measured.
    """

    articles: int
    lexical: Scores
    trained: Mapping[float, Scores]
    seen: bool
    unseen: Mapping[float, Scores] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of a model beside what all such models share."""

    name: str
    tokens: int
    dim: int
    counts: Mapping[str, int]
    labels: bool
    command: str
    figures: Figures

    def write(self, folder: Path) -> None:
        """Write ``README.md`` into a model's folder."""
        (folder / "README.md").write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """Give the card in Markdown."""
        parts = (_FRONT, self._what(), self._use(), self._data(), self._figures_text())
        return "\n".join((*parts, f"## Limits\n\n{_LIMITS}", self._making()))

    def _what(self) -> str:
        return (
            f"# {self.name}\n\n"
            f"Sentence embeddings of {self.dim} numbers for Simplified Chinese, Traditional "
            f"Chinese and English:\none vector for each of {self.tokens:,} tokens. A text's "
            "vector is the mean of its tokens' vectors at\nunit length (StaticEmbedding + "
            "Normalize). Traditional characters fold to Simplified inside\n`tokenizer.json`. "
            f"The first {self.dim // 2} or {self.dim // 4} numbers are a vector too.\n"
        )

    def _use(self) -> str:
        return (
            "## Use\n\n```python\n"
            "from index.embed import load_embedder  # tokenizers + NumPy, no torch\n\n"
            f'load_embedder("{self.name}").embed_questions(["谁牵头？"])\n\n'
            "from sentence_transformers import SentenceTransformer  # the same vectors to 1e-5\n\n"
            f'SentenceTransformer("{self.name}").encode(["谁牵头？"], normalize_embeddings=True)\n'
            "```\n\n"
            "`model.safetensors` holds `embeddings`, float16, and `weights`, float32, a factor "
            "for each token, all 1:\nthe layout of model2vec. sentence-transformers multiplies "
            "the two on loading, which makes the model\nfloat32.\n"
        )

    def _data(self) -> str:
        sources = "".join(f"| {name} | {licence} |\n" for name, licence in _SOURCES)
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts.items())
        labels = "were trained on" if self.labels else "were left out of training"
        return (
            "## Data and licence\n\n| data | licence |\n|---|---|\n"
            f"{sources}\nRows: {counts}.\nThe questions about laws with their articles {labels}."
            "\n\nWeights: CC BY-SA 4.0, with attribution to CC-CEDICT, CMRC2018, DRCD, STARD, "
            "Tatoeba (CC BY 2.0 FR),\nLibreOffice (MPL-2.0), TICO-19 (CC0) and official legal "
            "texts, from which they were trained.\n"
        )

    def _figures_text(self) -> str:
        figures = self.figures
        lines = [
            f"Questions of laypeople ({figures.lexical.questions}) among {figures.articles:,} "
            "articles of laws, recall@10 / nDCG@10;\nBM25 over characters and their pairs "
            "(k1 1.2, b 0.9), scores brought to [0, 1] before they are joined.\n",
            "| vectors count for | all questions | questions unseen |\n|---|---|---|",
            f"| nothing: BM25 alone | {_cell(figures.lexical)} | {_cell(figures.lexical)} |",
        ]
        unseen = figures.unseen if figures.seen else figures.trained
        for weight, scores in figures.trained.items():
            name = "everything" if weight == 1 else f"{weight:.0%}"
            cell = _cell(unseen[weight]) if unseen is not None else "not measured"
            lines.append(f"| {name} | {_cell(scores)} | {cell} |")
        told = "\n".join(lines)
        if figures.seen:
            told += (
                "\n\nThe model was trained on these questions, so the first column flatters it. It "
                "is the mean of models\nthat were each trained without a fold of the questions, "
                "and the second column is of those folds."
            )
        return f"## Figures\n\n{told}\n"

    def _making(self) -> str:
        return f"## Making\n\n```sh\n{self.command}\n```\n"


def counts_of(corpus: Corpus) -> dict[str, int]:
    """Count the rows of each kind in a corpus, for a card."""
    return {
        "articles": len(corpus.articles),
        "questions about laws": len(corpus.questions),
        "questions about passages": len(corpus.passage_questions),
        "dictionary entries": len(corpus.entries),
        "sentence pairs": len(corpus.pairs),
    }


def _cell(scores: Scores) -> str:
    return f"{scores.recall:.3f} / {scores.ndcg:.3f}"
