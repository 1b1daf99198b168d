"""The task table page: the rows of the API, in any order, as a matrix and as a chart."""

import csv
import json
import re
from urllib.parse import parse_qs, quote, unquote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import barriers, breaches
from tests.browser.site import serving

pytestmark = pytest.mark.browser

# How each of some words stands to the one before, in the order of Chinese dictionaries.
STEPS = """words => {
    const order = new Intl.Collator("zh-CN", {numeric: true});
    return words.map((word, at) => at ? order.compare(words[at - 1], word) : 0);
}"""
SHOW_MORE = {6, 7}  # columns whose cells show more than they are sorted by
SCROLLED = """element => new Promise(done => {
    if (element.scrollTop > 0) done();
    else element.addEventListener("scroll", done, {once: true});
})"""
SIGNS = {"●": "lead", "○": "member", "◎": "sole"}


def rows_of(site, query=""):
    with urlopen(f"{site}/v1/responsibilities?{quote(query, safe='=&')}") as response:
        return json.load(response)["responsibilities"]


def opened(visit, site, query="", **options):
    watched = visit(**options)
    watched.page.goto(f"{site}/tasks?{query}")
    expect(watched.page.get_by_role("tablist").or_(watched.page.locator(".note"))).to_be_visible()
    return watched


def shown(page):
    """Give the rows of the table as cells, without the names of columns that cards show."""
    return page.locator(".tasks tbody tr").evaluate_all(
        """rows => rows.map(row => [...row.cells].map(cell => {
            const own = cell.cloneNode(true);
            own.querySelector(".column")?.remove();
            return own.textContent.replace(/\\s+/g, " ").trim();
        }))"""
    )


def roles(row):
    alone = not row["leads"] and len(row["units"]) == 1 and not row["qualifiers"]
    return dict.fromkeys(row["leads"], "lead") | dict.fromkeys(
        row["members"], "sole" if alone else "member"
    )


@pytest.mark.parametrize(
    "query", ["", "unit=药监局", "role=lead&region=绍兴市", "status=draft&level=city&role=member"]
)
def test_every_row_on_the_page_is_the_row_of_the_api(visit, site, query):
    page = opened(visit, site, query).page
    rows = rows_of(site, query)
    expect(page.get_by_role("status").first).to_have_text(f"共 {len(rows)} 项任务")
    for cells, row in zip(shown(page), rows, strict=True):
        assert cells[0] == row["task"]
        assert cells[1] == ("、".join(row["leads"]) or "未指定")
        alone = "sole" in roles(row).values()
        members = "、".join(row["members"]) or "—未写明"
        assert cells[2] == members + " 唯一责任单位" * alone
        assert cells[3] == ("、".join(row["qualifiers"]) or "—未写明")
        for cell, stated in ((cells[4], row["deadlines"]), (cells[5], row["targets"])):
            words = "".join(each["quote"] for each in stated) or "—未写明"
            assert cell == re.sub(r"\s+", " ", words).strip()
        assert ("征求意见稿" in cells[6].split()) is (row["document"]["status"] == "draft")
        assert (row["lead_basis"] or {"quote": "—"})["quote"] in cells[7]
    links = page.locator(".tasks tbody th a").evaluate_all("links => links.map(a => a.pathname)")
    ids = [row["clause_id"] for row in rows]
    assert [unquote(link) for link in links] == [f"/c/{each}" for each in ids]


def test_exports_deliver_the_rows_that_are_shown(visit, site):
    page = opened(visit, site, "unit=卫生健康委&role=member&lang=en").page
    tasks = [cells[0] for cells in shown(page)]
    for name, ending in (("Export these tasks as CSV", "csv"), ("as Excel", "xlsx")):
        link = page.get_by_role("link", name=re.compile(name))
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.endswith(ending)
        asked = parse_qs(urlsplit(download.value.url).query)
        assert asked["unit"] == ["卫生健康委"]
        assert asked["lang"] == ["en"]
        if ending == "csv":
            with download.value.path().open(encoding="utf-8-sig", newline="") as lines:
                assert [row["task"] for row in csv.DictReader(lines)] == tasks


def test_every_column_sorts_up_down_and_back_with_blanks_last(visit, site):
    page = opened(visit, site).page
    before = shown(page)
    for at in range(8):
        head = page.locator("thead th").nth(at)
        for order, sign in (("ascending", 1), ("descending", -1)):
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", order)
            own = [cells[at] for cells in shown(page)]
            assert sorted(own) == sorted(cells[at] for cells in before)
            told = [each for each in own if not re.match("—|未指定", each)]
            assert own[: len(told)] == told
            if at not in SHOW_MORE:
                plain = [each.removesuffix(" 唯一责任单位") for each in told]
                assert all(sign * each <= 0 for each in page.evaluate(STEPS, plain))
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") is None
        assert shown(page) == before


