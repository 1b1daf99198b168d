"""Read designations of a lead in running text: 由A牵头，B、C参加; A会同B制定.

A sentence that merely makes a body its actor (A负责审批) designates no lead and is left alone.
"""

import re
from collections.abc import Iterator

from index.unit_list import UnitList, make_list
from index.unit_members import Members, Role, parse_members
from index.unit_names import is_body, is_sentence

_VERB = re.compile(
    r"(?P<lead>(?:共同|联合|负责|具体|负)?(?:牵头会同|牵头会(?=[^议场])|会同)"
    r"|(?<=[局委部厅办院署])会(?=[省市县区国相有各][^,。;]{0,12}(?:局|委|部|厅|办)))"
    r"|(?P<head>(?:共同|联合|负责)?(?:总?牵头(?!单位|部门|医院|依托|机构|处室|人|作用|的|[一]家)(?P<led>[^,;。、]{0,4}的)?|负总责|总负责))"
    r"|(?P<noun>(?:为|是|作为|担任)(?:总?牵头)(?:责任|负责)?(?:单位|部门)(?!的))"
    r"|(?P<role>发挥(?:好)?(?:总)?牵头(?:抓总|协调|作用|、)+)"
    r"|(?P<whole>(?<=[局部委厅办府会])(?:负责(?:总体)?统筹|总体统筹)(?:协调|推进|实施|负责)?)"
)
_ACTS = re.compile("负责|主管|承担|组织开展|组织实施")
_MODAL = re.compile(
    r"(?:应当?|须|必须|要|将|已经?|可以?|负责|适时|及时|依法|正|目前|具体|统一|切实|充分|继续|会|另行|共同"
    r"|(?:依照|根据|按照|依据)[^,。;]{1,14}|[ \t])*$"
)
_LEADING = re.compile(
    r"(?:以上|上述|其中|必要时|同时|并|经|请|报|具体|另外|此外|原则上|目前|工作|任务|事项|各项)*(?:由|请|经)"
)
_AWAY = re.compile(
    r"(?:不再?|不得|无需|非|未|曾|原|任何|建立|成立|组建|设立|完善|健全|实行|形成|参加)[^,。;]{0,6}$"
)
# 建立由A牵头,B、C参加的联席会议 designates the lead of what is set up; without its members it
# only describes it.
_FOUNDING = ("建立", "成立", "组建", "设立")
_WITH_MEMBERS = re.compile(r"牵头,[^。;]{2,300}?(?:参加|参与|组成|配合)的")
_UNFIT = re.compile(r"任何|一家|本单位|该|其|哪个|同志|牵头|各单位|第一|项目单位")
_STOP = '。;!?\n\t,:、"|'
_SUBJECT = re.compile(
    r"(?=(?:负责|应当?|要|须|必须|可以?|接到|收到|根据|依据|按照|依照|对|依法|将|统一|组织|承担|制定|建立"
    r"|在|研究|定期|及时|加强|牵头))"
)
_MEMBER_END = re.compile(
    r"(?=制[定订]|组织(?!部|人事)|研究(?!院|所|中心)|提出|建立|负责|确定|对|进行|及时|按|根据|依[法照据]|共同|开展|做好|审核|拟[订定]"
    r"|编制|完善|指导|推[进动广]|加强|发布|实施|解释|另行|应急|适时|联合|重新|监督|协[调商助]|调[整查]|制[作]|统[一筹]"
    r"|处理|处置|认真|积极|下达|审[查定批议]|评[估审]|公布|认定|检查|赴|密切|具体|予以|给予|可以|定期|在|健全|细化"
    r"|落实|明确|结合|印发|报|分解|通过|充分|出台|汇总|管理|核[实定查]|上报|清算|设立|组[建成]|为|就|以|向|将|于|抓|形成|开发|打造|支持|配合|督[促查导]|出|约谈|承担|选|安排|办理|履行|规范|强化|持续|全面|筹|构建|优化|总结|验收|考核|实行|探索|启动|参[与加]|抽[查取样]|使|用于)"
)
_SUPPORT = re.compile(
    r"[,、;]?(?P<names>[^。;\n:]{2,300}?)(?:等)?(?P<verb>(?:共同|积极|协同)?(?:参加|参与|配合|协助|协同配合|协办))(?!单位)"
)
_NUMBERING = re.compile(
    r"\s*(?:\([一二三四五六七八九十百\d]{1,4}\)|第[一二三四五六七八九十百零\d]+[条款章节]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[、.是要]|\d{1,2}[.、)])\s*"
)
_DONE = re.compile(r"[^,。;]{0,10}了")
_ETC = re.compile(
    r"等(?:\d+|[一二三四五六七八九十]+)?个?(?:省级?|国务院)?(?:有关|相关)?(?:部门和单位|部门|单位|方面)?"
)
_STOPPED = re.compile(r"[。;\n,:]")
_JOINED = re.compile(r"[^。;\n]{0,20}?会同")
_ALSO_JOINED = re.compile(r",?(?:可以?|并|应当?)?会同")
_LONGEST_SUBJECT = 120
_LONGEST_NAME = 20
_LONGEST_SENTENCE = 240


