"""The task table as an Excel workbook."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.spreadsheet import looks_like_a_formula
from api.task_table import cells
from rag.errors import AnsweringError
from rag.records import Lang
from rag.wire import Json

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # of a sheet, less its header
LONGEST_CELL = 32_767  # UTF-16 code units
CUT = "…"
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
# The same tasks give the same bytes: no clock is read.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its key, how wide it is in characters, and its headings."""

    key: str
    width: int
    hans: str
    hant: str
    en: str

    def heading(self, lang: Lang) -> str:
        """Give the heading in a language."""
        return {Lang.HANS: self.hans, Lang.HANT: self.hant, Lang.EN: self.en}[lang]


COLUMNS = (
    Column("task", 32, "任务", "任務", "Task"),
    Column("lead", 16, "牵头单位", "牽頭單位", "Lead"),
    Column("members", 32, "责任单位（不含牵头）", "責任單位（不含牽頭）", "Units that do not lead"),
    Column("qualifiers", 20, "同时写明", "同時寫明", "Also written"),
    Column("deadline", 30, "完成时限", "完成時限", "Deadline"),
    Column("target", 36, "目标", "目標", "Target"),
    Column("title", 36, "文件", "文件", "Document"),
    Column("number", 22, "文号", "文號", "Number"),
    Column("region", 12, "地区", "地區", "Region"),
    Column("status", 11, "文件状态", "文件狀態", "Status"),
    Column("label", 30, "条款", "條款", "Clause"),
    Column("url", 30, "链接", "連結", "Link"),
    Column("lead_basis", 30, "牵头依据", "牽頭依據", "Basis of the lead"),
    Column("units", 32, "责任单位（全部）", "責任單位（全部）", "All units"),
    Column("inherited_from", 24, "承自条款", "承自條款", "Inherited from"),
    Column("clause_id", 30, "条款编号", "條款編號", "Clause id"),
)
_NAMES = {Lang.HANS: "任务分解表", Lang.HANT: "任務分解表", Lang.EN: "Responsibilities"}


class TooManyTasksError(AnsweringError):
    """There are more tasks than a sheet has rows; ``count`` says how many."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"{count} tasks are more than the {MOST_ROWS} rows of an Excel sheet; "
            "filter them, or take them as CSV"
        )


def tasks_xlsx(rows: list[Json], *, lang: Lang = Lang.EN, base_url: str | None = None) -> bytes:
    """Give tasks as an XLSX workbook with one sheet; the same tasks give the same bytes.

    Parameters
    ----------
    rows : list of dict
        As :func:`api.tasks.tasks` gives them.
    lang : Lang
        Of the header; the cells keep the documents' own words.
    base_url : str, optional
        Where the service stands: clauses become links to it. Without it their addresses are
        text.

    Raises
    ------
    TooManyTasksError
        If a sheet has fewer rows.
    """
    import xlsxwriter  # noqa: PLC0415 - few need it

    if len(rows) > MOST_ROWS:
        raise TooManyTasksError(len(rows))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": _NAMES[lang], "created": _CREATED})
        sheet = book.add_worksheet(_NAMES[lang])
        look = {"text_wrap": True, "valign": "top"}
        head = book.add_format({**look, "bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        plain = book.add_format(look)
        # Else it would become a formula when someone edits the cell.
        quoted = book.add_format({**look, "quote_prefix": True})
        link = book.add_format({**look, "font_color": "#0563C1", "underline": 1})
        _lay_out(sheet, len(rows))
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.heading(lang), head)
        for line, row in enumerate(rows, start=1):
            told = cells(row)
            for at, column in enumerate(COLUMNS):
                words = cell_words(told[column.key])
                if column.key == "url" and base_url is not None:
                    _write_link(sheet, (line, at), base_url + quote(words, safe="/:~"), link, plain)
                else:
                    guarded = quoted if looks_like_a_formula(words) else plain
                    sheet.write_string(line, at, words, guarded)
    return out.getvalue()


def cell_words(text: str) -> str:
    r"""Give a text as a cell can hold it: no character that XML forbids, and cut to its length.

    Examples
    --------
    >>> cell_words("a\x00b\r\nc")
    'ab\nc'
    """
    words = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    units = words.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return words
    return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _lay_out(sheet: "Worksheet", rows: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_link(
    sheet: "Worksheet", at: tuple[int, int], url: str, link: "Format", plain: "Format"
) -> None:
    if at[0] <= _MOST_LINKS and len(url) <= _LONGEST_LINK:
        sheet.write_url(*at, url, link, url)
    else:  # as many, and as long, as Excel opens without complaint
        sheet.write_string(*at, url, plain)
