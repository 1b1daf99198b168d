"""Regional words are read as the mainland's, where no document holds them."""

from importlib import resources

import opencc
import pytest

from index.regional_words import in_mainland_words

ROWS = [
    line.split("\t")
    for line in (resources.files("index") / "data" / "regional_words.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


@pytest.mark.parametrize(("regional", "mainland"), ROWS)
def test_every_word_is_read_once_and_only_where_it_is_not_known(regional, mainland):
    asked = f"甲省{regional}由谁负责?"
    assert in_mainland_words(asked, known=lambda _: False) == f"甲省{mainland}由谁负责?"
    assert in_mainland_words(asked, known=lambda _: True) == asked


def test_the_table_is_in_simplified_characters_without_doubles():
    to_simplified = opencc.OpenCC("t2s")
    words = [regional for regional, _ in ROWS]
    assert len(words) == len(set(words))
    for row in ROWS:
        assert [to_simplified.convert(word) for word in row] == row
