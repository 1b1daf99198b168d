"""The ask page as staff use it: a question, its answer, and the clause behind every word."""

import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from rag.answer import Answerer
from rag.records import Answer, CitationRole, Lang
from rag.reworded import Sentence, Withdrawn
from rag.wire import Json, answer_json
from tests.api.fakes import FakeAnswerer
from tests.browser.conftest import Visit, barriers, breaches
from tests.browser.site import serving

pytestmark = pytest.mark.browser

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "seeds.jsonl"
PROBES = 40
LED = "浙江的药品安全专家库由谁牵头？"
UNLED = "上海的药品全生命周期数智监管由谁牵头？"
DRAFTED = "绍兴征求意见稿里打造医药创新雨林生态由谁负责？"
SEVERAL = "浙江和上海在药品追溯上有什么不同？"
UNKNOWN = "北京的疫苗由谁牵头"
MARKED = """() => [...document.querySelectorAll("yiju-document mark.cited")]
  .map((mark) => mark.textContent).join("")"""
READY = """() => new Promise((done) => {
  document.addEventListener("yiju-ready", () => done(true), { once: true });
  setTimeout(() => done(false), 30_000);
})"""
IN_SIGHT = """() => {
  const mark = document.querySelector("yiju-document mark.cited").getBoundingClientRect();
  const box = document.querySelector(".panel .document").getBoundingClientRect();
  return mark.top >= box.top - 1 && mark.top < box.bottom;
}"""


def ask(page: Page, question: str) -> None:
    """Type a question and send it; the answer is there when this returns."""
    page.get_by_role("textbox", name="问题").fill(question)
    page.get_by_role("button", name="提问", exact=True).click()
    answered(page)


def answered(page: Page, turn: int = -1) -> None:
    expect(page.locator("article.turn").nth(turn)).to_have_attribute("aria-busy", "false")


def opened(visit: Visit, site: str, question: str = LED, **options: object) -> Page:
    """Open the link to a question, and wait for its answer."""
    page: Page = visit(**options).page
    page.goto(f"{site}/?q={question}")
    answered(page)
    return page


def chips(page: Page) -> Locator:
    return page.locator(".words .chip")


def fulfilled(page: Page, **response: Any) -> list[Json]:
    """Answer each question with a response of our own, and note what was asked."""
    asked: list[Json] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(**response)

    page.route("**/v1/ask", answer)
    return asked


def stream(*events: tuple[str, object]) -> Json:
    """Give a response of server-sent events."""
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
    return {"status": 200, "content_type": "text/event-stream", "body": body}


# Ask, chip, exact highlight


