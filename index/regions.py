"""Administrative divisions named in Chinese or English text.

Chinese text is expected in Simplified characters. What counts as a mention is decided here by
rules over the columns of data/divisions.tsv; how those were made is told in data/README.md.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from index.divisions import (
    ENGLISH_RANKS,
    Division,
    DivisionName,
    division_table,
    divisions_by_english,
    english_candidates,
    english_key,
    within,
)
from index.records import Level

_HAN = r"\u3400-\u9fff"
# The words after a place's name that make it part of another name: 南京路, 浙江大学, 黄浦江.
_OTHER_NAME = re.compile(r"大学|学院|[东西南北中]路|路(?![径线演桥网段政])|街(?!道)|大道|大桥")
_COUNTY_OTHER_NAME = re.compile(r"[江河湖山寺镇乡村港站]|大学|路|街|大道|大桥|机场|新[区城]建设")
_AFTER_MARKET = re.compile(r"[场值面]")
_AFTER_DISTRICT = re.compile(r"[域划间别块位级]")
_LONGER_RANK = re.compile(r"省|自治区|特区")
# 沪府办〔2025〕30号: the sign of the issuing province opens a document number.
_NUMBER = re.compile(
    r"[府政办委厅局院卫科发药医监管保食市财教经建信人社环民商农水交文审字函规令质工林应急粮金体改党组]"
    r"{1,9}\s{0,2}[〔\[【（(〈﹝［]?\s?(?:19|20)\d\d"
)
_ISSUER_SIGN = re.compile(r"(?:府|政)(?:办|发|函)")  # 沪府办 without its number
_BEFORE_NUMBER = frozenset("据照按于和与及见如以《的、是问由遵对在了")
# Signs seldom met as words; the others (新 云 青 …) count only beside one of these.
_PLAIN_SIGNS = frozenset("京津沪渝冀豫辽湘皖鲁苏浙赣鄂桂晋陕闽粤琼")
_MACRO_REGION = re.compile("粤港澳大湾区|粤港澳|港澳台侨|港澳台|港澳")
_BEFORE_SIGN = frozenset("在、和与及或跟比")
_AFTER_SIGN = frozenset("、和与及或跟比的市省两三四五各等谁由")
_WORDS = re.compile(r"[A-Za-zÀ-ž]+(?:['’][A-Za-zÀ-ž]+)*")

_UNIT_WORDS = (
    r"总局|中心|[局委部院办署厅级会库奖]|集团|标准|实验室|基地|试点|平台|工程|计划|目录|药典|公园"
)
_NATIONAL_WORDS = re.compile(
    r"国务院"
    r"|(?<!走在)(?<!赶在)(?<!位居)(?<!处于)"
    r"全国(?!前列|领先|第一|一流|首|先进|平均|最|排名|前|人大|人民代表|政协|性|重点|示范)"
    r"|中央(?!空调|厨房|商务|公园|广场|大道|处理|控制|监控|企业|电视|大学)"
    r"|国[办发](?=[发函]?[〔\[【（(])"
    r"|(?<![我各个他她该外等多两国])国家层面"
    rf"|(?<![我各个他她该外等多两国])国家(?!层面)(?![^\W的、，和与对在是怎有]{{0,6}}(?:{_UNIT_WORDS}))"
    r"(?!重点|安全|秘密|机关|工作人员|赔偿|战略|利益|主权|基本|综合|自主|财产|所有|化|队|元首)"
    r"|\bState Council\b|\bnationwide\b|\bcentral government\b|\bChina['’]s national\b"
    r"|\bnational(?!ity|ly)\b(?!(?:\s+[A-Za-z&]+){0,5}?\s+"
    r"(?:Administration|Commission|Bureau|Agency|Office|Cent(?:er|re)|Committee|Laborator(?:y|ies)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names one of ``divisions``, the higher level first, then by code."""

    start: int
    end: int
    divisions: tuple[Division, ...]


def national_words(text: str) -> tuple[tuple[int, int], ...]:
    """Find the words that ask about the national level: 国务院, 国家层面, State Council.

    国家 at the head of a body's name (国家药监局) or of a fixed term (国家标准) is none.
    """
    return tuple(match.span() for match in _NATIONAL_WORDS.finditer(text))


def find_regions(text: str) -> tuple[Mention, ...]:
    """Find the divisions named in the text, left to right, the longest name first.

    Full names count anywhere. Short names of provinces and cities count unless they are
    ordinary words (安康) or stand inside one (推广安全); those, and counties' short names, only
    straight after a division they belong to (浙江丽水, 广州天河). One-character signs count at
    the head of a document number (沪府办〔2025〕30号) and in lists (沪、浙; 京津冀). English
    names count in any case; counties only before County or District.

    Examples
    --------
    >>> [m.divisions[0].region.name for m in find_regions("广州天河和Shaoxing")]
    ['广州市', '天河区', '绍兴市']
    """
    mentions: list[Mention] = []
    at = 0
    while at < len(text):
        mention = _mention_at(text, at, mentions[-1] if mentions else None)
        if mention is None:
            macro = _MACRO_REGION.match(text, at)
            at = macro.end() if macro else at + 1
            continue
        mentions.append(mention)
        at = mention.end
    english = _find_english(text)
    if english:
        mentions = sorted([*mentions, *english], key=lambda mention: mention.start)
    return tuple(mentions)


