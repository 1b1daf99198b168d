"""Tell what a question asks for."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.document_facts import DocumentFact, read_fact
from rag.subject import WHO


class Intent(StrEnum):
    """What a question wants to know."""

    LEAD = "lead"
    UNITS = "units"
    TASKS = "tasks"
    TARGET = "target"
    DEFINITION = "definition"
    DOCUMENT = "document"
    COVERAGE = "coverage"
    CONTENT = "content"


class Role(StrEnum):
    """In which role a unit's tasks are asked for."""

    LEAD = "lead"
    MEMBER = "member"
    EITHER = "either"


_LEAD = re.compile(
    r"牵头|抓总|谁会同|会同谁|和谁会同|领头|带头(?:抓|做|落实|的?部门|的?单位|的是)|[谁家部局委]?打头[?？]?$|挑头|总负责|总牵"
    r"|谁[来]?主抓|主办单位|主办部门"
    r"|\b(?:lead(?:s|ing)?|led|leds|heads|head(?:ed)? up|spearhead\w*|in (?:the )?lead"
    r"|coordinating (?:body|agency|unit)|in charge)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(
    rf"{WHO}.{{0,14}}(?:负责|承担|配合|参与|参加|落实|主管|管|抓|做|办|牵|实施|建设|制定|组织"
    rf"|推进|协助|干|监管)"
    rf"|(?:归|由|找|让|靠|轮到){WHO}|(?:责任|负责|参与|配合|协助|承办|实施|主管|监管|协办"
    rf"|落实)的?(?:单位|部门|主体|机构|方)"
    rf"|(?:单位|部门|委办局?).{{0,6}}(?:有哪些|是哪些|有哪几|包括|名单|有谁|是谁)|{WHO}说了算"
    rf"|{WHO}(?:一起|共同|联手|合力|联合)|(?:涉及|列出|列明|点名)的(?:单位|部门)"
    rf"|{WHO}的(?:活|事|职责|责任)|(?:责任|职责)?分工|找谁|谁管|谁配合"
    rf"|(?:列了|涉及|写了|点名|包括|有)(?:到|了)?(?:哪些|哪几个|几个|多少个?)(?:成员|相关|配合"
    rf"|参与|责任|主管|具体)?(?:单位|部门|委办局?|部委|厅局|机构|局|委)|(?:单位|部门|工作|事"
    rf"|活儿?|任务|监管|建设|管理)(?:是|归|在){WHO}[?？。]?$|都?有谁|(?:是|归)?哪一?家的"
    rf"|是谁的(?:活|事|职责|任务)|哪些(?:单位|部门|委办局?|厅局)|(?:几家|几个|多少)(?:单位"
    rf"|部门)"
    r"|(?:由|归|让|该|要|应|是|找){WHO}[^,。?？]{0,6}[?？。]?$"
    r"|{WHO}(?:来)?[^,。?？]{0,3}[?？。]?$"
    r"|\b(?:responsible|which (?:\w+ ){0,2}(?:bod(?:y|ies)|units?|agenc(?:y|ies)|departments?"
    r"|authorit(?:y|ies)|office|bureaus?)"
    r"|(?:every|all(?: the)?|list (?:the|every|all)) (?:units?|departments?|agencies|bodies)"
    r"|who (?!(?:benefit|qualif|count|need|want|live|work|get|receive)\w*)(?:is|are|should|must"
    r"|will|does|takes? care|[a-z]+s)|participat\w+|take part|involved|responsibilit(?:y|ies))\b",
    re.IGNORECASE,
)
_TASKS = re.compile(
    r"(?:牵头|参与|负责|承担|配合|指导|管|涉及|分管|主抓|落实|协助|挑头干?|要做|要干|分到|领到|摊上"
    r"|出现在|列在|列入|排在)(?:了|着|的)?(?:都?有?|是|到)?"
    r"(?:哪|什么|几[项条件个样]|多少[项条件个])"
    r"|(?:活儿?|任务|工作|事项?|条款|项目)[^?？。]{0,8}(?:哪几|哪些|几[样项件条个]|什么)"
    r"|哪几[样项件条]|哪些是(?:牵头|参与|配合)|有(?:什么|哪些|何)(?:任务|职责|分工)"
    r"|(?:哪些|哪几?[项条个件]|什么|几[项条件]|多少[项条件])(?:的)?(?:任务|工作|事项|职责|条款"
    r"|措施|事情|活|条|项|事).{0,12}"
    r"(?:牵头|负责|参与|承担|配合|列|由|归)?|(?:哪一?[块项条]|哪几[块项条]|什么活|什么事|干什么"
    r"|做什么|管什么|管啥|干啥|做哪些|管哪些)"
    r"|(?:任务|职责|工作|分工)(?:有哪些|是什么|是啥|有什么|有啥|有几|清单|都有|包括)|(?:参与"
    r"|牵头|挑头|领头|主抓)的(?:任务|工作|事项)"
    r"|\b(?:which|what) (?:\w+ ){0,2}(?:tasks?|items?|duties|measures|work|clauses)\b"
    r"|\bwhat (?:is|are)\b.{0,80}\broles?\b"
    r"|\b(?:which|what) of\b.{0,40}\b(?:tasks?|items?|measures)\b"
    r"|\bwhere (?:does|do|is|are)\b.{0,90}\b(?:appear|listed|named)\b"
    r"|\bin which\b.{0,90}\b(?:units?|leads?|part|responsible|involved|listed)\b"
    r"|\bwhat (?:does|is|do|are)\b.{0,60}\b(?:do|lead|handle|responsible for|in charge of"
    r"|take part in|involved in|have to do)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"[哪那]几?[些项条个件]|什么(?:任务|工作|事)|\b(?:which|what)\b", re.IGNORECASE)
# 哪些任务不是市场监管局牵头的, 除了药监局还有…
_WITHOUT = re.compile(
    r"(?:不|没有?|并非|非)(?:是|由|归|让|属于)[^,。?？]{0,24}(?:牵头|负责|主抓|领头|管)"
    r"|\b(?:not|other than|n't)\b[^.?]{0,40}\b(?:lead|led|leads|leading|headed)\b"
    r"|\b(?:led|headed) by (?:a |an |some )?(?:body |unit |agency |department |bureau )?"
    r"other than\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:只有?|仅有?|唯有|就)[^,。?？]{1,24}(?:一家|一个单位|单独|独自|自己)|(?:单独|独自|独家)(?:负责|承担|牵头|管)"
    r"|(?:只|仅)由[^,。?？]{1,24}(?:负责|承担|管)"
    r"|\b(?:alone|solely|sole responsible|only by|on its own)\b",
    re.IGNORECASE,
)
# A person, not an office: 法定代表人是谁.
_PERSON = re.compile(
    r"(?:代表人|负责人|联系人|局长|厅长|市长|省长|主任|书记|院长|经理|专家"
    r"|领导|组长|召集人|姓名|人选)(?:都)?(?:是|叫|有)?(?:谁|哪些人|什么名字)"
)
_LISTED_UNITS = re.compile(
    r"(?:责任|参与|配合|成员)(?:单位|部门)|[几多少哪些][家个]?(?:单位"
    r"|部门|委办局)|哪几家"
)
_AS_MEMBER = re.compile(
    r"参与|配合|协助|参加|协办|\b(?:take part|participat\w+|support"
    r"|involved)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"多少|百分之几|(?<!哪)几(?=[个家年项天种次名类大倍成月台所条批人日周位]|工作日|亿|万|千"
    r"|百)|哪年|哪一年|哪几年|何时|什么时候|啥时候|什么时间|何年"
    r"|期限|时限|截止|多久|多长|多大比例|几成|目标(?:是|值|为|有|[?？。]|$)|(?:要|得|应"
    r"|需)?达到什么|比例(?:是|要|为)|[率值额数量]是$|几月|多快|最高(?:补|奖|不超过)|上限|下限"
    r"|标准是(?:什么|多少|$)"
    r"|(?:有没有|是否|有无|没有|未)[^,。?？]{0,30}(?:年限|时限|期限|时间表|时间节点|比例|[率]|金额"
    r"|预算|额度|数量|名额|上限|下限|指标)"
    r"|\b(?:how many|how much|how long|how soon|when|deadline|targets?|within (?:how|what)"
    r"|by what (?:year|date)|by when|percentage|percent|rates?|what (?:year|date|share"
    r"|proportion|rate|amount|percent|number))\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"是?什么意思|(?:具体)?(?:是)?指(?:的)?(?:是)?(?:什么|啥|哪)|说的是(?:什么|啥)|什么叫"
    r"|什么是|何谓|何为|怎么?定义|如何定义|定义(?:是|为)?|含义|(?:怎么|如何)(?:解释|理解)"
    r"|解释一?下|怎么个[^,。?？]{1,4}法"
    r"|(?<!单位)(?<!部门)是哪(?:几|[二三四五六七八九十百\d]+)(?!个?(?:单位|部门|委办|厅|局|委|家))[^年月日天\s]|全称|[”」》\"](?:行动|工程|计划"
    r"|机制|体系|模式|平台|原则)?是(?:什么|啥|做什么|干什么|干嘛)|指(?:的)?(?:哪|什么)|算是什么"
    r"|\bwhat (?:is|are) (?:the |a )?[\"“]|\b(?:what (?:does|do|is|are) .{1,80}\b(?:mean"
    r"|stand for|consist of|refer to|comprise)"
    r"|what exactly (?:is|are)|what is meant|define[ds]?|definition|meaning of|explain)\b",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"(?:哪些|哪几[份个]|哪一?份|几份|多少份)(?:文件|意见|通知|办法|地方的文件|政策|稿)|(?:五|5"
    r"|几)份文件(?:里|中)?|哪些(?:地方|省市?|地区|省份|城市).{0,16}(?:提到|写|规定|提出|要求)"
    r"|\b(?:which|how many) (?:of the )?(?:\w+ ){0,2}(?:documents?|policies|files)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"分别|各自|各是|各(?:怎么|如何)|有(?:什么|何|哪些)(?:不同|区别|差别|差异|异同)"
    r"|(?:的)?(?:区别|差别|差异|异同|不同)(?:是|在|[?？。]|$)|对比|比较|相比|都(?:怎么|如何"
    r"|是怎么)?(?:写|规定|说|要求)|都(?:写|提|有)了?[吗没]|哪个更|谁更|\b(?:both|compare[ds]?"
    r"|comparison|differ\w*|respectively|versus|vs|each of)\b",
    re.IGNORECASE,
)
_PREMISE = re.compile(
    r"(?:是不是|是否|为什么|为何|凭什么|难道|怎么).{0,24}(?:牵头|负责|主抓|主责)|(?:牵头|负责"
    r"|主抓)(?:的|单位)?,?(?:吗|么|吧|对吗|对不对|是不是|没错吧)"
    r"|\b(?:is it|isn't it|why (?:does|is|do)"
    r"|(?<!what )(?<!which )does .{0,60} lead(?! any\b))\b"
    r"|^(?:is|are) .{1,60}\bthe lead\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question asks: its intent and what goes with that intent.

    ``without`` says that the tasks are asked for that a unit does not lead, ``alone`` those that
    are its alone.
    """

    intent: Intent
    role: Role = Role.EITHER
    fact: DocumentFact | None = None
    each: bool = False
    premise: bool = False
    wants_lead: bool = False
    without: bool = False
    alone: bool = False


def read_intent(folded: str, *, names_unit: bool) -> Ask:
    """Read the intent of a folded question; ``names_unit`` says that it names a unit."""
    each = bool(_EACH.search(folded))
    lead = bool(_LEAD.search(folded))
    premise = names_unit and bool(_PREMISE.search(folded))
    without, alone = bool(_WITHOUT.search(folded)), bool(_ALONE.search(folded))
    asks_tasks = bool(_TASKS.search(folded)) or ((without or alone) and bool(_WHICH.search(folded)))
    if names_unit and not premise and asks_tasks and not _COVERAGE.search(folded):
        role = _role(folded, lead=lead)
        return Ask(
            Intent.TASKS, role=role, each=each, wants_lead=lead, without=without, alone=alone
        )
    if lead:
        return Ask(Intent.LEAD, each=each, premise=premise, wants_lead=True)
    fact = read_fact(folded)
    if _COVERAGE.search(folded) and fact is not DocumentFact.BASIS:
        return Ask(Intent.COVERAGE, each=each)
    if fact is not None:
        return Ask(Intent.DOCUMENT, fact=fact, each=each)
    return Ask(_plain_intent(folded), each=each, premise=premise)


def _plain_intent(folded: str) -> Intent:
    """Tell apart what is left: a term, units without a lead, a figure, or any content."""
    if _DEFINITION.search(folded):
        return Intent.DEFINITION
    target = bool(_TARGET.search(folded))
    if _UNITS.search(folded) and not _PERSON.search(folded):
        return Intent.UNITS if not target or _LISTED_UNITS.search(folded) else Intent.TARGET
    return Intent.TARGET if target else Intent.CONTENT


def _role(folded: str, *, lead: bool) -> Role:
    member = bool(_AS_MEMBER.search(folded))
    if lead == member:
        return Role.EITHER
    return Role.LEAD if lead else Role.MEMBER
