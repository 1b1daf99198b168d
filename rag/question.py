"""Understand a question: its language, intent, scope, units, clause numbers and subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clean import fold, simplify
from index.numbering import parse_number
from index.regional_words import in_mainland_words
from index.small_words import ENGLISH
from index.unit_names import split_joint
from rag.catalog import Catalog
from rag.errors import EmptyQuestionError, QuestionNotTextError, QuestionTooLongError
from rag.follow_up import completed
from rag.instructions import without_instructions
from rag.intent import Ask, Intent, read_intent
from rag.language import detect
from rag.records import Filters, Lang, Turn
from rag.scope import Scope, blanked, of_nation, read_scope
from rag.subject import content_words, strip_asking
from rag.units import UnitMention

LONGEST_QUESTION = 2000
_TURNS_READ = 50
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"[“\"「『‘']([^“”\"「」『』‘’']{1,30})[”\"」』’']")
_BRACKETED_TERM = re.compile(r"[(]([\u3400-\u9fff]{2,20})[)]")  # "chessboard" (一盘棋)
_CLAUSE_NUMBER = re.compile(
    r"第\s*[(]?\s*([一二三四五六七八九十百零〇]+|\d{1,3})\s*[)]?\s*(部分|条|项|点|款|章|节|大点"
    r"|小点)"
    r"|[(]\s*([一二三四五六七八九十百]{1,4}|\d{1,2})\s*[)]|\b(?:[Ii]tem|[Aa]rticle|[Ss]ection"
    r"|[Pp]oint)\s+\(?(\d{1,3})\)?"
)
# A unit that no document of the index names is still a unit: …局 before 牵头, 参与, 负责 …
_UNKNOWN_UNIT = re.compile(
    r"([\u4e00-\u9fff]{1,14}(?:局|厅|委员会|委|部|办公室|办|署|法院|检察院|海关|政府|中心|总队"
    r"|协会|银行|集团|大学))"
    r"(?=(?:都|要|还|主要|具体|作为|在[^,。?]{0,16})?(?:牵头|负责|参与|配合|承担|管|涉及|出现"
    r"|协助|分管|主抓|的(?:任务|职责|工作)|有(?:哪些|什么)任务))"
)
_COMMAND = re.compile(
    r"以.{0,8}名义(?:宣布|发布|声明|下达)|(?:宣布|声明|批准|下令"
    r"|签发).{0,20}(?:牵头|负责)|\b(?:announce|declare|decree)\b"
)
_ASKS = re.compile(
    r"[?？]|谁|哪|什么|啥|多少|几|吗|呢|何|怎|是否|有没有|能否|如何|牵头单位"
    r"|责任单位|列出|列举|介绍|说明|概括|\b(?:who|what|which|when|where|how|why|is|are|does|do|did"
    r"|can|list|name|give|tell|describe|explain)\b",
    re.IGNORECASE,
)
_ENGLISH_OF_TERMS = frozenset(
    ("mean", "meaning", "means", "meant", "define", "defined", "definition")
)
_ENGLISH_ASKING = re.compile(
    r"\b(?:who|what|which|when|where|how|does|do|list|name|tell)\b", re.IGNORECASE
)
# Each of several items is asked for: 每项任务各由谁牵头, 逐条列出, each sub-task.
_PER_ITEM = re.compile(
    r"(?:每|各|逐)(?:一)?[项条款]|[每逐](?:一)?个?(?:任务|措施)|各由|各归"
    r"|(?:[这那上下几两二三四五六七八九十]|\d+)[项条](?:任务|措施|工作|内容)?[^?？]{0,10}(?:都列|分别|各)"
    r"|一?共(?:有)?几[项条](?:任务|措施|工作)?|\b(?:each|every|all)(?: one)?(?: of)?(?: the)?"
    r"(?: \w+)? (?:sub-?tasks?|tasks?|items?|measures?)\b",
    re.IGNORECASE,
)
# Words that speak of the items, not of their subject.
_OF_ITEMS = re.compile(
    r"(?:请|把|将)|的?(?:这|那)?一?(?:个|大)?部分|(?:最后|第?一)部分|一?共(?:有)?|[都逐]?列(?:一?下|出来?)"
    r"|(?:每|各|逐)(?:一)?[项条款个](?:任务|措施|工作)?|(?:[这那]|[几两二三四五六七八九十]|\d+)[项条](?:任务|措施"
    r"|工作)?|各[由归]?|对应|分别",
)
_RESPECTIVELY = re.compile(r"分别|各由|各自由|\brespectively\b", re.IGNORECASE)
_AND = re.compile(r"以及|[和与及]|\band\b")
_SHORTEST_ITEM = 4
_SMALL_TALK = re.compile(
    r"^(?:你好|您好|嗨|哈喽|在吗|谢谢|早上好|晚安|hello|hi|hey|thanks?"
    r"|thank you)[\s,。!?]*$|你是谁|你叫什么|讲个?笑话|(?:今天|明天"
    r"|现在)?(?:的)?天气|写(?:一?首|个)(?:诗|歌|代码|作文)|陪我|聊(?:两句|聊天|一?会儿?)|[中早晚]?[午饭餐]?(?:吃什么|吃啥)"
    r"|订(?:一?张)?(?:机票|车票|酒店)|\bbook (?:me )?an? .{0,24}\b(?:ticket|flight|hotel|table)\b"
    r"|\b(?:weather|joke|poem)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    ``folded`` is the question as documents are folded; ``topic`` the words of its subject;
    ``per_item`` tells that each item of a heading is asked for; ``numbers`` the clause numbers it
    names; ``english`` tells how it is matched, whatever the language ``lang`` of its answer;
    ``remains`` is False where nothing is asked once instructions to the system are taken
    out.
    """

    question: str
    interpreted_as: str | None
    lang: Lang
    folded: str
    ask: Ask
    scope: Scope
    units: tuple[UnitMention, ...]
    unknown_unit: str | None
    numbers: tuple[int, ...]
    quoted: tuple[str, ...]
    topic: str
    items: tuple[str, ...]
    per_item: bool
    remains: bool
    small_talk: bool
    english: bool


