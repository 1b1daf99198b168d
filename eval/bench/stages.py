"""Where the time of a long call goes, by the functions it calls."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def stage_times(stages: Mapping[str, tuple[object, str]]) -> Iterator[dict[str, float]]:
    """Time functions while the block runs, by replacing them with ones that watch the clock.

    Parameters
    ----------
    stages : mapping of str to (object, str)
        For each stage the module or class, and the name in it of the function to time. None of
        them may call another.

    Yields
    ------
    dict of str to float
        CPU seconds of this process in each stage, complete when the block ends.

    Examples
    --------
    >>> import json
    >>> with stage_times({"dump": (json, "dumps")}) as spent:
    ...     json.dumps([1])
    '[1]'
    >>> list(spent)
    ['dump']
    """
    spent = dict.fromkeys(stages, 0.0)
    with ExitStack() as replaced:
        for stage, (owner, name) in stages.items():
            timed = _timed(getattr(owner, name), stage, spent)
            bound = staticmethod(timed) if isinstance(owner, type) else timed
            replaced.enter_context(patch.object(owner, name, bound))
        yield spent


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        start = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[stage] += time.process_time() - start

    return timed
