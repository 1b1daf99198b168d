"""How the widget looks and speaks, and what a host may change of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.widget.embedded import ask, chat

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("tag", "page_lang", "name"),
    [
        ("", "zh-CN", "公文问答"),
        ("", "zh-HK", "公文問答"),
        ("", "en-GB", "Ask the documents"),
        ("data-lang=zh-TW", "en", "公文問答"),
        ("data-lang=en data-title=Policies", "zh-CN", "Policies"),
        ("", "", "公文问答"),
    ],
)
def test_it_speaks_the_language_of_its_place(embed, tag, page_lang, name):
    one = embed(tag, lang=page_lang)
    expect(chat(one.page).get_by_role("button", name=name)).to_be_visible()


def test_an_answer_is_in_the_language_of_its_question(embed):
    one = embed("data-lang=zh-TW data-open")
    shown = ask(one.page, "Who leads the drug safety expert pool in Zhejiang?")
    expect(shown.locator(".words")).to_have_attribute("lang", "en")
    expect(shown).to_contain_text("leads")
    expect(shown).to_contain_text("有依據")


def test_the_host_themes_it_by_properties_and_parts(embed):
    properties = "yiju-chat { --yiju-accent: rgb(1, 2, 3); --yiju-font: monospace; }"
    part = "yiju-chat::part(launcher) { border-radius: 0; }"
    one = embed("", head=f"<style>{properties}{part}</style>")
    launcher = chat(one.page).get_by_role("button")
    expect(launcher).to_have_css("background-color", "rgb(1, 2, 3)")
    expect(launcher).to_have_css("font-family", "monospace")
    expect(launcher).to_have_css("border-radius", "0px")


@pytest.mark.parametrize(
    ("tag", "direction", "left"),
    [
        ("", "ltr", False),
        ("", "rtl", True),
        ("data-position=start", "ltr", True),
        ("data-position=right", "rtl", False),
    ],
)
def test_it_stands_where_the_host_says(embed, tag, direction, left):
    one = embed(tag, head=f"<style>html {{ direction: {direction}; }}</style>")
    box = chat(one.page).get_by_role("button").bounding_box()
    assert (box["x"] < 640) == left


@pytest.mark.parametrize(("theme", "dark"), [("dark", False), ("light", True)])
def test_a_theme_leads_over_the_readers_choice(embed, theme, dark):
    one = embed(f"data-theme={theme} data-open", dark=dark)
    colour = chat(one.page).locator(".panel").evaluate("e => getComputedStyle(e).colorScheme")
    assert colour == theme
