"""What the tests of training start from."""

from pathlib import Path

import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from index.training.corpus import Corpus, read_corpus
from index.training.glosses import inflect
from index.training.tables import Tables, make_tables
from tests.index.training.kit import write_kit


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of training data; not to be written to."""
    return write_kit(tmp_path_factory.mktemp("training") / "data")


@pytest.fixture(scope="session")
def corpus(kit: Path) -> Corpus:
    """What is read from it."""
    return read_corpus(kit)


@pytest.fixture(scope="session")
def tokenizer(corpus: Corpus) -> Tokenizer:
    """A tokenizer of characters and Latin words, which needs no training."""
    texts = [text for each in corpus.articles for text in (each.title, each.law, each.text)]
    texts += [text for each in corpus.pairs for text in (each.english.lower(), each.chinese)]
    texts += [each.question for each in corpus.questions]
    texts += [form for each in corpus.entries for sense in each.senses for form in inflect(sense)]
    splitter = pre_tokenizers.Split(Regex("[A-Za-z]+|[^A-Za-z]"), "isolated")
    pieces = sorted({piece for text in texts for piece, _ in splitter.pre_tokenize_str(text)})
    vocabulary = {"[UNK]": 0} | {piece: row for row, piece in enumerate(pieces, start=1)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = splitter
    return tokenizer


@pytest.fixture(scope="session")
def tables(corpus: Corpus, tokenizer: Tokenizer) -> Tables:
    """The corpus in tokens."""
    return make_tables(corpus, tokenizer, seed=0)
