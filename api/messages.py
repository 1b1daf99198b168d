"""The words of the pages in each language, as the templates and the scripts take them."""

import calendar
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

Message = str | dict[str, str]
"""Words with ``{places}``, or such words for each plural category of CLDR that the language has."""


_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")


class PageLang(StrEnum):
    """A language that the pages speak, as BCP 47 has it."""

    ZH_CN = "zh-CN"
    EN = "en"

    @property
    def other(self) -> "PageLang":
        """The language that a page offers beside its own."""
        return PageLang.EN if self is PageLang.ZH_CN else PageLang.ZH_CN


def page_lang(tag: str | None) -> PageLang | None:
    """Give the language that a tag names, None where it names none that the pages speak.

    Examples
    --------
    >>> page_lang("zh-Hant-HK"), page_lang("EN_gb"), page_lang("fr"), page_lang(None)
    (<PageLang.ZH_CN: 'zh-CN'>, <PageLang.EN: 'en'>, None, None)
    """
    primary = (tag or "").replace("_", "-").partition("-")[0].lower()
    return {"zh": PageLang.ZH_CN, "en": PageLang.EN}.get(primary)


@cache
def catalogue(area: str, lang: PageLang) -> Mapping[str, Message]:
    """Give the messages of an area, such as ``ask``, by their full names (``ask.submit``)."""
    path = files("api") / "web" / "locales" / f"{area}.{lang}.json"
    told: dict[str, Message] = json.loads(path.read_text(encoding="utf-8"))
    return {f"{area}.{key}": message for key, message in told.items()}


class Messages:
    """The messages of some areas in one language."""

    def __init__(self, areas: Iterable[str], lang: PageLang) -> None:
        self.lang = lang
        self.all: dict[str, Message] = {}
        for area in areas:
            self.all |= catalogue(area, lang)

    def __call__(self, name: str, **values: Any) -> str:  # noqa: ANN401 - what format takes
        """Give a message with its places filled in.

        Raises
        ------
        KeyError
            If there is no such message, or a place of it has no value.
        """
        message = self.all[name]
        if not isinstance(message, str):
            message = message[_category(values["count"], self.lang, message)]
        return message.format(**values)

    def day(self, iso: str) -> str:
        """Give a day as the language writes it; what is no day stays as it is.

        Examples
        --------
        >>> [Messages((), lang).day("2021-12-30") for lang in PageLang]
        ['2021年12月30日', 'December 30, 2021']
        """
        match = _DAY.fullmatch(iso)
        if match is None:
            return iso
        year, month, day = (int(part) for part in match.groups())
        if self.lang is PageLang.ZH_CN:
            return f"{year}年{month}月{day}日"
        return f"{calendar.month_name[month]} {day}, {year}"


def _category(count: int, lang: PageLang, message: Mapping[str, str]) -> str:
    """Give the plural category of a number; source: CLDR, English has one, Chinese none."""
    return "one" if lang is PageLang.EN and count == 1 and "one" in message else "other"
