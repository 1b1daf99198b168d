"""Read until when a clause wants something done, and what it wants reached, in its own words."""

import re
from dataclasses import dataclass
from itertools import pairwise

from index.clean import CleanText
from index.library import Index
from index.records import Clause, Responsibility
from rag.quantity import Quantity, states_quantity
from rag.sentences import cleaned

_CN = "一二两三四五六七八九十百千万亿半"
_NUMBER = rf"(?:\d+(?:,\d{{3}}){{0,4}}(?:\.\d+)?|[{_CN}]+)"
_SPAN = rf"(?<![\d{_CN}第]){_NUMBER}(?:(?:至|到|[-—–~～]){_NUMBER})?"
_OF_TIME = r"个?(?:工作日|自然日|日历日|日|天|周|星期|月|季度|年度?|小时|分钟)"
_YEAR = r"(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})\s*年|(?:今|本|当|明|次|每)年"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份|\s*\d{1,2}\s*日)?"
_DATE = rf"(?<!\d)(?:(?:{_YEAR})度?(?:\s*{_MONTH})?|{_MONTH})"
# What follows a time that is a condition of something else, or a ban's: 2000年底前建成的小区.
_ASIDE = (
    r"(?!(?:[之以]?[前内]|已|曾|未|没|到期|以[后来]|后|为止|不[得再予能])"
    r"|(?:建成|成立|出生|投产|取得|设立|注册|购置|登记|参加|毕业|发生|发布|印发)的)"
)
_LENGTHS_ASIDE = (
    r"(?<!近)(?<!过去)(?<!前)(?<!连续)(?<!满)(?<!毕业)(?<!退役)(?<!注册)(?<!成立)(?<!登记)"
)
# A time by which: 到2025年, 2025年底前, 5年内, 15个工作日内, 缩短至30个工作日, by 2025.
_TIME = re.compile(
    rf"(?:到|至|于|在)?{_DATE}(?:年?[底末]|[上下]半年|[一二三四]季度)?(?:[之以]?前|内){_ASIDE}"
    rf"|(?<!期)(?<!截至)(?:(?:到|(?<!截)至|力争)(?!每年){_DATE}(?:年?[底末])?|{_DATE}(?:年?[底末]|[上下]半年)){_ASIDE}"
    r"|到“?[一二三四五六七八九十]+五”?(?:期末|末|时期末)"
    rf"|(?<![上去\d{_CN}])(?:年[底末]|月底|季度末)(?:[之以]?前)?{_ASIDE}"
    rf"|{_LENGTHS_ASIDE}{_SPAN}{_OF_TIME}[之以]?[内前]{_ASIDE}"
    rf"|[用利]用?{_SPAN}年(?:左右)?的?时间"
    rf"|(?:缩短|压缩|压减|缩减|精简|减少|控制|降低?)[至到为在]{_SPAN}{_OF_TIME}"
    r"|当[天日场](?=办[结理]|完成|受理|答复|反馈)"
    r"|\bby (?:the end of )?(?:\w+ )?(?:\d{1,2},? )?20\d{2}\b"
    r"|\bwithin (?:\w+[ -]){1,3}(?:days?|weeks?|months?|years?|hours?)\b",
    re.IGNORECASE,
)
# 完成时限:2025年底, 时间安排:持续推进.
_LABELLED = re.compile(
    r"(?:(?:完成|办理|办结|落实|整改|推进)(?:时限|期限|时间|进度)|时限(?:要求)?|时间(?:节点|安排|要求))"
    r":\s*([^:;。\n()|\[\]]+)"
)
# What is to be reached, beside a figure.
_AIM = re.compile(
    r"达到?|不[低少高大]于|不超过|至少|超过|突破|年均|力争|争取|确保|实现|覆盖"
    r"|(?:提高|提升|增加|增长|扩大|下降|降低?|减少|缩短|压缩|压减|缩减|控制|稳定|保持|[减增升])[到至为在]?"
    rf"(?=[约近]?[\d{_CN}])"
    r"|完成|建[成设立]|新建|[改扩]建|改造|培[育养训]|引进|招引|申报|争创|创建|打造|推出|新增|制定|布局"
    r"|组织|举办|开展|发放|选派|扶持|支持|推广|轮训|认定|形成|设立|配备"
    r"|\b(?:reach|achieve|increase|reduce|raise|exceed|at least|no (?:more|less|fewer) than|train"
    r"|build|complete|cut|establish)",
    re.IGNORECASE,
)
# A case that something holds for, points of an assessment, money for an applicant: no target.
_NO_AIM = re.compile(
    r"的(?:企业|单位|个人|机构)?$|^[如若]|满分|[得扣计加减][^,]{0,5}\d分(?!钟)|补助|补贴|奖[补励]|罚"
)
_MEASURE = (
    r"个(?!月|季度|部门|单位|方面|环节|阶段)|家(?!庭|政)|项(?!目)|种(?!植)|名(?!单|称)|人(?![员民口才工大])|次(?![日月年])"
    r"|条(?![件例款])|[批套所座款例亩吨班元只株倍床辆村篇份]|台(?!账)|件(?!下)|支(?![持撑])|户(?!籍)|对(?!于)"
    r"|处(?![理置])|间(?!隔)|张|场(?!地)|期(?![间限末])|门(?!诊)|部(?![门委分])|站|位(?!置)|头(?!部)"
    r"|公[顷里斤]|千[米瓦]|平方|立方|天|小时"
)
_WHOLE = "全覆盖|全部(?=实现|完成|建成|达到|消除|纳入|取消|办结|整改)|零突破|清零|翻[一两二]番"
_FIGURE = re.compile(
    rf"(?<![A-Za-z+/.]){_SPAN}(?:余|多)? ?(?:[%‰]|个百分点|[万亿千百]*[余多]?(?:{_MEASURE}))"
    rf"|百分之[{_CN}点]+|{_WHOLE}"
    r"|\b\d[\d,.]{0,20}(?:%| percent\b| (?!20\d\d\b)[a-z]{4,})",
    re.IGNORECASE,
)
# Numerals that count nothing: 一个体系, 一支队伍, 百千万人.
_NO_COUNT = re.compile(
    r"一(?!百|千|万|亿|十|成)|两[个项次件批种条对部家站处]|二次|[十百千万]+(?:[部家对人]|$)"
)
_NAMED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”|「[^「」]*」|【[^【】]*】")
_PIECE = re.compile(r"(?:[^。;!?:\n\t|,]|(?<=\d)[,:](?=\d))+")
_ENGLISH_PIECE = re.compile(r"(?:[^.,;:!?\n\t|]|(?<=\d)[.,:](?=\d))+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEADING = re.compile(r"(?:并|且|力争|争取|确保|计划|预计|原则上|其中|[\s,])*")
_CUT = "缩压精减控降"  # 压缩至六个月内 says all
_OPENS_LIST = re.compile(r"(?:[（(［\[【〔]|位\s*[:：])[^）)］\]】〕。；;]*$")
# A list in brackets behind its task: (市财政局牵头, 各县(市、区)政府负责).
_INSIDE = r"(?:[^()\[\]\n]|\([^()\n]{0,20}\))"
_LIST = re.compile(
    rf"[(\[]{_INSIDE}{{0,150}}?(?:负责|牵头|单位:|配合|落实|参加){_INSIDE}{{0,150}}[)\]]"
)
_LABEL = 15  # characters between a bracket and the first unit of a list: （责任单位：
_STOP = re.compile(r"[。；;\n]")
_MASK = "\ufffc"


Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Stated:
    """Words of a clause as published: ``quote`` stands at ``[start, end)`` of its document."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Goals:
    """What a clause sets, in its order: ``deadlines`` and ``targets``, both often empty."""

    deadlines: tuple[Stated, ...] = ()
    targets: tuple[Stated, ...] = ()


def goals(index: Index, clause: Clause) -> Goals:
    """Give the deadlines and the targets that a clause states, in its own words."""
    if not any(goal_spans(clause.search_text)):  # most state none, and tracing takes time
        return Goals()
    text = cleaned(index, clause)
    deadlines, targets = goal_spans(text.text)
    return Goals(_stated(text, clause, deadlines), _stated(text, clause, targets))


def goals_of(index: Index, clause: Clause, record: Responsibility) -> Goals:
    """Give the goals that a clause sets for those whom one of its records names.

    Behind each task that it sets, a clause may name others: （生态环境部牵头）. What stands before
    a list, and after the list before it, is theirs whom it names. Where the sentences themselves
    name who acts, a goal is theirs who are named in its sentence, and everyone's where nobody is.
    """
    found = goals(index, clause)
    own = sorted(
        {(r.start, r.end) for r in clause.responsibilities if clause.start <= r.start < clause.end}
    )
    if len(own) == 1 or (record.start, record.end) not in own:
        return found
    at = own.index((record.start, record.end))
    regions = _regions(index.quote(clause), clause.start, own)

    def theirs(each: Stated) -> bool:
        owners = [n for n, (start, end) in enumerate(regions) if start <= each.start < end]
        return at in owners or not owners

    return Goals(
        tuple(each for each in found.deadlines if theirs(each)),
        tuple(each for each in found.targets if theirs(each)),
    )


def _regions(text: str, offset: int, records: Spans) -> Spans:
    """Give for each record the part of the clause (``text`` from ``offset`` on) it is about."""
    spans = [(start - offset, end - offset) for start, end in records]
    if all(_OPENS_LIST.search(text, max(0, start - _LABEL), start + 1) for start, _ in spans):
        ends = [0, *(end for _, end in spans[:-1]), len(text)]
        regions = list(pairwise(ends))
    else:
        stops = [0, *(stop.end() for stop in _STOP.finditer(text)), len(text)]
        regions = [
            (
                max(stop for stop in stops if stop <= start),
                min(stop for stop in stops if stop >= end),
            )
            for start, end in spans
        ]
    return [(offset + start, offset + end) for start, end in regions]


def goal_spans(text: str) -> tuple[Spans, Spans]:
    """Find the deadlines and the targets of a clean text.

    A deadline is a part of a sentence with a time by which something is to be done; where it
    is nothing but the time, the next part belongs to it. A target is a part with a figure to be
    reached. Titles, words in quotation marks, and times that something else depends on
    (2000年底前建成的小区) are neither.

    Examples
    --------
    >>> text = "力争5年内申报创新药10个。2025年底前,建立专家库。完善机制。"
    >>> [[text[a:b] for a, b in spans] for spans in goal_spans(text)]
    [['力争5年内申报创新药10个', '2025年底前,建立专家库'], ['力争5年内申报创新药10个']]
    """
    plain = _NAMED.sub(lambda named: _MASK * len(named[0]), text)
    plain = _LIST.sub(lambda named: f"\n{named[0][1:-1]}\n", plain)
    labelled = [_trimmed(plain, *match.span(1)) for match in _LABELLED.finditer(plain)]
    deadlines: Spans = []
    targets: Spans = []
    pattern = _PIECE if _CHINESE.search(text) else _ENGLISH_PIECE
    pieces = [_trimmed(plain, *piece.span()) for piece in pattern.finditer(plain)]
    for at, (start, end) in enumerate(pieces):
        words = plain[start:end]
        time = _TIME.search(words)
        if (
            time
            and not words.endswith("的")
            and not any(a < end and start < b for a, b in labelled)
        ):
            goes_on = _says_no_more(words, time) and plain[end : end + 1] == ","
            deadlines.append((start, pieces[at + 1][1] if goes_on and pieces[at + 1 :] else end))
        if _states_target(words):
            targets.append((start, end))
    return sorted(deadlines + labelled), targets


def _says_no_more(words: str, time: re.Match[str]) -> bool:
    """Tell whether a part ends with its time, so that the next part says what is to be done."""
    alone = not _LEADING.sub("", words[: time.start()] + words[time.end() :])
    return alone or (time.end() == len(words) and words[-1] in "内前" and time[0][0] not in _CUT)


def _states_target(words: str) -> bool:
    untimed = _TIME.sub(lambda time: _MASK * len(time[0]), words)
    counts = any(not _NO_COUNT.match(figure[0]) for figure in _FIGURE.finditer(untimed))
    return (
        counts
        and states_quantity(untimed, Quantity.ANY, "")
        and bool(_AIM.search(untimed))
        and not _NO_AIM.search(untimed)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _stated(text: CleanText, clause: Clause, spans: Spans) -> tuple[Stated, ...]:
    found = []
    for span in spans:
        start, end = text.to_source(*_trimmed(text.text, *span))
        found.append(Stated(text.source.text[start:end], clause.start + start, clause.start + end))
    return tuple(found)
