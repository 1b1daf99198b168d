"""Words of a document in which some are marked, as pages without a script show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words, marked or not."""

    text: str
    marked: bool


def parts(quote: str, start: int, spans: Iterable[tuple[int, int]]) -> Iterator[Part]:
    """Cut a quotation that begins at ``start`` where spans begin and end; joined it is whole.

    Examples
    --------
    >>> [(part.text, part.marked) for part in parts("甲乙丙", 10, [(11, 12), (5, 7), (11, 12)])]
    [('甲', False), ('乙', True), ('丙', False)]
    """
    end = start + len(quote)
    marked = {at - start for span in spans for at in range(max(span[0], start), min(span[1], end))}
    for inside, run in groupby(range(len(quote)), key=marked.__contains__):
        yield Part("".join(quote[at] for at in run), marked=inside)
