"""Recognise lists of responsible units in a clause's clean text, and read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.first_listed import Rule, find_rules
from index.unit_members import Member, Members, Role, label_role, parse_members
from index.unit_names import is_body

_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
_LONGEST_LIST = 800
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s。;,、.!?)\]】〕|]))[【\[(]?(?P<label>[双总共同联合主要具体市省级第一]{0,2}"
    r"(?:牵头|主办|主责|责任|负责|承办|实施|落实|主管|完成|执行|监管|考核|负责考核|配合|协办|参与|参加|协同|协助|支持|任务|职责)"
    r"(?:负责|落实|实施|分工)?(?:责任)?(?:单位|部门|主体|机构|处室|科室|分工)?(?:及分工)?)"
    r"(?P<note>\([^()]{0,40}\))?(?:[】\])][ \t]*:?|[ \t]*:|(?<=[位门体])[ \t]+)"
)
_NO_LIST = re.compile(
    r"以下|下称|简称|不?含|不?包括|包含|[例比]?如|详?见|附|即|原|或|试行|非|限|除|第|主要|特别|重点|上述[^各任工]"
    r"|[\d一二三四五六七八九十]+$"
)
_SENTENCE_END = "。;.!?:”》,"
_CLOSING = re.compile(r"[。;.,]?(?:[\s|]|$)")
_WHOSE_TASK = re.compile(r"(?:负责|组织)(?!落实|实施|推进|办理)[^、,;。]{2,}")
_SHARED_HEAD = re.compile("等(?:有关|相关)?部门")
_DEADLINE = re.compile(r"[;,\s]*(?:完成|实施|办结|工作)?(?:时限|时间|期限):[^:]{1,20}$")
_LABEL_ONLY = re.compile(r"\s*[\[(【]?([^:：\[\]()【】]{2,8})[\])】]?\s*:?\s*")


@dataclass(frozen=True, slots=True)
class UnitList:
    """One list in a text, ``text[start:end]`` with its brackets or label.

    ``units`` are named bodies and generic leads in order, ``leads`` those the words themselves
    designate (in ``lead_words``), ``first`` the body listed first where a rule may make it the
    lead, ``size`` how many bodies or classes are listed. ``rule`` is a rule stated inside.
    """

    start: int
    end: int
    units: tuple[str, ...]
    leads: tuple[str, ...]
    qualifiers: tuple[str, ...]
    first: str | None
    size: int
    lead_words: tuple[int, int] | None = None
    rule: Rule | None = None


def read_lists(text: str, *, truncated: bool = False) -> list[UnitList]:
    """Read every list of units in a clause's text, in order and without overlap.

    Of a ``truncated`` text a list that runs to its very end is not read: names are missing.

    Examples
    --------
    >>> [found.units for found in read_lists("推进改革。(责任单位:甲局、乙局)")]
    [('甲局', '乙局')]
    """
    found = list(_bracketed(text))
    found += [new for new in _labelled(text) if not _overlaps(new, found)]
    if truncated:
        last = len(text.rstrip())
        found = [one for one in found if one.end < last or text[one.end - 1] in ")]〕】"]
    return sorted(found, key=lambda one: one.start)


def is_units_line(text: str) -> bool:
    """Whether a line consists only of a list of units or a designation.

    Examples
    --------
    >>> is_units_line("责任单位:甲局、乙局"), is_units_line("甲局负责项目审批。")
    (True, False)
    """
    line = text.strip()
    if not line or len(line) > _LONGEST_LIST:
        return False
    label = _LABEL_ONLY.fullmatch(line)
    if label and (":" in line or line[0] in "[(【") and label_role(label[1]) is not None:
        return True
    line = line.rstrip("。;,. ")
    found = read_lists(line) or _bare(line)
    rest = _DEADLINE.sub("", line) if found and found[-1].end < len(line) else line
    for one in reversed(found):
        rest = rest[: one.start] + rest[one.end :]
    for rule in reversed(find_rules(rest)):
        rest = rest[: rule.start] + rest[rule.end :]
    return bool(found) and re.fullmatch(r"[\s。;,.()\[\]注:]*", rest) is not None


def make_list(start: int, end: int, read: Members, *, rule: Rule | None = None) -> UnitList:
    """Make a list's record from its parsed words; offsets are those of ``read``'s text."""
    leads = [m for m, role in zip(read.members, read.roles, strict=True) if role is Role.LEAD]
    qualifiers = list(read.qualifiers)
    units: list[str] = []
    for member in read.members:
        if member.generic and member not in leads:
            qualifiers.append((member.start, member.name))
        elif (name := _whole_name(member, read)) not in units:
            units.append(name)
    ranked = [m for m, role in zip(read.members, read.roles, strict=True) if role is Role.UNIT]
    size = len(read.members) + any(words.startswith("等") for _, words in read.qualifiers)
    return UnitList(
        start,
        end,
        tuple(units),
        tuple(dict.fromkeys(member.name for member in leads)),
        tuple(dict.fromkeys(words for _, words in sorted(qualifiers))),
        _first(ranked, read),
        size,
        read.lead_words if leads else None,
        rule,
    )


def _whole_name(member: Member, read: Members) -> str:
    """Give a name with the 部门 that a list says once for all: 市药品监管、生态环境等部门."""
    shared = any(_SHARED_HEAD.fullmatch(words) for _, words in read.qualifiers)
    if not shared or is_body(member.name):
        return member.name
    return f"{member.name}部门"


def _first(ranked: list[Member], read: Members) -> str | None:
    return ranked[0].name if ranked and ranked[0] is read.members[0] else None


def _overlaps(one: UnitList, others: list[UnitList]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _bracketed(text: str) -> Iterator[UnitList]:
    at = 0
    while at < len(text):
        end = _closing(text, at) if text[at] in _PAIRS else None
        found = _read_bracket(text, at, end) if end else None
        if found:
            yield found
            at = found.end
        else:
            at += 1


def _closing(text: str, start: int) -> int | None:
    """Give the offset behind the bracket's partner, or null if it is not closed."""
    opener, depth = text[start], 0
    for at in range(start, min(len(text), start + _LONGEST_LIST)):
        if text[at] == opener:
            depth += 1
        elif text[at] == _PAIRS[opener]:
            depth -= 1
            if not depth:
                return at + 1
    return None


