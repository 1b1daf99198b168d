"""The task table in its forms: every row's words are its clause's, and all forms say the same."""

import csv
import io
import re
import string
import zipfile
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api import responses
from api.app import create_app
from api.settings import Settings
from api.spreadsheet import looks_like_a_formula
from api.task_table import COLUMNS, cells, tasks_csv
from api.task_workbook import COLUMNS as SHEET
from api.task_workbook import (
    LONGEST_CELL,
    MOST_ROWS,
    XLSX_TYPE,
    TooManyTasksError,
    cell_words,
    tasks_xlsx,
)
from api.tasks import tasks
from index.build import build_index
from index.clean import fold
from index.embed import load_embedder
from index.folder import load_index
from rag.records import Filters, Lang
from tests.api.fakes import FakeAnswerer

ALL = Filters()
NASTY = {
    "=1+2": "=HYPERLINK(1)\n一、@SUM(A1)\n2025年底前建成3个专家库。\n牵头单位：甲市财政局\n"
    "二、-2+3\n牵头单位：甲市教育局，配合单位：甲市公安局\n",
    "marks": "甲市方案\n一、做\x01好“工\x0b作”\n力争5年内\x02培育企业10家。\n"
    "（责任单位：市财政局、市教育局等）\n"
    "二、_x0041_<b>&\n到2025年，合格率达到99%；\r\n每年培训100名。\n（责任单位：市教育局）\n",
    "twice": "甲市办法\n第一条　市财政局会同市教育局制定方案，15个工作日内完成。\n"
    "第二条　" + "加强管理，" * 30 + "\n（责任单位：市公安局）\n",
    "lists": "甲市方案\n（一）做好工作。2025年底前，建成平台。（市财政局负责）"
    "培训干部100名。（市教育局负责）加强宣传。（市公安局负责）\n",
    "running": "甲市办法\n第一条　市财政局会同市教育局制定方案，15个工作日内完成。"
    "市公安局会同市司法局加强检查。上述工作2030年底前全部做完。\n",
    "traditional": "甲市方案\n（一）健全審評機(jī)制。審批時限縮短至30個(gè)工作日。\n"
    "（責任單位：市財政局）\n",
}


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """An index of documents that someone wrote to break a spreadsheet."""
    folder, out = tmp_path_factory.mktemp("nasty"), tmp_path_factory.mktemp("index")
    for name, text in NASTY.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    build_index([folder], out / "index", embedder=load_embedder())
    return load_index(out / "index")


@pytest.fixture(scope="module", params=["seeds", "nasty"])
def index(request, library, nasty):
    return {"seeds": library, "nasty": nasty}[request.param]


@pytest.fixture(scope="module")
def client(library):
    return TestClient(create_app(FakeAnswerer(library), Settings()), raise_server_exceptions=False)


def read_csv(text):
    """Read CSV as its reader does who takes away the mark that keeps a cell from running."""
    (header, *rows) = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert tuple(header) == COLUMNS
    bare = [
        [cell[1:] if cell.startswith("'") and _marked(cell) else cell for cell in r] for r in rows
    ]
    return [dict(zip(COLUMNS, row, strict=True)) for row in bare]


def _marked(cell):
    return looks_like_a_formula(cell[1:])


def sheet_of(data):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return sheet


def read_xlsx(data):
    _, *rows = sheet_of(data).iter_rows()
    for row in rows:
        assert all(cell.data_type in {"s", "n"} for cell in row)
        assert not [cell for cell in row if cell.data_type == "n" and cell.value is not None]
    return [
        {column.key: cell.value or "" for column, cell in zip(SHEET, row, strict=True)}
        for row in rows
    ]


def as_cells(rows):
    return [{c.key: cell_words(cells(row)[c.key]) for c in SHEET} for row in rows]


def bare(text):
    """Fold a text as the reader of documents folds it, without white space."""
    without_glosses = re.sub(r"[(（][a-zǐèī]+[)）]", "", text)
    return re.sub(r"\s", "", fold(without_glosses)).replace("〔", "(").replace("〕", ")")


# Every row equals its clause


