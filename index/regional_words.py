"""Words of Taiwan and Hong Kong in the words of the mainland's offices, from regional_words.tsv.

The table was written for this project: regional word and mainland word, in simplified characters.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources


def in_mainland_words(folded: str, known: Callable[[str], bool]) -> str:
    """Give a folded question with regional words replaced, but for those that are ``known``.

    Parameters
    ----------
    folded : str
        Folded words of a question.
    known : callable
        Whether a document holds a word: then it means itself, as 档案 does in rules on archives.

    Examples
    --------
    >>> in_mainland_words("资讯安全稽核由谁牵头?", known=lambda word: False)
    '信息安全审核由谁牵头?'
    >>> in_mainland_words("资料报送", known=lambda word: word == "资料")
    '资料报送'
    """
    pattern, words = _table()
    return pattern.sub(lambda found: found[0] if known(found[0]) else words[found[0]], folded)


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    file = resources.files("index") / "data" / "regional_words.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    words = {regional: mainland for regional, mainland in rows}  # noqa: C416 - two a row, or fail
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), words
