from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Index
from index.records import Clause, ClauseKind
from rag.sentences import parts, sentences


class Quoting:
    """Quotes clauses of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def quote(self, clause: Clause) -> str:
        return self.text[clause.start : clause.end]


def cut(text, start=0, end=None):
    clause = Clause("d:1", "d", ClauseKind.ITEM, start, len(text) if end is None else end, "", "")
    index = cast("Index", Quoting(text))
    return index, clause, sentences(index, clause)


def quotes(text, start=0, end=None):
    return [piece.quote for piece in cut(text, start, end)[2]]


def test_sentences_end_with_their_mark():
    assert quotes("（一）健全制度。每周巡查2次；重大问题15日内办结！") == [
        "（一）健全制度。",
        "每周巡查2次；",
        "重大问题15日内办结！",
    ]


def test_a_line_is_a_sentence():
    assert quotes("一、健全制度\n每周巡查") == ["一、健全制度", "每周巡查"]


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    assert quotes("称为“一湖一档。”另行规定。") == ["称为“一湖一档。”", "另行规定。"]


def test_a_decimal_point_ends_no_english_sentence():
    assert quotes("Reach 99.5 percent. Then stop.") == ["Reach 99.5 percent.", "Then stop."]


def test_offsets_count_in_the_document_not_in_the_clause():
    text = "前文。甲乙。丙丁。"
    _, _, pieces = cut(text, start=3)
    assert [(p.start, p.end) for p in pieces] == [(3, 6), (6, 9)]


def test_matching_text_is_clean_and_the_quote_is_as_published():
    _, _, pieces = cut("國務(wù)院要求達到９２％。")
    assert pieces[0].text == "国务院要求达到92%。"
    assert pieces[0].quote == "國務(wù)院要求達到９２％。"


def test_parts_stand_between_commas():
    index, clause, pieces = cut("前文。到2027年，优良率达到92%，保有率达到75%。")
    assert [p.quote for p in parts(index, clause, pieces[1])] == [
        "到2027年，",
        "优良率达到92%，",
        "保有率达到75%。",
    ]


@settings(deadline=None)  # the first call loads tables
@given(
    st.text(alphabet="湖泊務(wù)國９92%，。；！\n\r\t “”A.b()（）", max_size=80), st.integers(0, 5)
)
def test_offsets_slice_out_the_quote(text, skip):
    start = min(skip, len(text))
    index, clause, pieces = cut(text, start=start)
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.quote
        assert start <= piece.start <= piece.end <= len(text)
        for part in parts(index, clause, piece):
            assert text[part.start : part.end] == part.quote
            assert piece.start <= part.start <= part.end <= piece.end
    assert [p.start for p in pieces] == sorted(p.start for p in pieces)