def test_every_word_of_a_row_stands_in_its_clause(index):
    rows = tasks(index, filters=ALL)
    assert rows
    for row in rows:
        responses.TaskOut.model_validate(row)
        clause = index.clause(row["clause_id"])
        held = [index.quote(clause)]
        if row["inherited_from"]:
            held.append(index.quote(index.clause(row["inherited_from"])))
        words = bare("".join(held))
        told = [row["task"].removesuffix("…"), *row["leads"], *row["members"], *row["qualifiers"]]
        assert [each for each in told if not _stands(bare(each), words)] == []
        assert set(row["members"]) | set(row["leads"]) >= set(row["units"])
        assert not set(row["members"]) & set(row["leads"])
        text = index.text(clause.document_id)
        for each in (*row["deadlines"], *row["targets"]):
            assert text[each["start"] : each["end"]] == each["quote"]
            assert clause.start <= each["start"] < each["end"] <= clause.end


def _stands(told, words):
    """Tell whether words stand there; glosses with any tone may stand between them."""
    if told in words:
        return True
    gaps = r"(?:\([^()\u3400-\u9fff]{1,9}\))?"
    return re.search(gaps.join(map(re.escape, told)), words) is not None


def test_deadlines_and_targets_stand_in_the_order_of_the_clause(index):
    for row in tasks(index, filters=ALL):
        for key in ("deadlines", "targets"):
            starts = [each["start"] for each in row[key]]
            assert starts == sorted(starts)


def test_a_clause_that_sets_none_has_none(library):
    rows = tasks(library, filters=Filters(document_id=("zj-2021-68",)))
    assert rows[0]["deadlines"] == rows[0]["targets"] == []
    assert (cells(rows[0])["deadline"], cells(rows[0])["target"]) == ("", "")


def test_each_list_of_a_clause_has_the_deadlines_that_stand_before_it(nasty):
    rows = tasks(nasty, filters=Filters(document_id=("lists",)))
    told = [(row["units"], cells(row)["deadline"], cells(row)["target"]) for row in rows]
    assert told == [
        (["市财政局"], "2025年底前，建成平台", ""),
        (["市教育局"], "", "培训干部100名"),
        (["市公安局"], "", ""),
    ]


def test_where_sentences_name_who_acts_a_goal_is_theirs_in_whose_sentence_it_stands(nasty):
    rows = tasks(nasty, filters=Filters(document_id=("running",)))
    assert {row["lead"]: cells(row)["deadline"] for row in rows} == {
        "市财政局": "15个工作日内完成；上述工作2030年底前全部做完",
        "市公安局": "上述工作2030年底前全部做完",
    }


def test_a_row_says_whether_its_document_is_a_draft(library):
    rows = tasks(library, filters=Filters(status=("draft",)))
    assert {each["status"] for each in read_xlsx(tasks_xlsx(rows))} == {"draft"}
    assert {each["status"] for each in read_csv(tasks_csv(rows))} == {"draft"}


def test_several_of_a_clause_are_joined_in_their_order(library):
    (row,) = (
        row
        for row in tasks(library, filters=ALL)
        if row["clause_id"] == "shanghai-2025-30:三/（十）"
    )
    assert len(row["deadlines"]) == 3
    assert cells(row)["deadline"] == "；".join(each["quote"] for each in row["deadlines"])


# All forms say the same


def test_csv_read_back_is_the_json(index):
    rows = tasks(index, filters=ALL)
    assert read_csv(tasks_csv(rows)) == [cells(row) for row in rows]


@pytest.mark.parametrize("lang", Lang)
def test_xlsx_read_back_is_the_json(index, lang):
    rows = tasks(index, filters=ALL)
    assert read_xlsx(tasks_xlsx(rows, lang=lang)) == as_cells(rows)


