"""Parse the words inside a list of units: who is named, who leads, what is said about them."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from index.unit_names import (
    continues_level,
    is_body,
    is_generic,
    is_level,
    is_sentence,
    split_joint,
    tidy,
)


class Role(StrEnum):
    """What a label or a verb makes of the units beside it."""

    LEAD = "lead"
    MEMBER = "member"
    UNIT = "unit"
    IGNORED = "ignored"


_KIND = r"(?:责任)?(?:单位|部门|主体|机构|处室|科室|委办局|司局|地区|区县)"
_LABELS = (
    (Role.LEAD, re.compile(rf"(?:双|总|共同|联合)?(?:牵头|主办|主责)(?:负责|落实|实施)?{_KIND}?")),
    (
        Role.MEMBER,
        re.compile(rf"(?:配合|协办|参与|参加|协同|协助|支持|联合|会办|成员)(?:负责|落实)?{_KIND}?"),
    ),
    (
        Role.UNIT,
        re.compile(
            rf"(?:主要|具体|市级|省级|共同|第一)?(?:责任|负责|承办|实施|落实|主管|完成|执行|监管|指导|考核|负责考核"
            rf"|负责实施|责任分工){_KIND}|(?:任务|职责|责任)?分工|责任|负责|责任单位及分工"
        ),
    ),
)
_SEPARATORS = "、,;。:/|\n\t "
_OPENERS, _CLOSERS = "([〔（［【", ")]〕）］】"
_PREFIX = re.compile(
    r"(?:以上|上述)(?:各项|各条|任务|工作|事项|措施|内容|均|都)*(?:由|请)?|并?由|请|其中,?|以及|和(?!平|硕|田|布)|及|与"
)
_LONGEST_PIECE = 80
_ALONE = re.compile(r"其中")
_LEAD_VERB = re.compile(
    r"(?:为|作为|是)?(?:共同|联合|总|负责)*(?:牵头|主办|总负责|负总责|牵总|主责)(?:单位|部门)?"
    r"(?:,?(?:抓总|负责|组织|实施|落实|推进|抓落实|统筹|办理|协调))*$"
    r"|(?:总体|负责)?统筹(?:负责|协调|推进|实施|落实)?$"
)
_MEMBER_VERB = re.compile(
    r"(?:为|作为|是)?(?:积极|共同|予以|给予|负责)*(?:配合|参与|参加|协助|协同|支持|协办|会办)"
    r"(?:单位|部门|实施|落实|做好|推进|负责|相关工作|工作)*$"
)
_DUTY = re.compile(
    r"(?:按照?|依据?|根据|在)[^、,;]{0,14}?(?:职责|分工|职能|权限|职权)[^、,;]*$"
    r"|(?:分工|分别|共同|各自|分级)(?:负责|落实|实施|推进|指导)$|各负其责$|指导(?=(?:负责)?$)"
)
_PLAIN_VERB = re.compile(
    r"(?:负责|承办|组织落实|落实|组织实施|实施|抓落实|推进|办理|指导|组织|具体)+$|负责.{2,20}$"
)
_ETC = re.compile(r"等(?!级)[^、,;]{0,12}$")
_JOINED_BEHIND = re.compile(r"等[和及与]")  # a body follows: 等和各省级人民政府
_JOINED = re.compile(r"牵头会同|牵头会(?=.)|会同")
_NOTHING = re.compile(r"[\s/—\-–―.*无]*")
_ODD = re.compile(r"[\d%<>=]{2,}|[A-Za-z]{6,}")
_NAME_WITH_LABEL = re.compile(
    r"(?:牵头|主办|责任|配合|协办|参与|承办|负责)(?:单位|部门)(?:为|是)?(?=.{2,})"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One body of a list, ``text[start:end]``; a generic one stands for a class."""

    name: str
    start: int
    end: int
    generic: bool
    shaped: bool


@dataclass(slots=True)
class Members:
    """What a list's words say; ``lead_words`` bounds the words that designate the lead."""

    members: list[Member] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    qualifiers: list[tuple[int, str]] = field(default_factory=list)
    lead_words: tuple[int, int] | None = None
    labelled: bool = False
    duty: bool = False
    odd: int = 0
    end: int = 0
    _run: int = 0

    @property
    def shaped(self) -> int:
        """How many members have the form of a body's name."""
        return sum(member.shaped for member in self.members)

    def add(self, member: Member, role: Role) -> None:
        """Add a body, which a verb behind it may still give another role."""
        self.members.append(member)
        self.roles.append(role)
        self.end = max(self.end, member.end)

    def close(self, role: Role, end: int) -> None:
        """Give the bodies since the last verb their role, and begin a new run."""
        self.end = max(self.end, end)
        run = range(self._run, len(self.members))
        if role is Role.LEAD and run:
            last = self.members[-1]
            if any(last.name == self.members[at].name for at in run[:-1]):
                run = run[-1:]  # (A、B、C, A牵头) names the lead again
            self.designate(self.members[run[0]].start, end)
        for at in run:
            self.roles[at] = role
        self._run = len(self.members)

    def designate(self, start: int, end: int) -> None:
        """Widen the words that designate the lead."""
        before = self.lead_words or (start, end)
        self.lead_words = min(before[0], start), max(before[1], end)

    def restart(self) -> None:
        """Begin a new run, so that a verb does not reach back."""
        self._run = len(self.members)


def label_role(words: str) -> Role | None:
    """Give the role a label stands for (牵头单位, 配合部门), or null if it is none.

    Examples
    --------
    >>> label_role("牵头单位"), label_role("完成时限")
    (<Role.LEAD: 'lead'>, None)
    """
    words = re.sub(r"[\s\[\]【】()（）]", "", words)
    for role, pattern in _LABELS:
        if pattern.fullmatch(words):
            return role
    return None


