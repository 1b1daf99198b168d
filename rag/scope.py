"""Decide which documents a question is about, and which named places none is from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.divisions import NATIONAL, within
from index.records import Level
from index.regions import Mention, find_regions, national_words
from index.territories import find_territories
from rag.catalog import Catalog, NumberMention
from rag.filtering import filtered
from rag.records import Filters, ReasonCode

_VAGUE = (
    (
        re.compile(r"省里|[我本咱]们?省|省上|全省|\b(?:our|the) province\b", re.IGNORECASE),
        Level.PROVINCE,
    ),
    (re.compile(r"市里|[我本咱]们?市|全市|\b(?:our|the) city\b", re.IGNORECASE), Level.CITY),
    (
        re.compile(
            r"哪(?:个|些|几个)部委|国家部委|\bministr(?:y|ies)\b|\bin China\b", re.IGNORECASE
        ),
        Level.NATIONAL,
    ),
    (re.compile(r"县里|[我本咱]们?县|区里|[我本咱]们?区|全县|全区", re.IGNORECASE), Level.COUNTY),
)
_STATE_ISSUER = re.compile(r"国[办发](?=的|意见|通知|文件|这|那|对|在|里|要求|怎么|[\s,、]|$)")
_TITLE = re.compile(r"《([^《》]{4,80})》")
_NAMES_DOCUMENT = re.compile(
    r"(?:意见|办法|通知|方案|条例|规定|细则|措施|规划|预案|法|决定|公告)(?:\([^()]*\))?$"
)
# A document described by its subject and kind: 农机那个意见里, “无废城市”试点方案中.
_DESCRIBED = re.compile(
    r"([\u4e00-\u9fffA-Za-z“”\"·\d]{2,40}?)(?:的)?(?:那个|这个|那份|这份)?"
    r"((?:指导|实施)?意见|(?:试点|工作|实施|建设)*方案|(?:管理|实施|暂行)?办法|(?:应急)?预案"
    r"|(?:若干)?(?:政策)?措施|通知|条例|规定|(?:实施)?细则|规划|批复|公告|指导原则|文件)"
    r"(?=里|中|当中|上|规定|要求|的|,|、|\s|是|由|谁|什么时候|何时|现在|还|$|[?？])"
)
_JOINS = ("、", ",", "和", "与", "及", "跟", "或", "比", "同", "较", ";", "and ", " and", "than ")
_NATIONAL_DOCUMENT = re.compile(
    r"national (?:opinions?|documents?|level|polic(?:y|ies)|notices?|guidance|plan"
    r"|government)\b|State Council's",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度?)?(?=的?(?:[^\d]|$))")
_YEARLY = re.compile(
    r"(?:19|20)\d{2}年度?的?(?:[\u4e00-\u9fff]{0,12})(?:工作要点|要点|工作计划"
    r"|年度计划|工作总结|年报|文件|新[的]?|规定|要求|政策|通知|意见|方案|办法"
    r"|部署)"
)


# A place that no table of divisions has: 某某省…, 某某市的…
_UNKNOWN_PLACE = re.compile(
    r"^(?:请问|那么?|在)?((?:(?![是由在哪谁的何么些个把请])[\u4e00-\u9fff]){2,5}(?:(?<![节全我各本外跨该邻他哪每几两多])(?:省|自治区)"
    r"|(?<![全我各本外跨该邻他哪每城上超地门县])(?:市|县)(?=的|人民政府|政府)))(?=[\u4e00-\u9fff])"
)
# 被哪几份文件引用: the place in the title cited is not the place asked about.
_WHO_CITES = re.compile(
    r"哪[^,。?？]{0,8}(?:引用|援引|提到|提及|依据|根据|落实|贯彻)"
    r"|\bwhich\b.{0,40}\b(?:cit|mention|refer)",
    re.IGNORECASE,
)
# A question about what a document cites, not about the document cited.
_CITING = re.compile(
    r"引用|援引|提到|提及|依据|根据|落实|贯彻|按照|参照|对应|有效|废止|失效|取代|替代|修订"
    r"|\b(?:cit|mention|refer|quot|implement|based|repeal|replac|supersede|valid|in force)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question may be answered from.

    ``groups`` holds one group of document ids a place or document named, in the order of the
    question; a question that names none has one group of all. ``missing`` are places or
    documents that it names and the index lacks, ``missing_code`` which of the two; ``titles`` is
    where titles of documents stand.
    """

    groups: tuple[tuple[str, ...], ...]
    named: bool
    missing: tuple[str, ...] = ()
    missing_code: ReasonCode | None = None
    masked: str = ""
    vague: bool = False
    titles: tuple[tuple[int, int], ...] = ()

    @property
    def document_ids(self) -> tuple[str, ...]:
        """All documents of all groups, each once."""
        return tuple(dict.fromkeys(i for group in self.groups for i in group))


@dataclass(slots=True)
class _Reading:
    groups: list[tuple[str, ...]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    code: ReasonCode | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)


