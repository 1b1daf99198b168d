"""Named arrays in one file, which equal arrays make equal byte for byte."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from index.errors import IndexDamagedError


def save_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write arrays in the format of safetensors."""
    path.write_bytes(save({name: np.ascontiguousarray(a) for name, a in arrays.items()}))


def load_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read what :func:`save_arrays` wrote.

    Raises
    ------
    IndexDamagedError
        If the file is missing, cut short or of another format.
    """
    try:
        arrays: dict[str, npt.NDArray[Any]] = load_file(path)
    except (OSError, SafetensorError) as error:
        raise IndexDamagedError(path, f"no arrays ({error})", "build it again") from error
    return arrays
