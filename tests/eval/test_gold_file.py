import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.errors import GoldFormatError
from eval.gold import parse_row
from eval.gold_file import GoldLine, read_gold, read_rows, scan_gold
from tests.eval.gold_lines import ROW, write_lines

SECOND = {**ROW, "id": "g2", "question": "管药谁牵头？"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gold.jsonl"


def scan(path, *rows):
    return list(scan_gold(write_lines(path, *rows)))


def problems(path, *rows):
    return [(line.line, line.problems) for line in scan(path, *rows) if line.problems]


def warnings(path, *rows):
    return [(line.line, line.warnings) for line in scan(path, *rows) if line.warnings]


def test_each_row_comes_with_its_line_and_the_words_it_is_written_in(path):
    written = json.dumps(SECOND)
    first, second = scan(path, ROW, written)
    assert first == GoldLine(1, parse_row(ROW), raw=json.dumps(ROW, ensure_ascii=False))
    assert second == GoldLine(2, parse_row(SECOND), raw=written)


def test_empty_lines_are_counted_and_left_out(path):
    assert [line.line for line in scan(path, "", ROW, "", " \t", SECOND, "")] == [2, 5]


def test_lines_are_ended_by_line_feeds_only(path):
    rows = read_gold(write_lines(path, ROW, {**ROW, "id": "g2\u2028\x85"}, "\r"))
    assert [row.id for row in rows] == ["g1", "g2\u2028\x85"]


def test_carriage_returns_before_line_feeds_are_no_part_of_a_line(path):
    path.write_bytes(f"{json.dumps(ROW)}\r\n\r\n{json.dumps(SECOND)}\r\n".encode())
    lines = list(scan_gold(path))
    assert [(line.line, line.raw) for line in lines] == [
        (1, json.dumps(ROW)),
        (3, json.dumps(SECOND)),
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_row(path):
    (line,) = scan(path, "\ufeff" + json.dumps(ROW))
    assert line == GoldLine(1, parse_row(ROW), raw=json.dumps(ROW))


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ('{"id": }', "it is not JSON: Expecting value at column 8"),
        ("（一）", "it is not JSON: Expecting value at column 1"),
        ("[1]", "expected a row to be an object, got [1]"),
        ({**SECOND, "units": "A"}, 'expected units to be a list, got "A"'),
        ({**SECOND, "evidence": 7}, "expected evidence to be a list, got 7"),
        ({**SECOND, "parts": True}, "expected parts to be a list, got true"),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_others_are_read(path, broken, problem):
    first, wrong, third = scan(path, ROW, broken, SECOND)
    assert (wrong.line, wrong.row, wrong.problems) == (2, None, (problem,))
    assert (first.row, third.row) == (parse_row(ROW), parse_row(SECOND))


def test_a_line_in_another_encoding_is_told_with_its_first_wrong_byte_and_the_encoding(path):
    written = json.dumps(SECOND, ensure_ascii=False).encode("gb18030")
    column = written.index("管".encode("gb18030")) + 1
    assert problems(path, ROW, "", written) == [
        (
            3,
            (
                f"byte {column} (0xB9) is not UTF-8; the line reads as GB18030 or BIG5, "
                "save the file as UTF-8",
            ),
        )
    ]


def test_bytes_that_read_as_nothing_are_told_without_an_encoding(path):
    assert problems(path, ROW, b'{"\xff') == [(2, ("byte 3 (0xFF) is not UTF-8",))]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_once_and_as_a_whole(path, order):
    path.write_bytes(f"\ufeff{json.dumps(ROW)}\n{json.dumps(SECOND)}\n".encode(order))
    assert list(scan_gold(path)) == [GoldLine(0, None, ("it is UTF-16, save it as UTF-8",))]
    with pytest.raises(GoldFormatError, match="it is UTF-16, save it as UTF-8") as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_an_id_that_stands_twice_is_told_in_the_later_line_with_the_earlier(path):
    assert problems(path, ROW, "", SECOND, ROW, ROW) == [
        (4, ("id 'g1' stands in line 1 too",)),
        (5, ("id 'g1' stands in line 1 too",)),
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"leed": "甲局"}, "unknown field 'leed'; is it 'lead'?"),
        ({"quesiton": "谁？"}, "unknown field 'quesiton'; is it 'question'?"),
        ({"evidence": [{"text": "甲", "strat": 0}]}, "unknown field 'strat'; is it 'start'?"),
        (
            {"parts": [{"doc": "000", "clause_id": "c", "unit": []}]},
            "unknown field 'unit'; is it 'units'?",
        ),
    ],
)
def test_a_misspelt_field_is_an_error_with_the_field_that_is_meant(path, change, problem):
    assert problems(path, ROW, {**SECOND, **change}) == [(2, (problem,))]


