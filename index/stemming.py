"""Stems of English words, so that forms of one word are found by each other."""

_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST_STEM = 3
# The longer first; what inflection adds is among them.
_DERIVATIONS = (
    "ational", "ability", "ibility", "isation", "ations", "ation", "atory", "ative", "ating",
    "ional", "ments", "ance", "ense", "ment", "able", "ible", "ally", "ical", "ials", "ator",
    "ions", "ors", "ers", "ory", "ive", "ial", "ion", "ise", "ate", "als", "ity", "ing", "ies",
    "ees", "al", "or", "er", "ic", "ly", "es", "ed", "ee", "e", "s", "y",
)  # fmt: skip
_SPELLINGS = (("tre", "ter"), ("tres", "ters"), ("amme", "am"), ("ammes", "ams"), ("ence", "ense"))
_SHORTEST_ROOT = 4
_LAYERS = 2


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


def one_spelling(word: str) -> str:
    """Write a word in one way whether it is spelt as in Britain or as in America.

    Examples
    --------
    >>> [one_spelling(w) for w in ("organization", "organisation", "centre", "programme")]
    ['organisation', 'organisation', 'center', 'program']
    """
    word = word.replace("z", "s").replace("our", "or")
    for british, american in _SPELLINGS:
        if word.endswith(british):
            return word[: -len(british)] + american
    return word


def root(word: str) -> str:
    """Strip a word's endings of derivation too, so that regulate and regulatory are one.

    What is left need not be a word, nor is every word of one root related: for look-ups that
    find nothing otherwise. British and American spellings are one.

    Examples
    --------
    >>> {root(w) for w in ("regulate", "regulatory", "regulation")}
    {'regul'}
    >>> root("traceability") == root("trace"), root("labour") == root("labor")
    (True, True)
    """
    word = one_spelling(word)
    for _ in range(_LAYERS):
        for ending in _DERIVATIONS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
                word = word[: len(word) - len(ending)]
                break
    return word.rstrip("s")
