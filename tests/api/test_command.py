import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import openpyxl
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

import api.command
from api.command import PLUGINS, app
from api.commands import ask as ask_command
from api.commands.ask import marked
from api.commands.model_options import as_settings
from api.environment import VARIABLES
from api.output import printable
from api.responses import AnswerOut, ComparisonOut, DocumentDetail, DocumentsOut, HitsOut, TasksOut
from api.settings import load_settings
from index.model_options import Backend, ModelOptions, RerankerOptions
from rag.records import Status
from tests.api.fakes import CLAUSE, FakeAnswerer
from tests.api.language_models import saying, serving

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"
DOCUMENT = "zj-2021-68"
QUESTION = "浙江省完善药品安全监管法规制度由谁牵头？"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(seed_index):
    """Run a command on the seed index; wide, so that no message is folded."""

    def invoke(*arguments, **variables):
        variables = {"YIJU_INDEX": str(seed_index), "COLUMNS": "300", **variables}
        return CliRunner().invoke(app, arguments, env=variables, prog_name="yiju")

    return invoke


def one_sentence(result, code):
    """Check that a command ended in one line on stderr and nothing on stdout; give the line."""
    assert result.exit_code == code
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("yiju: ")
    assert "Traceback" not in line
    return line


def in_a_process(*arguments, **variables):
    environment = {key: value for key, value in os.environ.items() if key not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


# index


def test_an_index_is_built_and_told_of(run, tmp_path):
    result = run("index", str(SEEDS), "--out", str(tmp_path / "index"))
    assert result.exit_code == 0
    assert re.match(r"5 documents, \d+ clauses, \d+ lists of units in .*index, ", result.stdout)
    assert "Traceback" not in result.stderr


def test_an_index_with_json_tells_the_same(run, tmp_path):
    result = run("index", str(SEEDS), "--out", str(tmp_path / "index"), "--json")
    report = json.loads(result.stdout)
    assert report["documents"] == 5
    assert report["problems"] == []
    assert result.stderr.splitlines() == [" ".join(each.split()) for each in report["warnings"]]


def test_a_problem_is_a_line_and_exit_1_and_the_rest_is_indexed(run, tmp_path):
    folder, out = tmp_path / "documents", str(tmp_path / "index")
    folder.mkdir()
    shutil.copy(next(SEEDS.glob("004*.txt")), folder)
    (folder / "empty.txt").write_text("")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7")
    result = run("index", str(folder), "--out", out)
    assert result.exit_code == 1
    assert "1 documents" in result.stdout
    assert [name for name in ("empty.txt", "a.pdf") if name in result.stderr] == [
        "empty.txt",
        "a.pdf",
    ]
    assert run("documents", "--index", out).exit_code == 0


def test_a_folder_that_is_not_there_is_one_sentence(run, tmp_path):
    result = run("index", str(tmp_path / "nope"), "--out", str(tmp_path / "index"))
    assert "no such folder" in one_sentence(result, 1)


def test_a_broken_manifest_is_one_sentence(run, tmp_path):
    (tmp_path / "manifest.toml").write_text("[[document")
    result = run("index", str(tmp_path), "--out", str(tmp_path / "index"))
    assert "manifest.toml" in one_sentence(result, 1)


# a language model


def test_an_answer_that_a_language_model_worded_is_marked_in_text_and_json(run):
    good = "由省药监局牵头[1]，文件写明列第一位的为牵头单位[1]。"
    units = "责任单位是省药监局、省司法厅、省农业农村厅、省卫生健康委和省市场监管局[1]。"
    with serving(saying(good + units)) as server:
        options = ("--llm-url", server.url, "--llm-model", "m")
        text = run("ask", QUESTION, *options, YIJU_LLM_KEY="sk-canary")
        told = run("ask", QUESTION, *options, "--json")
        key = server.headers[0]["authorization"]
    assert text.stdout.startswith(f"{good}{units}（AI生成）\n")
    answer = json.loads(told.stdout)
    assert (answer["worded_by"], answer["answer"]) == ("model", f"{good}{units}（AI生成）")
    assert key == "Bearer sk-canary"
    assert "sk-canary" not in text.output + told.output


def test_an_answer_without_a_language_model_is_not_marked(run):
    result = run("ask", QUESTION)
    assert result.exit_code == 0
    assert "AI" not in result.stdout


def test_a_language_model_that_is_not_there_leaves_the_extractive_answer(run):
    with serving(saying("x")) as server:
        pass
    named = {"YIJU_LLM_URL": server.url, "YIJU_LLM_MODEL": "m"}
    result = run("ask", QUESTION, **named)
    assert (result.exit_code, result.stdout) == (0, run("ask", QUESTION).stdout)


def test_half_a_language_model_is_one_sentence(run):
    result = run("ask", QUESTION, "--llm-model", "m")
    assert "YIJU_LLM_URL and YIJU_LLM_MODEL go together" in one_sentence(result, 2)


def test_without_the_client_a_language_model_is_refused_and_the_extra_named(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.delitem(sys.modules, "api.language_model", raising=False)
    named = {"YIJU_LLM_URL": "http://127.0.0.1:9/v1", "YIJU_LLM_MODEL": "m"}
    line = one_sentence(run("ask", QUESTION, **named), 1)
    assert line == "yiju: openai is missing; install the extra `llm`: pip install 'yiju[llm]'"


def test_a_client_that_sends_logs_nothing_of_what_it_sends(seed_index):
    with serving(saying("x")) as server:
        named = {"YIJU_LLM_URL": server.url, "YIJU_LLM_MODEL": "m", "YIJU_LLM_KEY": "sk-canary"}
        done = in_a_process("--debug", "ask", QUESTION, "--index", str(seed_index), **named)
    assert done.returncode == 0
    assert len(server.bodies) == 1
    assert "the extractive answer stands: citation" in done.stderr
    assert not any(word in done.stderr for word in ("sk-canary", "牵头", "messages"))


# ask and search


@pytest.fixture
def told(monkeypatch, library, run):
    """Ask a fake answerer that answers with a given status."""

    def ask(status, *arguments):
        fake = FakeAnswerer(library, status)
        monkeypatch.setattr(ask_command, "open_answerer", lambda *_: fake)
        return run("ask", "谁牵头？", *arguments), fake

    return ask


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.ANSWERED, 0),
        (Status.PARTIAL, 0),
        (Status.NOT_STATED, 3),
        (Status.NOT_FOUND, 3),
    ],
)
def test_the_exit_code_says_whether_the_answer_is_stated(told, status, code):
    for arguments in ((), ("--json",)):
        assert told(status, *arguments)[0].exit_code == code


