import gzip
import shutil

import pytest

from index.training.corpus import ENTRIES, PAIRS, QUESTIONS, Article, read_corpus
from index.training.errors import TrainingDataError


def test_every_file_is_read_into_records(corpus):
    assert len(corpus.articles) == 60
    assert corpus.articles[0] == Article(
        "n0",
        "中华人民共和国药品法",
        ("总则", "监督"),
        "药品法第1条",
        "县级以上人民政府药品主管部门负责药品的监督工作。"
        "任何单位和个人不得妨碍药品监督；违反规定的，处一万元罚款。",
    )
    assert corpus.questions[0].article_ids == ("n0",)
    assert corpus.entries[0].senses == ("medicine", "medicine of old")
    assert corpus.pairs[0].english == "We supervise the medicine."
    assert corpus.passage_questions[0].start == 3


@pytest.fixture
def copy(kit, tmp_path):
    return shutil.copytree(kit, tmp_path / "copy")


def test_a_missing_file_is_named(copy):
    (copy / PAIRS).unlink()
    with pytest.raises(TrainingDataError, match=rf"{PAIRS}: there is no such file; name the"):
        read_corpus(copy)


def test_a_file_that_ends_early_is_damaged(copy):
    path = copy / ENTRIES
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TrainingDataError, match=rf"{ENTRIES}: damaged .*; copy it anew"):
        read_corpus(copy)


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"{no json}\n")])
def test_a_file_of_another_kind_is_damaged(copy, content):
    (copy / QUESTIONS).write_bytes(content)
    with pytest.raises(TrainingDataError, match=rf"{QUESTIONS}: damaged"):
        read_corpus(copy)


def test_a_row_without_a_field_is_told(copy):
    (copy / QUESTIONS).write_bytes(gzip.compress(b'{"id": "q1"}\n'))
    with pytest.raises(TrainingDataError, match=r"a row has another form.*'question'"):
        read_corpus(copy)


def test_a_file_without_rows_is_refused(copy):
    (copy / QUESTIONS).write_bytes(gzip.compress(b""))
    with pytest.raises(TrainingDataError, match="no rows"):
        read_corpus(copy)