def check(question: str) -> None:
    """Refuse what is no question: nothing, too much, or no text.

    Raises
    ------
    EmptyQuestionError, QuestionTooLongError, QuestionNotTextError
    """
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLongError(length=len(question), limit=LONGEST_QUESTION)
    if match := _CONTROL.search(question):
        raise QuestionNotTextError(match[0])
    if not _WORD.search(question):
        raise EmptyQuestionError


def understand(
    question: str,
    catalog: Catalog,
    *,
    filters: Filters,
    history: Sequence[Turn] = (),
    lang: Lang | None = None,
) -> Query:
    """Read a question that :func:`check` has let through."""
    whole = fold(question).strip()
    worded = _in_mainland_words(question, whole, catalog)
    asked = without_instructions(worded)
    remains = bool(_WORD.search(asked)) and not (_COMMAND.search(asked) and not _ASKS.search(asked))
    if remains and asked != worded and not _ASKS.search(asked):
        remains = False
    interpreted = completed(asked, catalog, filters, history) if remains else None
    if remains and worded != whole:
        interpreted = interpreted or asked
    folded = interpreted or asked or whole
    scope = read_scope(folded, catalog, filters)
    mended = _mended(folded, scope, catalog)
    if mended is not None:
        folded = interpreted = mended
        scope = read_scope(folded, catalog, filters)
    untitled = blanked(folded, scope.titles)
    units = catalog.classes(untitled) or catalog.units.find(untitled)
    unknown = None if units else _unknown_unit(scope.masked)
    if not units and detect(folded) is Lang.EN:
        named = catalog.units.find_english(folded)
        units = tuple(unit for unit in named if unit.names)
        unknown = next((unit.words for unit in named if not unit.names), None)
    quoted = tuple(match[1].strip() for match in _QUOTED.finditer(folded))
    if detect(folded) is Lang.EN:
        quoted += tuple(match[1] for match in _BRACKETED_TERM.finditer(folded))
    ask = read_intent(folded, names_unit=bool(units or unknown))
    if ask.intent in (Intent.LEAD, Intent.UNITS) and _names_nations_unit(units, unknown):
        scope = of_nation(scope, catalog)
    if units and not _WORD.search(_beside(scope.masked, units)):
        ask = Ask(Intent.TASKS)  # a unit's name alone asks what it has to do
    spoken = lang or _spoken(question, folded)
    english = detect(folded) is Lang.EN
    per_item = bool(_PER_ITEM.search(folded))
    topic = _topic(folded, scope.masked, english=english, per_item=per_item)
    if ask.premise and not english:
        topic = _without_unit(topic, [mention.words for mention in units] or [unknown or ""])
    return Query(
        question=question,
        interpreted_as=interpreted,
        lang=spoken,
        folded=folded,
        ask=ask,
        scope=scope,
        units=units,
        unknown_unit=unknown,
        numbers=_numbers(scope.masked),
        quoted=quoted,
        topic=topic,
        items=() if per_item else _items(folded, topic),
        per_item=per_item,
        remains=remains,
        small_talk=bool(_SMALL_TALK.search(folded)),
        english=english,
    )


