"""Words that carry no subject: particles, pronouns, and those that only ask."""

from typing import Final

_ENGLISH: Final = (
    "a an the of to in and or for by on with from at as is are was were be been being do does "
    "did has have had can could shall should will would may might must who whom whose what "
    "which when where why how many much that this these those there it its their they he she "
    "his her our your we you i me my not no any some all each under into about between than "
    "then if so such"
)
ENGLISH: Final = frozenset(_ENGLISH.split())
# Particles, pronouns, plain verbs and marks: no name is made of them.
_CHINESE: Final = frozenset(
    "的了着过和与及或在对把被给向从到为于之其中里上下是有要将并且而但也都就还"
    "不由让归这那以所可个各按等来去会能做谁哪几,、。?!;:“”‘’()《》"
    " \u3000\"'—-…·「」『』〔〕[]"
)


def is_function_character(character: str) -> bool:
    """Tell whether a Chinese character is a particle or a mark rather than part of a name."""
    return character in _CHINESE
