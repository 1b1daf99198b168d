"""Cut folded text into the character pairs and words that carry meaning."""

import re

_WORD = re.compile(r"[a-z][a-z\-]+|\d+(?:\.\d+)?%?")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
# Particles, pronouns, plain verbs and marks: no name is made of them.
_FUNCTION = frozenset(
    "的了着过和与及或在对把被给向从到为于之其中里上下是有要将并且而但也都就还"
    "不由让归这那以所可个各按等来去会能做谁哪几,、。?!;:“”‘’()《》"
    " \u3000\"'—-…·「」『』〔〕[]"
)


def is_function_character(character: str) -> bool:
    """Tell whether a Chinese character is a particle or a mark rather than part of a name."""
    return character in _FUNCTION


def grams(text: str) -> tuple[str, ...]:
    """Give the character pairs and words of a folded text that carry meaning.

    Examples
    --------
    >>> grams("药品的追溯 gmp 99.5%")
    ('药品', '追溯', 'gmp', '99.5%')
    """
    found = [
        run[at : at + 2]
        for run in _HAN_RUN.findall(text)
        for at in range(len(run) - 1)
        if not (is_function_character(run[at]) or is_function_character(run[at + 1]))
    ]
    found += _WORD.findall(text.lower())
    return tuple(dict.fromkeys(found))
