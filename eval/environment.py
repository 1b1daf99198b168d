"""What a run or a timing was made with, so that it can be repeated."""

import hashlib
import os
import platform
import subprocess
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_PACKAGES = (
    "yiju",
    "faiss-cpu",
    "ir-measures",
    "numpy",
    "opencc",
    "safetensors",
    "tokenizers",
)
_ROOT = Path(__file__).parents[1]
_ANSWERING = ("index", "rag")  # the packages whose code and data an answer comes from


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that an answer depends on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # run from a checkout, or engines of another build
            found[package] = "not installed"
    return found


def machine() -> Json:
    """Describe what times were taken on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cpus": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "commit": commit(),
        "versions": versions(),
        "toolkit": toolkit_sha256(),
    }


def commit() -> str | None:
    """Name the commit checked out, ``-dirty`` behind it if files differ; null without git."""
    if not (_ROOT / ".git").exists():  # an installed package, perhaps within another repository
        return None
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no git, or no checkout
        return None
    return done.stdout.strip()


@lru_cache(maxsize=1)
def code_sha256() -> str:
    """Hash the code and data that answer in this process, so that a change of them is seen."""
    return _packages_sha256(*_ANSWERING)


@lru_cache(maxsize=1)
def toolkit_sha256() -> str:
    """Hash the code that measures: scores of two versions of it may not be comparable."""
    return _packages_sha256("eval")


def _packages_sha256(*packages: str) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
