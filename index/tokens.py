"""Tokens of the lexical index: Han uni- and bigrams, whole words, numbers, document numbers."""

import re
import unicodedata

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    rf"|(?P<word>\d*(?![{_HAN}])[^\W\d_](?:(?![{_HAN}])[^\W_])*)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?%?)"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】]\s*第?\s*(\d+)\s*号")


def tokenize(text: str) -> list[str]:
    """Cut a text into the tokens that are searched.

    Parameters
    ----------
    text : str
        Any text; Traditional characters must be folded before, width and case are folded here.

    Returns
    -------
    list of str
        In reading order: each Han character and each pair of neighbours; other words whole
        and in lower case, digits in them included (``h1n1``); numbers whole, with decimals
        and per cent but without thousands separators; behind them all, each document number
        in one spelling, beside its parts.

    Examples
    --------
    >>> tokenize("提高到９９.5%")
    ['提', '高', '到', '提高', '高到', '99.5%']
    >>> tokenize("国办发[2021]16号")
    ['国', '办', '发', '国办', '办发', '2021', '16', '号', '〔2021〕16号']
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    tokens: list[str] = []
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if match.lastgroup == "han":
            tokens += token
            tokens += (token[at : at + 2] for at in range(len(token) - 1))
        elif match.lastgroup == "number":
            tokens.append(token.replace(",", ""))
        else:
            tokens.append(token)
    tokens += (f"〔{year}〕{number}号" for year, number in _DOCUMENT_NUMBER.findall(folded))
    return tokens