def read_designations(
    text: str, taken: list[tuple[int, int]], *, done: bool = True
) -> list[UnitList]:
    """Read each designation of a lead in a sentence, outside the spans already read.

    ``done`` says whether to keep what is told as already done (会同乙局制定了本办法).

    Examples
    --------
    >>> [found.leads for found in read_designations("由甲省财政厅牵头,乙局参加。", [])]
    [('甲省财政厅',)]
    >>> read_designations("甲省财政厅负责项目审批。", [])
    []
    """
    found: list[UnitList] = []
    for match in _VERB.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        if inside or match["led"] or (found and match.start() < found[-1].end):
            continue
        one = _read(text, match)
        if one is not None and (done or not _DONE.match(text, one.end)):
            found.append(one)
    return found


def read_actors(text: str) -> list[UnitList]:
    """Read the bodies that a sentence makes its actors (A负责审批), who are thereby no lead.

    Examples
    --------
    >>> [found.units for found in read_actors("甲省财政厅负责项目审批。")]
    [('甲省财政厅',)]
    >>> read_actors("项目审批应当及时。")
    []
    """
    found = []
    for match in _ACTS.finditer(text):
        subject = _subject_before(text, match.start())
        if subject is None:
            continue
        start, end = subject
        read = parse_members(" " * start + text[start:end])
        if _fit(read):
            read.close(Role.UNIT, end)
            found.append(make_list(start, end, read))
    return found


def _read(text: str, match: re.Match[str]) -> UnitList | None:
    subject = _subject_before(text, match.start()) or (
        _sentence_subject(text, match.start()) if match["lead"] else None
    )
    if subject is None:
        return None
    start, end = subject
    read = parse_members(" " * start + text[start:end])
    if not _fit(read):
        return None
    read.close(Role.LEAD, match.end())
    stop = match.end()
    if match["lead"] or match["role"]:
        stop = _add_joined(text, match, read)
    elif match["head"]:
        also = _ALSO_JOINED.match(text, match.end())
        stop = _add_names(text, also.end(), read) if also else _add_support(text, stop, read)
    return make_list(start, max(stop, match.end()), read)


def _fit(read: Members) -> bool:
    names = [member.name for member in read.members]
    return (
        bool(names)
        and not read.odd
        and not any(_UNFIT.search(name) for name in names)
        and all(member.shaped for member in read.members[-1:])
        and all(member.shaped or len(member.name) <= 8 for member in read.members)  # noqa: PLR2004
    )


def _subject_before(text: str, verb: int) -> tuple[int, int] | None:
    """Give the span of the names right before a verb, modal words left out."""
    floor = max(0, verb - _LONGEST_SUBJECT)
    end = verb - len(_modal(text[floor:verb]))
    start = _boundary(text, floor, end)
    while start > floor and text[start - 1] == "、":
        before = _boundary(text, floor, start - 1)
        if before == start - 1 or is_sentence(_without_lead(text[before : start - 1])):
            break
        start = before
    words = text[start:end]
    number = _NUMBERING.match(words)
    start += number.end() if number else 0
    words = text[start:end]
    lead = _LEADING.match(words) or re.match(r".*由(?!贸)", words)
    start += lead.end() if lead else 0
    away = _AWAY.search(text[max(0, start - 10) : start].rstrip("由"))
    if away and not (away[0].startswith(_FOUNDING) and _WITH_MEMBERS.match(text, verb)):
        return None
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if is_body(text[start:end].rsplit("、", 1)[-1], weak=True) else None


