import pytest

from index.training.tokenizer import make_tokenizer
from index.training.vocabulary import learn_vocabulary

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def vocabulary(corpus):
    return learn_vocabulary(corpus, seed=0, han=300, latin=200)


def test_every_form_of_a_text_has_the_same_tokens(vocabulary):
    tokenizer = make_tokenizer(vocabulary)
    want = tokenizer.encode("县级以上人民政府负责药品监督 inspect").tokens
    assert tokenizer.encode("縣級以上人民政府負責藥品監督　ＩＮＳＰＥＣＴ").tokens == want
    assert "药品" in want
    assert "inspect" in want


def test_a_character_never_seen_is_unknown(vocabulary):
    assert make_tokenizer(vocabulary).encode("ꙮ").ids == [0]


def test_marks_and_numbers_stand_alone(vocabulary):
    pre_tokenizer = make_tokenizer(vocabulary).pre_tokenizer
    cut = [piece for piece, _ in pre_tokenizer.pre_tokenize_str("药品（abc）12 元,plan")]
    assert cut == ["药品", "（", "abc", "）", "12", "元", ",", "plan"]


def test_equal_seeds_give_equal_pieces(corpus, vocabulary):
    assert learn_vocabulary(corpus, seed=0, han=300, latin=200) == vocabulary
