from index.training.corpus import Entry
from index.training.glosses import Glossary, inflect


def test_senses_of_one_word_are_joined_and_inflected():
    glossary = Glossary.of([Entry("规划", ("plan",)), Entry("规划", ("to plan", "plan"))])
    assert glossary.words == ("规划",)
    assert glossary.forms[0][:2] == ("plan", "plans")
    assert "planing" in glossary.forms[0]


def test_the_longest_word_is_taken_and_grammar_is_not_glossed():
    words = ("药品", "监督", "监督管理", "的")
    glossary = Glossary.of(Entry(word, ("x",)) for word in words)
    assert glossary.rows_in("药品的监督管理和监督") == [0, 2, 1]


def test_a_word_without_a_sense_is_left_out():
    assert Glossary.of([Entry("药", ()), Entry("", ("nothing",))]).words == ()


def test_inflected_forms_follow_english_spelling():
    assert inflect("to apply for") == [
        "apply for",
        "apply for",
        "applied for",
        "applies for",
        "applying for",
    ]
    assert inflect("tax") == ["tax", "taxes"]
    assert inflect("Ministry (of state)") == ["Ministry (of state)"]
