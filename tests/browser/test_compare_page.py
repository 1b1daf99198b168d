"""The compare page: what each region says, what differs, and the chain, as the API has it."""

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

TOPIC = "topic=药品追溯"
DEPTH = """box => {
    let depth = 0;
    while ((box = box.parentElement.closest(".chain"))) depth += 1;
    return depth;
}"""
ASPECTS = ("lead", "units", "targets", "deadlines")
TOPICS = [TOPIC, "topic=专家库", f"{TOPIC}&level=province"]


def told_by(site, query=TOPIC):
    with urlopen(f"{site}/v1/compare?{quote(query, safe='=&')}") as response:
        return json.load(response)


def opened(visit, site, query=TOPIC, **options):
    watched = visit(**options)
    watched.page.goto(f"{site}/compare?{query}")
    expect(watched.page.locator(".results")).to_have_attribute("aria-busy", "false")
    return watched


def texts(locator):
    return [re.sub(r"\s+", " ", each).strip() for each in locator.all_inner_texts()]


def bare(words):
    return re.sub(r"\W", "", words)


def regions_of(told):
    return list(dict.fromkeys(row["document"]["region"]["name"] for row in told["rows"]))


@pytest.mark.parametrize("query", TOPICS)
def test_regions_stand_side_by_side_from_the_nation_down_with_the_clauses_of_the_api(
    visit, site, query
):
    page = opened(visit, site, query).page
    told = told_by(site, query)
    assert told["rows"]
    assert texts(page.locator(".compared thead th")) == regions_of(told)
    links = page.locator(".compared .form > a:not(.chip)").evaluate_all(
        "links => links.map(each => each.pathname)"
    )
    assert [unquote(link) for link in links] == [f"/c/{row['clause_id']}" for row in told["rows"]]
    quotes = page.locator(".compared blockquote").all_inner_texts()
    says = [piece for row in told["rows"] for piece in row["says"]]
    for quoted, piece in zip(quotes, says, strict=True):
        assert bare(quoted) in {bare(piece["quote"]), bare(piece["text"])}
        assert quoted in {piece["quote"].strip(), piece["text"]}


@pytest.mark.parametrize("query", TOPICS)
def test_each_clause_has_its_lead_units_targets_and_deadlines(visit, site, query):
    page = opened(visit, site, query).page
    for row in told_by(site, query)["rows"]:
        chip = page.locator(".compared").get_by_role("link", name=re.compile(f"^条文 {row['n']}："))
        cited = f"《{row['document']['title']}》".replace("《上海市全面", "〈上海市全面")
        expect(chip.first).to_have_attribute("aria-label", re.compile(re.escape(cited[:9])))
        words = {
            "lead": row["leads"],
            "units": row["units"],
            "targets": [each["text"] for each in row["targets"]],
            "deadlines": [each["text"] for each in row["deadlines"]],
        }
        for aspect in ASPECTS:
            own = page.locator(f".compared tr.{aspect} .one").filter(
                has=page.get_by_role("link", name=re.compile(f"^条文 {row['n']}："))
            )
            if own.count():
                shown = [each.removesuffix(" 仅此处") for each in texts(own.locator("li"))]
                assert shown == words[aspect]
                assert bool(shown) or re.search("未写明|未指定牵头", own.inner_text())
            else:
                assert words[aspect] == []


@pytest.mark.parametrize("query", TOPICS)
def test_differences_marked_are_those_of_the_api(visit, site, query):
    page = opened(visit, site, query).page
    told = told_by(site, query)
    regions = regions_of(told)
    place = {row["document"]["id"]: row["document"]["region"]["name"] for row in told["rows"]}
    leading = {place[row["document"]["id"]] for row in told["rows"] if row["leads"]}
    for aspect in ASPECTS:
        lines = page.locator(f".points tbody.{aspect} tr:not(.group)")
        points = told["shared"][aspect] + told["differences"][aspect]
        assert lines.count() == len(points)
        for at, point in enumerate(points):
            holding = list(dict.fromkeys(each["document_id"] for each in point["held"]))
            mark = "各方都写明"
            if point["lacking"]:
                mark = f"{len(holding)} 方写明，{len(point['lacking'])} 方未写明"
                mark = f"只有{place[holding[0]]}写明" if len(holding) == 1 else mark
            cells = texts(lines.nth(at).locator("th .tag, td"))
            assert cells[0] == mark
            for region, cell in zip(regions, cells[1:], strict=True):
                held = [e for e in point["held"] if place[e["document_id"]] == region]
                own = " ".join(f"{each['words']} {each['n']}" for each in held)
                led = aspect == "lead" and region in leading
                assert cell == (own or ("由其他单位牵头" if led else "未写明"))


