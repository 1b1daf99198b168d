from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clause_table import (
    KINDS,
    LEVELS,
    NO_LEVEL,
    STATUSES,
    ClauseTable,
    Field,
    gather,
    gather_texts,
)
from index.errors import IndexDamagedError
from index.genre import GENRES
from index.records import ClauseKind, DocumentStatus, Level, Responsibility
from index.stores.arrays import load_arrays, save_arrays
from index.tokens import sequences, tokens
from tests.index.documents import FULL, LAWS, PENSIONS, read_document, table_of

NAMES = ("title", "path", "text", "units")


def codes_of(field: Field, row: int) -> list[int]:
    at = field.text_of[row]
    first, last = field.texts.starts[at : at + 2]
    return [int(code) for code in field.texts.codes[first:last]]


def codes(text: str) -> list[int]:
    return [int(code) for code in sequences([text]).codes]


def test_a_clause_has_the_words_of_its_document_its_headings_its_text_and_its_units():
    table, _ = table_of(LAWS, FULL)
    row = len(LAWS.clauses)
    assert codes_of(table.title, row) == codes("标题\n国办发〔2021〕16号\n2021-04-27\n国务院办公厅")
    assert codes_of(table.path, row) == codes("一、总\n(一)甲")
    assert codes_of(table.text, row) == codes("甲\n乙\u2028丙")
    assert codes_of(table.units, row) == codes("甲局 乙厅")
    assert codes_of(table.title, 0) == codes("药品安全工作方案")
    assert codes_of(table.units, 0) == codes("")


def test_a_unit_that_is_named_twice_counts_once():
    twice = (Responsibility(("甲局", "乙厅"), 0, 1), Responsibility(("乙厅", "丙委"), 1, 2))
    clause = replace(LAWS.clauses[0], responsibilities=twice)
    table, _ = table_of(replace(LAWS, clauses=(clause,)))
    assert codes_of(table.units, 0) == codes("甲局 乙厅 丙委")


def test_noise_has_no_words_not_even_the_title_of_its_document():
    table, lexical = table_of(LAWS)
    noise = 4
    assert KINDS[table.kinds[noise]] is ClauseKind.NOISE
    assert [codes_of(getattr(table, name), noise) for name in NAMES] == [codes("")] * 4
    assert lexical.scores_of("扫码下载药品安全工作方案")[noise] == 0
    assert lexical.scores_of("药品安全工作方案")[:noise].all()


def test_clauses_that_share_a_text_share_its_sequence():
    table, _ = table_of(LAWS, PENSIONS)
    assert table.text.text_of[6] == table.text.text_of[7]
    assert len(set(table.title.text_of[:4].tolist())) == 1
    assert len(table.text.lengths) == 7  # eight clauses, two of them alike


def test_lengths_count_the_codes_of_each_text():
    field = Field.of(["药品。监管", "", "药品。监管", "药"])
    assert field.text_of.tolist() == [0, 1, 0, 2]
    assert field.lengths.tolist() == [6, 1, 2]
    assert field.mean_length == 3
    assert Field.of([]).mean_length == 1


def test_a_table_knows_the_place_and_the_kind_of_every_clause():
    table, _ = table_of(LAWS, PENSIONS)
    assert len(table) == 8
    assert table.document_of.tolist() == [0] * 5 + [1] * 3
    kinds = [clause.kind for each in (LAWS, PENSIONS) for clause in each.clauses]
    assert [KINDS[kind] for kind in table.kinds] == kinds
    assert table.section_of.tolist() == [0] * 5 + [1] * 3


def test_clauses_under_the_same_heading_are_of_one_section():
    paths = [
        ("一、总",),
        ("一、总", "（一）"),
        ("一、总", "（二）"),
        ("二、分", "（一）"),
        ("一、总", "（三）"),
    ]
    clauses = [
        replace(LAWS.clauses[0], clause_id=f"gd-1:{n}", path=path) for n, path in enumerate(paths)
    ]
    table, _ = table_of(replace(LAWS, clauses=tuple(clauses)), PENSIONS)
    sections = table.section_of.tolist()
    assert sections[1] == sections[2] == sections[4]
    assert len(set(sections[:5])) == 3
    assert not set(sections[:5]) & set(sections[5:])


