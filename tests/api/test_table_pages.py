"""The task table and the comparison without scripts: the same filters by a form, the same rows."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api import task_page
from api.app import create_app
from api.settings import Settings


class Cells(HTMLParser):
    """The words of the cells of tables, row by row; what only screens show, and all links."""

    def __init__(self):
        super().__init__()
        self.rows, self.links, self.checked, self._depth = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(known["href"])
        elif tag == "input" and "checked" in known:
            self.checked.append((known["name"], known["value"]))

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def read(response):
    parser = Cells()
    parser.feed(response.text)
    return parser


@pytest.fixture
def client(answerer):
    return TestClient(create_app(answerer, Settings()))


def rows_of(client, **params):
    return client.get("/v1/responsibilities", params=params).json()["responsibilities"]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"unit": "药监局"},
        {"role": "lead", "region": "绍兴市"},
        {"document_id": "shanghai-2025-30"},
        {"level": "city", "status": "draft"},
        {"region": ["浙江省", "上海市"]},
    ],
)
def test_the_table_has_the_rows_of_the_api(client, params):
    told = read(client.get("/tasks", params=params))
    shown = told.rows[1:]
    rows = rows_of(client, **params)
    assert [cells[0] for cells in shown] == [row["task"] for row in rows]
    for cells, row in zip(shown, rows, strict=True):
        assert cells[1].endswith("、".join(row["leads"]) or "未指定")
        assert "、".join(row["members"]) in cells[2]
        assert "、".join(row["qualifiers"]) in cells[3]
        assert "".join(each["quote"] for each in row["deadlines"]) in cells[4]
        assert "".join(each["quote"] for each in row["targets"]) in cells[5]
        assert ("征求意见稿" in cells[6].removeprefix(row["label"])) or (
            row["document"]["status"] != "draft"
        )


def test_only_a_unit_alone_in_its_list_is_called_so(client):
    shown = read(client.get("/tasks")).rows[1:]
    for cells, row in zip(shown, rows_of(client), strict=True):
        alone = not row["lead"] and len(row["units"]) == 1 and not row["qualifiers"]
        assert ("唯一责任单位" in cells[2]) is alone


def test_a_link_of_each_row_leads_to_its_clause(client):
    links = read(client.get("/tasks")).links
    for row in rows_of(client):
        assert f"/c/{quote(row['clause_id'], safe='/')}" in links


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_has_the_filters_of_the_page_and_its_language(client, form):
    params = {"unit": "卫生健康委", "role": "member", "region": ["浙江省", "绍兴市"], "lang": "en"}
    links = read(client.get("/tasks", params=params)).links
    link = next(each for each in links if f"format={form}" in each)
    assert "lang=en" in link
    asked = {key: value for key, value in params.items() if key != "lang"}
    expected = client.get("/v1/responsibilities", params={**asked, "format": form, "lang": "en"})
    assert client.get(link).content == expected.content


def test_empty_fields_of_a_form_say_nothing(client):
    empty = client.get("/tasks?unit=&role=&region=")
    assert empty.status_code == 200
    assert read(empty).rows == read(client.get("/tasks")).rows


def test_what_is_chosen_stays_chosen(client):
    told = read(client.get("/tasks?region=浙江省&region=上海市&level=province"))
    assert told.checked == [
        ("region", "上海市"),
        ("region", "浙江省"),
        ("level", "province"),
    ]


def test_a_long_table_comes_in_pages_that_join_to_the_whole(client, monkeypatch):
    monkeypatch.setattr(task_page, "ROWS", 20)
    pages = [read(client.get("/tasks", params={"page": page})).rows[1:] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 4]
    assert [cells[0] for page in pages for cells in page] == [r["task"] for r in rows_of(client)]
    assert "第 3 页，共 3 页" in client.get("/tasks?page=99").text
    assert "第 1 页，共 3 页" in client.get("/tasks?page=-1").text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("region=火星", "没有“火星”这一筛选值。已有的值：浙江省"),
        ("level=galaxy", "已有的值：national、province、city、county"),
        ("role=boss", "已有的值：lead、member"),
        ("document_id=x", "没有“x”这一筛选值"),
    ],
)
def test_an_unknown_filter_value_is_told_with_the_known_ones(client, query, told):
    response = client.get(f"/tasks?{query}")
    assert response.status_code == 422
    assert told in response.text


def test_filters_that_nothing_meets_are_told(client):
    response = client.get("/tasks?unit=月球局")
    assert response.status_code == 200
    assert "没有符合筛选条件的任务" in response.text


@pytest.mark.parametrize("path", ["/tasks", "/compare?topic=药品追溯"])
def test_without_an_index_the_page_says_so(path):
    response = TestClient(create_app(None, Settings())).get(path)
    assert response.status_code == 503
    assert "还没有可供查阅的文件" in response.text


@pytest.mark.parametrize("path", ["/tasks?unit=", "/compare?topic="])
def test_markup_in_the_address_stays_words(client, path):
    hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
    response = client.get(path + quote(hostile))
    assert "<script>alert" not in response.text
    assert "<img" not in response.text


def test_the_comparison_has_the_rows_points_and_chain_of_the_api(client):
    told = client.get("/v1/compare", params={"topic": "药品追溯"}).json()
    response = client.get("/compare", params={"topic": "药品追溯"})
    page = read(response)
    assert len(page.rows) == 1 + len(told["rows"])
    for cells, row in zip(page.rows[1:], told["rows"], strict=True):
        assert row["label"] in cells[0]
        assert all(piece["text"] in cells[0] for piece in row["says"])
        assert cells[1] == ("、".join(row["leads"]) or ("未指定牵头" if row["units"] else "未写明"))
        assert "、".join(row["units"]) in cells[2]
    words = re.sub(r"\s+", " ", response.text)
    for points in (*told["differences"].values(), *told["shared"].values()):
        for point in points:
            held = " / ".join(f"{each['words']} [{each['n']}]" for each in point["held"])
            assert held in words
    for step in told["chain"][1:]:
        assert f"对应程度 {step['score']:.2f}" in words
    assert ("与上级条文对应较弱" in words) is any(not step["aligned"] for step in told["chain"])


def test_a_comparison_names_who_says_nothing_and_what_is_not_held(client):
    silent = client.get("/compare", params={"topic": "专家库"}).text
    assert "没有谈到这一主题的文件（2 份）" in silent
    assert "晋政办发〔2021〕101号" in silent
    assert "没有收录的：北京市" in client.get("/compare", params={"topic": "北京药品追溯"}).text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("topic=药品追溯&region=火星", "没有“火星”这一筛选值"),
        ("topic=药品追溯&level=city&region=浙江省", "没有文件同时符合这些筛选条件"),
        ("topic=？", "主题里没有可以对比的词句"),
        (f"topic={'药' * 2001}", "主题太长"),
        ("topic=药%00品", "主题里有不能读作文字的字符"),
    ],
)
def test_a_comparison_that_is_refused_says_why(client, query, told):
    response = client.get(f"/compare?{query}")
    assert response.status_code == 422
    assert told in response.text


def test_without_a_subject_some_are_offered_that_lead_somewhere(client):
    response = client.get("/compare")
    links = [each for each in read(response).links if each.startswith("?topic=")]
    assert len(links) == 10
    assert "份文件" in client.get(f"/compare{links[0]}").text