@pytest.mark.parametrize("query", TOPICS)
def test_what_one_alone_states_is_marked_in_words_where_it_stands(visit, site, query):
    page = opened(visit, site, query).page
    differences = told_by(site, query)["differences"]
    for aspect in ASPECTS:
        only = [
            each["words"]
            for point in differences[aspect]
            if len({each["document_id"] for each in point["held"]}) == 1
            for each in point["held"]
        ]
        marked = page.locator(f".compared tr.{aspect} li").filter(has=page.locator(".tag.only"))
        assert sorted(texts(marked)) == sorted(f"{words} 仅此处" for words in only)


def test_the_chain_is_drawn_with_scores_and_the_words_that_cite(visit, site):
    page = opened(visit, site).page
    chain = told_by(site)["chain"]
    steps = page.locator(".chain .step")
    assert steps.count() == len(chain) > 2
    for at, step in enumerate(chain):
        box = steps.nth(at)
        expect(box).to_contain_text(step["document"]["region"]["name"])
        if step["score"] is not None:
            expect(box).to_contain_text(f"对应程度 {step['score']:.2f}")
            expect(box).to_contain_text(step["link"]["quote"].strip())
            weak = box.get_by_text("与上级条文对应较弱")
            expect(weak).to_have_count(0 if step["aligned"] else 1)
        depth = box.evaluate(DEPTH)
        above, expected = step["above"], 1
        while above is not None:
            above, expected = chain[above - 1]["above"], expected + 1
        assert depth == expected


def test_who_says_nothing_and_what_is_not_held_is_told(visit, site):
    page = opened(visit, site, "topic=专家库").page
    told = told_by(site, "topic=专家库")
    silent = page.get_by_role("group").filter(has_text="没有谈到这一主题的文件（2 份）")
    for document in told["lacking"]:
        expect(silent).to_contain_text(document["number"])
    page = opened(visit, site, "topic=北京药品追溯").page
    expect(page.get_by_text("没有收录的：北京市")).to_be_visible()


def test_the_csv_has_the_rows_that_are_shown(visit, site):
    page = opened(visit, site, f"{TOPIC}&region=浙江省&region=上海市").page
    with page.expect_download() as download:
        page.get_by_role("link", name="把这次对比导出为 CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["region"] for row in rows] == ["上海市"] * 3 + ["浙江省"]
    assert len(rows) == page.locator(".compared .form").count()


def test_a_subject_offered_is_compared_and_back_leads_to_the_start(visit, site):
    page = opened(visit, site, "").page
    offered = page.locator(".start button").first
    topic = offered.inner_text()
    offered.click()
    expect(page.get_by_role("status")).to_contain_text(f"“{topic}”：")
    assert parse_qs(urlsplit(page.url).query) == {"topic": [topic]}
    expect(page.get_by_label("主题")).to_have_value(topic)
    page.go_back()
    expect(page.locator(".start")).to_be_visible()
    page.go_forward()
    expect(page.locator(".compared")).to_be_visible()


def test_regions_are_chosen_by_keyboard_alone(visit, site):
    page = opened(visit, site, "").page
    page.get_by_label("主题").focus()
    page.keyboard.type("药品追溯")
    page.keyboard.press("Enter")
    expect(page.locator(".compared thead th")).to_have_count(5)
    page.get_by_label("主题").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.locator(".compared thead th")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("summary").first).to_be_focused()
    assert len(parse_qs(urlsplit(page.url).query)["region"]) == 2
    names = texts(page.locator(".compared thead th"))
    page.get_by_role("region", name="各地条文并排").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".compared .chip").first).to_be_focused()
    assert names == regions_of(told_by(site, f"{TOPIC}&region={names[0]}&region={names[1]}"))


