"""Tell which clauses speak of a subject outright, and which only mention its words."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.library import Index
from rag.relevance import Ranker

# A word that a larger share of the clauses holds (管理, 体系) tells no subject from another.
_COMMON = 0.15
# 支持中药创新 and 促进中药创新 are one subject: what is to be done with a matter is no part of it.
_FURTHERING = frozenset(
    """
    支持 促进 推动 推进 推广 推行 加强 加快 加大 强化 深化 优化 规范 提升 提高 完善 健全 改善 改进
    扩大 建立 构建 打造 建设 发展 开展 实施 落实 做好 鼓励 引导 保证 确保
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_SENTENCE_END = re.compile(r"[。;!?\n]")
_NAME = re.compile(r"“[^“”]*”|《[^《》]*》")
_PART_END = re.compile("[,:]")


class Outright:
    """Knows, for one index, what tells a subject and which clauses say so in one sentence."""

    def __init__(self, index: Index, ranker: Ranker) -> None:
        self._index = index
        self._ranker = ranker
        self._most = _COMMON * len(index.clauses)
        self.telling = lru_cache(maxsize=256)(self._telling)
        self._told = lru_cache(maxsize=4096)(self._own_words)

    def _telling(self, topic: str) -> tuple[str, ...]:
        """Give the words of a subject that tell it from others: few clauses hold each."""
        # 专家库 建: a single character is a verb left of the words that ask.
        runs = [self._ranker.words(run) for run in topic.split() if len(run) > 1]
        words = [word for run in runs for word in _matter(run)]
        return tuple(word for word in words if self._ranker.holders(word) <= self._most)

    def says(self, topic: str, row: int) -> bool:
        """Tell whether one sentence of a clause holds every telling word of a subject.

        Neither a name in quotation marks nor a part that enumerates counts: “农机追溯” is what a
        system is called, and 质量控制、产品追溯等责任 are examples of another matter.
        """
        words = self.telling(topic)
        told = self._told(row) if words else ()
        return any(all(word in sentence for word in words) for sentence in told)

    def _own_words(self, row: int) -> tuple[str, ...]:
        text = _NAME.sub(" ", self._index.clauses[row].search_text)
        return tuple(
            ",".join(part for part in _PART_END.split(sentence) if "、" not in part)
            for sentence in _SENTENCE_END.split(text)
        )


def _matter(words: Sequence[str]) -> list[str]:
    """Leave out the verbs before a matter; the last word names it, whatever else it may be."""
    return [word for word in words[:-1] if word not in _FURTHERING] + list(words[-1:])