WORDS = st.text(
    st.one_of(
        st.sampled_from(
            "=+-@＝＋－＠'\"\t\r\n ,;_x0041\x00\x01\x0b\x1f\x7f\ufffe\uffff<>&\U0001f600"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


def row_of(words):
    stated = [{"quote": each, "start": 0, "end": 1} for each in words[:2]]
    document = {
        "id": words[0],
        "title": words[1],
        "number": None,
        "region": None,
        "status": "draft",
    }
    return {
        **dict.fromkeys(("clause_id", "label", "task", "lead", "inherited_from"), words[2]),
        **dict.fromkeys(("units", "members", "qualifiers"), words),
        "document": document,
        "deadlines": stated,
        "targets": [],
        "lead_basis": None,
        "source": {"file": words[3], "start": 1, "end": 2},
        "url": f"/c/{words[2]}",
    }


@given(st.lists(st.lists(WORDS, min_size=4, max_size=4).map(row_of), max_size=3))
def test_any_words_come_back_from_csv_and_none_runs(rows):
    text = tasks_csv(rows)
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        assert not [cell for cell in row if looks_like_a_formula(cell) and cell[0] != "'"]
    assert read_csv(text) == [cells(row) for row in rows]


@given(st.lists(st.lists(WORDS, min_size=4, max_size=4).map(row_of), max_size=2))
def test_any_words_come_back_from_xlsx_as_text(rows):
    assert read_xlsx(tasks_xlsx(rows)) == as_cells(rows)


# The workbook


def test_cells_like_formulas_are_text_in_xlsx_and_stay_it_when_edited(nasty):
    data = tasks_xlsx(tasks(nasty, filters=ALL))
    like = [c for r in sheet_of(data).iter_rows() for c in r if looks_like_a_formula(c.value or "")]
    assert {cell.value for cell in like} >= {"@SUM(A1)", "=HYPERLINK(1)"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in like)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_sheet_has_a_bold_frozen_header_filters_and_wrapped_text(library):
    rows = tasks(library, filters=ALL)
    sheet = sheet_of(tasks_xlsx(rows))
    assert sheet.freeze_panes == "A2"
    last = string.ascii_uppercase[len(SHEET) - 1]
    assert sheet.auto_filter.ref == f"A1:{last}{len(rows) + 1}"
    assert all(cell.font.b for cell in sheet[1])
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    widths = [
        sheet.column_dimensions[letter].width for letter in string.ascii_uppercase[: len(SHEET)]
    ]
    assert all(10 <= width <= 45 for width in widths)


@pytest.mark.parametrize(
    ("lang", "name", "first"),
    [
        (Lang.EN, "Responsibilities", ["Task", "Lead", "Units that do not lead"]),
        (Lang.HANS, "任务分解表", ["任务", "牵头单位", "责任单位（不含牵头）"]),
        (Lang.HANT, "任務分解表", ["任務", "牽頭單位", "責任單位（不含牽頭）"]),
    ],
)
def test_the_header_speaks_the_language_asked_for(library, lang, name, first):
    sheet = sheet_of(tasks_xlsx(tasks(library, filters=ALL), lang=lang))
    assert sheet.title == name
    assert [cell.value for cell in sheet[1]][:3] == first


def test_links_lead_to_the_service_where_it_is_known_and_are_text_where_not(library):
    rows = tasks(library, filters=ALL)
    at = [column.key for column in SHEET].index("url")
    plain = sheet_of(tasks_xlsx(rows))[2][at]
    assert (plain.value, plain.hyperlink) == (rows[0]["url"], None)
    linked = sheet_of(tasks_xlsx(rows, base_url="https://a.gov.cn/yiju"))[2][at]
    assert linked.hyperlink.target == linked.value
    assert unquote(linked.value) == "https://a.gov.cn/yiju" + rows[0]["url"]


def test_the_same_tasks_give_the_same_bytes_that_name_no_one(library):
    rows = tasks(library, filters=ALL)
    data = tasks_xlsx(rows)
    assert tasks_xlsx(rows) == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
    assert "<dc:creator></dc:creator>" in core
    assert "2000-01-01T00:00:00Z" in core


def test_no_tasks_give_a_table_with_a_header_alone():
    assert read_csv(tasks_csv([])) == read_xlsx(tasks_xlsx([])) == []


@pytest.mark.parametrize("character", ["谁", "\U0001f600"])
def test_a_cell_too_long_for_a_sheet_is_cut_and_says_so(character):
    cut = cell_words(character * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_CELL, LONGEST_CELL - 1)
    assert cut.endswith("…")
    row = row_of([character * 40_000, "a", "b", "c"])
    assert read_xlsx(tasks_xlsx([row])) == as_cells([row])
    assert cell_words("a" * LONGEST_CELL) == "a" * LONGEST_CELL


def test_more_tasks_than_a_sheet_has_rows_are_refused():
    with pytest.raises(TooManyTasksError, match=r"1048576 tasks .* CSV"):
        tasks_xlsx([{}] * (MOST_ROWS + 1))


def test_links_past_what_excel_opens_are_text(library):
    row = tasks(library, filters=ALL)[0]
    long = {**row, "url": "/c/" + "条" * 500}
    sheet = sheet_of(tasks_xlsx([row, long], base_url="https://a.gov.cn"))
    at = [column.key for column in SHEET].index("url")
    assert [sheet[line][at].hyperlink is not None for line in (2, 3)] == [True, False]


# Over HTTP


TABLE = "/v1/responsibilities"


@pytest.mark.parametrize(
    ("query", "accept", "given"),
    [
        ("", "*/*", "application/json"),
        ("", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", f"{XLSX_TYPE}, application/json;q=0.5", XLSX_TYPE),
        ("", "text/csv;q=0.1, application/json", "application/json"),
        ("", "text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        ("", "image/png", "application/json"),
        ("?format=json", XLSX_TYPE, "application/json"),
        ("?format=csv", XLSX_TYPE, "text/csv; charset=utf-8"),
        ("?format=xlsx", "application/json", XLSX_TYPE),
    ],
)
def test_the_form_is_what_format_says_else_what_accept_prefers(client, query, accept, given):
    response = client.get(TABLE + query, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == given
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_has_a_name_in_ascii_and_one_in_chinese(client, ending):
    told = client.get(f"{TABLE}?format={ending}").headers["content-disposition"]
    assert told.isascii()
    assert told.startswith(f'attachment; filename="responsibilities.{ending}"; ')
    assert unquote(told).endswith(f"filename*=UTF-8''任务分解表.{ending}")


def test_csv_and_xlsx_of_the_service_hold_what_its_json_holds(client):
    rows = client.get(TABLE, params={"unit": "药监局"}).json()["responsibilities"]
    assert rows
    text = client.get(TABLE, params={"unit": "药监局", "format": "csv"}).content.decode()
    assert read_csv(text) == [cells(row) for row in rows]
    got = client.get(TABLE, params={"unit": "药监局", "format": "xlsx"}).content
    told = [{**each, "url": unquote(each["url"])} for each in read_xlsx(got)]
    expected = [{**each, "url": "http://testserver" + each["url"]} for each in as_cells(rows)]
    assert told == expected


@pytest.mark.parametrize(
    ("query", "liked", "heading"),
    [
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "任务"),
        ("", "zh-TW", "任務"),
        ("", "de, en;q=0.5", "Task"),
        ("", "", "Task"),
        ("&lang=zh", "en", "任务"),
        ("&lang=en", "zh", "Task"),
    ],
)
def test_the_header_is_in_lang_else_in_the_language_accepted(client, query, liked, heading):
    got = client.get(f"{TABLE}?format=xlsx{query}", headers={"Accept-Language": liked})
    assert sheet_of(got.content)["A1"].value == heading


def test_a_host_that_is_none_makes_no_links(client):
    got = client.get(f"{TABLE}?format=xlsx", headers={"Host": "a b/<evil>"})
    at = [column.key for column in SHEET].index("url")
    assert sheet_of(got.content)[2][at].value.startswith("/c/")


def test_links_keep_the_path_under_which_a_proxy_serves(library):
    app = create_app(FakeAnswerer(library), Settings())
    got = TestClient(app, root_path="/yiju").get("/yiju/v1/responsibilities?format=xlsx")
    assert "http://testserver/yiju/c/" in {
        cell.value[:25] for cell in sheet_of(got.content)[2] if cell.value
    }


def test_a_role_without_a_unit_lists_what_has_a_lead_or_members(client):
    rows = client.get(TABLE).json()["responsibilities"]
    for role, key in (("lead", "leads"), ("member", "members")):
        chosen = client.get(TABLE, params={"role": role}).json()["responsibilities"]
        assert chosen == [row for row in rows if row[key]]


def test_a_unit_may_be_named_in_english_and_in_full(client):
    def found(unit):
        return client.get(TABLE, params={"unit": unit}).json()["responsibilities"]

    assert found("market regulation bureau") == found("市场监督管理局") == found("市场监管局") != []
