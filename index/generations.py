"""Generations of an index folder: each complete on disk before a small file names it.

::

    out/CURRENT                      the generation in service and its manifest's SHA-256
    out/generations/<version>-<n>/   manifest.json and the files that it lists

``CURRENT`` is replaced in one step, so a crash leaves the old generation in service or the
new one, never half of one. The generation before the one in service is kept, for a reader
that has just opened it. One process may write at a time.
"""

import hashlib
import os
import shutil
from pathlib import Path

from index.errors import IndexDamagedError, IndexMissingError

MANIFEST = "manifest.json"
_CURRENT = "CURRENT"
_NEXT = "CURRENT.next"
_FOLDER = "generations"
_UNFINISHED = ".unfinished-"


def start_generation(out: Path) -> Path:
    """Make an empty folder to write into, after removing what an interrupted write left."""
    generations = out / _FOLDER
    generations.mkdir(parents=True, exist_ok=True)
    (out / _NEXT).unlink(missing_ok=True)
    for leftover in generations.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover)
    number = 1 + max((_number(path.name) for path in generations.iterdir()), default=0)
    folder = generations / f"{_UNFINISHED}{number}"
    folder.mkdir()
    return folder


def put_in_service(out: Path, unfinished: Path, *, version: str) -> None:
    """Bring a complete folder to disk, name it in ``CURRENT``, remove what is two older."""
    try:
        previous = _named(out)[0]
    except (FileNotFoundError, IndexDamagedError):
        previous = None  # a damaged index can be replaced
    for path in unfinished.rglob("*"):
        _flush(path)
    _flush(unfinished)
    generation = unfinished.with_name(f"{version}-{_number(unfinished.name)}")
    unfinished.rename(generation)
    _flush(generation.parent)
    line = f"{generation.name} {sha256(generation / MANIFEST)}\n"
    (out / _NEXT).write_text(line, encoding="utf-8")
    _flush(out / _NEXT)
    (out / _NEXT).replace(out / _CURRENT)
    _flush(out)
    for path in generation.parent.iterdir():
        if path.name not in {generation.name, previous}:
            shutil.rmtree(path)


def generation_in_service(out: Path) -> Path:
    """Give the folder in service, its manifest checked.

    Raises
    ------
    IndexMissingError
        If none ever was put in service.
    IndexDamagedError
        If ``CURRENT`` or the manifest is not what was written.
    """
    if not (out / _CURRENT).is_file():
        raise IndexMissingError(out, "there is no index", f"run `yiju index DIR --out {out}`")
    name, checksum = _named(out)
    generation = out / _FOLDER / name
    verify(out, generation / MANIFEST, checksum)
    return generation


def checksums(generation: Path) -> dict[str, str]:
    """Give the SHA-256 of each file in a generation by its relative name."""
    files = (path for path in generation.rglob("*") if path.is_file())
    return {path.relative_to(generation).as_posix(): sha256(path) for path in files}


def verify(out: Path, path: Path, checksum: str) -> None:
    """Refuse a file that is not the one that was written.

    Raises
    ------
    IndexDamagedError
        If it is missing or its SHA-256 differs.
    """
    advice = f"restore it or run `yiju index DIR --out {out}`"
    if not path.is_file():
        raise IndexDamagedError(out, f"{path.name} is missing", advice)
    if sha256(path) != checksum:
        raise IndexDamagedError(out, f"the checksum of {path.name} differs", advice)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _named(out: Path) -> tuple[str, str]:
    """Read the generation's name and its manifest's checksum from ``CURRENT``."""
    words = (out / _CURRENT).read_text(encoding="utf-8", errors="replace").split()
    if len(words) != 2 or not (out / _FOLDER / words[0]).is_dir():  # noqa: PLR2004 - name, checksum
        problem = f"{_CURRENT} names no generation"
        raise IndexDamagedError(out, problem, f"run `yiju index DIR --out {out}`")
    return words[0], words[1]


def _number(name: str) -> int:
    digits = name.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def _flush(path: Path) -> None:
    """Wait until a file or a folder is on disk."""
    if path.is_dir() and os.name != "posix":
        return  # only POSIX opens folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
