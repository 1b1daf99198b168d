from dataclasses import replace

import pytest

from eval.errors import GoldDocumentError, GoldEvidenceError
from eval.gold import Evidence
from eval.locate import Span, locate, match_file
from tests.eval.examples import TEXTS, evidence, gold, parts_row


@pytest.mark.parametrize("doc", ["000", "000_a", "000_a.txt"])
def test_a_document_is_named_by_number_stem_or_file(doc):
    assert match_file("g1", doc, TEXTS) == "000_a.txt"


@pytest.mark.parametrize("doc", ["00", "0", "000_", "a", "002", ""])
def test_a_part_of_a_name_names_nothing(doc):
    with pytest.raises(GoldDocumentError, match=r"g1.*is not in the index"):
        match_file("g1", doc, TEXTS)


def test_a_number_that_two_files_bear_is_refused_and_both_are_named():
    with pytest.raises(GoldDocumentError, match=r"fits 1-a\.txt, 1-b\.txt"):
        match_file("g1", "1", ["1-a.txt", "1-b.txt", "1st.txt", "12.txt"])


def test_evidence_with_offsets_stands_there():
    located = locate(gold("units", "answer", "a:（二）", docs=("000",)), TEXTS)
    assert located.files == ("000_a.txt",)
    assert located.spans == (Span("000_a.txt", 17, 31),)


def test_evidence_moved_by_one_is_refused_and_both_words_are_given():
    row = replace(gold(), evidence=(Evidence("甲局", "000", 12, 14),))
    with pytest.raises(GoldEvidenceError, match=r"expected evidence '甲局', the document has") as e:
        locate(row, TEXTS)
    assert e.value.got == TEXTS["000_a.txt"][12:14] != "甲局"


def test_evidence_without_offsets_is_every_place_where_it_stands():
    row = replace(gold(), docs=("000",), evidence=(Evidence("责任单位"),))
    assert locate(row, TEXTS).spans == (Span("000_a.txt", 6, 10), Span("000_a.txt", 23, 27))


def test_evidence_that_stands_nowhere_is_refused():
    with pytest.raises(GoldEvidenceError, match="负责单位"):
        locate(replace(gold(), evidence=(Evidence("负责单位"),)), TEXTS)


def test_evidence_in_support_is_not_needed():
    row = gold("units", "answer", "a:（一）", "a:（二）", support_clause_ids=("a:（二）",))
    assert locate(row, TEXTS).spans == (Span("000_a.txt", 0, 17),)


def test_parts_have_the_evidence_of_their_own_clause():
    first, second = locate(parts_row(), TEXTS).parts
    assert first.spans == (Span("000_a.txt", 0, 17),)
    assert second.spans == (Span("001_b.txt", 0, 11),)
    assert evidence("b:一").text == TEXTS["001_b.txt"][:11]