def probes(answerer: Answerer) -> list[tuple[str, Answer]]:
    """Give gold questions, spread over all of them, that an answer with marks is given to."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    found = []
    for question in (row["question"] for row in rows if not row["abstain"]):
        answer = answerer.ask(question)
        marks = sorted({int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)})
        if any(1 <= n <= len(answer.citations) for n in marks):
            found.append((question, answer))
    step = len(found) / PROBES
    return [found[int(at * step)] for at in range(PROBES)]


def test_a_chip_opens_its_document_at_exactly_the_words_cited(visit, site, answerer):
    page = visit().page
    page.goto(f"{site}/")
    for at, (question, answer) in enumerate(probes(answerer)):
        ask(page, question)
        every = chips(page)
        chip = every.nth(at % every.count())  # the first one of some, a later one of others
        cited = answer.citations[int(chip.inner_text()) - 1]
        page.evaluate(f"() => {{ window.ready = ({READY})(); }}")
        chip.click()
        assert page.evaluate("window.ready"), question
        text = answerer.index.text(cited.document.document_id)
        spans = cited.highlights or (cited.clause,)
        covered = sorted({each for span in spans for each in range(span.start, span.end)})
        assert page.evaluate(MARKED) == "".join(text[each] for each in covered), question
        assert page.evaluate(IN_SIGHT), question
        page.get_by_role("button", name="新对话").click()


def test_every_chip_says_which_clause_it_leads_to_and_leads_there(visit, site):
    page = opened(visit, site)
    chip = chips(page).nth(1)
    expect(chip).to_have_accessible_name("依据 2：浙政办发〔2021〕68号 第二部分第（一）项")
    assert page.request.get(f"{site}{chip.get_attribute('href')}").status == 200


def test_a_glance_shows_the_clause_stays_while_pointed_at_and_goes_with_escape(visit, site):
    page = visit().page
    page.clock.install()
    page.goto(f"{site}/?q={LED}")
    chips(page).first.hover()
    page.clock.run_for(500)
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("浙政办发〔2021〕68号 第二部分第（二）项")
    expect(preview.locator("mark")).to_have_text(
        "（责任单位：省药监局、省科技厅、省卫生健康委按职责分工负责）"
    )
    preview.hover()
    page.clock.run_for(5000)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_source_is_a_column_beside_the_answer_and_a_sheet_on_a_phone(visit, site):
    page = opened(visit, site, width=1280)
    chips(page).first.click()
    answer = page.locator(".reply").bounding_box()
    panel = page.get_by_role("dialog").bounding_box()
    assert panel["x"] >= answer["x"] + answer["width"]
    phone = opened(visit, site, width=390, height=844)
    chips(phone).first.click()
    sheet = phone.get_by_role("dialog").bounding_box()
    assert (sheet["x"], sheet["y"], sheet["width"], sheet["height"]) == (0, 0, 390, 844)
    phone.get_by_role("button", name="关闭").click()
    expect(chips(phone).first).to_be_focused()


def test_an_open_source_becomes_a_sheet_when_the_window_gets_narrow(visit, site):
    page = opened(visit, site, width=1280)
    chips(page).first.click()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.get_by_role("dialog").bounding_box()["width"] == 390
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


# What an answer says


def test_an_answer_is_told_in_words_with_its_card_its_rule_and_its_sources(visit, site):
    page = opened(visit, site)
    expect(page.locator("article.turn")).to_match_aria_snapshot(
        """
        - article "浙江的药品安全专家库由谁牵头？":
          - heading "浙江的药品安全专家库由谁牵头？" [level=2]
          - paragraph: 有依据
          - paragraph:
            - text: 由省药监局牵头
            - link "依据 1：浙政办发〔2021〕68号 第二部分第（二）项"
            - text: （依据：文件写明“列第一位的为牵头单位，下同”
            - link "依据 2：浙政办发〔2021〕68号 第二部分第（一）项"
            - text: ）；责任单位：省药监局、省科技厅、省卫生健康委
            - link "依据 1：浙政办发〔2021〕68号 第二部分第（二）项"
            - text: ；同时写明：按职责分工负责。
          - heading "责任分工" [level=3]
          - list:
            - listitem:
              - paragraph: /（二）构建药品安全科学监管体系/
              - paragraph: 浙政办发〔2021〕68号
              - term: 牵头单位
              - definition: 省药监局
              - term: 其他责任单位
              - definition: 省科技厅、省卫生健康委
              - term: 同时写明
              - definition: 按职责分工负责
              - term: 牵头依据
              - definition: /列第一位的为牵头单位，下同/
          - heading "依据" [level=3]
          - list:
            - listitem:
              - paragraph:
                - link /《关于全面加强药品监管能力建设的实施意见》（浙政办发〔2021〕68号）.+/
              - blockquote
              - paragraph:
                - button "复制引文 1"
          - heading "所依规则" [level=3]
          - list
          - group: 相关条款（3 条）
          - button "复制答案与依据"
          - button "复制链接"
          - button "打印"
          - status
        """
    )


def test_units_without_a_designated_lead_have_none(visit, site):
    page = opened(visit, site, UNLED)
    expect(page.locator(".status")).to_have_text("部分有依据")
    expect(page.locator(".reason")).to_contain_text("没有指定牵头单位")
    card = page.locator(".card")
    expect(card).to_contain_text("文件未指定牵头单位")
    expect(card.locator("dt").nth(1)).to_have_text("责任单位")
    expect(card.locator(".lead")).to_have_count(0)


def test_a_draft_is_marked_and_regions_stand_apart(visit, site):
    page = opened(visit, site, DRAFTED)
    expect(page.locator(".card .tag")).to_have_text("征求意见稿")
    ask(page, SEVERAL)
    turn = page.locator("article.turn").last
    expect(turn.get_by_role("heading", level=4)).to_have_text(["省级浙江省", "省级上海市"])


def test_a_sole_unit_is_not_called_the_lead_and_damage_is_told(visit, site, answerer):
    answer = answer_json(answerer.ask(LED))
    record = {"lead": None, "leads": [], "units": ["某局"], "qualifiers": [], "lead_basis": None}
    answer["responsibilities"] = [{**answer["responsibilities"][0], **record}]
    answer["citations"][0] |= {"damaged": True, "truncated": True}
    answer["citations"][0]["document"]["status"] = "repealed"
    page = visit().page
    fulfilled(page, **stream(("answer", answer), ("done", {})))
    page.goto(f"{site}/?q={LED}")
    card = page.locator(".card")
    expect(card.locator("dt")).to_have_text(["唯一责任单位"])
    expect(card.locator("dd")).to_have_text(["某局"])
    expect(card.locator(".tag")).to_have_text(["已废止", "原文此处有损坏", "原文在此中断"])


def test_what_is_not_found_says_so_and_what_to_do(visit, site):
    page = opened(visit, site, UNKNOWN)
    expect(page.locator(".status")).to_have_text("未找到")
    expect(page.locator(".words")).to_have_text("没有收录北京市的文件。")
    expect(page.get_by_role("link", name="查看文件")).to_have_attribute("href", "/documents")
    expect(page.locator(".reason")).to_have_count(0)  # the answer says it already


def test_an_answer_of_hundreds_of_clauses_shows_the_first_and_all_on_demand(visit, site, answerer):
    answer = answer_json(answerer.ask(LED))
    first, record = answer["citations"][0], answer["responsibilities"][0]
    many = range(1, 601)
    answer["citations"] = [{**first, "n": n} for n in many]
    answer["responsibilities"] = [{**record, "citation": n, "lead_basis": None} for n in many]
    answer["answer"] = "\n".join(f"第{n}项由某局牵头[{n}]。" for n in many)
    page = visit().page
    fulfilled(page, **stream(("answer", answer), ("done", {})))
    page.goto(f"{site}/?q={LED}")
    expect(chips(page)).to_have_count(600)
    assert page.locator(".card:visible").count() == 6
    page.get_by_role("button", name="显示全部 600 项").click()
    assert page.locator(".card:visible").count() == 600
    page.get_by_role("button", name="只显示前几项").click()
    assert page.locator(".card:visible").count() == 6
    page.get_by_role("button", name="显示全部 600 条依据").click()
    assert page.locator(".citation:visible").count() == 600
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


# Words of a language model


class Speaking(FakeAnswerer):
    """Words its answer in two sentences, takes them back, and waits before each step."""

    def __init__(self, index):
        super().__init__(index)
        self.next = threading.Semaphore(0)

    def steps(self, question, **options):
        answer = self.ask(question, **options)
        yield Sentence("由某局牵头[1]，")
        self.next.acquire(timeout=10)
        yield Withdrawn()
        self.next.acquire(timeout=10)
        yield answer


def test_sentences_of_a_model_bear_the_mark_and_can_be_taken_back(visit, library):
    speaking = Speaking(library)
    with serving(speaking) as site:
        page = visit().page
        page.goto(f"{site}/?q={LED}")
        expect(page.locator(".words")).to_contain_text("由某局牵头")
        expect(page.locator(".tag.generated")).to_have_text("AI生成")
        speaking.next.release()
        expect(page.locator(".words")).to_have_count(0)
        speaking.next.release()
        expect(page.locator(".words")).to_contain_text("由省药监局牵头")
        expect(page.locator(".tag.generated")).to_have_count(0)


def test_a_copy_keeps_the_mark_of_a_model(visit, site, answerer):
    answer = answer_json(answerer.ask(LED))
    answer |= {"worded_by": "model", "answer": "由省药监局牵头[1]。"}
    page = visit(permissions=["clipboard-read", "clipboard-write"]).page
    fulfilled(page, **stream(("answer", answer), ("done", {})))
    page.goto(f"{site}/?q={LED}")
    expect(page.locator(".head .generated")).to_have_text("AI生成")
    page.get_by_role("button", name="复制答案与依据").click()
    expect(page.locator(".noted")).to_have_text("已复制")
    assert "由省药监局牵头[1]。（AI生成）" in page.evaluate("navigator.clipboard.readText()")


# Copies, links, print


def test_the_other_language_asks_the_same_question(visit, site):
    page = opened(visit, site)
    ask(page, UNLED)
    page.get_by_role("link", name="English").click()
    answered(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=2).first).to_have_text(UNLED)
    expect(page).to_have_title(f"{UNLED} · Yiju")


def test_a_copy_cites_in_the_official_form_word_for_word(visit, site, answerer):
    page = opened(visit, site, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制答案与依据").click()
    expect(page.locator(".noted")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    answer = answerer.ask(LED)
    basis = [c for c in answer.citations if c.role is not CitationRole.RELATED]
    name = "《关于全面加强药品监管能力建设的实施意见》（浙政办发〔2021〕68号）"
    places = ["第二部分第（二）项", "第二部分第（一）项"]
    cited = [
        f"[{c.n}] {name}{place}：“{c.quote.strip()}”"
        for c, place in zip(basis, places, strict=True)
    ]
    expected = "\n\n".join([f"问：{LED}", answer.answer, "依据：", *cited])
    assert copied.replace("\r\n", "\n") == expected.replace("\r\n", "\n")


def test_a_browser_that_forbids_copying_is_told_of(visit, site):
    watched = visit()
    watched.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    watched.page.goto(f"{site}/?q={LED}")
    watched.page.get_by_role("button", name="复制答案与依据").click()
    expect(watched.page.locator(".noted")).to_contain_text("请选中文字后手动复制")


def test_the_address_asks_with_its_filters_and_back_and_forward_go_through_the_turns(visit, site):
    page = visit().page
    page.goto(f"{site}/?q={LED}&region=浙江省")
    answered(page)
    expect(page.locator(".restricted")).to_contain_text("浙江省")
    ask(page, "具体依据是哪句话？")
    assert "region=" in page.url
    expect(page.locator("article.turn")).to_have_count(2)
    page.go_back()
    expect(page.locator("article.turn")).to_have_count(1)
    page.go_forward()
    expect(page.locator("article.turn")).to_have_count(2)
    page.reload()
    answered(page)
    expect(page.locator("article.turn")).to_have_count(1)
    expect(page.get_by_role("heading", level=2).first).to_have_text("具体依据是哪句话？")


def test_back_to_the_beginning_is_the_beginning(visit, site):
    page = visit().page
    page.goto(f"{site}/")
    ask(page, LED)
    page.go_back()
    expect(page.get_by_role("heading", name="可以这样问")).to_be_visible()
    expect(page.locator("article.turn")).to_have_count(0)
    page.go_forward()
    expect(page.locator("article.turn")).to_have_count(1)


def test_print_shows_the_question_the_answer_and_whole_citations_alone(visit, site):
    page = opened(visit, site)
    ask(page, UNLED)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=LED)).to_be_visible()
    for chrome in (".bar", ".asking", ".actions", ".foot", ".tools"):
        expect(page.locator(chrome).first).to_be_hidden()
    quote = page.locator(".citation .quote").first
    assert quote.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    page.emulate_media(media="screen")
    page.evaluate(
        "window.print = () => { window.printed = [...document.querySelectorAll('yiju-turn')]"
        ".map((one) => one.matches('.one-printed > :not(.printed)')); }"
    )
    page.get_by_role("button", name="打印").last.click()
    assert page.evaluate("window.printed") == [True, False]  # the first is left out


# The conversation


def test_a_follow_up_is_completed_and_its_reading_is_shown(visit, site):
    page = opened(visit, site, "浙江的药品安全协同监管机制由谁牵头？")
    ask(page, "那上海呢？")
    expect(page.locator(".interpreted").last).to_contain_text("理解为：")
    expect(page.locator(".interpreted").last).to_contain_text("上海")


def test_what_was_said_goes_with_the_next_question_at_most_twelve_messages(visit, site, answerer):
    answer = answer_json(answerer.ask(UNKNOWN))
    page = visit().page
    asked = fulfilled(page, **stream(("answer", answer), ("done", {})))
    page.goto(f"{site}/")
    for at in range(8):
        ask(page, f"问题{at}？")
        answered(page)
    assert [len(each["history"]) for each in asked] == [0, 2, 4, 6, 8, 10, 12, 12]
    assert asked[-1]["history"][0] == {"role": "user", "content": "问题1？"}
    assert asked[-1]["history"][-1] == {"role": "assistant", "content": answer["answer"]}
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("article.turn")).to_have_count(0)
    ask(page, "重新开始？")
    assert asked[-1]["history"] == []


def test_filters_hold_for_the_next_questions_until_they_are_removed(visit, site):
    page = visit().page
    sent = []
    page.on("request", lambda made: sent.append(made) if made.url.endswith("/v1/ask") else None)
    page.goto(f"{site}/")
    page.locator("summary", has_text="筛选文件").click()
    page.get_by_role("checkbox", name="山西省", exact=True).check()
    page.get_by_role("checkbox", name="现行").check()
    ask(page, "疫苗监管由谁负责？")
    assert sent[-1].post_data_json["filters"] == {"region": ["山西省"], "status": ["effective"]}
    expect(page.locator(".restricted .tag")).to_have_text(["山西省", "现行"])
    page.get_by_role("button", name="取消条件：山西省").click()
    expect(page.get_by_role("checkbox", name="山西省", exact=True)).not_to_be_checked()
    ask(page, "疫苗监管由谁负责？")
    assert sent[-1].post_data_json["filters"] == {"status": ["effective"]}


def test_an_example_asks_and_recent_questions_are_kept_in_this_browser_until_cleared(visit, site):
    page = visit().page
    page.goto(f"{site}/")
    example = page.locator(".questions .question").first
    question = example.locator("span").last.inner_text()
    example.click()
    answered(page)
    expect(page.locator(".status")).to_have_text("有依据")
    page.goto(f"{site}/")
    recent = page.locator(".questions.plain .question")
    expect(recent).to_have_text([question])
    page.get_by_role("button", name="清除").click()
    expect(recent).to_have_count(0)
    page.reload()
    expect(page.locator(".questions .question")).to_have_count(6)
    expect(recent).to_have_count(0)


def test_a_rating_is_kept_where_the_service_keeps_them_and_not_offered_elsewhere(
    visit, answerer, site, tmp_path
):
    kept = tmp_path / "said.jsonl"
    with serving(answerer, feedback=kept) as keeping:
        page = opened(visit, keeping)
        page.get_by_role("button", name="有帮助").click()
        expect(page.locator(".noted")).to_have_text("已记录，谢谢。")
        expect(page.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "true")
    said = json.loads(kept.read_text(encoding="utf-8"))
    assert (said["question"], said["rating"]) == (LED, "up")
    expect(opened(visit, site).get_by_role("button", name="有帮助")).to_have_count(0)


# The keyboard


def test_all_of_it_goes_by_keyboard_alone(visit, site):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).page
    page.goto(f"{site}/")
    reach(page, "textarea")
    page.keyboard.type(LED)
    page.keyboard.press("Enter")
    answered(page)
    expect(page.get_by_role("textbox", name="问题")).to_be_focused()
    expect(page.locator("#told")).to_have_text("已答复：有依据，引用 2 条。")
    reach(page, ".words .chip", back=True)
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=2).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.words .chip')")
    reach(page, ".actions .button")
    page.keyboard.press("Enter")
    expect(page.locator(".noted")).to_have_text("已复制")
    reach(page, ".filters summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="浙江省")).to_be_visible()
    reach(page, ".choices input")
    page.keyboard.press("Space")
    reach(page, ".removable")
    page.keyboard.press("Enter")
    expect(page.locator(".removable")).to_have_count(0)
    expect(page.locator(".filters summary")).to_be_focused()
    reach(page, "#new-conversation", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="问题")).to_be_focused()
    reach(page, ".question")
    page.keyboard.press("Enter")
    answered(page)
    expect(page.locator("article.turn h2")).to_be_focused()  # the example is gone


def reach(page: Page, selector: str, *, back: bool = False) -> None:
    """Tab to an element, which must show that it has the focus."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_shift_enter_breaks_the_line_and_the_box_grows(visit, site):
    page = visit().page
    page.goto(f"{site}/")
    box = page.get_by_role("textbox", name="问题")
    box.fill("第一行")
    low = box.bounding_box()["height"]
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    assert box.input_value() == "第一行\n第二行"
    assert box.bounding_box()["height"] > low


