"""The charsmap: characters that a tokenizer folds into others, one at a time."""

import unicodedata

import opencc

_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x323AF  # the last character of CJK extension H; private use follows
_LONGEST = 8


def folding_rules() -> dict[str, str]:
    """Give every character that folds into something else, and what it folds into.

    Folding is NFKC, lower case and Traditional to Simplified Chinese, the last by OpenCC's
    table of single characters. A character whose fold has more than 8 is left as it is.

    Examples
    --------
    >>> rules = folding_rules()
    >>> rules["Ａ"], rules["責"], rules["①"], "a" in rules
    ('a', '责', '1', False)
    """
    characters = [chr(code) for code in range(0x20, _LAST + 1) if code not in _SURROGATES]
    known = [each for each in characters if unicodedata.category(each) not in ("Cn", "Co", "Cc")]
    folded = _fold(_fold(known))
    return {
        character: fold
        for character, fold in zip(known, folded, strict=True)
        if fold not in (character, "") and len(fold) <= _LONGEST
    }


def _fold(texts: list[str]) -> list[str]:
    plain = [unicodedata.normalize("NFKC", text).lower() for text in texts]
    # Lines of one character each: no rule for a phrase can reach over them.
    rows = opencc.OpenCC("t2s").convert("\n".join(plain)).split("\n")
    if len(rows) != len(texts):
        raise AssertionError(f"OpenCC gave {len(rows)} texts for {len(texts)}")
    return [unicodedata.normalize("NFKC", row).lower() for row in rows]


def rules_table(rules: dict[str, str]) -> str:
    """Write rules as sentencepiece reads them: code points in hexadecimal, a tab between."""
    return "".join(f"{_hex(source)}\t{_hex(target)}\n" for source, target in rules.items())


def _hex(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