def read_scope(folded: str, catalog: Catalog, filters: Filters) -> Scope:
    """Read the places and documents that a folded question names."""
    allowed = frozenset(d.document_id for d in filtered(catalog.documents, filters))
    reading = _Reading()
    numbers = catalog.numbers(folded)
    spoken = folded
    if _WHO_CITES.search(folded):
        spoken = _TITLE.sub(lambda match: " " * len(match[0]), folded)
    titles = () if spoken != folded else catalog.titles_in(folded)
    own = (*((n.start, n.end) for n in numbers), *titles)
    regions = [m for m in find_regions(spoken) if not _inside(m.start, m.end, own)]
    regions = _deepest(_outside_names(spoken, regions, catalog))
    _read_regions(spoken, regions, own, catalog, reading)
    if not reading.groups and not reading.missing:
        _read_numbers(folded, numbers, catalog, reading)
    elif numbers:
        _narrow_by_numbers(numbers, reading)
    _read_titles(spoken, titles, catalog, reading)
    if not reading.missing:
        _read_described(folded, catalog, reading)
    if not (regions or reading.groups or reading.missing):
        _read_unknown_place(folded, catalog, reading)
    _read_abroad(folded, catalog, reading)
    vague = not reading.groups and not reading.missing and _read_vague(folded, catalog, reading)
    groups = [tuple(i for i in group if i in allowed) for group in reading.groups]
    groups = [group for group in dict.fromkeys(groups) if group]
    named = bool(reading.groups) or bool(reading.missing)
    if not named:
        groups = [tuple(d.document_id for d in catalog.documents if d.document_id in allowed)]
    return Scope(
        groups=tuple(groups),
        named=named,
        missing=tuple(dict.fromkeys(reading.missing)),
        missing_code=reading.code,
        masked=blanked(folded, reading.spans),
        vague=bool(vague),
        titles=(*(match.span() for match in _TITLE.finditer(folded)), *titles),
    )


def of_nation(scope: Scope, catalog: Catalog) -> Scope:
    """Narrow a scope that names nothing to the nation's documents, where there are any."""
    own = frozenset(catalog.at_level(Level.NATIONAL))
    ids = tuple(i for i in scope.document_ids if i in own)
    return scope if scope.named or not ids else replace(scope, groups=(ids,))


def _outside_names(folded: str, regions: Sequence[Mention], catalog: Catalog) -> list[Mention]:
    """Drop a place inside a unit's name that no document of the place lists: 北京冬奥组委."""
    names = [m for m in catalog.units.find(folded) if m.names == (m.words,)]
    return [
        region
        for region in regions
        if not any(
            name.start <= region.start
            and region.end < name.end
            and not any(
                catalog.lists(catalog.in_region(d.region.code), name.words)
                for d in region.divisions
            )
            for name in names
        )
    ]


def _deepest(regions: Sequence[Mention]) -> list[Mention]:
    """Of places named one inside the other (北京市海淀区) keep the innermost."""
    kept: list[Mention] = []
    for region in regions:
        outer = kept[-1] if kept else None
        if outer and outer.end == region.start and _within_any(region, outer):
            kept.pop()
        kept.append(region)
    return kept


def _within_any(inner: Mention, outer: Mention) -> bool:
    return any(
        within(i.region.code, o.region.code) and i.region.code != o.region.code
        for i in inner.divisions
        for o in outer.divisions
    )


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _read_regions(
    folded: str,
    mentions: Sequence[Mention],
    own: Sequence[tuple[int, int]],
    catalog: Catalog,
    reading: _Reading,
) -> None:
    """Read the places asked about; a nation in a document's ``own`` number or title is none."""
    covered: list[tuple[int, tuple[str, ...]]] = []
    missing: list[Mention] = []
    for mention in mentions:
        ids = _documents_of(mention, folded, catalog)
        if ids:
            covered.append((mention.start, ids))
            reading.spans.append((mention.start, mention.end))
        else:
            missing.append(mention)
    for start, end in (*national_words(folded), *_issuer_words(folded)):
        if _inside(start, end, own):
            continue  # 国办发〔2019〕36号 names one document, held or not
        if _is_nation(folded, start, end, others=bool(mentions)):
            ids = catalog.in_region(NATIONAL.region.code)
            reading.spans.append((start, end))
            if ids:
                covered.append((start, ids))
            else:
                reading.missing.append(NATIONAL.region.name)
    reading.groups = [ids for _, ids in sorted(covered)]
    known = [i for group in reading.groups for i in group]
    for mention in missing:
        words = folded[mention.start : mention.end]
        if not (known and catalog.mentions(known, words)):
            reading.missing.append(mention.divisions[0].region.name)
            reading.spans.append((mention.start, mention.end))
    if reading.missing:
        reading.code = ReasonCode.REGION_NOT_COVERED


def _issuer_words(folded: str) -> list[tuple[int, int]]:
    """Find 国办 and 国发 where they stand for the State Council's documents."""
    return [match.span() for match in _STATE_ISSUER.finditer(folded)]