def test_a_table_knows_what_every_document_is():
    repealed = replace(LAWS.document, status=DocumentStatus.REPEALED, level=Level.CITY, date="未知")
    table, _ = table_of(replace(LAWS, document=repealed), FULL, PENSIONS)
    assert [GENRES[genre] for genre in table.genres] == ["plan", "other", "other"]
    assert table.levels.tolist() == [
        LEVELS.index(Level.CITY), LEVELS.index(Level.NATIONAL), NO_LEVEL,
    ]  # fmt: skip
    assert [STATUSES[each] for each in table.statuses] == [
        DocumentStatus.REPEALED, DocumentStatus.EFFECTIVE, DocumentStatus.UNKNOWN,
    ]  # fmt: skip
    assert table.years.tolist() == [0, 2021, 0]


def test_the_words_of_a_clause_are_its_four_fields_on_end():
    table, _ = table_of(LAWS, FULL, PENSIONS)
    (words,) = table.words()
    for row in range(len(table)):
        first, last = words.starts[row : row + 2]
        want = [code for name in NAMES for code in codes_of(getattr(table, name), row)]
        assert words.codes[first:last].tolist() == want


def test_words_come_in_batches_of_the_same_content(monkeypatch):
    table, _ = table_of(LAWS, FULL, PENSIONS)
    (whole,) = table.words()
    monkeypatch.setattr("index.clause_table._BATCH", 2)
    parts = list(table.words())
    assert [len(each.starts) - 1 for each in parts] == [2, 2, 2, 2, 1]
    np.testing.assert_array_equal(np.concatenate([each.codes for each in parts]), whole.codes)
    again, _ = table_of(LAWS, FULL, PENSIONS)
    np.testing.assert_array_equal(again.text.texts.codes, table.text.texts.codes)
    np.testing.assert_array_equal(again.text.texts.starts, table.text.texts.starts)


@given(st.lists(st.text(alphabet="药品监。a "), min_size=1, max_size=6), st.data())
def test_gathering_gives_each_text_as_often_as_it_is_wanted(texts, data):
    read = sequences(texts)
    wanted = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=9))
    each = [codes(texts[at]) for at in wanted]
    rows = np.array(wanted, dtype=np.int64)
    found = gather_texts(read, rows)
    assert found.codes.tolist() == [code for codes in each for code in codes]
    assert np.diff(found.starts).tolist() == [len(codes) for codes in each]
    joined, owner = gather(read, rows)
    assert joined.tolist() == found.codes.tolist()
    assert owner.tolist() == [at for at, codes in enumerate(each) for _ in codes]


def test_saving_and_loading_changes_nothing_and_gives_the_same_bytes_again(tmp_path):
    for name in ("one", "other"):
        table_of(LAWS, FULL, PENSIONS)[0].save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    table, loaded = table_of(LAWS, FULL, PENSIONS)[0], ClauseTable.load(tmp_path / "one")
    for name in ("document_of", "section_of", "kinds", "genres", "levels", "statuses", "years"):
        got, want = getattr(loaded, name), getattr(table, name)
        np.testing.assert_array_equal(got, want)
        assert got.dtype == want.dtype
    for name in NAMES:
        got, want = getattr(loaded, name), getattr(table, name)
        assert [codes_of(got, row) for row in range(9)] == [codes_of(want, row) for row in range(9)]
        assert got.mean_length == want.mean_length


def test_a_missing_file_and_one_without_a_part_are_refused(tmp_path):
    path = tmp_path / "table"
    with pytest.raises(IndexDamagedError, match="build it again"):
        ClauseTable.load(path)
    table_of(LAWS)[0].save(path)
    whole = load_arrays(path)
    for part in whole:
        save_arrays(path, {name: array for name, array in whole.items() if name != part})
        with pytest.raises(IndexDamagedError, match="is missing; build it again"):
            ClauseTable.load(path)


def test_documents_without_clauses_and_no_document_at_all_make_a_table():
    table, lexical = table_of()
    assert (len(table), len(table.years), len(lexical), list(table.words())) == (0, 0, 0, [])
    table, lexical = table_of(read_document("empty", title="药品"), PENSIONS)
    assert (len(table), len(table.years), len(lexical)) == (3, 2, 3)
    assert table.document_of.tolist() == [1, 1, 1]
    assert lexical.frequencies(tokens(sequences(["药品"]).codes)).tolist() == [0, 0, 0]