def test_an_answer_is_printed_with_its_clause_word_for_word(told, library):
    result, _ = told(Status.ANSWERED)
    quote = library.quote(library.clause(CLAUSE))
    assert result.stdout.startswith("由省药监局牵头[1]。\n")
    assert "[1] 浙政办发〔2021〕68号 第二部分第（一）项" in result.stdout
    assert "二、重点任务 › （一）完善药品安全监管法规制度" in result.stdout
    assert quote in result.stdout
    assert "\x1b" not in result.stdout


def test_the_reason_is_printed(told):
    assert "没有相关文件。" in told(Status.NOT_FOUND)[0].stdout


def test_options_reach_the_answerer(told):
    arguments = ("--top-k", "3", "--region", "浙江", "--region", "绍兴", "--document", "a")
    _, fake = told(Status.ANSWERED, *arguments, "--lang", "zh-TW")
    assert fake.asked["top_k"] == 3
    assert fake.asked["filters"].region == ("浙江", "绍兴")
    assert fake.asked["filters"].document_id == ("a",)
    assert fake.asked["lang"] == "zh-Hant"


def test_matched_words_are_marked_on_a_terminal(library):
    citation = FakeAnswerer(library).citation()
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=10_000).print(marked(citation))
    first = citation.quote[:3]
    assert re.match(rf"\x1b\[1;4m{re.escape(first)}\x1b\[0m", out.getvalue())


def test_a_documents_characters_cannot_steer_the_terminal():
    text = "a\x1b]0;title\x07\x9b31m\u202eb\r\nc"
    assert printable(text) == "a�]0;title��31m�b \nc"
    assert len(printable(text)) == len(text)