def test_the_address_holds_what_is_shown_and_back_and_forward_lead_through_it(visit, site):
    page = opened(visit, site).page
    page.get_by_label("单位", exact=True).fill("药监局")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text(re.compile("共 [1-9]"))
    page.get_by_role("tab", name="图表").click()
    assert parse_qs(urlsplit(page.url).query) == {"unit": ["药监局"], "view": ["chart"]}
    there = page.url
    page.go_back()
    expect(page.locator("table.tasks")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("status").first).to_have_text("共 44 项任务")
    expect(page.get_by_label("单位", exact=True)).to_have_value("")
    page.go_forward()
    page.go_forward()
    expect(page.locator(".chart")).to_be_visible()
    other = opened(visit, site, urlsplit(there).query).page
    expect(other.get_by_label("单位", exact=True)).to_have_value("药监局")
    assert other.locator(".chart").inner_text() == page.locator(".chart").inner_text()


def test_the_other_language_shows_the_same_tasks(visit, site):
    page = opened(visit, site, "view=matrix").page
    page.locator("summary").first.click()
    page.get_by_role("checkbox", name="绍兴市").check()
    expect(page.get_by_role("status").first).to_have_text("共 18 项任务")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("status").first).to_have_text("18 tasks")
    expect(page.locator("table.matrix")).to_be_visible()


def test_units_that_occur_are_suggested(visit, site):
    page = opened(visit, site).page
    offered = page.locator("#units option").evaluate_all("all => all.map(each => each.value)")
    assert set(offered) == {unit for row in rows_of(site) for unit in row["units"]}
    assert page.get_by_label("单位", exact=True).get_attribute("list") == "units"


@pytest.mark.parametrize("document", ["zj-2021-68", "shaoxing-draft", "shanghai-2025-30"])
def test_the_cells_of_the_matrix_are_the_records(visit, site, document):
    page = opened(visit, site, f"view=matrix&matrix={document}").page
    own = [row for row in rows_of(site) if row["document"]["id"] == document]
    units = page.locator(".matrix thead th").all_inner_texts()[1:]
    assert set(units) == {unit for row in own for unit in row["units"]}
    cells = page.locator(".matrix tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    words = {"lead": "●牵头", "member": "○参与", "sole": "◎唯一责任"}
    for told, row in zip(cells, own, strict=True):
        assert told[0] == row["task"]
        expected = roles(row)
        assert told[1:] == [words[expected[unit]] if unit in expected else "" for unit in units]


def test_the_chart_counts_what_units_lead_and_take_part_in(visit, site):
    page = opened(visit, site, "view=chart").page
    page.get_by_role("button", name="显示全部").click()
    expected: dict[str, dict[str, int]] = {}
    for row in rows_of(site):
        for unit, role in roles(row).items():
            key = f"{unit}（{row['document']['region']['name']}）"
            expected.setdefault(key, dict.fromkeys(SIGNS.values(), 0))[role] += 1
    lines = page.locator(".chart tbody tr")
    told = lines.evaluate_all("rows => rows.map(row => [...row.cells].map(c => c.innerText))")
    counts = {line[0]: dict(zip(SIGNS.values(), map(int, line[2:5]), strict=True)) for line in told}
    assert counts == expected
    totals = [int(line[5]) for line in told]
    assert totals == sorted(totals, reverse=True)
    widths = lines.evaluate_all(
        """rows => rows.map(row => [...row.querySelectorAll("td svg > rect")].reduce(
            (sum, rect) => sum + parseFloat(rect.getAttribute("width")), 0))"""
    )
    assert widths == pytest.approx([100 * total / totals[0] for total in totals])


def test_everything_is_done_by_keyboard_alone(visit, site):
    page = opened(visit, site).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("单位", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("角色")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").first).to_have_text("共 22 项任务")
    expect(page.get_by_role("checkbox", name="上海市")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("summary").first).to_be_focused()
    expect(page.get_by_role("group", name="地区")).to_be_hidden()
    page.get_by_role("tab", name="表格").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="矩阵")).to_be_focused()
    expect(page.locator("table.matrix")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="图表")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="表格")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="清除")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("共 44 项任务")
    page.get_by_role("button", name="牵头单位").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="牵头单位")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.get_by_role("button", name="牵头单位")).to_be_focused()