@pytest.mark.parametrize("key", [{"isComposing": True}, {"keyCode": 229}], ids=["composing", "229"])
def test_an_input_method_may_end_its_word_with_enter(visit, site, key):
    page = visit().page
    sent = fulfilled(page, status=500)
    page.goto(f"{site}/")
    page.get_by_role("textbox", name="问题").fill("yao pin")
    page.evaluate(
        "(key) => document.querySelector('textarea').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...key}))",
        key,
    )
    expect(page.get_by_role("textbox", name="问题")).to_have_value("yao pin")
    assert sent == []


# Bad input


def test_a_question_over_the_limit_is_counted_and_not_sent(visit, site):
    page = visit().page
    sent = fulfilled(page, status=500)
    page.goto(f"{site}/")
    box = page.get_by_role("textbox", name="问题")
    box.fill("𠮷" * 2000)  # one character each, two units of JavaScript
    expect(page.locator(".count")).to_have_text("2,000 / 2,000")
    box.fill("谁" * 2003)
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("问题最多 2,000 字，还多 3 字，请缩短。")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert sent == []
    assert len(box.input_value()) == 2003
    box.fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("请先输入问题。")


FAULTS: dict[str, tuple[Json, str, bool]] = {
    "away": ({"abort": True}, "连不上服务", True),
    "busy": ({"status": 500, "body": "oops"}, "暂时无法答复", True),
    "no index": (
        {"status": 503, "json": {"type": "urn:yiju:problem:index-unavailable", "detail": "x"}},
        "还没有可供查阅的文件",
        False,
    ),
    "refused": (
        {"status": 422, "json": {"type": "urn:yiju:problem:unknown-filter-value", "detail": "x"}},
        "筛选条件已不适用",
        False,
    ),
    "cut": (stream(("sentence", {"text": "由某局", "mark": "AI生成"})), "答复不完整", True),
    "garbled": (
        {"status": 200, "content_type": "text/event-stream", "body": "event: answer\ndata: {\n\n"},
        "答复不完整",
        True,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_says_what_to_do_and_the_question_is_not_lost(visit, site, fault):
    response, message, passing = FAULTS[fault]
    page = visit(quiet=False).page

    def fail(route):
        route.abort() if "abort" in response else route.fulfill(**response)

    page.route("**/v1/ask", fail)
    page.goto(f"{site}/")
    ask(page, LED)
    note = page.locator(".note.error")
    expect(note).to_contain_text(message)
    expect(page.locator("#told")).to_have_text("没有得到答复。")
    assert breaches(page) == []
    page.unroute("**/v1/ask")
    if passing:
        note.get_by_role("button", name="重试").click()
        expect(page.locator(".status")).to_have_text("有依据")
        expect(page.locator("article.turn")).to_have_count(1)
        expect(page.locator("article.turn h2")).to_be_focused()  # the button is gone
    else:
        expect(note.get_by_role("button", name="重试")).to_have_count(0)
        note.get_by_role("button", name="修改问题").click()
        expect(page.get_by_role("textbox", name="问题")).to_have_value(LED)
        expect(page.locator("article.turn")).to_have_count(0)


def test_a_slow_service_is_told_of_can_be_left_and_is_given_up_after_half_a_minute(visit, site):
    page = visit(quiet=False).page
    page.clock.install()
    page.route("**/v1/ask", lambda _: None)
    page.goto(f"{site}/")
    box = page.get_by_role("textbox", name="问题")
    box.fill(LED)
    page.keyboard.press("Enter")
    expect(page.locator(".reply .loading")).to_have_text("正在查阅文件……")
    assert breaches(page) == []
    page.clock.fast_forward(6000)
    expect(page.locator(".reply .loading")).to_have_text("比平时慢，仍在等待服务答复……")
    page.get_by_role("button", name="停止").click()
    expect(box).to_have_value(LED)
    expect(page.locator("article.turn")).to_have_count(0)
    page.keyboard.press("Enter")
    page.clock.fast_forward(31_000)
    expect(page.locator(".note.error")).to_contain_text("服务超过 30 秒没有答复")


def test_a_question_typed_while_one_is_answered_stays(visit, site):
    page = visit().page
    page.route("**/v1/ask", lambda _: None)
    page.goto(f"{site}/")
    box = page.get_by_role("textbox", name="问题")
    box.fill(LED)
    page.keyboard.press("Enter")
    box.fill(UNLED)
    page.keyboard.press("Enter")
    expect(box).to_have_value(UNLED)
    expect(page.locator("article.turn")).to_have_count(1)


def test_a_browser_that_keeps_nothing_asks_all_the_same(visit, site):
    page = visit().page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }});"
    )
    page.goto(f"{site}/")
    ask(page, LED)
    expect(page.locator(".status")).to_have_text("有依据")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".questions.plain .question")).to_have_text([LED])  # while it is open