def _topic(folded: str, masked: str, *, english: bool, per_item: bool) -> str:
    """Give the words of a question that name its subject."""
    if english:
        return " ".join(content_words(masked))
    topic = strip_asking(masked)
    if _in_english_frame(folded):
        topic = " ".join(w for w in content_words(topic) if w not in _ENGLISH_OF_TERMS)
    return " ".join(_OF_ITEMS.sub(" ", topic).split()) if per_item else topic


def _spoken(question: str, folded: str) -> Lang:
    """Tell the language of what is asked, in the script in which it was typed."""
    if detect(folded) is Lang.EN or _in_english_frame(folded):
        return Lang.EN
    simplified = simplify(question)
    found = [(simplified.find(run), len(run)) for run in _HAN.findall(folded)]
    typed = "".join(question[at : at + length] for at, length in found if at >= 0)
    return detect(typed or "".join(_HAN.findall(question)))


def _in_english_frame(folded: str) -> bool:
    """Tell whether English asks about a subject in Chinese (Who leads 药品追溯 in Zhejiang?)."""
    words = re.findall(r"[a-z]+", folded.lower())
    return _ENGLISH_ASKING.search(folded) is not None and not ENGLISH.isdisjoint(words)


def _names_nations_unit(units: Sequence[UnitMention], unknown: str | None) -> bool:
    """Tell whether a question assumes an office of the nation: only its documents make it lead."""
    words = [mention.words for mention in units] + ([unknown] if unknown else [])
    return any(word.startswith(("国家", "国务院")) for word in words)


def _beside(masked: str, units: Sequence[UnitMention]) -> str:
    """Give what a question says besides the units that it names."""
    for mention in units:
        masked = masked[: mention.start] + " " * len(mention.words) + masked[mention.end :]
    return masked


def _without_unit(topic: str, names: Sequence[str]) -> str:
    """Leave out the unit that a question assumes to lead: it is no part of the subject."""
    for name in filter(None, names):
        topic = re.sub(f"[由是归]?{re.escape(name)}", " ", topic)
    return topic.strip()


def _in_mainland_words(question: str, folded: str, catalog: Catalog) -> str:
    """Read regional words of a question in traditional script that no document holds."""
    if detect(question) is not Lang.HANT:
        return folded
    return in_mainland_words(folded, catalog.mentioned)


def _mended(folded: str, scope: Scope, catalog: Catalog) -> str | None:
    """Mend mistyped characters of the subject; None where there are none."""
    if detect(folded) is Lang.EN:
        return None
    mended = folded
    for words in strip_asking(scope.masked).split():
        mended = mended.replace(words, catalog.mend(words))
    return mended if mended != folded else None


def _unknown_unit(masked: str) -> str | None:
    match = _UNKNOWN_UNIT.search(masked)
    if match is None:
        return None
    words = re.split("[由是归让请的些在有]", match[1])[-1]
    start, end = split_joint(words)[-1]
    return words[start:end]


def _items(folded: str, topic: str) -> tuple[str, ...]:
    """Give the subjects of a question that asks for several at once (甲和乙分别由谁牵头)."""
    if not _RESPECTIVELY.search(folded):
        return ()
    found = [part.strip() for part in _AND.split(topic) if len(part.strip()) >= _SHORTEST_ITEM]
    return tuple(found) if len(found) > 1 else ()


def _numbers(folded: str) -> tuple[int, ...]:
    found = []
    for match in _CLAUSE_NUMBER.finditer(folded):
        if folded[: match.start()].endswith("附件"):
            continue
        words = match[1] or match[3] or match[4]
        found.append(parse_number(words))
    return tuple(found)
