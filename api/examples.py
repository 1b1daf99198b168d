"""Example questions, made once for each index and language."""

import threading

from rag.examples import Example, examples
from rag.records import Lang
from rag.reworded import Answering, RewordingAnswerer


class KnownExamples:
    """Makes the examples when they are first wanted, and keeps them. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, Lang], tuple[Example, ...]] = {}

    def of(self, answerer: Answering, lang: Lang) -> tuple[Example, ...]:
        """Give the examples of an answerer's index; no language model is asked for them."""
        plain = answerer.extractive if isinstance(answerer, RewordingAnswerer) else answerer
        key = (answerer.index.manifest.version, lang)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = examples(plain.index, plain.ask, lang=lang)
            return self._kept[key]
