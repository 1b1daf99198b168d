"""Which unnumbered part of a document a question asks for: to whom it goes, who issued it."""

import re
from typing import Final

from index.records import ClauseKind

_ISSUED: Final = frozenset({ClauseKind.SIGNATURE, ClauseKind.IMPRINT})
_ASKED: Final[tuple[tuple[frozenset[ClauseKind], re.Pattern[str]], ...]] = (
    (
        frozenset({ClauseKind.ADDRESSEE}),
        re.compile(
            r"主送|(?:发|印发|下发|发送|寄|通知)(?:给|到|至)了?(?:谁|哪|什么)|(?:发|写)给谁|受文"
            r"|addressee|address(?:ed)? to|(?:sent|directed|circulated|issued|distributed) to"
            r"|who(?:m)? (?:is|was) .{0,40} (?:sent|addressed|meant) (?:to|for)"
        ),
    ),
    (
        frozenset({ClauseKind.COPY_LIST}),
        re.compile(r"抄送|抄报|copied to|\bcc\b|copy list|copies (?:went|were sent) to"),
    ),
    (
        _ISSUED,
        re.compile(
            r"落款|成文|署名|盖章|(?:谁|哪[个家些]?(?:单位|部门|机关|政府)?)(?:联合)?(?:印发|发布|制发|发文"
            r"|出台|颁布|公布|签发|发的)|(?:印发|发布|发文|出台|颁布|公布|制发)(?:的)?(?:单位|机关|部门"
            r"|机构|日期|时间)|(?:什么时候|何时|哪天|哪年|哪一年|几号|几月)(?:印发|发布|发的|出台|颁布"
            r"|公布|下发)|联合(?:印发|发文|发布)|(?:co-?|jointly )?(?:issued|issues|promulgated"
            r"|published|released|signed|co-?issue)|issuer|issuing|dated"
        ),
    ),
    (
        frozenset({ClauseKind.NUMBER}),
        re.compile(
            r"文号|发文字号|文件编号|几号文|多少号"
            r"|(?:document|reference|file|doc)\.? n(?:umber|o)\b"
        ),
    ),
    (
        frozenset({ClauseKind.TITLE}),
        re.compile(r"全称|文件名|全名|(?:标题|题目|名称)(?:是|叫)|叫什么|full (?:title|name)"),
    ),
)


def asked_parts(folded: str) -> frozenset[ClauseKind]:
    """Give the kinds of parts that a question, in search form, asks for; most ask for none.

    Examples
    --------
    >>> sorted(asked_parts("这份通知主送哪些单位?"))
    [<ClauseKind.ADDRESSEE: 'addressee'>]
    >>> asked_parts("谁牵头?")
    frozenset()
    """
    text = folded.lower()
    return frozenset().union(*(kinds for kinds, words in _ASKED if words.search(text)))
