"""What a client prefers, by its headers Accept and Accept-Language (RFC 9110, section 12.5)."""

import re
from collections.abc import Iterator, Sequence

from starlette.requests import Request

from api.languages import lang_of
from rag.records import Lang

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


def media_type(accept: str, offers: Sequence[str]) -> str:
    """Give the media type that fits best; of equals the one named, then the one offered first.

    Where none fits it is the first: an answer in another form helps more than none.

    Examples
    --------
    >>> media_type("text/html, */*;q=0.8", ("application/json", "text/csv"))
    'application/json'
    >>> media_type("text/csv, */*", ("application/json", "text/csv"))
    'text/csv'
    """
    ranges = dict(_weighted(accept))

    def fit(offer: str) -> tuple[float, int]:
        for exactness, each in enumerate((offer, f"{offer.partition('/')[0]}/*", "*/*")):
            if each in ranges:
                return ranges[each], -exactness
        return 0.0, -3

    return max(offers, key=fit)


def prefers_html(request: Request) -> bool:
    """Whether a browser asks, which names HTML before what it would take as well."""
    accept = request.headers.get("Accept", "")
    return media_type(accept, ("application/json", "text/html")) == "text/html"


def language(accept_language: str) -> Lang | None:
    """Give the language of answers that a client likes best; None where it names none of them.

    Examples
    --------
    >>> language("de, zh-TW;q=0.9, en;q=0.5").value
    'zh-Hant'
    """
    liked = sorted(_weighted(accept_language), key=lambda each: -each[1])
    for tag, quality in liked:
        try:
            found = lang_of(tag)
        except ValueError:
            continue
        if quality > 0:
            return found
    return None


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for each in header.split(","):
        value, *parameters = each.split(";")
        weights = [match for one in parameters if (match := _QUALITY.fullmatch(one))]
        yield value.strip().lower(), float(weights[0][1]) if weights else 1.0