def _mention_at(text: str, at: int, previous: Mention | None) -> Mention | None:
    table = division_table()
    before = previous if previous is not None and previous.end == at else None
    for length in table.lengths.get(text[at : at + 2], ()):
        name = text[at : at + length]
        entries = [e for e in table.names.get(name, ()) if _stands(text, at, name, e, before)]
        if entries:
            return _mention(text, at, name, entries, before)
    if text[at] not in table.signs or _MACRO_REGION.match(text, at):
        return None
    return _number_sign(text, at) or _list_sign(text, at, before)


def _mention(
    text: str, at: int, name: str, entries: list[DivisionName], before: Mention | None
) -> Mention:
    divisions = [entry.division for entry in entries]
    if before is not None:
        divisions = [d for d in divisions if _follows(d, before)] or divisions
    end = at + len(name)
    rank = _LONGER_RANK.match(text, end)
    if rank and not entries[0].full and divisions[0].level is Level.PROVINCE:
        end = rank.end()
    return Mention(at, end, tuple(divisions))


def _follows(inner: Division, before: Mention) -> bool:
    return any(
        inner.region.code != outer.region.code and within(inner.region.code, outer.region.code)
        for outer in before.divisions
    )


def _stands(text: str, at: int, name: str, entry: DivisionName, before: Mention | None) -> bool:
    """Decide whether the name, found at ``at``, is the place and not part of another word."""
    if any(_is_within(text, at, name, word) for word in entry.not_within):
        return False
    follows = before is not None and _follows(entry.division, before)
    if entry.full:
        return _full_name_stands(text, at, name, follows=follows)
    if entry.division.level is Level.COUNTY:
        after = _COUNTY_OTHER_NAME.match(text, at + len(name))
        return follows and entry.bare and after is None
    if _OTHER_NAME.match(text, at + len(name)):
        return False
    if not entry.bare:
        return follows
    return entry.division.level is Level.PROVINCE or not _province_starts(text, at + 1)


def _full_name_stands(text: str, at: int, name: str, *, follows: bool) -> bool:
    end = at + len(name)
    if len(name) == 2 and name[-1] in "县区旗":  # noqa: PLR2004 和县 in 市和县 is no county
        return follows or text == name
    if name[-1] == "市":
        return _AFTER_MARKET.match(text, end) is None
    return name[-1] not in "区县" or _AFTER_DISTRICT.match(text, end) is None


def _province_starts(text: str, at: int) -> bool:
    """Tell whether a province's name starts inside the name before it: 国内江苏 is not 内江."""
    return any(
        entry.division.level is Level.PROVINCE and not entry.full
        for entry in division_table().names.get(text[at : at + 2], ())
    )


def _is_within(text: str, at: int, name: str, word: str) -> bool:
    offset = word.find(name)
    return offset >= 0 and at >= offset and text.startswith(word, at - offset)


def _number_sign(text: str, at: int) -> Mention | None:
    sign = division_table().first_signs.get(text[at])
    if sign is None or not (_NUMBER.match(text, at + 1) or _ISSUER_SIGN.match(text, at + 1)):
        return None
    if at and _is_han(text[at - 1]) and text[at - 1] not in _BEFORE_NUMBER:
        return None
    return Mention(at, at + 1, (sign,))


def _list_sign(text: str, at: int, before: Mention | None) -> Mention | None:
    """Read a one-character sign that stands alone in a list or in a run of signs."""
    signs = division_table().signs
    start, end = at, at + 1
    while start and text[start - 1] in signs:
        start -= 1
    while end < len(text) and text[end] in signs:
        end += 1
    run = text[start:end]
    if start < at and before is None:  # the signs before were read as 粤港澳, or not at all
        return None
    if not _PLAIN_SIGNS.intersection(run):
        return None
    left = start == 0 or not _is_han(text[start - 1]) or text[start - 1] in _BEFORE_SIGN
    right = end == len(text) or not _is_han(text[end]) or text[end] in _AFTER_SIGN
    accepted = left and right
    if len(run) == 1:
        accepted = accepted and (start == 0 or text[start - 1] in _BEFORE_SIGN)
        accepted = accepted and (
            end == len(text) or text[end] in _AFTER_SIGN or text[end].isspace()
        )
    elif len(run) > 2:  # noqa: PLR2004 three signs in a row are no word
        accepted = True
    return Mention(at, at + 1, (signs[text[at]],)) if accepted else None


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _find_english(text: str) -> list[Mention]:
    words = list(_WORDS.finditer(text))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        used, mention = _english_at(text, words, at)
        if mention is not None:
            found.append(mention)
        at += used
    return found


def _english_at(text: str, words: list[re.Match[str]], at: int) -> tuple[int, Mention | None]:
    for count in (2, 1):
        group = words[at : at + count]
        if len(group) < count or not _adjacent(text, group):
            continue
        last = re.sub(r"['’]s$", "", group[-1][0])
        key = english_key("".join(word[0] for word in group[:-1]) + last)
        known = divisions_by_english().get(key)
        if known is None:
            continue
        follower = words[at + count] if at + count < len(words) else None
        if follower is not None and not _adjacent(text, [group[-1], follower]):
            follower = None
        word = follower[0].lower() if follower is not None else ""
        fitting = english_candidates(known, key, word, typed=group[0][0])
        if not fitting:
            continue
        if follower is not None and word in ENGLISH_RANKS:
            return count + 1, Mention(group[0].start(), follower.end(), fitting)
        return count, Mention(group[0].start(), group[-1].start() + len(last), fitting)
    return 1, None


def _adjacent(text: str, words: list[re.Match[str]]) -> bool:
    return all(text[one.end() : other.start()] in {" ", "-", ""} for one, other in pairwise(words))
