from collections.abc import Mapping

import pytest

from eval.bench.floors import Reader, measure
from eval.gold import Behavior, GoldRow, QuestionType
from index.library import Index


def row(question: str, behavior: Behavior = Behavior.ANSWER) -> GoldRow:
    return GoldRow(id=question, question=question, type=QuestionType.CONTENT, behavior=behavior)


@pytest.fixture(scope="module")
def reader(library: Index) -> Reader:
    return Reader(library)


def by_key(sets: list[tuple[list[GoldRow], Reader]]) -> Mapping[tuple[str, str], dict[str, object]]:
    return {(each["language"], each["scope"]): each for each in measure(sets)}


def test_what_a_document_covers_counts_as_covered_and_the_rest_as_foreign(reader):
    rows = [
        row("浙江的药品安全专家库由谁牵头？"),
        row("浙江的火箭发射由谁牵头？", Behavior.OUT_OF_SCOPE),
    ]
    told = by_key([(rows, reader)])["zh-Hans", "place named"]
    assert (told["covered"], told["foreign"]) == (1, 1)
    assert (told["missed"], told["let_in"]) == (0.0, 0.0)


def test_a_question_is_asked_of_the_other_documents_unless_it_names_a_place(reader):
    rows = [row("疫苗追溯由谁负责？"), row("浙江的药品安全专家库由谁牵头？")]
    told = by_key([(rows, reader), ([], reader)])
    assert (told["zh-Hans", "anywhere"]["covered"], told["zh-Hans", "anywhere"]["foreign"]) == (
        1,
        1,
    )
    assert told["zh-Hans", "anywhere"]["let_in"] == 1.0  # they are the same documents here
    assert told["zh-Hans", "place named"]["foreign"] == 0
    assert told["zh-Hans", "place named"]["let_in"] is None


def test_what_is_looked_up_is_left_out(reader):
    assert measure([([row("浙江那份文件的文号是多少？")], reader)]) == []
