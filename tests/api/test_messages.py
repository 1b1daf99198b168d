"""The words of the pages: whole in every language, with the same places."""

import json
import re
from importlib.resources import files

import pytest

from api.messages import Messages, PageLang, page_lang

LOCALES = files("api") / "web" / "locales"
AREAS = sorted({path.name.partition(".")[0] for path in LOCALES.iterdir()})
CHINESE = re.compile("[\u4e00-\u9fff]")


def read(area, lang):
    return json.loads((LOCALES / f"{area}.{lang}.json").read_text(encoding="utf-8"))


def languages(area):
    return sorted(
        path.name.split(".")[1] for path in LOCALES.iterdir() if path.name.startswith(f"{area}.")
    )


def places(message):
    forms = message.values() if isinstance(message, dict) else [message]
    return set(re.findall(r"\{(\w+)\}", " ".join(forms)))


@pytest.mark.parametrize("area", AREAS)
def test_every_language_has_the_same_messages_with_the_same_places(area):
    told = {lang: read(area, lang) for lang in languages(area)}
    assert {"zh-CN", "en"} <= told.keys()
    first = told["zh-CN"]
    for each in told.values():
        assert list(each) == list(first)
        for key, message in each.items():
            assert places(message) == places(first[key]), key


@pytest.mark.parametrize("area", AREAS)
def test_english_is_english_and_every_message_says_something(area):
    for lang in languages(area):
        for key, message in read(area, lang).items():
            forms = message.values() if isinstance(message, dict) else [message]
            assert all(form.strip() for form in forms), key
            if lang == "en" and key != "other_language":
                assert not CHINESE.search(" ".join(forms).replace("《", "")), key


def test_a_message_is_counted_and_filled():
    messages = Messages((), PageLang.EN)
    messages.all["x"] = {"one": "{count} clause", "other": "{count} clauses"}
    assert [messages("x", count=count) for count in (0, 1, 2)] == [
        "0 clauses",
        "1 clause",
        "2 clauses",
    ]


@pytest.mark.parametrize("tag", ["", None, "fr", "zz-CN"])
def test_a_tag_of_no_language_of_ours_is_none(tag):
    assert page_lang(tag) is None
