"""The build of a model: from a folder of training data to a folder with a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from index.stores.base import FloatMatrix
from index.training.benchmark import Benchmark
from index.training.card import Card, Figures, counts_of
from index.training.contrastive import import_torch
from index.training.corpus import Corpus, LawQuestion, read_corpus
from index.training.course import Course
from index.training.journal import Journal
from index.training.material import make_material
from index.training.measures import Scores
from index.training.model import check_output, read_model, write_folder, write_model
from index.training.tokenizer import make_tokenizer
from index.training.vocabulary import learn_vocabulary


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a model is trained.

    Attributes
    ----------
    dim : int
        Length of a vector.
    seed : int
        Of every draw; equal seeds and data give equal bytes on one machine.
    questions : bool
        Whether the labelled questions are trained on; they are measured with in any case.
    steps_scale : float
        Factor on the steps of every stage, above 0.
    """

    dim: int = 256
    seed: int = 0
    questions: bool = True
    steps_scale: float = 1.0

    def command(self, out: str) -> str:
        """Give the command that builds a model with these options."""
        words = ["yiju model train --data DATA --out", out, f"--dim {self.dim} --seed {self.seed}"]
        if not self.questions:
            words.append("--no-questions")
        if self.steps_scale != 1:
            words.append(f"--steps-scale {self.steps_scale:g}")
        return " ".join(words)


def build_model(data: Path, out: Path, *, options: BuildOptions, journal: Journal) -> None:
    """Train a model and write it, whole or not at all; a quarter of an hour on one core.

    Parameters
    ----------
    data : Path
        A folder with the files of :mod:`index.training.corpus`.
    out : Path
        A folder that is empty or not there.
    options : BuildOptions
    journal : Journal
        Told of every stage; written beside the model.

    Raises
    ------
    TrainingDataError
        If a file of data is missing or damaged.
    OutputFolderError
        If ``out`` holds anything.
    MissingExtraError
        If the extra ``training`` is not installed.
    """
    check_output(out)
    import_torch()
    corpus = read_corpus(data)
    journal.note("corpus", rows=counts_of(corpus))
    tokenizer = make_tokenizer(learn_vocabulary(corpus, seed=options.seed))
    journal.note("tokenizer", pieces=tokenizer.get_vocab_size())
    material = make_material(corpus, tokenizer, seed=options.seed)
    benchmark = Benchmark(corpus.questions, material)
    course = Course(material, journal, seed=options.seed, steps_scale=options.steps_scale)
    vectors = course.unlabelled(benchmark, dim=options.dim)
    unseen: Mapping[float, Scores] | None = None
    if options.questions:
        vectors, unseen = course.folded(vectors, corpus.questions, benchmark)
    figures = _figures(vectors, corpus, benchmark, seen=options.questions, unseen=unseen)
    card = _card(out.resolve().name, vectors, corpus, options, figures)
    write_folder(out, lambda folder: _fill(folder, vectors, tokenizer, card, journal))


def continue_model(
    model: Path,
    data: Path,
    labels: Sequence[tuple[str, Sequence[str]]],
    out: Path,
    *,
    seed: int = 0,
) -> None:
    """Go on from a static model with questions and the ids of the articles that answer them.

    Raises
    ------
    TrainingError, ModelNotFoundError
        As :func:`build_model` and ``read_model``, or if an article is not in the corpus.
    """
    check_output(out)
    vectors, tokenizer = read_model(model)
    questions = [
        LawQuestion(str(number), question, tuple(articles))
        for number, (question, articles) in enumerate(labels)
    ]
    material = make_material(read_corpus(data), tokenizer, seed=seed)
    trained = Course(material, Journal(), seed=seed).labelled(vectors, questions)
    write_folder(out, lambda folder: write_model(folder, trained, tokenizer))


def _figures(
    vectors: FloatMatrix,
    corpus: Corpus,
    benchmark: Benchmark,
    *,
    seen: bool,
    unseen: Mapping[float, Scores] | None,
) -> Figures:
    scores = benchmark.scores(vectors)
    return Figures(len(corpus.articles), benchmark.lexical_scores(), scores, seen, unseen)


def _card(
    name: str, vectors: FloatMatrix, corpus: Corpus, options: BuildOptions, figures: Figures
) -> Card:
    tokens, dim = vectors.shape
    counts = counts_of(corpus)
    return Card(name, tokens, dim, counts, options.questions, options.command(name), figures)


def _fill(
    folder: Path, vectors: FloatMatrix, tokenizer: Tokenizer, card: Card, journal: Journal
) -> None:
    write_model(folder, vectors, tokenizer)
    card.write(folder)
    journal.write(folder)