def test_what_other_code_left_in_the_storage_does_no_harm(visit, site):
    page = visit().page
    page.add_init_script("localStorage.setItem('yiju.recent', '[{\"x\": 1}, \"谁牵头？\", 7')")
    page.goto(f"{site}/")
    expect(page.locator(".questions .question")).to_have_count(6)


def test_without_an_index_the_page_says_so_in_both_languages(visit):
    with serving(None) as empty:
        for lang, message in (("zh-CN", "还没有可供查阅的文件"), ("en", "There are no documents")):
            page = visit(quiet=False).page
            page.goto(f"{empty}/?lang={lang}")
            expect(page.locator(".note.warn")).to_contain_text(message)
            expect(page.locator(".note.error")).to_have_count(0)
            assert breaches(page) == []


def test_examples_that_cannot_be_had_and_filters_too_can_be_tried_again(visit, site):
    page = visit(quiet=False).page
    for path in ("**/v1/examples*", "**/v1/documents"):
        page.route(path, lambda route: route.fulfill(status=500))
    page.goto(f"{site}/")
    page.locator("summary", has_text="筛选文件").click()
    expect(page.locator(".note.error")).to_have_count(2)
    assert breaches(page) == []
    page.unroute_all()
    page.locator("yiju-first-questions").get_by_role("button", name="重试").click()
    page.locator("yiju-filter-picker").get_by_role("button", name="重试").click()
    expect(page.locator(".questions .question")).to_have_count(6)
    expect(page.get_by_role("checkbox", name="浙江省")).to_be_visible()


