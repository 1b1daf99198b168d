import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.command import app
from eval.measures import MEASURES
from eval.ranking import RANKING_MEASURES
from eval.report.words import LANGUAGES, WORDS
from eval.run_folder import RunFolder, read_run
from eval.scores import JUDGED, Grouping
from tests.eval.examples import TEXTS
from tests.eval.report_run import HOSTILE, ROWS, write_run


@pytest.fixture
def report(tmp_path):
    def write(*options: str, **answers: dict[str, object] | None) -> tuple[str, str]:
        run = write_run(tmp_path / "run", "丙局", **answers)
        done = CliRunner().invoke(app, ["report", str(run), *options])
        assert done.exit_code == 0, done.output
        assert done.stdout.split() == [str(run / "report.html"), str(run / "report.md")]
        page, markdown = run / "report.html", run / "report.md"
        return page.read_text(encoding="utf-8"), markdown.read_text(encoding="utf-8")

    return write


def data(page: str) -> Any:
    written = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL
    )
    assert written
    return json.loads(written[1])


def test_the_page_loads_nothing_and_runs_no_script_but_its_own(report):
    page, _ = report()
    assert not re.findall(r"(?:src|href)\s*=|url\(|@import|fetch\(", page.split("<body>")[0])
    scripts = re.findall(r"<script(?![^>]*json)[^>]*>", page)
    assert scripts == ["<script>"]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;") or policy[1].startswith(
        "default-src 'none'"
    )
    assert "unsafe" not in policy[1]


def test_texts_of_questions_and_answers_are_only_text(report):
    page, markdown = report()
    assert HOSTILE not in page
    assert "<img" not in page
    assert HOSTILE in data(page)["rows"][0]["question"]
    assert "<script>" not in markdown.replace("\\<script\\>", "")
    assert "<img" not in markdown.replace("\\<img", "")


def test_the_page_holds_scores_groups_rows_and_why_they_are_wrong(report):
    page, markdown = report()
    shown = data(page)
    scores = {each["name"]: each["value"] for each in shown["scores"]}
    assert scores["lead_exact"] == 0
    assert scores["status_right"] == 1
    groups = shown["groups"]
    assert set(groups) == {each.value for each in Grouping}
    assert groups["type"]["unanswerable"]["status_right"][:2] == [1, 2]
    assert set(groups["document"]) == {"000_a.txt", "-"}
    first = shown["rows"][0]
    assert first["why"] == [{"name": "lead_exact", "wanted": "甲局", "got": "丙局"}]
    assert first["citations"] == [
        {
            "n": 1,
            "role": "answer",
            "clause": "000_a.txt:0-17:747d4aa6",
            "resolves": True,
            "highlights": [[3, 5]],
            "evidence": [[0, 5]],
        }
    ]
    assert shown["clauses"]["000_a.txt:0-17:747d4aa6"]["quote"] == TEXTS["000_a.txt"][:17]
    assert "| `lead_exact` | 0.000 |" in markdown
    assert "1 wrong" in markdown


def test_questions_without_an_answer_are_said_on_both(report):
    page, markdown = report(g2=None)
    assert '<p class="alert" role="alert"><strong>1</strong>' in page
    assert "**1 got no answer and count as wrong.**" in markdown
    rows = data(page)["rows"]
    assert [each["status"] for each in rows] == ["answered", "failed", "not_found"]


def test_a_baseline_adds_what_changed(report, tmp_path):
    before = write_run(tmp_path / "before", "甲局")
    page, markdown = report("--baseline", str(before))
    shown = data(page)
    score = next(each for each in shown["scores"] if each["name"] == "lead_exact")
    assert (score["before"], score["value"], score["difference"]) == (1, 0, -1)
    first = shown["rows"][0]
    assert first["fate"] == "worse"
    assert first["before"]["lost"] == ["lead_exact"]
    assert first["before"]["answer"].startswith("由甲局牵头")
    assert "### Evaluation: run against before" in markdown
    assert "**1 worse**" in markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_in_the_language_asked_for(report, language):
    page, _ = report("--lang", language)
    assert f'<html lang="{language}">' in page
    assert WORDS["scores_note"][LANGUAGES.index(language)][:10] in page.split("<script")[0]


