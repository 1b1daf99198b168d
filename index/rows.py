"""What comes out of a model, checked before it is stored or compared."""

from typing import Final

import numpy as np

from index.errors import ModelValueError
from index.stores.base import FloatMatrix

NOT_FINITE: Final = "is not finite (NaN or infinity)"


def check_rows(rows: FloatMatrix, *, model: str, may_be_zero: bool) -> FloatMatrix:
    """Give ``rows`` back if every one can be compared.

    Raises
    ------
    ModelValueError
        If a row holds NaN or infinity, or is all zero and may not be; it names the first.
    """
    finite = np.isfinite(rows).all(axis=1)
    if not finite.all():
        at = int(np.argmin(finite))
        raise ModelValueError(model, at, NOT_FINITE)
    if not may_be_zero and not rows.any(axis=1).all():
        raise ModelValueError(model, int(np.argmin(rows.any(axis=1))), "is all zero")
    return rows


def unit_rows(rows: FloatMatrix, *, model: str) -> FloatMatrix:
    """Give ``rows`` at unit L2 norm, float32; refused as in :func:`check_rows`, zero rows too."""
    checked = check_rows(rows, model=model, may_be_zero=False).astype(np.float64)
    norms = np.linalg.norm(checked, axis=1, keepdims=True)
    return np.asarray(checked / norms, dtype=np.float32)