# Without a script


def test_without_a_script_the_form_answers_and_the_sources_can_be_read(visit, site):
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/")
    page.get_by_role("textbox", name="问题").fill(LED)
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.locator(".status")).to_have_text("有依据")
    expect(page.locator(".card .lead")).to_contain_text("省药监局")
    source = page.locator(".source a").first.get_attribute("href")
    assert page.request.get(f"{site}{source}").status == 200
    page.goto(f"{site}/?q={LED}")
    page.get_by_role("link", name="点此查看答案").click()
    expect(page.locator(".status")).to_have_text("有依据")


# Every state, in both schemes


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
def test_no_state_has_a_barrier_and_none_is_wider_than_the_screen(visit, site, width):
    page = visit(width=width).page
    page.goto(f"{site}/")
    expect(page.locator(".questions .question")).to_have_count(6)
    sound(page, "start")
    page.locator("summary", has_text="筛选文件").click()
    page.get_by_role("checkbox", name="浙江省", exact=True).check()
    sound(page, "filters")
    page.get_by_role("button", name="取消条件：浙江省").click()
    page.locator("summary", has_text="筛选文件").click()
    for question in (LED, UNLED, DRAFTED, SEVERAL, UNKNOWN):
        ask(page, question)
    page.locator("details.related > summary").first.click()
    sound(page, "every answer")
    chips(page).first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    sound(page, "preview")
    chips(page).first.click()
    expect(page.locator("yiju-document mark.cited").first).to_be_visible()
    sound(page, "source")


def sound(page: Page, state: str) -> None:
    """Check a state in the light and in the dark."""
    assert (state, barriers(page)) == (state, [])


def test_at_320_pixels_nothing_is_cut(visit, site):
    page = opened(visit, site, SEVERAL, width=320, height=600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_english_page_speaks_english_and_its_answers_too(visit, site):
    page = visit().page
    page.goto(f"{site}/?lang=en")
    page.locator(".questions .question").first.click()
    answered(page)
    expect(page.locator(".status")).to_have_text("Stated")
    expect(page.locator(".words")).to_have_attribute("lang", Lang.EN)
    expect(page.get_by_role("heading", name="Who is responsible")).to_be_visible()