def test_a_screen_reader_hears_tabs_a_table_and_its_count(visit, site):
    page = opened(visit, site, "document_id=zj-2021-68&unit=司法厅").page
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "任务分解表" [level=1]
        - form "筛选条件":
          - text: 单位
          - combobox "单位": 司法厅
          - text: 角色
          - combobox "角色"
        - tablist "显示方式":
          - tab "表格" [selected]
          - tab "矩阵"
          - tab "图表"
        - status: 共 1 项任务
        - paragraph:
          - link "把这些任务导出为 CSV"
          - link "把这些任务导出为 Excel"
        - tabpanel "表格":
          - region "任务分解表":
            - table "点击列名排序。":
              - rowgroup:
                - row:
                  - columnheader "任务"
                  - columnheader "牵头单位"
              - rowgroup:
                - row:
                  - rowheader "完善药品安全监管法规制度":
                    - link "完善药品安全监管法规制度"
                  - cell "省药监局"
        """
    )


STATES = {
    "table": "sort=-lead",
    "matrix": "view=matrix",
    "chart": "view=chart",
    "nothing": "unit=药监局&region=山西省",
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_breaks_a_rule_of_accessibility_or_the_width(visit, site, state):
    watched = opened(visit, site, STATES[state])
    assert barriers(watched.page, widths=(1280, 390)) == []
    assert watched.strangers(site) == []


def test_what_to_drop_is_said_with_what_it_gives(visit, site):
    page = opened(visit, site, "unit=药监局&region=山西省").page
    expect(page.locator(".note")).to_contain_text("没有符合筛选条件的任务")
    gives = len(rows_of(site, "unit=药监局"))
    page.get_by_role("button", name=f"去掉“地区：山西省”，可得 {gives} 项").click()
    expect(page.get_by_role("status").first).to_have_text(f"共 {gives} 项任务")
    assert parse_qs(urlsplit(page.url).query) == {"unit": ["药监局"]}


def test_an_unknown_filter_is_told_and_the_known_ones_are_at_hand(visit, site):
    page = opened(visit, site, "region=火星&role=lead", quiet=False).page
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("没有“火星”这一筛选值")
    assert barriers(page) == []
    alert.get_by_role("button", name="浙江省").click()
    expect(page.get_by_role("status").first).to_have_text("共 4 项任务")
    assert parse_qs(urlsplit(page.url).query) == {"role": ["lead"], "region": ["浙江省"]}


FAULTS = {
    "away": (lambda route: route.abort("connectionrefused"), "连不上服务"),
    "failing": (lambda route: route.fulfill(status=500, body="x"), "服务暂时无法答复"),
    "busy": (lambda route: route.fulfill(status=429, body="{}"), "服务暂时无法答复"),
    "broken": (
        lambda route: route.fulfill(status=200, body='{"responsibilities": [{"doc'),
        "答复不完整",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_service_is_told_and_can_be_tried_again(visit, site, fault):
    fails, words = FAULTS[fault]
    page = opened(visit, site, quiet=False).page
    page.route("**/v1/responsibilities*", fails)
    page.get_by_label("角色").select_option("lead")
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert breaches(page) == []
    page.unroute("**/v1/responsibilities*")
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_role("status").first).to_have_text("共 22 项任务")


def test_a_slow_service_is_waited_for_and_then_told(visit, site):
    watched = visit(quiet=False)
    page = watched.page
    page.clock.install()
    page.goto(f"{site}/tasks")
    expect(page.get_by_role("tablist")).to_be_visible()
    page.route("**/v1/responsibilities*", lambda route: None)
    page.get_by_label("角色").select_option("lead")
    expect(page.get_by_role("status").first).to_have_text("正在读取……")
    expect(page.locator(".tasks tbody tr")).to_have_count(44)
    page.clock.run_for(31_000)
    expect(page.get_by_role("alert")).to_contain_text("服务超过 30 秒没有答复")


def test_without_documents_the_page_says_what_is_missing(visit):
    with serving(None) as empty:
        page = visit(quiet=False).page
        page.goto(f"{empty}/tasks")
        expect(page.get_by_role("alert")).to_contain_text("还没有可供查阅的文件")
        assert breaches(page) == []


def many(site, count, units):
    """Make a big answer of a real row: tasks with names of their own, and so many units."""
    row = rows_of(site, "document_id=zj-2021-68")[0]
    names = [f"第{at}号单位" for at in range(units)]
    return [
        row
        | {
            "task": f"任务{at}",
            "clause_id": f"zj-2021-68:{at}",
            "lead": names[at % units],
            "leads": [names[at % units]],
            "units": [names[(at + step) % units] for step in range(5)],
            "members": [names[(at + step) % units] for step in range(1, 5)],
        }
        for at in range(count)
    ]


def big(visit, site, query, **options):
    watched = visit(**options)
    body = json.dumps({"responsibilities": many(site, 2000, 80)})
    watched.page.route(
        "**/v1/responsibilities*",
        lambda route: route.fulfill(body=body, content_type="application/json"),
    )
    watched.page.goto(f"{site}/tasks?{query}")
    count = watched.page.get_by_role("status").first
    expect(count).to_have_text("共 2,000 项任务")
    return watched.page


def test_two_thousand_rows_come_a_hundred_at_a_time(visit, site):
    page = big(visit, site, "")
    expect(page.locator(".tasks tbody tr")).to_have_count(100)
    page.get_by_role("button", name="下一页").click()
    assert shown(page)[0][0] == "任务100"
    expect(page.get_by_role("region", name="任务分解表")).to_be_focused()
    page.get_by_role("button", name="任务", exact=True).click()
    page.get_by_role("button", name="任务", exact=True).click()
    assert shown(page)[0][0] == "任务1999"
    assert "page" not in page.url


def test_a_matrix_is_bounded_and_says_so(visit, site):
    page = big(visit, site, "view=matrix")
    expect(page.locator(".matrix tbody tr")).to_have_count(200)
    expect(page.locator(".matrix thead th")).to_have_count(61)
    expect(page.locator("main")).to_contain_text("其余 20 个可用“单位”筛选")
    expect(page.locator("main")).to_contain_text("其余 1,800 项见表格")
    region = page.get_by_role("region", name="单位与任务矩阵")
    region.focus()
    page.keyboard.press("PageDown")
    region.evaluate(SCROLLED)
    head = page.locator(".matrix thead th").nth(1).bounding_box()
    box = region.bounding_box()
    assert abs(head["y"] - box["y"]) <= 2


def test_a_very_long_unit_name_keeps_to_its_place(visit, site):
    name = "省人民政府" + "全面深化药品医疗器械监管改革" * 12 + "办公室"
    row = rows_of(site, "document_id=zj-2021-68")[0]
    body = json.dumps(
        {
            "responsibilities": [
                row | {"lead": name, "leads": [name], "units": [name], "members": []}
            ]
        }
    )
    page = visit(width=390).page
    page.route(
        "**/v1/responsibilities*",
        lambda route: route.fulfill(body=body, content_type="application/json"),
    )
    for view in ("table", "matrix", "chart"):
        page.goto(f"{site}/tasks?view={view}")
        expect(page.get_by_role("status").first).to_have_text("共 1 项任务")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_a_document_says_is_never_run(visit, site):
    hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>{{7*7}}'
    row = rows_of(site, "document_id=zj-2021-68")[0]
    document = row["document"] | {"title": hostile, "number": hostile, "id": hostile}
    dirty = row | {
        "task": hostile,
        "lead": hostile,
        "leads": [hostile],
        "members": [hostile, "javascript:alert(3)"],
        "units": [hostile],
        "qualifiers": [hostile],
        "label": hostile,
        "clause_id": f"javascript:alert(4)/{hostile}",
        "document": document,
        "deadlines": [{"quote": hostile, "start": 0, "end": 1}],
    }
    body = json.dumps({"responsibilities": [dirty, row]})
    watched = visit()
    watched.page.route(
        "**/v1/responsibilities*",
        lambda route: route.fulfill(body=body, content_type="application/json"),
    )
    for view in ("table", "matrix", "chart"):
        watched.page.goto(f"{site}/tasks?view={view}")
        expect(watched.page.get_by_role("status").first).to_have_text("共 2 项任务")
        assert watched.page.locator("main img, main script").count() == 0
        links = watched.page.locator("main a").evaluate_all("all => all.map(a => a.href)")
        assert all(link.startswith(site) for link in links)
        assert watched.strangers(site) == []


def test_without_scripts_the_form_still_filters(visit, site):
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/tasks")
    page.get_by_label("单位", exact=True).fill("药监局")
    page.get_by_role("button", name="筛选").click()
    rows = rows_of(site, "unit=药监局")
    expect(page.locator(".tasks tbody tr")).to_have_count(len(rows))
    expect(page.locator(".count")).to_have_text(f"共 {len(rows)} 项任务")
