"""Questions to begin with: made from an index, answered by it, of several kinds."""

import pytest

from rag.examples import ExampleKind, examples
from rag.language import detect
from rag.records import CitationRole, Lang, Status

SHOWN = 6


@pytest.fixture(params=[Lang.HANS, Lang.EN], ids=["zh", "en"])
def lang(request):
    return request.param


@pytest.fixture(params=["seeds", "lakes"])
def source(request, answerer, lake_answerer):
    return answerer if request.param == "seeds" else lake_answerer


def made(source, lang, **options):
    return examples(source.index, source.ask, lang=lang, **options)


def test_each_example_is_answered_in_full_from_the_documents_it_was_made_of(source, lang):
    for example in made(source, lang):
        answer = source.ask(example.question)
        assert answer.status is Status.ANSWERED, example
        citing = {c.document.document_id for c in answer.citations if c.role is CitationRole.ANSWER}
        assert citing == set(example.document_ids)


def test_the_seeds_give_several_kinds_about_several_documents(answerer, lang):
    found = made(answerer, lang)
    assert len(found) == SHOWN
    assert {ExampleKind.LEAD, ExampleKind.UNITS, ExampleKind.TASKS} <= {e.kind for e in found}
    assert ExampleKind.COMPARISON in {e.kind for e in found}
    assert len({i for e in found for i in e.document_ids}) >= 4
    assert len({e.question for e in found}) == SHOWN


def test_examples_speak_the_language_asked_for_and_keep_the_documents_names(answerer):
    assert all(detect(e.question) is Lang.HANS for e in made(answerer, Lang.HANS))
    english = made(answerer, Lang.EN)
    assert all(e.question[0].isascii() and e.question.endswith("?") for e in english)


def test_an_index_gives_the_same_examples_each_time(source, lang):
    assert made(source, lang) == made(source, lang)


def test_no_more_are_given_than_wanted(answerer):
    assert len(made(answerer, Lang.HANS, count=2)) == 2
    assert made(answerer, Lang.HANS, count=0) == ()


def test_what_is_not_answered_is_not_offered(answerer):
    def refusing(question):
        return answerer.ask("今天天气怎么样？")

    assert examples(answerer.index, refusing, lang=Lang.HANS) == ()
