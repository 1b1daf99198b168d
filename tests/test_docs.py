"""The docs name everything that a user can type, set, call or get back."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from api import command as api_command
from api import errors
from api.app import create_app
from api.command import app
from api.environment import VARIABLES
from api.schemas import (
    AskParams,
    AskRequest,
    CompareParams,
    DocumentParams,
    ResponsibilityParams,
    SearchParams,
)
from api.settings import Settings
from eval.gold import Behavior, QuestionType
from eval.scores import ALL_MEASURES
from rag.records import ReasonCode, Status

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
GUIDES = ("docs/user-guide.md", "docs/user-guide.zh-CN.md")
EVALUATION = ("docs/evaluation.md", "docs/evaluation.zh-CN.md")
MODELS = ("docs/models.md", "docs/models.zh-CN.md")
WIDGET = ("docs/widget.md", "docs/widget.zh-CN.md")
PAGES = (*WIDGET, *READMES, *GUIDES, "docs/api.md", *EVALUATION, "docs/operations.md", *MODELS)
OF_ALL_COMMANDS = {"--help", "--install-completion", "--show-completion"}


@cache
def _page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _commands():
    group: Any = typer.main.get_command(app)
    context = group.make_context("yiju", ["version"], resilient_parsing=True)
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


def _options(command):
    names = {name for each in command.params for name in each.opts if name.startswith("--")}
    return names - OF_ALL_COMMANDS


def _paths():
    schema = create_app(None, Settings()).openapi()
    return sorted({path.replace(":path", "") for path in schema["paths"]})


def test_the_changelog_starts_with_this_version():
    project = tomllib.loads(_page("pyproject.toml"))["project"]
    first = re.search(r"^## \[([^\]]+)\]", _page("CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == project["version"]


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", *EVALUATION])
def test_the_tasks_of_make_that_a_page_names_are_there(page):
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", _page(page), re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", _page("Makefile"), re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", READMES)
def test_the_two_readmes_name_the_same_tasks_and_numbers(page):
    def told(name):
        table = re.search(r"^\|[^\n]*\d\.\d+[^\n]*\|$", _page(name), re.MULTILINE)
        assert table is not None
        return re.findall(r"^make \w+", _page(name), re.MULTILINE), table[0]

    assert told(page) == told(READMES[0])


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", _page(page))
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("variable", sorted(VARIABLES))
def test_a_setting_stands_in_the_operators_page_with_its_default(variable):
    row = re.search(rf"^\| `{variable}` \| ([^|]+) \|", _page("docs/operations.md"), re.MULTILINE)
    assert row is not None
    default = Settings.model_fields[variable.removeprefix("YIJU_").lower()].default
    if default not in (None, "", ()):
        assert row[1] == f"`{default}`"


@pytest.mark.parametrize("page", MODELS)
def test_options_of_models_stand_in_both_of_their_pages(page):
    named = {name for name in VARIABLES if re.match("YIJU_(MODEL|RERANKER|.*PROMPT)", name)}
    embedding = re.compile("(?!--llm).*(?:model|prompt|rer)")
    options = {name for name in _options(_commands()["ask"]) if embedding.match(name)}
    assert len(options) == len(named)
    assert [each for each in named | options if f"`{each}`" not in _page(page)] == []


@pytest.mark.parametrize("page", WIDGET)
def test_what_a_host_can_set_hear_and_style_of_the_widget_stands_in_its_pages(page):
    sources = "".join(_page(str(path)) for path in (ROOT / "api/web/widget").iterdir())
    properties = set(re.findall(r"--yiju-[a-z-]+", sources))
    parts = set(re.findall(r'part: "([a-z]+)"', sources))
    observed = re.search(r"observedAttributes\(\) \{\s+return \[(.+?)\]", sources)
    assert observed is not None
    attributes = set(re.findall(r"[a-z]+", observed[1]))
    events = {f"yiju:{name}" for name in re.findall(r'emit\((?:open \? )?"([a-z]+)"', sources)}
    assert min(map(len, (properties, parts, attributes, events))) > 4
    told = set(re.findall(r"[`(, ]([a-z-]+(?::[a-z]+)?)[`,]", _page(page)))
    assert properties | parts | attributes | events <= told


@pytest.mark.parametrize("name", sorted(_commands()))
def test_a_command_stands_in_the_docs_with_its_options(name):
    pages = "".join(_page(page) for page in PAGES)
    command = _commands()[name]
    assert re.search(rf"`?yiju {name}\b", pages)
    below = getattr(command, "commands", {})
    for each in (command, *below.values()):
        assert [option for option in _options(each) if option not in pages] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guides_name_every_command_of_a_user(guide):
    others = {"index", "serve", "eval", "model"}  # in the pages of operators and evaluators
    missing = [name for name in set(_commands()) - others if f"yiju {name}" not in _page(guide)]
    assert missing == []


@pytest.mark.parametrize("path", _paths())
def test_a_route_stands_in_the_embedders_page(path):
    assert re.search(rf"`(?:GET|POST) {re.escape(path)}[`?]", _page("docs/api.md"))


@pytest.mark.parametrize(
    "model",
    [AskRequest, AskParams, SearchParams, CompareParams, DocumentParams, ResponsibilityParams],
)
def test_a_request_s_fields_stand_in_the_embedders_page(model):
    missing = [name for name in model.model_fields if f"`{name}`" not in _page("docs/api.md")]
    assert set(missing) <= {"question"} if model is AskParams else missing == []


@pytest.mark.parametrize("code", [*Status, *ReasonCode])
def test_statuses_and_reasons_stand_in_the_embedders_page(code):
    assert f"`{code}`" in _page("docs/api.md")


def test_statuses_of_problems_stand_in_the_embedders_page():
    statuses = {kind.status for kind in errors.PROBLEMS.values()}
    told = {int(found) for found in re.findall(r"^\| (\d{3}) \|", _page("docs/api.md"), re.M)}
    assert statuses <= told


@pytest.mark.parametrize("page", [*GUIDES, "docs/operations.md"])
def test_every_exit_code_stands_in_the_docs(page):
    codes = {0, api_command.FAILURE, api_command.WRONG_USE, 3}
    told = {int(found) for found in re.findall(r"^\| (\d) \|", _page(page), re.MULTILINE)}
    assert told == codes


@pytest.mark.parametrize("page", EVALUATION)
@pytest.mark.parametrize("name", [*ALL_MEASURES, *Behavior, *QuestionType])
def test_measures_and_kinds_of_gold_stand_in_the_evaluators_pages(page, name):
    assert re.search(rf"(?<![\w@]){re.escape(name)}(?!\w)", _page(page))


@pytest.mark.parametrize("page", EVALUATION)
def test_options_of_the_evaluation_stand_in_both_of_its_pages(page):
    for name, command in _commands()["eval"].commands.items():
        assert f"yiju eval {name}" in _page(page)
        assert [option for option in _options(command) if option not in _page(page)] == []


def test_the_bench_s_options_stand_in_the_evaluators_page():
    command = [sys.executable, "-m", "eval.bench.latency", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z-]+", shown)) - OF_ALL_COMMANDS - {"--no-save"}
    assert {option for option in options if option not in _page("docs/evaluation.md")} == set()


def test_decisions_are_numbered_without_a_gap_and_have_the_same_parts():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    parts = ("**Context.**", "**Choice.**", "**Cost.**", "**Revisit**")
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert [part for part in parts if part not in text] == []


def test_every_pin_is_exact_and_names_no_place():
    lines = [line for line in _page("constraints.txt").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!]+", line)] == []


def test_what_the_project_needs_is_pinned():
    project = tomllib.loads(_page("pyproject.toml"))["project"]
    extras = [need for needs in project["optional-dependencies"].values() for need in needs]
    asked = {_name(need) for need in (*project["dependencies"], *extras)}
    pinned = {_name(line) for line in _page("constraints.txt").splitlines()}
    assert asked <= pinned


def _name(requirement):
    return re.split(r"[<>=\[;# ]", requirement)[0].lower().replace("_", "-")
