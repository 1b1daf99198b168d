import pytest
from pydantic import ValidationError

from api.schemas import AskParams, AskRequest, ResponsibilityParams
from rag.records import Filters, Lang, Turn


def test_a_bare_question_gets_the_defaults():
    request = AskRequest.model_validate({"question": "谁牵头？"})
    assert (request.top_k, request.stream, request.lang) == (5, False, None)
    assert request.filters is None
    assert request.history is None


def test_all_that_the_contract_names_is_read():
    request = AskRequest.model_validate(
        {
            "question": "谁牵头？",
            "top_k": 50,
            "filters": {"region": ["浙江"], "document_id": ["a"], "status": None, "level": []},
            "history": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}],
            "stream": True,
            "lang": "zh-Hant",
        }
    )
    assert request.filters is not None
    assert request.filters.record() == Filters(region=("浙江",), document_id=("a",))
    assert [turn.record() for turn in request.history or ()] == [
        Turn("user", "x"),
        Turn("assistant", "y"),
    ]
    assert request.lang is Lang.HANT


@pytest.mark.parametrize("name", ["filters", "history", "lang"])
def test_null_is_as_good_as_leaving_out(name):
    assert getattr(AskRequest.model_validate({"question": "x", name: None}), name) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", None),
        ("question", 7),
        ("top_k", 0),
        ("top_k", 51),
        ("top_k", "5"),
        ("top_k", True),
        ("stream", "yes"),
        ("lang", "fr"),
        ("filters", []),
        ("filters.region", {"region": "浙江"}),
        ("filters.region.0", {"region": [""]}),
        ("filters.colour", {"colour": ["red"]}),
        ("history.0.role", [{"role": "system", "content": "x"}]),
        ("history.0.content", [{"role": "user"}]),
        ("temperature", 1),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(field, value):
    body = {"question": "x", field.split(".")[0]: value}
    with pytest.raises(ValidationError) as refusal:
        AskRequest.model_validate(body)
    assert [".".join(map(str, each["loc"])) for each in refusal.value.errors()] == [field]


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("zh", Lang.HANS),
        ("zh-CN", Lang.HANS),
        ("zh-SG", Lang.HANS),
        ("zh-Hans-HK", Lang.HANS),
        ("zh_TW", Lang.HANT),
        ("zh-HK", Lang.HANT),
        ("ZH-HANT", Lang.HANT),
        ("en-US", Lang.EN),
    ],
)
def test_language_tags_of_browsers_are_understood(tag, lang):
    assert AskParams.model_validate({"question": "x", "lang": tag}).lang is lang


def test_numbers_in_a_url_are_words():
    assert AskParams.model_validate({"question": "x", "top_k": "7"}).top_k == 7


def test_a_role_is_lead_or_member():
    with pytest.raises(ValidationError, match="'lead' or 'member'"):
        ResponsibilityParams.model_validate({"role": "boss"})
