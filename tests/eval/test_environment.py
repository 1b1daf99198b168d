import os
import platform
import re
import subprocess
from importlib.metadata import version

import pytest

from eval import environment
from eval.environment import code_sha256, commit, machine, versions

CODE = {"index/a.py": b"a", "index/data/b.tsv": b"b", "rag/c.py": b"c"}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    for name, content in CODE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # set where a hook runs the tests
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(environment, "_ROOT", tmp_path)
    return tmp_path


def hashed() -> str:
    code_sha256.cache_clear()
    try:
        return code_sha256()
    finally:
        code_sha256.cache_clear()


def git(folder, *command):
    named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *named, *command], cwd=folder, check=True, capture_output=True)


def test_versions_are_those_installed():
    found = versions()
    assert found["python"] == platform.python_version()
    assert found["numpy"] == version("numpy")
    assert found["ir-measures"] == version("ir-measures")


def test_a_package_that_is_not_installed_is_said_to_be_so(monkeypatch):
    monkeypatch.setattr(environment, "_PACKAGES", ("no-such-package",))
    assert versions()["no-such-package"] == "not installed"


def test_a_machine_is_described_by_what_times_depend_on():
    described = machine()
    assert described["cpus"] == os.cpu_count()
    assert described["system"] == f"{platform.system()} {platform.machine()}"
    assert described["versions"] == versions()
    assert described["commit"] == commit()
    assert isinstance(described["processor"], str)


def test_the_same_code_has_the_same_hash(checkout):
    assert re.fullmatch("[0-9a-f]{64}", hashed())
    assert hashed() == hashed()


@pytest.mark.parametrize("name", [*CODE, "rag/new.py"])
def test_a_change_of_code_or_data_that_answers_changes_the_hash(checkout, name):
    before = hashed()
    (checkout / name).write_bytes(b"changed")
    assert hashed() != before


def test_a_file_with_another_name_changes_the_hash(checkout):
    before = hashed()
    (checkout / "rag" / "c.py").rename(checkout / "rag" / "d.py")
    assert hashed() != before


@pytest.mark.parametrize("name", ["eval/run.py", "api/app.py", "index/__pycache__/a.pyc"])
def test_what_does_not_answer_changes_no_hash(checkout, name):
    before = hashed()
    (checkout / name).parent.mkdir(exist_ok=True)
    (checkout / name).write_bytes(b"changed")
    assert hashed() == before


def test_the_commit_is_named_and_whether_files_differ_from_it(checkout):
    git(checkout, "init")
    git(checkout, "add", ".")
    git(checkout, "commit", "-m", "a")
    named = commit()
    assert named is not None
    assert re.fullmatch("[0-9a-f]{12}", named)
    (checkout / "rag" / "c.py").write_bytes(b"changed")
    assert commit() == f"{named}-dirty"


def test_without_git_or_a_checkout_there_is_no_commit(checkout, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(checkout.parent))
    assert commit() is None
    monkeypatch.setenv("PATH", str(checkout))
    assert commit() is None
