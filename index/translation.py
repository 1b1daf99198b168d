"""Words of the other language that a question's words may stand for, if clauses hold them."""

import re
from typing import Final

import numpy as np

from index.glossary import translate, translate_back
from index.small_words import ENGLISH
from index.stores.lexical import LexicalStore
from index.tokens import sequences, tokens

_ALTERNATIVES: Final = 3
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]+")


class Translator:
    """Gives translations of questions to search by. Safe to use from many threads."""

    def __init__(self, lexical: LexicalStore) -> None:
        self._lexical = lexical
        self._has_english = self._held("the") > 0 or self._held("and") > 0

    def translate(self, folded: str) -> list[str]:
        """Give, for each phrase that a dictionary has, the words that most clauses hold.

        Parameters
        ----------
        folded : str
            A question in search form: one without Chinese characters gets Chinese words, one
            with them English words where the index holds English text.
        """
        if _HAN.search(folded) is None:
            words = [word for word in _WORD.findall(folded.lower()) if word not in ENGLISH]
            phrases = translate(words)
        elif self._has_english:
            phrases = [each for run in _HAN.findall(folded) for each in translate_back(run)]
        else:
            return []
        return [word for phrase in phrases for word in self._commonest(phrase)]

    def _commonest(self, alternatives: tuple[str, ...]) -> list[str]:
        held = {word: count for word in alternatives if (count := self._held(word))}
        return sorted(held, key=lambda word: (-held[word], word))[:_ALTERNATIVES]

    def _held(self, words: str) -> int:
        """Give how many clauses hold the rarest token of some words."""
        every = tokens(sequences([words]).codes)
        return int(np.min(self._lexical.frequencies(every), initial=len(self._lexical)))
