"""Pages say no word that is not there, and keep none that nobody says; the same for scripts."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

API = Path(str(files("api")))
WEB = API / "web"
LOCALES = WEB / "locales"
SCRIPTS = {
    path: path.read_text(encoding="utf-8")
    for folder in ("static", "widget")
    for path in sorted((WEB / folder).rglob("*.js"))
    if "vendor" not in path.parts and path != WEB / "static" / "widget.js"
}
TEMPLATES = [path.read_text(encoding="utf-8") for path in sorted((WEB / "templates").iterdir())]
PYTHON = [path.read_text(encoding="utf-8") for path in sorted(API.glob("*.py"))]
# Values that names are made of, such as a status or a kind of question, are of other packages.
RECORDS = [
    (API.parent / module).read_text(encoding="utf-8")
    for module in ("index/records.py", "rag/records.py", "rag/examples.py")
]
SOURCES = "\n".join([*SCRIPTS.values(), *TEMPLATES, *PYTHON])
QUOTED = re.compile(r"""["'`]([\w.-]+)["'`]""")
# `tasks.role_${role}` in scripts, "common.status_" ~ status in templates, f"filters.{slug}" here.
MADE = re.compile(
    r"""`([\w.]*\$\{[^}`]*\}[\w.${}]*)`|f"([\w.]*\{[^}"]*\}[\w.]*)"|["']([\w.]+[_.]["'] ?~[^)]*)"""
)
HOLE = re.compile(r"""\$?\{[^}]*\}?|["'] ?~ ?[\w.]+(?: ?~ ?["'])?|["']$""")


def named(area):
    """Give the names of an area's messages, as the pages or the widget call them."""
    told = json.loads((LOCALES / f"{area}.en.json").read_text(encoding="utf-8"))
    return set(told) if area == "widget" else {f"{area}.{key}" for key in told}


AREAS = sorted({path.name.partition(".")[0] for path in LOCALES.iterdir()})
NAMES = set().union(*(named(area) for area in AREAS))
WORDS = set(QUOTED.findall(SOURCES + "\n".join(RECORDS))) | set(
    re.findall(r"^\s*(\w+):", SOURCES, re.MULTILINE)
)


def made():
    """Give patterns of the names that are put together, each hole a group."""
    for match in MADE.finditer(SOURCES):
        text = next(group for group in match.groups() if group)
        yield re.compile(r"([\w.]*)".join(re.escape(piece) for piece in HOLE.split(text)))


PATTERNS = list(made())


def is_said(name):
    """Whether a name is written out, or may be put together of words that are."""
    if name in WORDS:
        return True
    found = (pattern.fullmatch(name) for pattern in PATTERNS)
    return any(match and known(match.groups()) for match in found)


def known(filled):
    said = {word.replace("-", "_") for word in WORDS} | {"common.", ""}
    return any(filled) and all(each in said for each in filled)


@pytest.mark.parametrize("area", AREAS)
def test_every_message_is_said_somewhere(area):
    assert sorted(name for name in named(area) if not is_said(name)) == []


def test_every_message_that_is_asked_for_by_name_is_there():
    calls = re.findall(r"""(?<![\w.])(?:this\.)?t\(\s*["']([\w.]+)["']\s*[,)]""", SOURCES)
    assert len(calls) > 200
    assert sorted(set(calls) - NAMES) == []
    areas = "|".join(set(AREAS) - {"widget"})
    written = re.findall(rf"""["'`]((?:{areas})\.[a-z]\w*[a-z\d])["'`]""", SOURCES)
    assert sorted(set(written) - NAMES - {"document.id"}) == []


def test_a_message_that_nobody_says_would_be_found():
    assert not is_said("tasks.no_such_words")
    assert not is_said("common.error_of_the_moon")


def test_what_a_module_gives_to_others_is_taken_by_one():
    given = [
        (path, name)
        for path, text in SCRIPTS.items()
        for name in re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", text, re.M)
    ]
    assert len(given) > 80
    unused = [
        f"{path.relative_to(WEB)}: {name}"
        for path, name in given
        if not any(
            re.search(rf"\b{name}\b", text) for other, text in SCRIPTS.items() if other != path
        )
    ]
    assert unused == []


def test_every_module_is_loaded_by_a_page_or_another_module():
    imported = {
        (path.parent / name).resolve()
        for path, text in SCRIPTS.items()
        for name in re.findall(r"""(?:from|import) ["'](\.[^"']+)["']""", text)
    }
    entries = set(re.findall(r"static }}/([\w/-]+\.js)", "\n".join(TEMPLATES)))
    left = [
        path.relative_to(WEB).as_posix()
        for path in SCRIPTS
        if path not in imported and path.as_posix().partition("/static/")[2] not in entries
    ]
    assert left == [
        "static/core/types.js",
        "widget/widget.js",
    ]  # types alone; what a build begins with


def test_every_class_that_a_style_is_for_is_given_to_something():
    sheets = [*sorted((WEB / "static" / "styles").glob("*.css")), WEB / "widget" / "style.css"]
    known = set(re.findall(r"[\w-]+", SOURCES + "\n".join(RECORDS)))
    unused = [
        f"{sheet.name}: .{name}"
        for sheet in sheets
        for name in sorted(classes(sheet.read_text(encoding="utf-8")))
        if name not in known
    ]
    assert unused == []


def classes(sheet):
    """Give the names of classes in a style sheet's selectors."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", sheet, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z_][\w-]*)", selectors))