def test_a_real_question_is_answered_in_json_and_nothing_else(run):
    result = run("ask", QUESTION, "--json")
    answer = json.loads(result.stdout)
    AnswerOut.model_validate(answer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert answer["responsibilities"][0]["lead"] == "省药监局"


def test_a_real_question_is_answered_in_words(run):
    result = run("ask", QUESTION)
    assert result.exit_code == 0
    assert "省药监局" in result.stdout


def test_a_search_gives_clauses(run):
    HitsOut.model_validate(json.loads(run("search", "疫苗监管", "--json", "--top-k", "2").stdout))
    assert "[1]" in run("search", "疫苗监管").stdout


@pytest.mark.parametrize("question", ["", "  \t", "😀😀", "谁\x1b[31m牵头", "谁" * 100_000])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_is_none_is_wrong_use(run, command, question):
    one_sentence(run(command, question), 2)


def test_an_unknown_region_is_wrong_use_and_the_known_are_named(run):
    assert "绍兴市" in one_sentence(run("ask", QUESTION, "--region", "火星"), 2)


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask",), "question"),
        (("ask", "a", "b"), "b"),
        (("ask", "a", "--top-k", "99"), "--top-k"),
        (("ask", "a", "--lang", "fr"), "zh-Hant"),
        (("ask", "a", "--nope"), "--nope"),
        (("aks", "a"), "aks"),
        (("--nope",), "--nope"),
        (("responsibilities", "--role", "boss"), "--role"),
        (("serve", "--port", "99999"), "--port"),
        (("clauses", "nope"), DOCUMENT),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(run, arguments, words):
    assert words in one_sentence(run(*arguments), 2)


def test_a_misspelt_variable_is_told_of(run):
    assert "YIJU_INDEX" in one_sentence(run("documents", YIJU_INDXE="x"), 2)


def test_a_wrong_setting_stops_the_server(run):
    assert "YIJU_LOG_LEVEL='loud'" in one_sentence(run("serve", YIJU_LOG_LEVEL="loud"), 2)


@pytest.mark.parametrize("command", [("ask", "x"), ("documents",), ("clauses", "x"), ("serve",)])
def test_a_missing_index_is_one_sentence_that_says_how_to_make_one(run, command, tmp_path):
    line = one_sentence(run(*command, "--index", str(tmp_path / "nope")), 1)
    assert "yiju index DIR --out" in line


def test_an_index_of_another_format_is_one_sentence(run, seed_index, tmp_path):
    _change_manifest(seed_index, tmp_path / "index", format_version=99)
    assert "format 99" in one_sentence(run("documents", "--index", str(tmp_path / "index")), 1)


def test_an_index_of_another_model_is_one_sentence_that_names_both(run, seed_index, tmp_path):
    _change_manifest(seed_index, tmp_path / "index", model="other", fingerprint="x")
    line = one_sentence(run("documents", "--index", str(tmp_path / "index")), 1)
    assert "other" in line
    assert "--model" in line


def test_an_index_of_other_options_names_those_that_load_it(run, tmp_path):
    out = str(tmp_path / "index")
    seed = str(next(SEEDS.glob("004*.txt")))
    chosen = ("--model-dim", "64", "--query-prompt", "问：")
    assert run("index", seed, "--out", out, *chosen).exit_code == 0
    line = one_sentence(run("documents", "--index", out), 1)
    assert "(dim 64, query_prompt '问：') of 64 dimensions, and the one loaded is" in line
    assert f"run `yiju index DIR --out {out} --model embedded`" in line
    assert "with `--model embedded --model-dim 64 --query-prompt '问：'`" in line
    assert "`YIJU_MODEL=embedded YIJU_MODEL_DIM=64 YIJU_QUERY_PROMPT='问：'`" in line
    assert run("documents", "--index", out, *chosen).exit_code == 0
    variables = {"YIJU_MODEL_DIM": "64", "YIJU_QUERY_PROMPT": "问："}
    assert run("documents", "--index", out, **variables).exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("index", str(SEEDS)),
        ("ask", "x"),
        ("search", "x"),
        ("documents",),
        ("clauses", "x"),
        ("responsibilities",),
        ("compare", "x"),
        ("serve", "--port", "0"),
    ],
)
def test_every_command_that_loads_a_model_takes_its_options(run, command, tmp_path):
    where = ("--out" if command[0] == "index" else "--index", str(tmp_path / "index"))
    line = one_sentence(run(*command, *where, "--model-dim", "257"), 1)
    assert "it has 256 dimensions and cannot be cut to 257" in line
    line = one_sentence(run(*command, *where, YIJU_MODEL_MAX_LENGTH="9"), 1)
    assert "reads a text whole" in line
    line = one_sentence(run(*command, *where, "--model", "./nowhere"), 1)
    assert "there is no such folder" in line
    line = one_sentence(run(*command, *where, YIJU_MODEL_DIM="0"), 2)
    assert "--model-dim" in line


