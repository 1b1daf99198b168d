"""The corpus: what a model is trained on, read from a folder of gzipped JSON lines."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from index.training.errors import TrainingDataError

ARTICLES: Final = "law_articles.jsonl.gz"
QUESTIONS: Final = "law_questions.dev.jsonl.gz"
PASSAGE_QUESTIONS: Final = "qa.zh.jsonl.gz"
ENTRIES: Final = "cedict.jsonl.gz"
PAIRS: Final = "pairs.en-zh.jsonl.gz"

_ADVICE = "name the folder of training data, with every file whole"
_HEADING_NUMBER = re.compile(r"^第.{1,6}[编章节]\s*")
_SPACE = re.compile(r"\s+")

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law: ``headings`` from the outermost, without their numbers."""

    article_id: str
    law: str
    headings: tuple[str, ...]
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """A question of a layperson and the ids of the articles that answer it."""

    question_id: str
    question: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageQuestion:
    """A question and the passage that answers it, from character ``start`` on."""

    question: str
    passage: str
    start: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A word in Simplified Chinese and what it means in English, the commonest sense first."""

    word: str
    senses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence in English and in Chinese, Simplified or Traditional."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that a model is trained on; ``questions`` is empty where labels are not wanted."""

    articles: tuple[Article, ...]
    questions: tuple[LawQuestion, ...]
    passage_questions: tuple[PassageQuestion, ...]
    entries: tuple[Entry, ...]
    pairs: tuple[SentencePair, ...]


def read_corpus(folder: Path) -> Corpus:
    """Read the five files of training data.

    Raises
    ------
    TrainingDataError
        If a file is missing, damaged, without rows, or lacks a field; the message names it.
    """
    return Corpus(
        _read(folder / ARTICLES, _article),
        _read(folder / QUESTIONS, _law_question),
        _read(folder / PASSAGE_QUESTIONS, _passage_question),
        _read(folder / ENTRIES, _entry),
        _read(folder / PAIRS, _pair),
    )


def _read(path: Path, record: Callable[[Any], _Row]) -> tuple[_Row, ...]:
    try:
        rows = tuple(record(json.loads(line)) for line in _lines(path))
    except FileNotFoundError as error:
        raise TrainingDataError(path, "there is no such file", _ADVICE) from error
    except (EOFError, OSError, zlib.error, ValueError) as error:
        raise TrainingDataError(path, f"damaged ({error})", "copy it anew") from error
    except (KeyError, TypeError) as error:
        problem = f"a row has another form than expected ({error!r})"
        raise TrainingDataError(path, problem, "copy it anew") from error
    if not rows:
        raise TrainingDataError(path, "no rows", "copy it anew")
    return rows


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        yield from stream


def _article(row: Any) -> Article:  # noqa: ANN401 - a parsed JSON line
    about = row["metadata"]
    headings = filter(None, (about.get("path") or "").split(" / "))
    return Article(
        row["id"],
        about.get("full") or about["law"],
        tuple(_HEADING_NUMBER.sub("", heading) for heading in headings),
        row["title"],
        row["text"],
    )


def _law_question(row: Any) -> LawQuestion:  # noqa: ANN401 - a parsed JSON line
    return LawQuestion(row["id"], row["question"], tuple(row["articles"]))


def _passage_question(row: Any) -> PassageQuestion:  # noqa: ANN401 - a parsed JSON line
    return PassageQuestion(_line(row["question"]), row["passage"], int(row["start"]))


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a parsed JSON line
    return Entry(row["zh_hans"], tuple(row["en"]))


def _pair(row: Any) -> SentencePair:  # noqa: ANN401 - a parsed JSON line
    return SentencePair(_line(row["en"]), _line(row["zh"]))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
