"""Write the report: the template filled, with its style, script and data inside it."""

import base64
import hashlib
from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from eval.compare import Comparison
from eval.report.content import content
from eval.report.words import LANGUAGES, word
from eval.resampling import SIGNIFICANT
from eval.run_folder import StoredRun
from eval.tables import shown, shown_p

Json = dict[str, Any]

# The chart of a score, in units of its own view box.
_CHART_WIDTH = 100


def report_html(
    run: StoredRun, comparison: Comparison | None = None, *, language: str = LANGUAGES[0]
) -> str:
    """Give the page of a run, with what changed since another one where there is a comparison.

    The page loads nothing, and a policy within it forbids any script but its own; texts of
    documents, questions and answers are only ever text.

    Parameters
    ----------
    run : StoredRun
        What is shown.
    comparison : Comparison, optional
        Of an earlier run with ``run``.
    language : str
        The language it opens in, one of ``LANGUAGES``; it can be changed on the page.
    """
    style, script = _resource("report.css"), _resource("report.js")
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string(_resource("report.html.jinja"))
    return template.render(
        **_helpers(language),
        language=language,
        languages=LANGUAGES,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        data=content(run, comparison),
    )


def _helpers(language: str) -> dict[str, Callable[..., object]]:
    return {
        "w": partial(word, language=language),
        "x": _position,
        "shown": _shown,
        "shown_p": _shown_p,
    }


def _position(value: float) -> float:
    """Place a value of 0 to 1 on the chart."""
    return round(value * _CHART_WIDTH, 2)


def _shown(value: float | None, score: Json) -> str:
    return "" if value is None else shown(score["name"], value)


def _shown_p(p: float) -> str:
    return shown_p(p) + ("*" if p <= SIGNIFICANT else "")


def _policy(style: str, script: str) -> str:
    """Allow this style and this script by their hashes, and nothing else."""
    hashed = {name: _hash(words) for name, words in (("style", style), ("script", script))}
    return (
        f"default-src 'none'; style-src '{hashed['style']}'; script-src '{hashed['script']}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(words: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()


def _resource(name: str) -> str:
    return resources.files("eval.report").joinpath(name).read_text(encoding="utf-8")
