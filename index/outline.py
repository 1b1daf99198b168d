"""Cut a clean text into clauses: numbered items at any depth, and the parts without a number.

Clauses and noise cover the document without overlap; only white space lies between them. The
cutting is in two steps: :mod:`index.blocks` finds where each clause begins and what it is, and
this module turns the beginnings into exact source spans, ids and paths.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.blocks import Block, find_blocks
from index.clean import CleanText
from index.noise import ends_preview
from index.numbering import Style
from index.records import Clause, ClauseKind

_LONGEST_HEADING = 42
_BLANK = re.compile(r"[\s\ufeff]*")
_CAPTION = re.compile(r"\s*[(【〔]([^()【】〔〕]{2,24})[)】〕]")
_HEADING_END = re.compile(r"[。;:!?]|(?<=[\u4e00-\u9fff])\.(?=\s|$)")
_ENDED = re.compile(r"[。!?;…:.)》】〕\]”’\"|」』]\s*$")
_BODY = (ClauseKind.ITEM, ClauseKind.ARTICLE, ClauseKind.HEADING, ClauseKind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses of one document in order, and what looked wrong while cutting."""

    clauses: tuple[Clause, ...]
    warnings: tuple[str, ...]


def outline(clean: CleanText, document_id: str) -> Outline:
    r"""Cut ``clean`` into clauses; time is linear in its length.

    Examples
    --------
    >>> from index.clean import clean
    >>> from index.records import SourceText
    >>> text = "一、总体要求\n坚持统一领导。\n二、重点任务\n（一）完善制度。推动立法。"
    >>> cut = outline(clean(SourceText("a.txt", text, "utf-8", "")), "a")
    >>> [(c.clause_id, c.heading) for c in cut.clauses]
    [('a:一', '总体要求'), ('a:二', '重点任务'), ('a:二/（一）', '完善制度')]
    """
    blocks, warnings = find_blocks(clean.text)
    if not blocks:
        return Outline(_only_noise(clean, document_id), warnings)
    spans = _source_spans(clean, blocks)
    parents = {block.parent for block in blocks}
    ids = _Ids(document_id)
    clauses: list[Clause] = []
    for row, (block, (start, end)) in enumerate(zip(blocks, spans, strict=True)):
        parent = clauses[block.parent] if block.parent is not None else None
        clauses.append(
            _clause(clean, block, (start, end), parent, ids, has_children=row in parents)
        )
    truncated = _truncated_row(clauses, blocks, clean)
    if truncated is not None:
        clauses[truncated] = replace(clauses[truncated], truncated=True)
        warnings = (*warnings, f"the text ends inside {clauses[truncated].clause_id}")
    return Outline(tuple(clauses), warnings)


def _only_noise(clean: CleanText, document_id: str) -> tuple[Clause, ...]:
    """A text of nothing but invisible characters and marks has no line; all of it is noise."""
    text = clean.source.text
    start = len(text) - len(text.lstrip("\ufeff").lstrip())
    words = text[start:].rstrip("\ufeff").rstrip()
    if not words:
        return ()
    digest = hashlib.sha256(words.encode()).hexdigest()
    noise_id = f"{document_id}:{ClauseKind.NOISE}"
    end = start + len(words)
    return (Clause(noise_id, document_id, ClauseKind.NOISE, start, end, "", digest),)


class _Ids:
    """Hand out outline paths as ids; a repeated one gets ~2, ~3."""

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._seen: Counter[str] = Counter()

    def take(self, parent: Clause | None, step: str) -> str:
        base = f"{parent.clause_id}/{step}" if parent else f"{self._document_id}:{step}"
        self._seen[base] += 1
        count = self._seen[base]
        return base if count == 1 else f"{base}~{count}"


