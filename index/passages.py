"""Passages: the pieces of a clause that are embedded, each with words that place it."""

from index.records import Passage

# From the strongest break to the weakest; "" cuts anywhere.
_SEPARATORS = ["\n", "。", "！", "？", "；", "，", ""]


def split_passages(
    search_text: str, *, clause_row: int, prefix: str = "", limit: int = 480
) -> tuple[Passage, ...]:
    r"""Cut a clause's search text at sentence ends into pieces short enough to embed.

    Parameters
    ----------
    search_text : str
        The cleaned copy of the clause.
    clause_row : int
        Position of the clause in the index, kept on each passage.
    prefix : str
        Title and headings, put before each piece on a line of its own; at most half of
        ``limit`` is used.
    limit : int
        Longest passage, its prefix included, in Unicode code points; at least 4.

    Returns
    -------
    tuple of Passage
        In reading order, without overlap; their pieces hold every character of the clause
        but white space. One passage for a short clause, none for an empty one.

    Raises
    ------
    ValueError
        If ``limit`` is below 4.

    Examples
    --------
    >>> [p.text for p in split_passages("一是甲。二是乙。", clause_row=3, prefix="办法", limit=9)]
    ['办法\n一是甲。', '办法\n二是乙。']
    """
    if limit < 4:  # noqa: PLR2004 - one character, its prefix and the break between them
        raise ValueError(f"limit must be at least 4, got {limit}")
    head = f"{prefix[: limit // 2 - 1]}\n" if prefix else ""
    pieces = _pieces(search_text.strip(), limit=limit - len(head))
    return tuple(Passage(clause_row, head + piece) for piece in pieces)


def _pieces(text: str, *, limit: int) -> list[str]:
    if len(text) <= limit:
        return [text] if text else []
    # Half a second to import, and needed for long clauses at build only.
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

    splitter = RecursiveCharacterTextSplitter(
        _SEPARATORS, keep_separator="end", chunk_size=limit, chunk_overlap=0
    )
    return splitter.split_text(text)