def test_a_screen_reader_hears_each_part_with_its_name(visit, site):
    page = opened(visit, site, f"{TOPIC}&region=浙江省&region=绍兴市").page
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "对比" [level=1]
        - search:
          - text: 主题
          - combobox "主题": 药品追溯
        - status: “药品追溯”：2 份文件、2 条条文
        - paragraph:
          - link "把这次对比导出为 CSV"
        - heading "各自怎么说" [level=2]
        - region "各地条文并排，可左右滚动":
          - table:
            - rowgroup:
              - row:
                - columnheader "浙江省"
                - columnheader "绍兴市"
            - rowgroup:
              - row:
                - rowheader "条文"
              - row:
                - rowheader "牵头单位"
        - heading "逐项对照" [level=2]
        - region "逐项对照，可左右滚动":
          - table:
            - rowgroup:
              - row:
                - columnheader "异同"
                - columnheader "浙江省"
                - columnheader "绍兴市"
            - rowgroup:
              - row:
                - rowheader "牵头单位"
              - row /^只有浙江省写明/:
                - rowheader "只有浙江省写明"
        """
    )


STATES = {
    "start": "",
    "found": TOPIC,
    "silent": "topic=专家库",
    "nothing": "topic=月球基地&level=province",
    "missing": "topic=北京药品追溯",
    "one": f"{TOPIC}&region=浙江省",
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_breaks_a_rule_of_accessibility_or_the_width(visit, site, state):
    watched = opened(visit, site, STATES[state])
    assert barriers(watched.page, widths=(1280, 390)) == []
    assert watched.strangers(site) == []


def test_on_a_phone_each_cell_names_its_region(visit, site):
    page = opened(visit, site, width=390).page
    names = texts(page.locator(".compared tr.clause .where"))
    assert names == regions_of(told_by(site))
    expect(page.locator(".points .lacks").first).to_be_hidden()
    expect(page.locator(".points th .where").first).to_contain_text("未写明：全国、山西省")


def test_nothing_found_offers_the_filters_to_drop(visit, site):
    page = opened(visit, site, "topic=专家库&region=山西省").page
    expect(page.get_by_role("status")).to_have_text("所选文件里没有谈到“专家库”的条文。")
    page.get_by_role("button", name="去掉“地区：山西省”").click()
    expect(page.locator(".compared")).to_be_visible()


REFUSED = {
    "topic=药品追溯&region=火星": "没有“火星”这一筛选值",
    "topic=药品追溯&level=city&region=浙江省": "没有文件同时符合这些筛选条件",
    "topic=？？": "主题里没有可以对比的词句",
}


@pytest.mark.parametrize("query", REFUSED)
def test_a_refusal_says_what_to_change(visit, site, query):
    page = opened(visit, site, query, quiet=False).page
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(REFUSED[query])
    assert breaches(page) == []
    if alert.get_by_role("button").count():
        alert.get_by_role("button").last.click()
        expect(page.locator(".compared")).to_be_visible()


FAULTS = {
    "away": (lambda route: route.abort("connectionrefused"), "连不上服务"),
    "failing": (lambda route: route.fulfill(status=500, body="x"), "服务暂时无法答复"),
    "broken": (lambda route: route.fulfill(status=200, body='{"topic": "药'), "答复不完整"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_service_is_told_and_can_be_tried_again(visit, site, fault):
    fails, words = FAULTS[fault]
    page = opened(visit, site, "", quiet=False).page
    page.route("**/v1/compare*", fails)
    page.get_by_label("主题").fill("药品追溯")
    page.get_by_role("button", name="对比").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    page.unroute("**/v1/compare*")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".compared")).to_be_visible()


def test_a_slow_service_is_waited_for_and_then_told(visit, site):
    page = visit(quiet=False).page
    page.clock.install()
    page.goto(f"{site}/compare")
    expect(page.locator(".start button").first).to_be_visible()
    page.route("**/v1/compare*", lambda route: None)
    page.get_by_label("主题").fill("药品追溯")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("正在读取……")
    page.clock.run_for(31_000)
    expect(page.get_by_role("alert")).to_contain_text("服务超过 30 秒没有答复")


def test_without_documents_the_page_says_what_is_missing(visit):
    with serving(None) as empty:
        page = visit(quiet=False).page
        page.goto(f"{empty}/compare?{TOPIC}")
        expect(page.get_by_role("alert")).to_contain_text("还没有可供查阅的文件")
        assert breaches(page) == []


def test_what_a_document_or_a_topic_says_is_never_run(visit, site):
    hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>${alert(3)}'

    def dirtied(value):
        if isinstance(value, dict):
            kept = {"n", "id", "document_id", "level", "status", "kind", "code"}
            return {k: v if k in kept else dirtied(v) for k, v in value.items()}
        if isinstance(value, list):
            return [dirtied(each) for each in value]
        return f"{value}{hostile}" if isinstance(value, str) else value

    body = json.dumps(dirtied(told_by(site)))
    watched = visit()
    watched.page.route(
        "**/v1/compare*", lambda route: route.fulfill(body=body, content_type="application/json")
    )
    watched.page.goto(f"{site}/compare?topic={quote(hostile)}")
    expect(watched.page.locator(".chain .step")).to_have_count(3)
    assert watched.page.locator("main img, main script").count() == 0
    links = watched.page.locator("main a").evaluate_all("all => all.map(a => a.href)")
    assert all(link.startswith(site) for link in links)
    assert watched.strangers(site) == []


def test_without_scripts_the_form_still_compares(visit, site):
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/compare")
    page.get_by_label("主题").fill("药品追溯")
    page.get_by_role("button", name="对比").click()
    expect(page.locator(".compared tbody tr")).to_have_count(len(told_by(site)["rows"]))
    expect(page.get_by_role("heading", name="上下承接")).to_be_visible()