@pytest.mark.parametrize("command", [("ask", "x"), ("search", "x"), ("serve", "--port", "0")])
def test_a_cross_encoder_that_is_not_there_is_one_sentence(run, command, monkeypatch):
    monkeypatch.setattr("index.cross_encoder.check_installed", lambda model: None)
    line = one_sentence(run(*command, "--reranker", "./nowhere"), 1)
    assert "model './nowhere': there is no such folder" in line
    line = one_sentence(run(*command, YIJU_RERANKER="./nowhere"), 1)
    assert "there is no such folder" in line


def test_options_reach_the_settings_as_they_are():
    model = ModelOptions("m", "r", 1, 2, "q", "d", Backend.ONNX, "cpu", 3)
    reranker = RerankerOptions("c", "s", 4, device="cpu", batch_size=3)
    settings = load_settings(**as_settings(model, reranker))
    assert (settings.model_options, settings.reranker_options) == (model, reranker)
    assert load_settings(**as_settings(ModelOptions(), None)).model_options == ModelOptions()


def _change_manifest(index, copy, **changes):
    shutil.copytree(index, copy)
    (path,) = copy.glob("generations/*/manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    current = copy / "CURRENT"
    words = current.read_text().split()
    if len(words) > 1:  # the manifest's own checksum stands beside the generation's name
        import hashlib  # noqa: PLC0415

        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        current.write_text(current.read_text().replace(words[1], digest))


def test_an_unforeseen_error_is_one_sentence_too(run, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(ask_command, "open_answerer", broken)
    assert "ZeroDivisionError: by nought" in one_sentence(run("ask", "x"), 1)


# What an index holds


def test_documents_are_listed(run):
    listed = json.loads(run("documents", "--json").stdout)
    DocumentsOut.model_validate(listed)
    table = run("documents").stdout
    assert all(each["id"] in table and each["title"] in table for each in listed["documents"])


def test_an_outline_is_a_tree_with_leads_and_marks(run):
    tree = run("clauses", DOCUMENT).stdout
    assert "├── 二、重点任务" in tree
    assert re.search(r"│   ├── （一）完善药品安全监管法规制度 +牵头 省药监局", tree)
    assert "[noise]" in tree
    assert "[truncated]" in tree
    DocumentDetail.model_validate(json.loads(run("clauses", DOCUMENT, "--json").stdout))


def test_a_task_table_is_printed_as_table_json_and_csv(run):
    filters = ("--document", DOCUMENT, "--unit", "药监局", "--role", "lead")
    rows = json.loads(run("responsibilities", *filters, "--format", "json").stdout)
    TasksOut.model_validate(rows)
    assert CLAUSE in run("responsibilities", *filters).stdout
    printed = run("responsibilities", *filters, "--format", "csv").stdout_bytes
    assert printed.startswith(b"\xef\xbb\xbf")
    in_csv = list(csv.DictReader(io.StringIO(printed.decode("utf-8-sig"))))
    assert [row["clause_id"] for row in in_csv] == [
        row["clause_id"] for row in rows["responsibilities"]
    ]


def test_no_cell_of_a_csv_runs_as_a_formula(run, tmp_path):
    text = "=HYPERLINK(1)\n一、@SUM(A1)\n牵头单位：甲市财政局\n二、其他\n牵头单位：甲市教育局\n"
    (tmp_path / "=1+2.txt").write_text(text, encoding="utf-8")
    run("index", str(tmp_path / "=1+2.txt"), "--out", str(tmp_path / "index"))
    arguments = ("--format", "csv", "--index", str(tmp_path / "index"))
    printed = run("responsibilities", *arguments).stdout_bytes.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(printed)) for cell in row]
    assert "'=1+2.txt" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


TABLE = ("responsibilities", "--document", DOCUMENT)