def _without_lead(words: str) -> str:
    return re.sub(r"^.*由", "", words)


def _modal(words: str) -> str:
    match = _MODAL.search(words)
    return match[0] if match else ""


def _boundary(text: str, floor: int, end: int) -> int:
    """Give where the name that ends at ``end`` begins: behind the last mark outside brackets."""
    at, depth = end, 0
    while at > floor:
        character = text[at - 1]
        if character in ")〕”":
            depth += 1
        elif character in "(〔“":
            if not depth:
                return at
            depth -= 1
        elif not depth and (character in _STOP or character.isspace()):
            return at
        at -= 1
    return at


def _sentence_subject(text: str, verb: int) -> tuple[int, int] | None:
    """Give the subject a sentence begins with, for a verb further on in it."""
    before = text[max(0, verb - 1) : verb]
    if before not in (",", ";", "应", "可", "当", "要"):
        return None
    marks = "。\n:" if before == ";" else "。;\n:"
    start = max(text.rfind(mark, 0, verb) for mark in marks) + 1
    if verb - start > _LONGEST_SENTENCE:
        return None
    number = _NUMBERING.match(text, start)
    start = number.end() if number else start
    stop = text.find(",", start, verb)
    words = text[start : stop if stop > 0 else verb]
    lead = _LEADING.match(words)
    first = lead.end() if lead else len(words) - len(words.lstrip())
    for cut in _SUBJECT.finditer(words, first + 3):
        if is_body(words[first : cut.start()]):
            return start + first, start + cut.start()
    return None


def _add_joined(text: str, match: re.Match[str], read: Members) -> int:
    """Add the bodies behind 会同, up to the verb of what they do together."""
    at = match.end()
    if match["role"]:
        joined = _JOINED.match(text, at)
        if joined is None:
            return at
        at = joined.end()
    return _add_names(text, at, read)


def _add_names(text: str, at: int, read: Members) -> int:
    stop = at
    for start, end in _names_behind(text, at):
        more = parse_members(" " * start + text[start:end], role=Role.MEMBER)
        if more.odd or not more.members:
            break
        for member, role in zip(more.members, more.roles, strict=True):
            read.add(member, role)
        read.qualifiers += more.qualifiers
        read.close(Role.MEMBER, end)
        stop = end
    return stop


def _names_behind(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Give the spans of names separated by 、, the last cut where its verb begins."""
    stop = _STOPPED.search(text, at)
    limit = stop.start() if stop else len(text)
    etc = _ETC.search(text, at, limit)
    if etc and all(_is_whole(piece) for piece in text[at : etc.start()].split("、")):
        yield at, etc.end()
        return
    while at < limit:
        comma = text.find("、", at, limit)
        whole = text[at : comma if comma >= 0 else limit]
        if comma >= 0 and len(whole) <= _LONGEST_NAME and _is_whole(whole):
            yield at, comma
            at = comma + 1
            continue
        if cut := _name_end(whole):
            yield at, at + cut
        return


def _is_whole(piece: str) -> bool:
    return not is_sentence(piece) and _before_verb(piece) in (0, len(piece))


def _before_verb(words: str) -> int:
    """Give where the first name that a verb follows ends, or 0."""
    for cut in _MEMBER_END.finditer(words, 2):
        name = words[: cut.start()]
        if is_body(name, weak=name[-1] in "省市区县"):
            return cut.start()
    return 0


def _name_end(words: str) -> int:
    """Give where a name at the start of ``words`` ends, or 0."""
    if cut := _before_verb(words):
        return cut
    if is_body(words, weak=True):
        return len(words)
    ends = range(min(len(words), _LONGEST_NAME), 2, -1)
    return next((end for end in ends if is_body(words[:end])), 0)


def _add_support(text: str, at: int, read: Members) -> int:
    """Add the bodies that take part behind a lead (牵头，B、C参加)."""
    match = _SUPPORT.match(text, at)
    if match is None:
        return at
    end = match.end()
    begin = match.start("names")
    more = parse_members(" " * begin + text[begin:end], role=Role.MEMBER)
    if more.odd or not more.members or not more.members[0].shaped:
        return at
    for member in more.members:
        read.add(member, Role.MEMBER)
    read.qualifiers += more.qualifiers
    read.close(Role.MEMBER, end)
    return end
