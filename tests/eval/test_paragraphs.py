from collections import Counter

import pytest

from eval.bench.paragraphs import enlarged, paragraph_library
from index.records import ClauseKind
from tests.eval.law_kit import write_kit

PARAGRAPHS = 7


def texts(documents):
    return [clause.search_text for each in documents for clause in each.clauses]


def test_an_article_is_cut_at_its_line_ends(tmp_path):
    found = paragraph_library(write_kit(tmp_path), PARAGRAPHS)
    by_id = {clause.clause_id: clause for each in found for clause in each.clauses}
    assert len(found) == 3
    assert by_id["民法-1#0"].search_text == "父母对子女负有抚养的义务。"
    assert by_id["民法-1#1"].search_text == "子女应当赡养父母。"
    assert by_id["民法-1#0"].kind is ClauseKind.ARTICLE
    assert by_id["民法-1#1"].kind is ClauseKind.PARAGRAPH
    assert by_id["民法-1#1"].path == ("第一章 总则", "第1条")


@pytest.mark.parametrize("size", [1, 3, PARAGRAPHS, 8, 50])
def test_there_are_as_many_clauses_as_asked_for_and_ids_occur_once(tmp_path, size):
    found = paragraph_library(write_kit(tmp_path), size)
    ids = [clause.clause_id for each in found for clause in each.clauses]
    assert len(ids) == len(set(ids)) == size
    assert len({each.document.document_id for each in found}) == len(found)


def test_every_clause_stands_at_its_offsets_in_its_document(tmp_path):
    for each in paragraph_library(write_kit(tmp_path), 40):
        for clause in each.clauses:
            assert clause.document_id == each.document.document_id
            assert each.text[clause.start : clause.end] == clause.search_text


def test_the_laws_come_unchanged_before_any_copy_of_them(tmp_path):
    kit = write_kit(tmp_path)
    found = paragraph_library(kit, 50)
    assert Counter(texts(found)[:PARAGRAPHS]) == Counter(texts(paragraph_library(kit, PARAGRAPHS)))
    assert not any("~" in each.document.document_id for each in found[:3])
    assert all("~" in each.document.document_id for each in found[3:])


def test_a_copy_is_made_of_pieces_of_laws_and_differs_from_them(tmp_path):
    kit = write_kit(tmp_path)
    laws = texts(paragraph_library(kit, PARAGRAPHS))
    copies = texts(paragraph_library(kit, 200)[3:])
    pieces = {piece for text in laws for piece in text.replace(",", ",|").split("|")}
    assert "夫妻双方自愿离婚的," in pieces
    for text in copies:
        cut = text.replace(",", ",|").replace("。", "。|").split("|")[:-1]
        assert set(cut) <= pieces
    assert len(set(copies) - set(laws)) == len(copies)


def test_equal_seeds_give_equal_libraries_and_others_do_not(tmp_path):
    kit = write_kit(tmp_path)
    assert texts(paragraph_library(kit, 60)) == texts(paragraph_library(kit, 60))
    assert texts(paragraph_library(kit, 60)) != texts(paragraph_library(kit, 60, seed=1))


def test_nothing_cannot_be_enlarged():
    with pytest.raises(ValueError, match="no clause to copy"):
        enlarged([], 5, seed=0)