def _read_bracket(text: str, start: int, end: int) -> UnitList | None:
    rules = find_rules(text[start:end])
    rule = rules[0] if rules else None
    words = text[start:end]
    if rule:
        words = words[: rule.start] + "," * (rule.end - rule.start) + words[rule.end :]
        rule = Rule(start + rule.start, start + rule.end, rule.onward, rule.backward)
    inside = " " * (start + 1) + _first_sentence(words[1:-1])
    read = parse_members(inside)
    if not _is_list(text, (start, end), read, ruled=rule is not None):
        return None
    return make_list(start, end, read, rule=rule)


def _first_sentence(words: str) -> str:
    """Leave out a remark behind the list, unless it names units under a label of its own."""
    before, mark, after = words.partition("。")
    return words if ":" in after or not mark else before


def _is_list(text: str, span: tuple[int, int], read: Members, *, ruled: bool) -> bool:
    start, end = span
    if read.labelled:
        return bool(read.members) and read.odd <= len(read.members) and _named(read)
    if _NO_LIST.match(text, start + 1) or not _all_named(read):
        return False
    if read.duty or ruled:
        return True
    if _CLOSING.match(text, end) is None:
        return False
    before = text[:start].rstrip(" ")
    apart = not before or before[-1] in _SENTENCE_END + "\n)]" or len(before) < start
    return apart or len(read.members) > 1


def _all_named(read: Members) -> bool:
    """Whether most have a body's form, the first among them, and nothing else stands between."""
    most = read.shaped * 2 > len(read.members)
    return most and not read.odd and read.members[0].shaped


def _named(read: Members) -> bool:
    return read.shaped > 0 or all(len(member.name) <= 8 for member in read.members)  # noqa: PLR2004


def _labelled(text: str) -> Iterator[UnitList]:
    at = 0
    while match := _LABEL.search(text, at):
        end = _line_end(text, match.end())
        at = match.end()
        found = _read_label(text, match, end)
        if found:
            yield found
            at = found.end


def _line_end(text: str, start: int) -> int:
    """Give the end of a labelled list: its line, and lines that go on with another label."""
    end = start
    while True:
        stop = text.find("\n", end)
        end = len(text) if stop < 0 else stop
        if end == len(text):
            return end
        following = len(text) - len(text[end:].lstrip())
        if text[start:end].strip() and not _LABEL.match(text, following):
            return end
        end = following


def _read_label(text: str, match: re.Match[str], end: int) -> UnitList | None:
    start = match.start("label")
    role = label_role(match["label"])
    if role is None:
        return None
    start -= match[0][0] in "【[("
    rule = next((r for r in find_rules(text[start:end]) if r.start < _LONGEST_LIST), None)
    if rule:
        rule = Rule(start + rule.start, start + rule.end, rule.onward, rule.backward)
    ahead = rule is not None and rule.start >= match.end()
    stop = _sentence_end(text, match.end(), rule.start if rule and ahead else end)
    read = parse_members(
        " " * match.start("label")
        + match["label"]
        + ":"
        + " " * (match.end() - match.end("label") - 1)
        + text[match.end() : stop]
    )
    if not read.members or read.odd > len(read.members) or not _named(read):
        return None
    if not (read.members[0].shaped or len(read.members) > 1):
        return None
    stop = max(read.end, read.members[-1].end)
    inside = rule is not None and ahead and not re.search(r"[^\s。;,.(]", text[stop : rule.start])
    last = rule.end if rule and inside else stop
    noted = rule is not None and not ahead
    return make_list(start, last, read, rule=rule if inside or noted else None)


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = text.find("。", start, end)
    return end if stop < 0 else stop


def _bare(line: str) -> list[UnitList]:
    """Read a line that is a designation without label or bracket (甲局牵头,乙局配合)."""
    read = parse_members(line)
    if _WHOSE_TASK.search(line):
        return []
    if not read.duty or read.odd or not read.members:
        return []
    if not all(member.shaped for member in read.members) or read.end < len(line):
        return []
    return [make_list(0, len(line), read)]
