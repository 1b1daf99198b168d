"""What is exported is there, and what a command does not need is not loaded."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("api", "rag", "index", "eval")
HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "fastapi", "uvicorn")


def _modules():
    for package in PACKAGES:
        found = importlib.import_module(package)
        yield package
        for each in pkgutil.walk_packages(found.__path__, f"{package}."):
            if not each.name.endswith("__main__"):
                yield each.name


MODULES = tuple(_modules())


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_exports_is_importable_and_named_once(name):
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", ())
    assert len(set(exported)) == len(exported)
    assert [each for each in exported if not hasattr(module, each)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_exports_no_more_than_it_says(package):
    module = importlib.import_module(package)
    own = {name for name, value in vars(module).items() if not isinstance(value, ModuleType)}
    public = {name for name in own if not name.startswith("_")}
    assert public == set(getattr(module, "__all__", ()))


def _loaded_by(statement):
    program = f"{statement}; import sys; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("module", ["api.command", "eval.command"])
def test_a_command_line_loads_no_torch_when_imported(module):
    loaded = set(_loaded_by(f"import {module}").split())
    assert loaded.isdisjoint({"torch", "sentence_transformers", "transformers"})


def test_the_command_loads_no_engine_and_no_server_when_imported():
    assert set(_loaded_by("import api.command").split()).isdisjoint(HEAVY)


def test_the_service_loads_no_torch_and_no_client_of_language_models():
    loaded = set(_loaded_by("import api.app, rag.answer, index.folder").split())
    assert loaded.isdisjoint({"torch", "sentence_transformers", "transformers"})
    assert loaded.isdisjoint({"openai", "httpx2", "api.language_model"})
