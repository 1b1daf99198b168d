"""Tell which fact about a document itself a question asks for."""

import re
from enum import StrEnum


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


_FACTS: tuple[tuple[DocumentFact, re.Pattern[str]], ...] = (
    (
        DocumentFact.CONSULTATION,
        re.compile(
            r"(?:征求意见|反馈意见|意见反馈|征集意见).{0,12}(?:截止|期限|时间|到什么时候"
            r"|哪天|何时|邮箱|渠道|方式)|(?:comment|consultation) (?:period|deadline)",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.REPEAL,
        re.compile(
            r"废止|失效|有效期|(?:还|仍|现在|目前)(?:是否|算)?(?:有效|在用|管用|算数|执行)"
            r"|(?:施行|实施|执行|有效|管用?)(?:期限?)?(?:到|至|各)?(?:是)?"
            r"(?:多久|多长|几年|几个月|什么时候为止|哪年)"
            r"|(?:文件|意见|通知|办法|措施|政策|方案|规定)(?:什么时候|何时|哪天|几时)(?:到期|过期|失效)"
            r"|\b(?:repealed|expire[sd]?|until when|how long .{0,40}valid|valid until"
            r"|still (?:valid|in force))\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.BASIS,
        re.compile(
            r"(?:依据|根据|贯彻|落实|对应|参照|执行)(?:的)?(?:是|了)?(?:哪|什么"
            r"|国家哪)[^单部]{0,8}(?:文|件|份|个|部|意见|法|精神|规定)|上位(?:文件|法)|(?:制定"
            r"|起草|出台)(?:的)?依据|依据(?:的)?是什么|(?:依据|根据|落实|贯彻).{0,24}(?:吗"
            r"|是不是|是否)"
            r"|\b(?:based on which|which (?:national )?(?:document|opinion)s? (?:do|does|did|is"
            r"|are)|implement\w* which|legal basis|(?:basis|grounds) (?:of|for) the)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.NUMBER,
        re.compile(
            r"文号|发文字号|文件编号|文件号|几号文|多少号文?"
            r"|第?几号文?件?|document (?:number|no)\b|reference number"
            r"|\bdoc(?:\.|ument)? ?no\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.STATUS,
        re.compile(
            r"(?:正式|已经?|是否|有没有|是不是|还是|开始).{0,8}(?:实施|生效|印发|施行|发布|执行"
            r"|落地)(?:了?[吗没]|没有|[?？]|$|了没|.{0,6}稿)|(?:生效|施行|实施)(?:日期|时间"
            r"|了吗)|(?:什么时候|何时|哪天|几时|从何时|多会儿).{0,6}(?:生效|施行|实施|执行"
            r"|起效)"
            r"|征求意见稿(?:吗|还是|[?？])|是.{0,6}(?:草案|草稿|试行|暂行|正式文件|定稿|正式稿"
            r"|征求意见稿).{0,8}(?:吗|还是|[?？]|$)|(?:法律)?(?:效力|状态)(?:如何|是什么|怎样"
            r"|状态)?|定稿了|\b(?:in force|effective|in effect|come into|final(?:ised|ized)?"
            r"|a draft|draft or|draft stage|take effect|status)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.ISSUER,
        re.compile(
            r"(?:谁|哪个?(?:机关|单位|部门|政府|家)?|什么(?:机关|单位|部门))(?:、什么时候"
            r"|和什么时候|何时)?(?:印发|发布|发出|制发|下发|签发|落款|发的|发了)|(?:文件|意见"
            r"|通知|办法|条例|方案|措施|规定|预案|细则|稿子?)》?(?:是|由){0,2}(?:谁|哪个?(?:机关"
            r"|单位|部门|政府|家)?)(?:出台|制定|起草|审议|通过|公布|批准|发)|(?:发文|印发|发布|下发)(?:的)?(?:机关"
            r"|单位|部门|主体)"
            r"|落款(?!.{0,6}(?:哪天|时间|日期|什么时候|几号|哪年))|\b(?:who (?:issued|published"
            r"|released)|issu(?:ed by|er|ing (?:body|authority|office))"
            r"|which (?:\w+ ){0,2}issued)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.DATE,
        re.compile(
            r"落款[^谁?？]{0,6}(?:哪天|时间|日期|什么时候|几号|哪年)|(?:什么时候|何时|哪天"
            r"|哪一天|几月几[日号]|哪年|几时|啥时候|哪一年)(?:印发|发布|发出|下发|出台|公布"
            r"|发的|发布|成文|签发)|(?:印发|发布|成文|发文|下发|出台|公布)(?:的)?(?:日期|时间)"
            r"|(?:文件|意见|通知|措施|办法|方案|稿).{0,8}(?:哪天|什么时候|何时|几号|哪一天"
            r"|什么日期|哪年).{0,4}(?:发|出|印|的[?？]?$)|(?:是|于)(?:哪天|何时|什么时候"
            r"|哪年)(?:印发|发布|下发|出台|公布|发|成文)|(?:号|文件|意见|通知|措施|办法|方案)(?:文件?)?"
            r"是哪一?[天年]的|是几号的|(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?才?"
            r"(?:印发|发布|出台|下发)的?[吧吗么]|\b(?:when (?:was"
            r"|were) .{0,60}(?:issued|published|released|promulgated)|date of issue|issue date"
            r"|dated|publication date)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.ADDRESSEE,
        re.compile(
            r"主送|抄送|(?:发|印发|下发)给(?:了)?(?:谁|哪些)|(?:收文|发送)(?:对象|单位)"
            r"|\b(?:addressed to|addressees?|recipients?|copied to|sent to whom)\b",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.PUBLICITY,
        re.compile(
            r"(?:能|可以|可否|能否|是否|能不能|可不可以|要不要)(?:对外|向社会|主动)?公开"
            r"|公开(?:属性|方式|范围)|(?:此件|文件)(?:是否)?(?:主动)?公开[吗么?？]"
            r"|\b(?:made public|publicly available|disclos)",
            re.IGNORECASE,
        ),
    ),
    (
        DocumentFact.TITLE,
        re.compile(
            r"(?:文件|全|完整)(?:的)?(?:标题|题目|名称|名字)|(?:文件"
            r"|意见|通知|办法|方案|措施|稿子?|条例)(?:全称)?叫什么"
            r"|标题是|号(?:文件?)?的?(?:全称|名称|题目|全名)|\b(?:full title|title of the)\b",
            re.IGNORECASE,
        ),
    ),
)


def read_fact(folded: str) -> DocumentFact | None:
    """Give the fact about a document that a folded question asks for, if it asks for one.

    Examples
    --------
    >>> [read_fact(q) for q in ("山西的通知文号是多少?", "谁牵头?")]
    [<DocumentFact.NUMBER: 'number'>, None]
    """
    for fact, pattern in _FACTS:
        if pattern.search(folded):
            return fact
    return None
