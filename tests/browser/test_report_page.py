"""The evaluation report as an evaluator uses it: in a browser, on a screen and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from eval.compare import compare_runs
from eval.gold_file import read_gold
from eval.report.page import report_html
from eval.run_folder import read_run
from tests.browser.conftest import Watched
from tests.eval.report_run import HOSTILE, write_run

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(watched: Watched, tmp_path: Path) -> Watched:
    before, after = write_run(tmp_path / "a", "甲局"), write_run(tmp_path / "b", "丙局", g2=None)
    page = tmp_path / "report.html"
    comparison = compare_runs(read_run(before), read_run(after))
    page.write_text(report_html(read_run(after), comparison), encoding="utf-8")
    watched.page.goto(page.as_uri())
    return watched


def shown(page: Page) -> list[str]:
    return [str(item.get_attribute("id")) for item in page.locator("#rows > li").all()]


def test_nothing_runs_and_nothing_is_loaded_but_the_page(opened):
    page = opened.page
    page.locator(".head").first.click()
    page.get_by_role("button", name="English").click()
    assert opened.told == []
    assert len(opened.requests) == 1
    assert page.locator("img").count() == 0
    expect(page.locator(".question").first).to_contain_text(HOSTILE)


def test_the_page_is_no_wider_than_the_screen(opened):
    page = opened.page
    for head in page.locator(".head").all():
        head.click()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def test_wrong_questions_are_listed_first_and_filters_change_the_list(opened):
    page = opened.page
    assert shown(page) == ["q-g1", "q-g2"]
    expect(page.locator("#count")).to_have_text("2 / 3")
    page.get_by_label("结果").select_option("no_answer")
    assert shown(page) == ["q-g2"]
    page.get_by_label("结果").select_option("")
    assert shown(page) == ["q-g1", "q-g2", "q-g3"]
    page.get_by_label("与此前相比").select_option("stayed_right")
    assert shown(page) == ["q-g3"]
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator("#count")).to_have_text("3 / 3")
    page.get_by_label("搜索").fill("管药")
    assert shown(page) == ["q-g1"]
    page.get_by_label("搜索").fill("没有这样的题")
    assert shown(page) == []
    expect(page.locator("#none")).to_be_visible()


def test_a_bar_of_the_chart_filters_the_questions(opened):
    page = opened.page
    page.locator("#group-measure").select_option("status_right")
    bars = page.locator("#bars button")
    expect(bars).to_have_count(2)
    expect(bars.nth(1)).to_contain_text("不能回答")
    expect(bars.nth(1)).to_contain_text("0.500")
    full = page.locator("#bars svg").nth(1).bounding_box()
    half = page.locator("#bars rect").nth(1).bounding_box()
    assert half["width"] == pytest.approx(full["width"] / 2, rel=0.02)
    bars.nth(1).click()
    expect(bars.nth(1)).to_have_attribute("aria-pressed", "true")
    assert shown(page) == ["q-g2", "q-g3"]  # the right ones too: all that the bar counts
    bars.nth(1).click()
    assert shown(page) == ["q-g1", "q-g2", "q-g3"]
    page.locator("#group-by").select_option("document")
    expect(page.locator("#bars button")).to_have_count(2)


def test_a_question_opens_to_both_answers_the_clause_and_why_it_is_wrong(opened):
    page = opened.page
    head = page.locator("#q-g1 .head")
    head.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-expanded", "true")
    detail = page.locator("#q-g1 .detail")
    expect(detail.locator(".why")).to_contain_text("应为甲局得到丙局")
    expect(detail).to_contain_text("由丙局牵头[1]")
    expect(detail).to_contain_text("由甲局牵头[1]")
    expect(detail.locator("li", has_text="变差的指标")).to_contain_text("牵头单位正确")
    assert detail.locator(".clause mark").all_inner_texts() == ["管药"]
    assert detail.locator(".clause .proof").all_inner_texts() == ["（一）", "管药"]
    page.keyboard.press("Enter")
    expect(detail).to_have_count(0)


def test_every_word_changes_with_the_language(opened):
    page = opened.page
    page.locator("#q-g1 .head").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("Evaluation report")
    expect(page).to_have_title("Evaluation report · b")
    expect(page.locator("#q-g1 .why")).to_contain_text("wanted甲局got丙局")
    expect(page.get_by_label("Result")).to_be_visible()
    page.get_by_label("Result").select_option("right")
    expect(page.locator("#q-g3 .badge")).to_have_text("not found")
    words = page.locator("[data-w]").all_inner_texts()
    assert not [word for word in words if any("\u4e00" <= each <= "\u9fff" for each in word)]


def test_the_questions_of_the_seeds_are_all_on_their_report(visit, seed_index, tmp_path):
    from typer.testing import CliRunner  # noqa: PLC0415 - this one test runs the commands

    from eval.command import app  # noqa: PLC0415

    gold = Path(__file__).parents[2] / "eval" / "gold" / "dev.jsonl"
    run = str(tmp_path / "run")
    for command in (
        ["run", "--gold", str(gold), "--index", str(seed_index), "--out", run],
        ["report", run, "--lang", "en"],
    ):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
    watched = visit()
    watched.page.goto((tmp_path / "run" / "report.html").as_uri())
    watched.page.get_by_role("button", name="Clear filters").click()
    expect(watched.page.locator("#rows > li")).to_have_count(len(read_gold(gold)))
    assert watched.told == []
    assert len(watched.requests) == 1