def _source_spans(clean: CleanText, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    text = clean.source.text
    cuts = [_widened(clean, block.start) for block in blocks]
    if cuts:
        cuts[0] = 0
    spans = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        first = _BLANK.match(text, start, end)
        at = first.end() if first else start
        stop = at + len(text[at:end].rstrip("\ufeff").rstrip())
        spans.append((at, max(at, stop)))
    return spans


def _widened(clean: CleanText, start: int) -> int:
    """Take in dropped marks (``**``, ``#``) that stand directly before a clause."""
    at = clean.starts[start]
    before = clean.ends[start - 1] if start else 0
    text = clean.source.text
    while at > before and not text[at - 1].isspace():
        at -= 1
    line = text.rfind("\n", before, at) + 1
    return max(line, before) if text[max(line, before) : at].strip() else at


def _clause(
    clean: CleanText,
    block: Block,
    span: tuple[int, int],
    parent: Clause | None,
    ids: _Ids,
    *,
    has_children: bool,
) -> Clause:
    start, end = span
    search_text = clean.slice(start, end)
    number = block.marker.label if block.marker else None
    heading = _heading(block, search_text)
    kind = block.kind
    if kind is ClauseKind.ITEM and has_children and not _has_body(search_text, heading):
        kind = ClauseKind.HEADING
    step = number or (f"{kind.value}/{block.row}" if block.row else kind.value)
    label = _path_label(block, heading)
    outer = parent.path if parent else ()
    return Clause(
        clause_id=ids.take(parent, step),
        document_id=ids._document_id,
        kind=kind,
        start=start,
        end=end,
        search_text=search_text,
        sha256=hashlib.sha256(clean.source.text[start:end].encode()).hexdigest(),
        parent_id=parent.clause_id if parent else None,
        number=number,
        heading=heading,
        path=(*outer, label) if label else outer,
        damaged=any(a < end and b > start for a, b in clean.damage),
    )


def _has_body(search_text: str, heading: str | None) -> bool:
    return heading is None or len(search_text) > len(heading) + 12


def _heading(block: Block, search_text: str) -> str | None:
    marker = block.marker
    if marker is None:
        title_like = block.kind in (ClauseKind.TITLE, ClauseKind.TABLE_ROW)
        return search_text.replace("\n", "").strip("\t ")[:80] if title_like else None
    after = search_text[marker.end - marker.start : max(0, block.line_end - marker.start)]
    if marker.style is Style.ARTICLE and (caption := _CAPTION.match(after)):
        return caption[1]
    first_line = after.strip(": \t\u3000\n")
    end = _HEADING_END.search(first_line)
    words = first_line[: end.start()] if end else first_line
    whole_line = end is None or end.end() == len(first_line)
    is_article_prose = marker.style is Style.ARTICLE and not (end is None and "," not in words)
    if not words or len(words) > _LONGEST_HEADING or is_article_prose:
        return None
    if "," in words and whole_line and end is not None:
        return None  # a whole sentence, not a name
    return words.strip()


def _path_label(block: Block, heading: str | None) -> str | None:
    marker = block.marker
    if marker is None:
        return None
    mark = {Style.DUN: "、", Style.DOT: ". "}.get(marker.style, "")
    gap = " " if heading and marker.style in _SPACED else ""
    return f"{marker.label}{mark}{gap}{heading or ''}".strip()


_SPACED = frozenset(
    {Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.DECIMAL, Style.ANNEX, Style.BOX}
)


def _truncated_row(
    clauses: Sequence[Clause], blocks: Sequence[Block], clean: CleanText
) -> int | None:
    """Find the clause in whose middle the document ends, if it does."""
    last = len(clauses) - 1
    cut_off = False
    while last >= 0 and clauses[last].noise:
        noise = clauses[last]
        cut_off = cut_off or ends_preview(clean.slice(noise.start, noise.end))
        last -= 1
    if last < 0 or clauses[last].kind not in _BODY:
        return None
    text = clauses[last].search_text
    prose = "," in text or "。" in text or ";" in text
    unfinished = prose and not _ENDED.search(text) and "附件" not in text[:4]
    long_enough = blocks[last].marker is not None or len(text) > _LONGEST_HEADING
    return last if (cut_off and not _ENDED.search(text)) or (unfinished and long_enough) else None