def test_there_is_a_word_in_both_languages_for_all_that_is_shown():
    names = [*MEASURES, *RANKING_MEASURES]
    assert {key for key in WORDS if key[:2] == "m."} == {f"m.{name}" for name in names}
    assert {key for key in WORDS if key[:2] == "d."} == {f"d.{name}" for name in names}
    assert all(chinese and english for chinese, english in WORDS.values())
    assert set(names) >= JUDGED
    folder = Path(__file__).parents[2] / "eval" / "report"
    script = (folder / "report.js").read_text(encoding="utf-8")
    template = (folder / "report.html.jinja").read_text(encoding="utf-8")
    used = set(re.findall(r'w: "([^"]+)"', script)) | set(re.findall(r't\("([^"]+)"', template))
    used |= {f"{status}.status" for status in ("answered", "partial", "not_stated", "not_found")}
    used |= {f"role.{role}" for role in ("answer", "rule", "related")} | {"failed.status"}
    assert used <= set(WORDS)


def test_a_run_that_is_not_there_or_unfinished_ends_with_1(tmp_path):
    done = CliRunner().invoke(app, ["report", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "there is no run in it" in done.stderr
    RunFolder.begin(
        tmp_path / "half", {"format": 1, "identity": {}, "started": ""}, [json.dumps(ROWS[1])]
    )
    done = CliRunner().invoke(app, ["report", str(tmp_path / "half")])
    assert done.exit_code == 1
    assert "unfinished (0 of 1 questions answered)" in done.stderr
    assert not (tmp_path / "half" / "report.html").exists()


def test_compare_shows_both_answers_and_gates_on_a_loss(tmp_path):
    before, after = write_run(tmp_path / "a", "甲局"), write_run(tmp_path / "b", "丙局")
    junit, markdown = tmp_path / "junit.xml", tmp_path / "pr.md"
    command = ["compare", str(before), str(after), "--junit", str(junit)]
    done = CliRunner().invoke(
        app, [*command, "--markdown", str(markdown), "--fail-on", "lead_exact:-0.01"]
    )
    assert done.exit_code == 1
    assert "lead_exact went from 1.0000 to 0.0000, a loss of 1.0000" in done.stderr
    assert "worse: 1" in done.stdout
    assert "A       [answered] 由甲局牵头[1]" in done.stdout
    assert "B       [answered] 由丙局牵头[1]" in done.stdout
    assert "lead_exact: wanted 甲局, got 丙局" in done.stdout
    assert 'message="worse: lead_exact"' in junit.read_text(encoding="utf-8")
    assert "**1 worse**" in markdown.read_text(encoding="utf-8")
    assert CliRunner().invoke(app, [*command, "--fail-on", "hit@1:0"]).exit_code == 0
    assert CliRunner().invoke(app, [*command, "--fail-on", "hit@1:0.1"]).exit_code == 2
    assert CliRunner().invoke(app, [*command, "--fail-on", "beauty:0"]).exit_code == 2


def test_compare_gives_json_and_nothing_else(tmp_path):
    before, after = write_run(tmp_path / "a", "甲局"), write_run(tmp_path / "b", "丙局")
    done = CliRunner().invoke(app, ["compare", str(before), str(after), "--json"])
    printed = json.loads(done.stdout)
    assert printed["questions"] == 3
    assert printed["measures"]["lead_exact"]["difference"] == -1
    assert [row["fate"] for row in printed["rows"]] == ["worse", "stayed_right", "stayed_right"]
    assert read_run(after).rows[0].wrong == ("lead_exact",)
