import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.environment import VARIABLES, unknown_variables
from api.language_model_options import LanguageModelOptions
from api.settings import Settings, SettingsError, load_settings
from index.model_options import Backend, ModelOptions, RerankerOptions


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_the_variables_are_those_of_the_fields():
    assert {f"YIJU_{name.upper()}" for name in Settings.model_fields} == VARIABLES


def test_every_field_is_described():
    assert all(field.description for field in Settings.model_fields.values())


def test_nothing_set_gives_the_defaults():
    settings = load_settings()
    assert (settings.index, settings.model) == (Path(".yiju/index"), None)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.allowed_origins == ()


def test_variables_are_read(monkeypatch):
    monkeypatch.setenv("YIJU_INDEX", "/srv/index")
    monkeypatch.setenv("YIJU_PORT", "9000")
    monkeypatch.setenv("YIJU_ALLOWED_ORIGINS", "https://a.gov.cn, https://b.gov.cn")
    monkeypatch.setenv("YIJU_LOG_LEVEL", "DEBUG")
    settings = load_settings()
    assert (settings.index, settings.port) == (Path("/srv/index"), 9000)
    assert settings.allowed_origins == ("https://a.gov.cn", "https://b.gov.cn")
    assert settings.log_level == "debug"


def test_what_is_given_leads_and_none_does_not(monkeypatch):
    monkeypatch.setenv("YIJU_PORT", "9000")
    assert load_settings(port=9001).port == 9001
    assert load_settings(port=None).port == 9000


def test_the_models_are_chosen_by_variables(monkeypatch):
    assert load_settings().model_options == ModelOptions()
    assert load_settings().reranker_options is None
    for name, value in (
        ("MODEL", "some/model"),
        ("MODEL_REVISION", "v1"),
        ("MODEL_DIM", "128"),
        ("MODEL_MAX_LENGTH", "512"),
        ("MODEL_BACKEND", "onnx"),
        ("MODEL_DEVICE", "cuda:1"),
        ("MODEL_BATCH_SIZE", "8"),
        ("QUERY_PROMPT", "query: "),
        ("DOCUMENT_PROMPT", "passage: "),
        ("RERANKER", "some/reranker"),
        ("RERANKER_REVISION", "v2"),
        ("RERANKER_TOP", "10"),
    ):
        monkeypatch.setenv(f"YIJU_{name}", value)
    assert load_settings().model_options == ModelOptions(
        "some/model", "v1", 128, 512, "query: ", "passage: ", Backend.ONNX, "cuda:1", 8
    )
    assert load_settings().reranker_options == RerankerOptions(
        "some/reranker", "v2", 10, device="cuda:1", batch_size=8
    )


def test_a_language_model_is_chosen_by_variables(monkeypatch):
    assert load_settings().language_model_options is None
    for name, value in (
        ("URL", "http://127.0.0.1:8080/v1"),
        ("MODEL", "some-model"),
        ("KEY", "sk-canary"),
        ("FIRST_S", "2.5"),
        ("TOTAL_S", "9"),
        ("RETRIES", "0"),
        ("CONCURRENT", "2"),
        ("FAILURES", "3"),
        ("PAUSE_S", "30"),
    ):
        monkeypatch.setenv(f"YIJU_LLM_{name}", value)
    settings = load_settings()
    assert settings.language_model_options == LanguageModelOptions(
        "http://127.0.0.1:8080/v1", "some-model", "sk-canary", 2.5, 9, 0, 2, 3, 30
    )
    assert "sk-canary" not in f"{settings!r} {settings} {settings.language_model_options!r}"


def test_the_defaults_of_a_language_model_are_those_of_its_options():
    settings = load_settings(llm_url="http://127.0.0.1/v1", llm_model="m")
    assert settings.language_model_options == LanguageModelOptions("http://127.0.0.1/v1", "m")


@pytest.mark.parametrize("name", ["YIJU_LLM_URL", "YIJU_LLM_MODEL"])
def test_half_a_language_model_is_refused_and_both_halves_are_named(monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1/v1")
    with pytest.raises(SettingsError, match=r"^YIJU_LLM_URL and YIJU_LLM_MODEL go together"):
        load_settings()


@pytest.mark.parametrize(
    "url",
    ["https://user:sk-canary@host/v1", "https://host/v1?key=sk-canary", "file:///sk-canary", "x"],
)
def test_a_wrong_address_of_a_language_model_is_refused_and_not_told(monkeypatch, url):
    monkeypatch.setenv("YIJU_LLM_URL", url)
    monkeypatch.setenv("YIJU_LLM_MODEL", "m")
    with pytest.raises(SettingsError, match=r"^YIJU_LLM_URL is wrong: ") as refused:
        load_settings()
    assert "sk-canary" not in str(refused.value)


def test_a_prompt_that_is_given_empty_is_no_prompt():
    assert load_settings(query_prompt="").model_options.query_prompt == ""


def test_an_empty_variable_is_none_at_all(monkeypatch):
    monkeypatch.setenv("YIJU_MODEL", "")
    assert load_settings().model is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YIJU_PORT", "eight"),
        ("YIJU_PORT", "65536"),
        ("YIJU_PORT", "-1"),
        ("YIJU_MODEL_DIM", "0"),
        ("YIJU_MODEL_MAX_LENGTH", "long"),
        ("YIJU_MODEL_BATCH_SIZE", "0"),
        ("YIJU_MODEL_BACKEND", "openvino"),
        ("YIJU_RERANKER_TOP", "1001"),
        ("YIJU_LLM_TOTAL_S", "0"),
        ("YIJU_LLM_RETRIES", "-1"),
        ("YIJU_LOG_LEVEL", "loud"),
        ("YIJU_ALLOWED_ORIGINS", "www.example.gov.cn"),
        ("YIJU_ALLOWED_ORIGINS", "https://a.gov.cn/path"),
        ("YIJU_MAX_BODY_BYTES", "10"),
        ("YIJU_ROOT_PATH", '/"><script>'),
        ("YIJU_ROOT_PATH", "yiju/"),
    ],
)
def test_a_wrong_value_is_refused_and_its_variable_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name}={re.escape(repr(value))} is wrong: .+$"):
        load_settings()


def test_an_unknown_variable_is_refused_and_the_close_one_named(monkeypatch):
    monkeypatch.setenv("YIJU_INDXE", "x")
    with pytest.raises(SettingsError, match="YIJU_INDXE is not a setting, did you mean YIJU_INDEX"):
        load_settings()


def test_a_name_close_to_none_is_told_all():
    (report,) = unknown_variables(["YIJU_ZZZZZZ"])
    assert all(name in report for name in VARIABLES)


def test_variables_of_the_tests_and_of_others_are_left_alone():
    assert unknown_variables(["YIJU_CORPUS", "_YIJU_COMPLETE", "PATH"]) == ()


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1