def split_pieces(text: str) -> list[tuple[int, int, str]]:
    """Cut at separators outside brackets: start, end, the separator behind."""
    pieces, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character in _OPENERS:
            depth += 1
        elif character in _CLOSERS:
            depth = max(0, depth - 1)
        elif character in _SEPARATORS and not depth:
            pieces.append((start, at, character))
            start = at + 1
    pieces.append((start, len(text), ""))
    return _merge(text, [piece for piece in pieces if piece[0] < piece[1] or piece[2] == ":"])


def _merge(text: str, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    merged: list[tuple[int, int, str]] = []
    for start, end, separator in pieces:
        if merged:
            first, last, between = merged[-1]
            if _is_one_name(text[first:last], between, text[start:end]):
                merged[-1] = (first, end, separator)
                continue
        merged.append((start, end, separator))
    return merged


def _is_one_name(before: str, between: str, after: str) -> bool:
    if between in " \t" and between:
        return len(before) == 1 and before not in "、/"
    levels = before.split("、")
    if between != "、" or not all(is_level(level) for level in levels):
        return False
    return continues_level(after) or not before.startswith("各")


def parse_members(text: str, *, role: Role = Role.UNIT) -> Members:
    """Read the bodies named in a list's words, with their roles and qualifiers.

    Parameters
    ----------
    text : str
        Clean words between a list's brackets or behind its label, a stated rule blanked out.
    role : Role
        What the units are where no label or verb inside says otherwise.

    Examples
    --------
    >>> read = parse_members("甲局牵头,乙局、丙局配合")
    >>> [(member.name, str(role)) for member, role in zip(read.members, read.roles)]
    [('甲局', 'lead'), ('乙局', 'member'), ('丙局', 'member')]
    """
    read = Members()
    current, label_start = role, 0
    for start, end, separator in split_pieces(text):
        if separator == ":":
            current = label_role(text[start:end]) or Role.IGNORED
            read.labelled = read.labelled or current is not Role.IGNORED
            label_start = start
            read.restart()
        elif current is not Role.IGNORED:
            before = len(read.members)
            _read_piece(text, start, end, current, read)
            if current is Role.LEAD and len(read.members) > before:
                read.designate(label_start, read.members[-1].end)
    return read


def _read_piece(text: str, start: int, end: int, role: Role, read: Members) -> None:
    while start < end and text[start].isspace():
        start += 1
    if end - start > _LONGEST_PIECE:
        read.odd += 1
        return
    if not _NAME_WITH_LABEL.match(text, start, end) and (
        joined := _JOINED.search(text, start, end)
    ):
        _read_plain(text, start, joined.start(), role, read)
        read.close(Role.LEAD, joined.end())
        read.duty = True
        start, role = joined.end(), Role.MEMBER
    _read_plain(text, start, end, role, read)


def _read_plain(text: str, start: int, end: int, role: Role, read: Members) -> None:
    if label := _NAME_WITH_LABEL.match(text, start, end):
        named = label_role(re.sub("[为是]$", "", label[0])) or role
        if is_body(text[label.end() : end]):
            read.restart()
            read.labelled = True
            _read_plain(text, label.end(), end, role, read)
            read.close(named, end)
            return
    if prefix := _PREFIX.match(text, start, end):
        if _ALONE.match(prefix[0]):
            read.restart()
        start = prefix.end()
    stop, verb_role, qualifiers = _strip_verbs(text, start, end)
    _read_names(text, start, stop, role, read)
    if qualifiers or verb_role is not None:
        read.end = max(read.end, end)
    read.qualifiers.extend(qualifiers)
    read.duty = read.duty or verb_role is not None
    if verb_role is not None:
        read.close(role if verb_role is Role.UNIT else verb_role, end)


def _strip_verbs(text: str, start: int, end: int) -> tuple[int, Role | None, list[tuple[int, str]]]:
    """Take the verb, the duty phrase and 等 off a piece's end."""
    role: Role | None = None
    qualifiers: list[tuple[int, str]] = []
    for pattern, verb_role in (
        (_DUTY, Role.UNIT),
        (_LEAD_VERB, Role.LEAD),
        (_MEMBER_VERB, Role.MEMBER),
        (_PLAIN_VERB, Role.UNIT),
        (_DUTY, Role.UNIT),
    ):
        match = pattern.search(text[start:end])
        if match is None:
            continue
        if role is None or role is Role.UNIT:
            role = verb_role
        if pattern is _DUTY:
            qualifiers.insert(0, (start + match.start(), tidy(text[start + match.start() : end])))
        end = start + match.start()
    match = _ETC.search(text[start:end])
    if match and match.start() > 1 and not _JOINED_BEHIND.match(match[0]):
        qualifiers.insert(0, (start + match.start(), tidy(match[0])))
        end = start + match.start()
    return end, role, qualifiers


def _read_names(text: str, start: int, end: int, role: Role, read: Members) -> None:
    words = text[start:end]
    if _NOTHING.fullmatch(words):
        return
    etc = re.match(r"(.+?)等[和及与](?=.)", words)
    if etc and is_body(words[etc.end() :]):
        _read_names(text, start, start + etc.end(1), role, read)
        read.qualifiers.append((start + etc.end(1), "等"))
        _read_names(text, start + etc.end(), end, role, read)
        return
    for first, last in split_joint(words):
        name = tidy(words[first:last])
        if is_sentence(name) or _ODD.search(name):
            read.odd += 1
            continue
        generic = is_generic(name.translate(str.maketrans("（）", "()")))
        shaped = is_body(words[first:last].strip(), weak=True)
        read.add(Member(name, start + first, start + last, generic, shaped), role)
