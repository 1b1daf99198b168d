"""The modules of a page: every one, and each of them there."""

import re

from api.modules import modules
from api.pages import STATIC


def test_a_page_names_every_module_that_its_script_imports():
    named = set(modules("pages/ask.js"))
    assert {"pages/ask.js", "core/service.js", "vendor/lit.js", "core/messages.js"} <= named
    assert "components/document-text.js" in named
    for name in named:
        text = (STATIC / name).read_text(encoding="utf-8")
        if not name.startswith("vendor/"):
            imports = len(re.findall(r"^import\b", text, re.MULTILINE))
            assert imports == len(re.findall(r'^import (?:[^"]*? from )?"\.', text, re.MULTILINE))


def test_a_module_that_is_imported_twice_is_named_once():
    named = modules("pages/ask.js")
    assert len(named) == len(set(named))
