"""Which modules a script of a page loads, so that a browser is told of all of them at once."""

import re
from functools import cache
from pathlib import Path

from api.pages import STATIC

# `import … from "…"` and `import "…"` as our modules write them; nothing is loaded later on.
_IMPORT = re.compile(r'^import (?:[^"]*? from )?"(\.[^"]+)";', re.MULTILINE)


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Give a module of the static files and all that it imports, each once, as paths there.

    Examples
    --------
    >>> modules("core/answers.js"), modules("core/errors.js")
    (('core/answers.js',), ('core/errors.js',))
    """
    found = {entry: None}
    waiting = [entry]
    while waiting:
        path = STATIC / waiting.pop()
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            imported = Path(path.parent / name).resolve().relative_to(STATIC.resolve()).as_posix()
            if imported not in found:
                found[imported] = None
                waiting.append(imported)
    return tuple(found)
