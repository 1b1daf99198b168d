"""Stems of English words, so that forms of one word are found by each other."""

_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST_STEM = 3


def stem(word: str) -> str:
    """Strip a word's ending, so that plans, planning and planned are one.

    Examples
    --------
    >>> [stem(w) for w in ("plans", "optimised", "agencies", "use")]
    ['plan', 'optimis', 'agency', 'use']
    """
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + replacement
            break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM + 1 else word