def test_each_misspelt_field_of_a_line_is_told(path):
    assert problems(path, {**ROW, "leed": None, "untis": []}) == [
        (
            1,
            ("unknown field 'leed'; is it 'lead'?", "unknown field 'untis'; is it 'units'?"),
        ),
        (0, ("there is no row in it",)),
    ]


def test_a_foreign_field_is_a_warning_and_the_row_is_read(path):
    row = {**SECOND, "difficulty": 3, "evidence": [{"text": "甲", "checked": True}]}
    lines = scan(path, ROW, row)
    assert [line.warnings for line in lines] == [
        (),
        (
            "field 'difficulty' is not a field of gold rows and is left out",
            "field 'checked' is not a field of gold rows and is left out",
        ),
    ]
    assert [line.problems for line in lines] == [(), ()]
    assert lines[1].row == parse_row(row)


def test_a_foreign_field_is_told_of_a_line_that_is_no_row_too(path):
    (line, _) = scan(path, {**ROW, "difficulty": 3, "units": 7})
    assert line.problems == ("expected units to be a list, got 7",)
    assert line.warnings == ("field 'difficulty' is not a field of gold rows and is left out",)


def test_fields_of_the_writer_are_silent(path):
    part = {"doc": "000", "clause_id": "c", "x_seen": "2024"}
    row = {**ROW, "x_author": "甲", "evidence": [{"text": "甲", "x_page": 3}], "parts": [part]}
    assert warnings(path, row) == []
    assert problems(path, row) == []


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " \r\n"])
def test_a_file_without_a_line_has_no_row(path, content):
    path.write_bytes(content.encode())
    assert list(scan_gold(path)) == [GoldLine(0, None, ("there is no row in it",))]
    with pytest.raises(GoldFormatError, match="there is no row in it") as caught:
        read_gold(path)
    assert caught.value.line == 0


def test_reading_stops_at_the_first_problem_and_names_file_and_line(path):
    with pytest.raises(GoldFormatError, match="it is not JSON") as caught:
        read_gold(write_lines(path, ROW, "", "{", "["))
    assert caught.value.line == 3
    assert str(caught.value).startswith(f"{path}:3: ")


def test_reading_rows_keeps_each_beside_its_line(path):
    rows = read_rows(write_lines(path, ROW, "", {**SECOND, "difficulty": 3}))
    assert [(each.row.id, each.place, len(each.warnings)) for each in rows] == [
        ("g1", f"{path}:1", 0),
        ("g2", f"{path}:3", 1),
    ]


@settings(deadline=None)  # files are written
@given(
    questions=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5
    ),
    newline=st.sampled_from(["\n", "\r\n", "\n\n", "\n \r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    escaped=st.booleans(),
)
def test_rows_come_back_whatever_ends_their_lines(
    tmp_path_factory: pytest.TempPathFactory,
    questions: list[str],
    newline: str,
    mark: str,
    escaped: bool,
) -> None:
    rows = [{**ROW, "id": f"g{i}", "question": each} for i, each in enumerate(questions)]
    lines = [json.dumps(row, ensure_ascii=escaped) for row in rows]
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_bytes((mark + newline.join(lines)).encode())
    scanned = list(scan_gold(path))
    assert [line.raw for line in scanned] == lines
    assert [line.row for line in scanned] == [parse_row(row) for row in rows]
