"""Tell in which language a question is asked, and put fixed words into its script."""

import re
from functools import lru_cache

import opencc

from index.clean import simplify
from rag.records import Lang

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect(question: str) -> Lang:
    """Give the language of ``question``: English without Chinese, else by its script.

    Examples
    --------
    >>> [detect(q).value for q in ("谁牵头？", "誰牽頭？", "Who leads it?", "GMP是什么")]
    ['zh-Hans', 'zh-Hant', 'en', 'zh-Hans']
    """
    han = len(_HAN.findall(question))
    words = len(_LATIN_WORD.findall(question))
    if han == 0 or words > han:
        return Lang.EN
    simplified = simplify(question)
    traditional = sum(a != b for a, b in zip(question, simplified, strict=True))
    if traditional == 0:
        return Lang.HANS
    only_simplified = sum(a != b for a, b in zip(question, _to_traditional(question), strict=False))
    return Lang.HANT if traditional >= only_simplified / 2 else Lang.HANS


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _to_traditional(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


def in_script(text: str, lang: Lang) -> str:
    """Put fixed Chinese words into the script of ``lang``; English stays as it is."""
    return _to_traditional(text) if lang is Lang.HANT else text