def _documents_of(mention: Mention, folded: str, catalog: Catalog) -> tuple[str, ...]:
    for division in mention.divisions:
        if ids := catalog.in_region(division.region.code):
            return ids
    words = folded[mention.start : mention.end]
    for division in mention.divisions:
        above = catalog.above(division.region.code)
        if above and catalog.mentions(above, words):
            return above
    return ()


def _is_nation(folded: str, start: int, end: int, *, others: bool) -> bool:
    """Beside a named place, the nation counts where the two are listed, not where it is cited."""
    if not others:
        return True
    if _NATIONAL_DOCUMENT.match(folded, start):
        return True
    before, after = folded[:start].rstrip(), folded[end:].lstrip()
    return before.endswith(_JOINS) or after.startswith(_JOINS)


def _read_numbers(
    folded: str, numbers: Sequence[NumberMention], catalog: Catalog, reading: _Reading
) -> None:
    """Read numbers of documents; one that is only cited counts where it is asked who cites it."""
    for number in numbers:
        if number.document_ids:
            reading.groups.append(number.document_ids)
            reading.spans.append((number.start, number.end))
        elif not (_CITING.search(folded) and catalog.mentioned(number.words)):
            reading.missing.append(number.words)
            reading.code = ReasonCode.DOCUMENT_NOT_COVERED


def _narrow_by_numbers(numbers: Sequence[NumberMention], reading: _Reading) -> None:
    """A number beside a place picks the place's document that bears it."""
    for number in numbers:
        for at, group in enumerate(reading.groups):
            narrowed = tuple(i for i in group if i in number.document_ids)
            if narrowed:
                reading.groups[at] = narrowed
                reading.spans.append((number.start, number.end))


def _read_titles(
    folded: str, titles: Sequence[tuple[int, int]], catalog: Catalog, reading: _Reading
) -> None:
    """Read titles in 《》, and those of our documents (``titles``) without."""
    marked = [(match.span(), match[1]) for match in _TITLE.finditer(folded)]
    within_marks = [span for span, _ in marked]
    plain = [((a, b), folded[a:b]) for a, b in titles if not _inside(a, b, within_marks)]
    for span, name in sorted((*marked, *plain)):
        ids = catalog.titled(name)
        if not ids:
            if _NAMES_DOCUMENT.search(name) and not catalog.mentioned(name):
                reading.groups.clear()
                reading.missing.append(folded[slice(*span)])
                reading.code = ReasonCode.DOCUMENT_NOT_COVERED
            continue
        reading.spans.append(span)
        narrowed = [tuple(i for i in group if i in ids) for group in reading.groups]
        reading.groups = [group for group in narrowed if group] or [ids]
        reading.missing.clear()


def _read_described(folded: str, catalog: Catalog, reading: _Reading) -> None:
    for match in _DESCRIBED.finditer(folded):
        if document_id := catalog.described(match[1]):
            holding = [at for at, group in enumerate(reading.groups) if document_id in group]
            if reading.groups and not holding:
                continue
            for at in holding:
                reading.groups[at] = (document_id,)
            if not holding:
                reading.groups.append((document_id,))
            reading.spans.append(match.span())
            return


def _read_unknown_place(folded: str, catalog: Catalog, reading: _Reading) -> None:
    """Note a place that does not exist: the documents of others do not answer for it."""
    match = _UNKNOWN_PLACE.match(folded)
    every = [document.document_id for document in catalog.documents]
    if match and not catalog.mentions(every, match[1]):
        reading.missing.append(match[1])
        reading.spans.append(match.span(1))
        reading.code = ReasonCode.REGION_NOT_COVERED


def _read_abroad(folded: str, catalog: Catalog, reading: _Reading) -> None:
    """Note a country of which no document asked about speaks: others do not answer for it."""
    known = [i for group in reading.groups for i in group]
    asked = known or [document.document_id for document in catalog.documents]
    for start, end in find_territories(folded):
        if not catalog.mentions(asked, folded[start:end]):
            reading.missing.append(folded[start:end])
            reading.spans.append((start, end))
            reading.code = ReasonCode.REGION_NOT_COVERED


def _read_vague(folded: str, catalog: Catalog, reading: _Reading) -> bool:
    for pattern, level in _VAGUE:
        match = pattern.search(folded)
        if match and (ids := catalog.at_level(level)):
            reading.groups.append(ids)
            reading.spans.append(match.span())
            return True
    return False


def blanked(folded: str, spans: Sequence[tuple[int, int]]) -> str:
    """Put spaces over spans of a text, so that places in it stay right."""
    characters = list(folded)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def foreign_year(folded: str, document_ids: Sequence[str], catalog: Catalog) -> str | None:
    """Give a year whose documents a question asks for (2023年工作要点) and the scope lacks."""
    if not _YEARLY.search(folded):
        return None
    for match in _YEAR.finditer(folded):
        year = match[1]
        dated = any(
            year in f"{d.number or ''}{d.date or ''}"
            for d in catalog.documents
            if d.document_id in document_ids
        )
        if not dated and not catalog.mentions(document_ids, f"{year}年"):
            return year
    return None
