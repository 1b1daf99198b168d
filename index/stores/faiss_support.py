"""What the stores on FAISS share: their files, and the filter inside a search."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.errors import IndexDamagedError
from index.stores.base import IntVector


def write_index(index: Any, removed: IntVector, path: Path) -> None:  # noqa: ANN401 - SWIG types
    """Write an index to ``path``, and where rows were removed, their numbers beside it."""
    faiss.write_index(index, str(path))
    _beside(path).unlink(missing_ok=True)  # of a store that was saved here before
    if removed.size:
        np.save(_beside(path), removed, allow_pickle=False)


def read_index(path: Path, kind: type) -> tuple[Any, IntVector]:
    """Read what :func:`write_index` wrote.

    Raises
    ------
    IndexDamagedError
        If FAISS cannot read the file, or it holds another kind of index.
    """
    removed = np.zeros(0, dtype=np.int64)
    try:
        index = faiss.read_index(str(path))
        if _beside(path).exists():
            removed = np.load(_beside(path), allow_pickle=False)
    except (RuntimeError, ValueError, EOFError) as error:
        problem = "FAISS cannot read it"
        raise IndexDamagedError(path, problem, "build it again") from error
    if not isinstance(index, kind):
        raise IndexDamagedError(path, f"holds a {type(index).__name__}", "build it again")
    return index, removed


def only(rows: IntVector | None, *, count: int) -> faiss.IDSelector | None:
    """Give the selector of rows among ``count``, None for all."""
    if rows is None:
        return None
    there = np.zeros(count, dtype=np.bool_)
    there[rows] = True
    # The stubs show the constructor of C++, not that of Python.
    bits = np.packbits(there, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.removed.npy")
