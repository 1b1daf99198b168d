"""Read a document's title, number, issuer, region, date and status from its own words."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from index.clean import CleanText, fold
from index.divisions import NATIONAL, Division, division
from index.numbering import parse_number
from index.records import Clause, ClauseKind, Document, DocumentStatus, Level, Region
from index.regions import find_regions

_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CN_DATE = re.compile(
    r"([二一][〇○零OО一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|公开征求意见|\((?:修订)?草案\)|草案\)")
_REPEALED = re.compile(
    r"\((?:已)?(?:废止|失效)\)|(?:文件状态|效力状态"
    r"|有效性)\s*:\s*(?:已)?(?:废止|失效)"
)
_NATIONAL_ISSUER = re.compile(
    r"^(?:国务院|中共中央|全国人|中华人民共和国|国家[\u4e00-\u9fff]{1,14}(?:局|委|部|办|院|会)"
    r"|(?:[\u4e00-\u9fff]{2,8}部|[\u4e00-\u9fff]{2,8}总局|中国人民银行|海关总署|最高人民))"
)
_LOCAL = re.compile(r"[省市县区州旗]")
_NATIONAL_READERS = re.compile(r"^各省、自治区、直辖市")
_ORGANISATION_END = re.compile(r"(?:政府|办公厅|办公室|委员会|[局委厅院部署会])(?:综合司)?$")
_SUBJECT = re.compile(r"^(.{2,60}?)(?:关于|印发|转发|令第|公告)")
_BRACKETED_NUMBER = re.compile(r"[(]((?:\d{4}年第\d+号)|[\u4e00-\u9fff]{2,14}〔\d{4}〕\d+号)[)]")
_NAMED = re.compile(r"(?m)^法规名称:\s*(\S.+?)\s*$")
_HISTORY = re.compile(
    r"(\d{4}年\d{1,2}月\d{1,2}日)\s*"
    r"([\u4e00-\u9fff]{2,24}?(?:常务委员会|人民代表大会(?!常务)|人民政府|总局|[局部厅]|委(?!员会)))"
    r"([^,;、()\n]{0,60}?)(?:通过|公布|修订|修正|批准|发布)"
)
_ORDINAL_TERM = re.compile(r"第[一二三四五六七八九十百]+届|第[一二三四五六七八九十百]+次会议")
_ORDER_NUMBER = re.compile(r"^令第\s*\d+\s*号")
_CHANGED = re.compile(
    r"(?:最新异动日期|修正日期|公\(发\)布日"
    r"|Amended date)\s*:\s*(\d{4})(\d{2})(\d{2})"
)
_OUR_PROVINCE = re.compile("我省|本省|全省")
_OUR_CITY = re.compile("我市|本市|全市|市级")
_NATIONAL_BODY = re.compile(r"国务院|国家[\u4e00-\u9fff]{2,10}(?:总局|局|委员会|部)|中华人民共和国")
_CLEARLY = 2  # mentions that are no chance
_PUBLISHED = re.compile(rf"({_DATE.pattern})(?=\s*\(此件)")


def read_metadata(clean: CleanText, clauses: Sequence[Clause], document_id: str) -> Document:
    """Give the facts that the text itself states; what it does not state is None.

    The issuer stands in the title before 关于 or in the signature, the region in the issuer's
    name, the date under the signature. A title that names a 征求意见稿 or 草案 is a draft's.
    """
    own = [clause for clause in clauses if clause.kind is not ClauseKind.NOISE]
    title = _title(clean, own)
    issuer = _issuer(title, own)
    number = _number(clean, own, title)
    region, level = _region(issuer, title, number, own)
    inferred: tuple[tuple[str, str], ...] = ()
    if region is None and (guess := infer_region(clean.text)):
        region, level = guess.region, guess.level
        inferred = (("region", f"no issuer or title names it; the text names {region.name} most"),)
    dated = _date(own)
    return Document(
        document_id=document_id,
        file=clean.source.file,
        sha256=clean.source.sha256,
        title=title,
        number=number,
        issuer=issuer,
        region=region,
        level=level,
        date=dated,
        status=_status(title, own, issued=bool(number or (dated and issuer)), clean=clean),
        inferred=inferred,
    )


def readable(clean: CleanText, start: int, end: int) -> str:
    """Give a source span without glosses, marks and line breaks, in its own script."""
    first, last = clean.from_source(start, end)
    kept = sorted({clean.starts[at] for at in range(first, last)})
    text = "".join(clean.source.text[at] for at in kept)
    return re.sub(r"(?<=[\u4e00-\u9fff》」”）)])\s+(?=[\u4e00-\u9fff《「“（(])", "", text).strip()


def _first(clauses: Sequence[Clause], kind: ClauseKind) -> Clause | None:
    return next((clause for clause in clauses if clause.kind is kind), None)


def _title(clean: CleanText, clauses: Sequence[Clause]) -> str | None:
    titles = [clause for clause in clauses if clause.kind is ClauseKind.TITLE]
    if not titles:
        named = next((m for c in clauses[:4] if (m := _NAMED.search(c.search_text))), None)
        return _as_printed(clean, named[1]) if named else None
    main = next((c for c in titles if "关于" in c.search_text or len(titles) == 1), titles[0])
    in_annex = main.parent_id is not None and clauses[0].clause_id != main.parent_id
    if in_annex or not _before_body(clauses, main):
        return None
    text = readable(clean, main.start, main.end)
    return _once(text)


def _once(text: str) -> str:
    """A page may set its title twice, with the issuer between; give it once.

    Examples
    --------
    >>> _once("关于某事的通知某市人民政府关于某事的通知")
    '关于某事的通知'
    """
    for size in range(len(text) // 2, 5, -1):
        if text.endswith(text[:size]) and not text[size:-size].strip("（）() ").endswith("于"):
            return text[:size].strip()
    return text


def _as_printed(clean: CleanText, words: str) -> str:
    at = clean.text.index(words)
    start, end = clean.to_source(at, at + len(words))
    return readable(clean, start, end)


def _before_body(clauses: Sequence[Clause], title: Clause) -> bool:
    before = clauses[: clauses.index(title)]
    return not any(
        c.kind in (ClauseKind.ITEM, ClauseKind.ARTICLE, ClauseKind.HEADING) for c in before
    )


def _number(clean: CleanText, clauses: Sequence[Clause], title: str | None) -> str | None:
    if clause := _first(clauses, ClauseKind.NUMBER):
        text = readable(clean, clause.start, clause.end).strip("（）()【】* \n")
        text = re.sub(r"\s+", "", fold(text))
        return re.sub(r"[\[【(](\d{4})[\]】)]", r"〔\1〕", text)
    if bracketed := _BRACKETED_NUMBER.search(fold(title or "")):
        return bracketed[1]
    acts = _history(clauses)
    order = _ORDER_NUMBER.match(acts[0][3]) if acts else None
    return f"{acts[0][2]}{order[0]}" if order else None


def _history(clauses: Sequence[Clause]) -> list[re.Match[str]]:
    """Find who adopted or changed an act and when, in the brackets below its title."""
    head = [c for c in clauses[:6] if c.kind in (ClauseKind.PREAMBLE, ClauseKind.PARAGRAPH)]
    return [match for clause in head for match in _HISTORY.finditer(clause.search_text)]


def _issuer(title: str | None, clauses: Sequence[Clause]) -> str | None:
    signature = _first(clauses, ClauseKind.SIGNATURE)
    if signature is not None:
        words = _DATE.sub("", _CN_DATE.sub("", signature.search_text))
        names = [re.sub(r"\(此件.*", "", name).strip() for name in re.split(r"\n|\s{2,}", words)]
        signed = "、".join(name for name in names if _ORGANISATION_END.search(name))
        if signed:
            return signed
    subject = _SUBJECT.match(fold(title or ""))
    if subject and _ORGANISATION_END.search(subject[1]):
        return subject[1]
    if acts := _history(clauses):
        return _ORDINAL_TERM.sub("", acts[0][2])
    head = _first(clauses, ClauseKind.IMPRINT)
    if head is not None and head.search_text.endswith("文件"):
        return head.search_text.removesuffix("文件")
    return None


def _region(
    issuer: str | None, title: str | None, number: str | None, clauses: Sequence[Clause]
) -> tuple[Region | None, Level | None]:
    for words in (issuer, _title_subject(title), number):
        text = fold(words or "")
        local = find_regions(text)
        if local:
            deepest = max((m.divisions[0] for m in local[:2]), key=lambda d: d.region.code)
            return deepest.region, deepest.level
        if (
            text
            and words is issuer
            and _NATIONAL_ISSUER.match(text)
            and not _LOCAL.search(text[:3])
        ):
            return NATIONAL.region, Level.NATIONAL
    addressee = _first(clauses, ClauseKind.ADDRESSEE)
    if addressee is not None and _NATIONAL_READERS.match(addressee.search_text):
        return NATIONAL.region, Level.NATIONAL
    return None, None


def infer_region(text: str) -> Division | None:
    """Guess the region of a clean text that never says who issued it.

    我市 wants a city or municipality, 我省 a province: the one that the text names most, clearly
    ahead of others. Without a local voice, a text that speaks of national bodies is national.
    """
    province, city = _OUR_PROVINCE.search(text), _OUR_CITY.search(text)
    if not (province or city):
        return NATIONAL if len(_NATIONAL_BODY.findall(text)) >= _CLEARLY else None
    counts: Counter[str] = Counter()
    for mention in find_regions(text):
        found = mention.divisions[0]
        if len(mention.divisions) == 1 and found.level is not Level.COUNTY:
            counts[found.region.code] += 1
    fitting = [(n, code) for code, n in counts.items() if _fits(code, city=bool(city))]
    fitting.sort(reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] < 2 * fitting[1][0]):
        return None
    return division(fitting[0][1]) if fitting[0][0] >= _CLEARLY else None


def _fits(code: str, *, city: bool) -> bool:
    found = division(code)
    municipality = found.level is Level.PROVINCE and found.region.name.endswith("市")
    return (found.level is Level.CITY or municipality) if city else found.level is Level.PROVINCE


def _title_subject(title: str | None) -> str | None:
    """Give the words of a title that may name its region: all but what it quotes or cites."""
    return re.sub(r"《[^》]*》", lambda m: m[0] if m.start() < 12 else "", title) if title else None  # noqa: PLR2004


def _date(clauses: Sequence[Clause]) -> str | None:
    for kind in (ClauseKind.SIGNATURE, ClauseKind.IMPRINT):
        for clause in clauses:
            if clause.kind is kind and (found := date_in(clause.search_text)):
                return found
    acts = _history(clauses)
    if acts:
        return date_in(acts[-1][1])
    for clause in clauses:
        if match := _PUBLISHED.search(clause.search_text):
            return date_in(match[1])
        if match := _CHANGED.search(clause.search_text):
            return "-".join(match.groups())
    return None


def date_in(text: str) -> str | None:
    """Give the first date of a clean text as ``YYYY-MM-DD``, if it has one.

    Examples
    --------
    >>> date_in("国务院办公厅 2021年4月27日"), date_in("二〇〇五年六月十一日")
    ('2021-04-27', '2005-06-11')
    """
    if match := _DATE.search(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _CN_DATE.search(text):
        year = int("".join(str("〇一二三四五六七八九".find(c.translate(_ZEROS))) for c in match[1]))
        month, day = parse_number(match[2]), parse_number(match[3])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_ZEROS = str.maketrans("○零OО", "〇〇〇〇")


def _status(
    title: str | None, clauses: Sequence[Clause], *, issued: bool, clean: CleanText
) -> DocumentStatus:
    titles = [c.search_text for c in clauses if c.kind is ClauseKind.TITLE]
    if any(_DRAFT.search(text) for text in titles) or _DRAFT.search(fold(title or "")):
        return DocumentStatus.DRAFT
    if _REPEALED.search(clean.text[:3000]):
        return DocumentStatus.REPEALED
    in_force = any(re.search(r"自.{1,24}起(?:施行|实施|执行)", c.search_text) for c in clauses)
    return DocumentStatus.EFFECTIVE if issued or in_force else DocumentStatus.UNKNOWN