@pytest.mark.parametrize("form", ["table", "json", "csv", "xlsx"])
def test_out_writes_what_would_be_printed(run, form, tmp_path):
    out = tmp_path / "tasks"
    result = run(*TABLE, "--format", form, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"4 tasks written to {out}\n"
    printed = run(*TABLE, "--format", form).stdout_bytes
    lines = [line.rstrip() for line in printed.split(b"\n")] if form == "table" else printed
    written = out.read_bytes()
    assert (written.split(b"\n") if form == "table" else written) == lines
    assert list(tmp_path.iterdir()) == [out]


def test_the_name_of_out_says_the_form_unless_format_does(run, tmp_path):
    named = tmp_path / "tasks.XLSX"
    run(*TABLE, "--out", str(named))
    assert named.read_bytes().startswith(b"PK")
    run(*TABLE, "--out", str(tmp_path / "tasks.json"))
    TasksOut.model_validate_json((tmp_path / "tasks.json").read_bytes())
    run(*TABLE, "--out", str(tmp_path / "a.csv"), "--format", "json")
    TasksOut.model_validate_json((tmp_path / "a.csv").read_bytes())


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_overwritten(run, tmp_path):
    out = tmp_path / "tasks.csv"
    out.write_text("mine")
    assert "--overwrite" in one_sentence(run(*TABLE, "--out", str(out)), 1)
    assert out.read_text() == "mine"
    assert run(*TABLE, "--out", str(out), "--overwrite").exit_code == 0
    assert out.read_text(encoding="utf-8-sig").startswith("document_id")


def test_a_folder_that_is_there_or_missing_is_no_file_to_write(run, tmp_path):
    assert "a folder" in one_sentence(run(*TABLE, "--out", str(tmp_path), "--overwrite"), 1)
    missing = tmp_path / "nope" / "tasks.csv"
    assert "make it first" in one_sentence(run(*TABLE, "--out", str(missing)), 1)


def test_an_xlsx_file_is_not_printed_on_a_terminal(run, monkeypatch):
    monkeypatch.setattr("api.output.stdout_is_a_terminal", lambda: True)
    assert "--out FILE" in one_sentence(run(*TABLE, "--format", "xlsx"), 2)
    assert run(*TABLE, "--format", "csv").exit_code == 0


def test_links_of_a_workbook_need_an_address(run):
    assert "'ftp://x'" in one_sentence(run(*TABLE, "--base-url", "ftp://x"), 2)
    linked = run(*TABLE, "--format", "xlsx", "--base-url", "https://a.gov.cn/", "--lang", "zh")
    sheet = openpyxl.load_workbook(io.BytesIO(linked.stdout_bytes)).worksheets[0]
    assert sheet["A1"].value == "任务"
    (link,) = {cell.hyperlink.target for cell in sheet[2] if cell.hyperlink}
    assert link.startswith("https://a.gov.cn/c/zj-2021-68:")


def test_where_no_task_fits_it_is_said_and_the_table_is_empty(run):
    result = run(*TABLE, "--unit", "火星局", "--format", "json")
    assert json.loads(result.stdout) == {"responsibilities": []}
    assert "no task fits" in result.stderr
    assert result.exit_code == 0


def test_a_deadline_and_a_target_stand_in_the_table_where_there_are_any(run):
    assert "deadline" not in run(*TABLE).stdout
    printed = run("responsibilities", "--document", "shaoxing-draft").stdout
    assert "力争5年内组织申报创新药10个" in printed.replace(" ", "")
    assert {"deadline", "target"} < set(printed.splitlines()[0].split())


def test_one_file_is_read_and_shown(run):
    file = next(SEEDS.glob("000*.txt"))
    result = run("read", str(file))
    assert "浙政办发〔2021〕68号" in result.stdout
    assert "二、重点任务" in result.stdout
    shown = json.loads(run("read", str(file), "--json").stdout)
    assert shown.pop("warnings")
    DocumentDetail.model_validate(shown)


def test_a_file_that_is_no_text_is_one_sentence(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7")
    assert "a PDF" in one_sentence(run("read", str(tmp_path / "a.txt")), 1)


# The rest


def test_the_version_is_printed(run):
    assert run("version").stdout == run("--version").stdout
    assert re.fullmatch(r"yiju \d+\.\d+\.\d+\S*\n", run("version").stdout)


def test_other_packages_may_mount_commands(run, monkeypatch):
    monkeypatch.setattr(api.command, "_plugins", _plugins(extra="tests.api.test_command:EXTRA"))
    assert run("extra").stdout == "extra ran\n"
    assert "extra" in run("--help").stdout


def test_a_mounted_command_that_cannot_be_loaded_does_not_stop_the_others(run, monkeypatch):
    monkeypatch.setattr(api.command, "_plugins", _plugins(broken="no.such.module:app"))
    assert run("version").exit_code == 0
    broken = run("broken")
    assert broken.exit_code == 2
    assert "cannot be loaded" in broken.stderr


EXTRA = typer.Typer()


@EXTRA.command()
def _extra():
    typer.echo("extra ran")


def _plugins(**commands):
    points = EntryPoints(EntryPoint(name, value, PLUGINS) for name, value in commands.items())
    return lambda: points


def test_the_process_answers_in_utf_8_whatever_the_locale(seed_index):
    result = in_a_process(
        "documents", "--index", str(seed_index), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=""
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "浙政办发〔2021〕68号" in result.stdout


def test_a_question_on_the_command_line_is_answered_in_a_process(seed_index):
    started = time.perf_counter()
    result = in_a_process("ask", QUESTION, "--json", YIJU_INDEX=str(seed_index))
    assert result.returncode == 0
    assert json.loads(result.stdout)["status"] == "answered"
    assert time.perf_counter() - started < 10


def test_a_question_loads_no_server_no_splitter_and_no_torch(seed_index):
    program = (
        "import sys; from api.command import app\n"
        f"app(['ask', {QUESTION!r}, '--index', {str(seed_index)!r}], standalone_mode=False)\n"
        "heavy = {'fastapi', 'uvicorn', 'langchain_core', 'torch', 'pydantic_settings'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_without_a_command_the_help_is_shown(run):
    result = run()
    assert "yiju" in result.stdout + result.stderr
    assert "responsibilities" in result.stdout + result.stderr


def test_every_command_has_a_help(run):
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert run(name, "--help").exit_code == 0


def test_a_comparison_comes_as_table_json_and_csv(run):
    options = ("compare", "疫苗批签发", "--level", "province")
    result = run(*options, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    ComparisonOut.model_validate(told)
    ids = [row["clause_id"] for row in told["rows"]]
    assert ids == ["shanxi-2021-101:二/（九）", "shanghai-2025-30:三/（十二）"]
    printed = run(*options, "--format", "csv").stdout_bytes
    assert printed.startswith("\ufeff".encode())
    in_csv = list(csv.DictReader(io.StringIO(printed.decode("utf-8-sig"))))
    assert [row["clause_id"] for row in in_csv] == [*ids, ""]
    shown = run(*options).stdout
    assert "units: 市药品监管局 [2]; not in [1]" in shown
    assert "nothing on it: 浙江省 浙政办发〔2021〕68号" in shown


def test_a_comparison_prints_the_chain_with_its_scores(run):
    shown = run("compare", "信息化追溯体系").stdout.partition("chain")[2]
    assert re.search(r"晋政办发〔2021〕101号 第二部分第（十三）项  0\.\d\d\n", shown)
    assert re.search(r"浙政办发〔2021〕68号.*  0\.\d\d( \(weak\))?\n", shown)
    assert "《国务院办公厅关于全面加强药品监管能力建设的实施意见》（国办发〔2021〕16号）" in shown


def test_a_comparison_of_nothing_ends_with_3_and_of_no_subject_with_2(run):
    result = run("compare", "登月")
    assert result.exit_code == 3
    assert result.stdout.startswith("nothing on it: ")
    assert run("compare", "海南的登月").stdout.strip() == "not held: 海南省"
    assert "names no subject" in one_sentence(run("compare", "谁牵头？"), 2)
    assert "unknown region" in one_sentence(run("compare", "疫苗", "--region", "火星"), 2)


def test_a_comparison_in_a_format_there_is_not_names_those_there_are(run):
    line = one_sentence(run("compare", "疫苗批签发", "--format", "xlsx"), 2)
    assert "'xlsx' is not one of 'table', 'json', 'csv'" in line


def test_no_cell_of_a_compared_csv_runs_as_a_formula(run, tmp_path):
    source = tmp_path / "documents"
    source.mkdir()
    text = "=SUM(A1)市关于检查的通知\n\n各单位：\n\n一、开展湖泊巡查。+1次巡查。\n"
    (source / "=a.txt").write_text(text, encoding="utf-8")
    out = str(tmp_path / "index")
    assert run("index", str(source), "--out", out).exit_code == 0
    printed = run("compare", "湖泊巡查", "--index", out, "--format", "csv").stdout_bytes
    for row in csv.reader(io.StringIO(printed.decode("utf-8-sig"))):
        assert [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))] == []
