"""What is checked in of libraries and of the widget is what its sources make, told without Node."""

import gzip
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import pytest

WEB = files("api") / "web"
BUILT: dict[str, Any] = json.loads((WEB / "built.json").read_text(encoding="utf-8"))
LICENCES = {"lit": "BSD-3-Clause", "eventsource-parser": "MIT"}


def sha256(path: str) -> str:
    return hashlib.sha256((WEB / path).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", sorted(BUILT["files"]))
def test_a_built_file_belongs_to_its_sources(name):
    made = BUILT["files"][name]
    assert sha256(name) == made["sha256"], f"{name} was changed by hand; run `make web`"
    changed = [path for path, told in made["from"].items() if sha256(path) != told]
    assert changed == [], f"run `make web`: {name} is made of other sources"


def test_every_source_of_the_widget_is_in_it():
    sources = {f"widget/{path.name}" for path in (WEB / "widget").iterdir()} - {"widget/files.d.ts"}
    locales = {
        f"locales/{path.name}"
        for path in (WEB / "locales").iterdir()
        if path.name.startswith("widget.")
    }
    used = set(BUILT["files"]["static/widget.js"]["from"])
    assert sources | locales <= used
    assert "static/vendor/lit.js" not in used  # it would need a policy of the host's


def test_the_libraries_are_of_the_versions_and_licences_that_are_recorded():
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, told in BUILT["libraries"].items():
        assert locked[f"node_modules/{name}"]["version"] == told["version"]
    for name, licence in LICENCES.items():
        assert package["devDependencies"][name] == BUILT["libraries"][name]["version"]
        assert BUILT["libraries"][name]["license"] == licence
    licences = (WEB / "static/vendor/LICENSES.txt").read_text(encoding="utf-8")
    assert all(f"{name} {BUILT['libraries'][name]['version']}" in licences for name in LICENCES)


def test_the_widget_is_small_and_has_no_way_to_make_markup_of_words():
    script = (WEB / "static/widget.js").read_bytes()
    assert len(gzip.compress(script, 9, mtime=0)) <= 25_000
    sinks = re.findall(
        rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|"
        rb"createPolicy|localStorage|sessionStorage|indexedDB|\.cookie",
        script,
    )
    assert sinks == []
