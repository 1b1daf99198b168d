"""Example questions over HTTP: what the schema says, asked once, never of a language model."""

import pytest
from starlette.testclient import TestClient

from api import responses
from api.app import create_app
from api.settings import Settings
from rag.reworded import RewordingAnswerer


class Counting:
    """Answers as another does, and counts how often it is asked."""

    def __init__(self, answerer):
        self.index, self._answerer, self.asked = answerer.index, answerer, 0

    def ask(self, question, **options):
        self.asked += 1
        return self._answerer.ask(question, **options)


class Unwanted:
    """A language model that must not be asked."""

    def write(self, brief):
        raise AssertionError("examples need no language model")


@pytest.fixture
def counting(answerer):
    return Counting(answerer)


def client_of(answerer):
    return TestClient(create_app(answerer, Settings()), raise_server_exceptions=False)


def test_examples_are_what_the_schema_says_and_are_made_once(counting):
    client = client_of(counting)
    first = client.get("/v1/examples?lang=zh-CN")
    responses.ExamplesOut.model_validate(first.json())
    asked = counting.asked
    assert asked > 0
    assert client.get("/v1/examples?lang=zh-CN").json() == first.json()
    assert counting.asked == asked


def test_the_language_is_that_of_lang_else_of_accept_language_else_chinese(counting):
    client = client_of(counting)
    english = client.get("/v1/examples?lang=en").json()
    assert english["examples"][0]["question"].startswith("Who leads ")
    liked = client.get("/v1/examples", headers={"Accept-Language": "en-GB"})
    assert liked.json() == english
    assert "Accept-Language" in liked.headers["Vary"]
    neither = client.get("/v1/examples", headers={"Accept-Language": "de"}).json()
    assert neither == client.get("/v1/examples?lang=zh").json()


def test_no_language_model_is_asked(answerer):
    client = client_of(RewordingAnswerer(answerer, Unwanted()))
    assert len(client.get("/v1/examples?lang=zh-CN").json()["examples"]) == 6


def test_a_language_that_no_answer_is_worded_in_is_refused(counting):
    assert client_of(counting).get("/v1/examples?lang=fr").status_code == 422


def test_without_an_index_there_are_none(answerer):
    response = client_of(None).get("/v1/examples")
    assert response.status_code == 503
    assert response.json()["type"] == "urn:yiju:problem:index-unavailable"
