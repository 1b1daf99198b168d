"""Language tags as clients send them, to the languages that answers are worded in."""

from rag.records import Lang

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def lang_of(tag: str) -> Lang:
    """Give the language of a BCP 47 tag; ``zh`` without a script or a region is Simplified.

    Raises
    ------
    ValueError
        If answers are not worded in that language; the message names those that are.

    Examples
    --------
    >>> [lang_of(tag).value for tag in ("zh-CN", "zh_TW", "en-GB", "zh-Hans-HK")]
    ['zh-Hans', 'zh-Hant', 'en', 'zh-Hans']
    """
    parts = tag.strip().lower().replace("_", "-").split("-")
    if parts[0] == "en":
        return Lang.EN
    if parts[0] == "zh":
        traditional = not _TRADITIONAL.isdisjoint(parts) and "hans" not in parts
        return Lang.HANT if traditional else Lang.HANS
    raise ValueError(f"no answers in {tag!r}; known: {', '.join(Lang)}")
