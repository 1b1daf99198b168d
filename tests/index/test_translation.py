from importlib import resources

import pytest

from index.glossary import translate, translate_back
from index.stores.lexical import LexicalStore
from index.translation import Translator

CHINESE = ["冷链物流体系", "药品安全", "药品监管", "药物", "物流管理"]
ENGLISH = ["the cold chain of medicines", "drug safety and drug plans", "a drug"]


def translated(question: str, texts: list[str]) -> list[str]:
    return Translator(LexicalStore.build(texts)).translate(question)


def test_an_english_question_gets_chinese_words_that_clauses_hold():
    assert translated("cold chain", CHINESE) == ["冷链"]
    assert translated("cold chain", ["养老金"]) == []


def test_the_words_that_most_clauses_hold_come_first_and_three_at_most():
    held = ["药品", "药品", "药物", "药剂 药物", "药剂 药物", "毒品"]
    assert translated("drug", held) == ["药物", "药剂", "药品"]  # 3, 2 and 2 clauses
    assert translated("drugs", held) == translated("Drug", held) == translated("drug", held)


def test_a_phrase_goes_before_its_words():
    assert translate(["cold", "chain", "logistics"])[0] == ("冷链",)
    assert len(translate(["cold", "chain", "logistics"])) == 2
    assert "冷链" not in [word for phrase in translate(["chain", "cold"]) for word in phrase]


def test_small_words_are_not_translated_and_do_not_part_a_phrase():
    assert translated("what of the", CHINESE) == []
    assert translated("the cold chain", CHINESE) == translated("cold of chain", CHINESE) == ["冷链"]


def test_a_chinese_question_gets_english_words_where_the_index_holds_english():
    assert translated("冷链", ENGLISH) == ["cold chain"]
    assert translated("药品", ENGLISH) == ["drug", "medicin"]
    assert translated("药品", CHINESE) == []
    assert translated("药品", ["drug law"]) == []  # neither “the” nor “and”: no English prose


def test_a_question_in_both_languages_counts_as_chinese():
    assert translated("冷链 drug", ENGLISH) == ["cold chain"]
    assert translated("冷链 drug", CHINESE) == []


@pytest.mark.parametrize("question", ["", "？！", "2025", "qzxv", "的了吗", "ꙮ", "a"])
@pytest.mark.parametrize("texts", [CHINESE, ENGLISH, []])
def test_what_no_dictionary_has_is_left_out(question, texts):
    assert translated(question, texts) == []


def test_back_the_longest_word_at_each_place_is_taken():
    assert translate_back("冷链物流") == [("cold chain",), ("distribution", "logistic")]
    assert translate_back("药") == translate_back("") == []


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        (["regulator"], "监管部门"),
        (["pharmacovigilance"], "药物警戒"),
        (["transfer", "payments"], "转移支付"),
    ],
)
def test_terms_of_policy_have_the_words_that_policies_use(words, chinese):
    assert chinese in translate(words)[0]


@pytest.mark.parametrize(
    ("british", "american"),
    [("organisation", "organization"), ("labour", "labor"), ("service centre", "service center")],
)
def test_both_spellings_of_english_are_translated_alike(british, american):
    assert translate(british.split()) == translate(american.split()) != []


def test_a_word_that_the_glossary_lacks_is_looked_up_by_its_relatives():
    assert "追踪" in translate(["traceable"])[0]
    assert translate(["qzxvability"]) == []


def test_every_policy_term_is_in_the_glossary():
    lines = (resources.files("index") / "data/policy_terms.tsv").read_text("utf-8").splitlines()[1:]
    for line in lines:
        english, chinese = line.split("\t")
        found = translate(english.replace("-", " ").split())
        assert set(chinese.split(" ")) <= set(found[0]), english
