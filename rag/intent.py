"""Tell what a question asks for, and strip the words that only ask from those that name."""

import re
from dataclasses import dataclass
from enum import StrEnum


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


class DocumentFact(StrEnum):
    """Which fact about a document is asked for."""

    NUMBER = "number"
    ISSUER = "issuer"
    DATE = "date"
    STATUS = "status"
    ADDRESSEE = "addressee"
    BASIS = "basis"
    TITLE = "title"
    PUBLICITY = "publicity"
    REPEAL = "repeal"
    CONSULTATION = "consultation"


_LEAD = re.compile(
    r"牵头|抓总|谁会同|会同谁|和谁会同|领头|带头(?:抓|做|落实|部门|单位)|挑头|总负责|总牵|谁[来]?主抓|主办单位|主办部门"
    r"|\b(?:lead(?:s|ing)?|led|leds|heads|head(?:ed)? up|spearhead\w*|in (?:the )?lead|coordinating (?:body|agency|unit)|in charge)\b",
    re.IGNORECASE,
)
_WHO = r"(?:谁|哪几[家个](?:单位|部门|委办局?|厅局)?|哪一?家|哪一?个(?:单位|部门|机构|委办局?|委|局|厅|处室|方|主体)?|哪些?(?:单位|部门|机构|委办局?|处室|方面|主体|局|家)|什么(?:单位|部门|机构|人))"
_UNITS = re.compile(
    rf"{_WHO}.{{0,14}}(?:负责|承担|配合|参与|参加|落实|主管|管|抓|做|办|牵|实施|建设|制定|组织|推进|协助|干|监管)"
    rf"|(?:归|由|找|让|靠|轮到){_WHO}|(?:责任|负责|参与|配合|协助|承办|实施|主管|监管|协办|落实)的?(?:单位|部门|主体|机构|方)"
    rf"|(?:单位|部门|委办局?).{{0,6}}(?:有哪些|是哪些|有哪几|包括|名单|有谁|是谁)|{_WHO}说了算|{_WHO}的(?:活|事|职责|责任)|(?:责任|职责)?分工|找谁|谁管|谁配合"
    rf"|(?:列了|涉及|写了|点名|包括|有)(?:到|了)?(?:哪些|哪几个|几个|多少个?)(?:成员|相关|配合|参与|责任|主管|具体)?(?:单位|部门|委办局?|部委|厅局|机构|局|委)|(?:单位|部门|工作|事|活儿?|任务|监管|建设|管理)(?:是|归|在){_WHO}[?？。]?$|都?有谁|(?:是|归)?哪一?家的|是谁的(?:活|事|职责|任务)|哪些(?:单位|部门|委办局?|厅局)|(?:几家|几个|多少)(?:单位|部门)"
    r"|(?:由|归|让|该|要|应|是|找){_WHO}[^,。?？]{0,6}[?？。]?$|{_WHO}(?:来)?[^,。?？]{0,3}[?？。]?$"
    r"|\b(?:responsible|which (?:\w+ ){0,2}(?:bod(?:y|ies)|units?|agenc(?:y|ies)|departments?|authorit(?:y|ies)|office|bureaus?)"
    r"|who (?:is|are|should|must|will|handles?|runs?|does|takes? care|oversees?|manages?|carries)|participat\w+|take part|involved|responsibilit(?:y|ies))\b",
    re.IGNORECASE,
)
_TASKS = re.compile(
    r"(?:牵头|参与|负责|承担|配合|管|涉及|分管|主抓|落实|协助|挑头干?|要做|要干|分到|领到|摊上|出现在|列在|列入|排在)(?:了|着|的)?(?:都?有?|是|到)?"
    r"(?:哪|什么|几[项条件个样]|多少[项条件个])"
    r"|(?:活儿?|任务|工作|事项?|条款|项目)[^?？。]{0,8}(?:哪几|哪些|几[样项件条个]|什么)|哪几[样项件条]|哪些是(?:牵头|参与|配合)"
    r"|(?:哪些|哪几?[项条个件]|什么|几[项条件]|多少[项条件])(?:的)?(?:任务|工作|事项|职责|条款|措施|事情|活|条|项|事).{0,12}"
    r"(?:牵头|负责|参与|承担|配合|列|由|归)?|(?:哪一?[块项条]|哪几[块项条]|什么活|什么事|干什么|做什么|管什么|管啥|干啥|做哪些|管哪些)"
    r"|(?:任务|职责|工作|分工)(?:有哪些|是什么|有什么|有几|清单|都有|包括)|(?:参与|牵头)的(?:任务|工作|事项)"
    r"|\b(?:which|what) (?:\w+ ){0,2}(?:tasks?|items?|duties|measures|work|clauses)\b|\bwhat (?:does|is|do|are)\b.{0,60}\b(?:do|lead|handle|responsible for|in charge of|take part in|involved in|have to do)\b",
    re.IGNORECASE,
)
# A person, not an office: 法定代表人是谁.
_PERSON = re.compile(r"(?:代表人|负责人|联系人|局长|厅长|市长|省长|主任|书记|院长|经理|专家|领导|组长|召集人|姓名|人选)(?:都)?(?:是|叫|有)?(?:谁|哪些人|什么名字)")
_LISTED_UNITS = re.compile(r"(?:责任|参与|配合|成员)(?:单位|部门)|[几多少哪些][家个]?(?:单位|部门|委办局)|哪几家")
_AS_MEMBER = re.compile(r"参与|配合|协助|参加|协办|\b(?:take part|participat\w+|support|involved)\b", re.IGNORECASE)
_TARGET = re.compile(
    r"多少|百分之几|(?<!哪)几(?=[个家年项天种次名类大倍成月台所条批人日周位]|工作日|亿|万|千|百)|哪年|哪一年|哪几年|何时|什么时候|啥时候|什么时间|何年"
    r"|期限|时限|截止|多久|多长|多大比例|几成|目标(?:是|值|为|有|[?？。]|$)|(?:要|得|应|需)?达到什么|比例(?:是|要|为)|[率值额数量]是$|几月|多快|最高(?:补|奖|不超过)|上限|下限|标准是(?:什么|多少|$)"
    r"|\b(?:how many|how much|how long|how soon|when|deadline|targets?|within (?:how|what)|by what (?:year|date)|by when|percentage|percent|rates?|what (?:year|date|share|proportion|rate|amount|percent|number))\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"是?什么意思|(?:具体)?(?:是)?指(?:的)?(?:是)?(?:什么|啥|哪)|说的是(?:什么|啥)|什么叫|什么是|何谓|何为|怎么?定义|如何定义|定义(?:是|为)?|含义|(?:怎么|如何)(?:解释|理解)|解释一?下"
    r"|是哪(?:几|[二三四五六七八九十百\d]+)[个大项种类方张“\"]|全称|[”」》\"](?:行动|工程|计划|机制|体系|模式|平台|原则)?是(?:什么|啥|做什么|干什么|干嘛)|指(?:的)?(?:哪|什么)|算是什么"
    r"|\b(?:what (?:does|do|is|are) .{1,80}\b(?:mean|stand for|consist of|refer to|comprise)|what is meant|define[ds]?|definition|meaning of|explain)\b",
    re.IGNORECASE,
)
_FACTS: tuple[tuple[DocumentFact, re.Pattern[str]], ...] = (
    (
        DocumentFact.CONSULTATION,
        re.compile(r"(?:征求意见|反馈意见|意见反馈|征集意见).{0,12}(?:截止|期限|时间|到什么时候|哪天|何时|邮箱|渠道|方式)|(?:comment|consultation) (?:period|deadline)", re.IGNORECASE),
    ),
    (DocumentFact.REPEAL, re.compile(r"废止|失效|(?:还|仍|现在|目前)(?:是否|算)?(?:有效|在用|管用|算数|执行)|有效期|(?:施行|实施|执行|有效|管用?)(?:期限?)?(?:到|至|各)?(?:是)?(?:多久|多长|几年|几个月|什么时候为止|哪年)|(?:什么时候|何时|哪天|几时|多久)(?:到期|截止|过期|失效)|到期|\b(?:repealed|expire[sd]?|until when|how long .{0,40}valid|valid until|still (?:valid|in force))\b", re.IGNORECASE)),
    (
        DocumentFact.BASIS,
        re.compile(
            r"(?:依据|根据|贯彻|落实|对应|参照|执行)(?:的)?(?:是|了)?(?:哪|什么|国家哪)[^单部]{0,8}(?:文|件|份|个|部|意见|法|精神|规定)|上位(?:文件|法)|(?:制定|起草|出台)(?:的)?依据|依据(?:的)?是什么|(?:依据|根据|落实|贯彻).{0,24}(?:吗|是不是|是否)"
            r"|\b(?:based on which|which (?:national )?(?:document|opinion)s? (?:do|does|did|is|are)|implement\w* which|legal basis|(?:basis|grounds) (?:of|for) the)\b",
            re.IGNORECASE,
        ),
    ),
    (DocumentFact.NUMBER, re.compile(r"文号|发文字号|文件编号|文件号|几号文|多少号文?|第?几号文?件?|document (?:number|no)\b|reference number|\bdoc(?:\.|ument)? ?no\b", re.IGNORECASE)),
    (
        DocumentFact.STATUS,
        re.compile(
            r"(?:正式|已经?|是否|有没有|是不是|还是|开始).{0,8}(?:实施|生效|印发|施行|发布|执行|落地)(?:了?[吗没]|没有|[?？]|$|了没|.{0,6}稿)|(?:生效|施行|实施)(?:日期|时间|了吗)|(?:什么时候|何时|哪天|几时|从何时|多会儿).{0,6}(?:生效|施行|实施|执行|起效)"
            r"|征求意见稿(?:吗|还是|[?？])|是.{0,6}(?:草案|草稿|试行|暂行|正式文件|定稿|正式稿|征求意见稿).{0,8}(?:吗|还是|[?？]|$)|(?:法律)?(?:效力|状态)(?:如何|是什么|怎样|状态)?|定稿了|\b(?:in force|effective|in effect|come into|final(?:ised|ized)?|a draft|draft or|draft stage|take effect|status)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.ISSUER,
        re.compile(
            r"(?:谁|哪个?(?:机关|单位|部门|政府|家)?|什么(?:机关|单位|部门))(?:、什么时候|和什么时候|何时)?(?:印发|发布|发出|制发|下发|签发|落款|发的|发了)|(?:文件|意见|通知|办法|条例|方案|措施|规定|预案|细则|稿子?)(?:是|由){0,2}(?:谁|哪个?(?:机关|单位|部门|政府|家)?)(?:出台|制定|起草|发)|(?:发文|印发|发布|下发)(?:的)?(?:机关|单位|部门|主体)"
            r"|落款(?!.{0,6}(?:哪天|时间|日期|什么时候|几号|哪年))|\b(?:who (?:issued|published|released)|issu(?:ed by|er|ing (?:body|authority|office))|which (?:\w+ ){0,2}issued)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.DATE,
        re.compile(
            r"落款[^谁?？]{0,6}(?:哪天|时间|日期|什么时候|几号|哪年)|(?:什么时候|何时|哪天|哪一天|几月几[日号]|哪年|几时|啥时候|哪一年)(?:印发|发布|发出|下发|出台|公布|发的|发布|成文|签发)|(?:印发|发布|成文|发文|下发|出台|公布)(?:的)?(?:日期|时间)"
            r"|(?:文件|意见|通知|措施|办法|方案|稿).{0,8}(?:哪天|什么时候|何时|几号|哪一天|什么日期|哪年).{0,4}(?:发|出|印|的[?？]?$)|(?:是|于)(?:哪天|何时|什么时候|哪年)(?:印发|发布|下发|出台|公布|发|成文)|\b(?:when (?:was|were) .{0,60}(?:issued|published|released|promulgated)|date of issue|issue date|dated|publication date)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.ADDRESSEE,
        re.compile(r"主送|抄送|(?:发|印发|下发)给(?:了)?(?:谁|哪些)|(?:收文|发送)(?:对象|单位)|\b(?:addressed to|addressees?|recipients?|copied to|sent to whom)\b", re.IGNORECASE),
    ),
    (
        DocumentFact.PUBLICITY,
        re.compile(r"(?:能|可以|可否|能否|是否|能不能|可不可以|要不要)(?:对外|向社会|主动)?公开|公开(?:属性|方式|范围)|(?:此件|文件)(?:是否)?(?:主动)?公开[吗么?？]|\b(?:made public|publicly available|disclos)", re.IGNORECASE),
    ),
    (DocumentFact.TITLE, re.compile(r"(?:文件|全|完整)(?:的)?(?:标题|题目|名称|名字)|(?:文件|意见|通知|办法|方案|措施|稿子?|条例)(?:全称)?叫什么|标题是|\b(?:full title|title of the)\b", re.IGNORECASE)),
)
_COVERAGE = re.compile(
    r"(?:哪些|哪几[份个]|哪一?份|几份|多少份)(?:文件|意见|通知|办法|地方的文件|政策|稿)|(?:五|5|几)份文件(?:里|中)?|哪些(?:地方|省市?|地区|省份|城市).{0,16}(?:提到|写|规定|提出|要求)|\b(?:which|how many) (?:of the )?(?:\w+ ){0,2}(?:documents?|policies|files)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"分别|各自|各是|各(?:怎么|如何)|有(?:什么|何|哪些)(?:不同|区别|差别|差异|异同)|(?:的)?(?:区别|差别|差异|异同|不同)(?:是|在|[?？。]|$)|对比|比较|相比|都(?:怎么|如何|是怎么)?(?:写|规定|说|要求)|都(?:写|提|有)了?[吗没]|哪个更|谁更|\b(?:both|compare[ds]?|comparison|differ\w*|respectively|versus|vs|each of)\b",
    re.IGNORECASE,
)
_PREMISE = re.compile(
    r"(?:是不是|是否|为什么|为何|凭什么|难道|怎么).{0,24}(?:牵头|负责|主抓|主责)|(?:牵头|负责|主抓)(?:的|单位)?(?:吗|么|吧|对吗|对不对|是不是|没错吧)"
    r"|\b(?:is it|isn't it|why (?:does|is|do)|does .{0,60} lead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question asks: its intent and what goes with that intent."""

    intent: Intent
    role: Role = Role.EITHER
    fact: DocumentFact | None = None
    each: bool = False
    premise: bool = False
    wants_lead: bool = False


def read_intent(folded: str, *, names_unit: bool, in_quotes: bool) -> Ask:
    """Read the intent of a folded question.

    ``names_unit`` says that it names a unit of the index, ``in_quotes`` that it quotes a term.
    """
    each = bool(_EACH.search(folded))
    lead = bool(_LEAD.search(folded))
    units = bool(_UNITS.search(folded))
    premise = names_unit and bool(_PREMISE.search(folded))
    units = units and not _PERSON.search(folded)
    if _COVERAGE.search(folded) and not lead:
        return Ask(Intent.COVERAGE, each=each)
    if names_unit and _TASKS.search(folded) and not premise:
        return Ask(Intent.TASKS, role=_role(folded, lead=lead), each=each, wants_lead=lead)
    fact = _fact(folded, units=units, lead=lead)
    if fact is not None:
        return Ask(Intent.DOCUMENT, fact=fact, each=each)
    if lead:
        return Ask(Intent.LEAD, each=each, premise=premise, wants_lead=True)
    if _DEFINITION.search(folded):
        return Ask(Intent.DEFINITION, each=each)
    if units and (_LISTED_UNITS.search(folded) or not _TARGET.search(folded)):
        return Ask(Intent.UNITS, each=each, premise=premise)
    if _TARGET.search(folded):
        return Ask(Intent.TARGET, each=each)
    if units:
        return Ask(Intent.UNITS, each=each, premise=premise)
    return Ask(Intent.CONTENT, each=each)


def _role(folded: str, *, lead: bool) -> Role:
    member = bool(_AS_MEMBER.search(folded))
    if lead == member:
        return Role.EITHER
    return Role.LEAD if lead else Role.MEMBER


def _fact(folded: str, *, units: bool, lead: bool) -> DocumentFact | None:
    for fact, pattern in _FACTS:
        if pattern.search(folded) and not lead:
            return fact
    return None


_ASKING = re.compile(
    rf"请问|请告诉我|请|帮(?:我|忙)?(?:查|看|找)?(?:一?下)?|想(?:问|了解|知道|咨询|请教)(?:一?下)?|麻烦|您好|你好|我们?想|谢谢|查一?下|说说|告诉我|一下"
    rf"|(?:应该?|具体|到底|究竟|主要|一共|总共|分别|各自|目前|现在|要|得|是|都)?(?:由|归|让|找|靠|被|该)?{_WHO}(?:来|去)?(?:主要|总|具体|共同)?(?:负责|牵头|承担|主管|管|抓|领头|带头|配合|参与|做|落实|主抓|说了算)*"
    r"|牵头(?:单位|部门|人)?|责任(?:单位|部门|主体)|负责(?:单位|部门)?|配合(?:单位|部门)?|参与(?:单位|部门)?|(?:职责|责任)?分工|列了|单位|部门|委办"
    r"|是?什么意思|指的?是?(?:什么|啥)|说的是(?:什么|啥)|是(?:做|干)?(?:什么|啥)的?|什么叫|(?:怎么|如何|怎样)(?:规定|写|要求|说|做|办|安排|处理|把关|界定|解释|理解)?的?|有(?:什么|哪些|何|没有|无)(?:规定|要求|内容|措施|安排|不同|区别|差别|差异|说法|特点)?|的?(?:提法|说法|表述|写法|规定|要求)(?=有|是|$)|各是"
    r"|哪(?:些|几个?|个|一?[项条块份]|里|儿)|什么(?:时候|样|时间)?|为什么|为何|多少|多久|多长|几(?=[个家年项天种次名类大月])|何时|啥|吗|呢|吧|么|嘛|呀|啊"
    r"|这(?:份|个|项|件|些|活儿?|事儿?|块|条|里|方面|一条)|那(?:份|个|项|件|些)|(?:文件|意见|通知|措施|方案|办法|征求意见稿|草案|稿子?)(?:里|中|里面|当中|上|的)|(?:里面|里头|当中)|的?文件(?:里面?|中|当中|上)?|关于|对于|按照|根据|有关|方面|是否|是不是|能不能|可不可以|可以|能否|应当|应该|需要|要求|规定|内容|情况"
)
_ENGLISH_STOP = frozenset(
    "a an the of to in on at for by with from into over under and or but is are was were be been being do does did has have had "
    "will would should shall can could may might must who whom whose which what when where why how many much long that this these those it its "
    "there their they them he she his her we our you your i my me as about within according please tell lead leads leading led unit units body bodies "
    "agency agencies department departments responsible responsibility charge document documents say says said state states stated mention mentions "
    "each both between difference differences compare respectively not any all some other such so if than then also only does following take takes "
    "part taking province provincial city municipal national own set".split()
)


def strip_asking(folded: str) -> str:
    """Give the words of a question that name its subject, separated by single spaces.

    Examples
    --------
    >>> strip_asking("请问药品零售智能监管系统由谁牵头建设?")
    '药品零售智能监管系统 建设'
    """
    words = _ASKING.sub(" ", folded)
    return re.sub(r"\s+", " ", re.sub(r"[?？。！!,，、;；:：“”\"‘’'《》()（）]", " ", words)).strip()


def content_words(text: str) -> list[str]:
    """Give the lower-case English words of ``text`` that carry meaning, and its Chinese ones."""
    words = re.findall(r"[A-Za-z][A-Za-z\-]+|\d+(?:\.\d+)?%?|[\u3400-\u9fff]+", text)
    return [word.lower() for word in words if word.lower() not in _ENGLISH_STOP]
