import pytest

from eval.bench.reader_scroll import chinese, dropped, long_text


def test_frames_not_drawn_are_counted_by_the_time_between_those_drawn():
    assert dropped([16.7] * 600) == 0
    assert dropped([16.7, 33.3, 100.0]) == 1 + 5


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (19, "十九"), (1007, "一千零七")])
def test_articles_are_numbered_as_laws_do(number, words):
    assert chinese(number) == words


def test_the_document_has_about_the_clauses_asked_for():
    text = long_text(100)
    assert text.count("\n第") == 100
    assert "\n第九十八条 " in text
