"""Name the unnumbered parts of a document by their form: title, number, addressee, signature."""

import re

_CN_DATE = (
    r"[二一][〇○零OО一二三四五六七八九]{3}年"
    r"[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DATE = rf"(?:\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_CN_DATE})"
_DOCUMENT_NUMBER = re.compile(
    r"^[(]?(?:[\u4e00-\u9fff]{1,14}[〔\[【(]\d{4}[〕\]】)]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,20}令\s*第\s*\d+\s*号"
    r"|\d{4}年第\d+号|[\u4e00-\u9fff]{2,10}字第\s*\d+\s*号)[)]?$"
)
_TITLE_END = re.compile(
    r"(?:通知|意见|办法|规定|条例|细则|方案|措施|规划|计划|决定|公告|通告|通报|批复|的函|预案"
    r"|制度|规则|规范|准则|纲要|要点|指引"
    r"|指南|指导原则|章程|标准|目录|清单|分工表|名单|汇总表|一览表|实施法|[\u4e00-\u9fff]法"
    r"|若干政策|政策|Act|Regulations?|Measures|Law)"
    r"(?:》?(?:的通知|的公告|的函|的决定))?(?:\((?:试行|暂行|征求意见稿|草案|修订|修正|送审稿"
    r"|讨论稿|修订草案|第[一二三]类|[^()]{0,16}稿|[^()]{0,12}年[^()]{0,8}|[^()]{2,24}号)\))*$"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")  # 国 家 粮 食 应 急 预 案
_TITLE_START = re.compile(r"^.{0,60}关于")
_ORGANISATION = re.compile(
    r"^(?=.{2,40}$)[\u4e00-\u9fff()、 \u3000]+(?:政府|办公厅|办公室|委员会"
    r"|[局委厅院部署会社行办]|中心|公司)(?:\s.*)?$"
)
_SIGNED_DATE = re.compile(rf"^{_DATE}(?:\s*\(此件[^()]*\))?$")
_LIST_TITLE = re.compile(r"^[^。,;:]{4,60}(?:名单|分工表|汇总表|一览表|任务表|清单|目录)$")
_SIGNED = re.compile(rf"^[\u4e00-\u9fff()、 \u3000]{{2,40}}\s*{_DATE}$")
_IMPRINT = re.compile(
    rf"^\(?此件.{{0,8}}(?:公开|发布)|^\(?(?:主动公开|依申请公开|不予公开|公开方式"
    rf"|信息公开选项).{{0,12}}\)?$|{_DATE}\s*印发"
    r"|印发\s*$(?<=日印发)|^\(?本文有删减\)?$"
)
_ADDRESSEE = re.compile(
    r"^(?:各|省|市|县|区|国务院|中央|[\u4e00-\u9fff]{2,12}(?:人民政府|局|厅|委|部|省|市"
    r"|区)(?=[、,:]))[^。;]*:$"
)
_LETTERHEAD = re.compile(r"^[\u4e00-\u9fff]{4,30}(?:文件|公报)$")
_ATTACHMENTS = re.compile(r"^附\s*[件录表]?\s*:|^附\s*[件录]\s*\d{1,2}\s*:(?=.)")
_CLOSING = re.compile(
    r"^(?:以上|上述|本|此)(?:政策|措施|办法|通知|意见|方案|规定|细则|条例|实施|预案|规则|标准"
    r"|政策措施|若干)"
    r".{0,60}(?:施行|实施|执行|有效期|解释|生效|废止|为准)"
)
_CONTENTS = re.compile(r"^目\s*[录次]$")


def is_document_number(text: str) -> bool:
    """Tell whether a line is a document number and nothing else.

    Examples
    --------
    >>> is_document_number("浙政办发〔2021〕68号"), is_document_number("根据国发〔2019〕5号")
    (True, False)
    """
    return bool(_DOCUMENT_NUMBER.match(text)) and not text.startswith(("根据", "按照"))


def is_title(text: str) -> bool:
    """Tell whether a line reads like a document's whole title."""
    words = _SPACED.sub("", text)
    plain = len(words) <= 120 and not re.search(r"[。;,?!]|:(?!.*》)", words)  # noqa: PLR2004
    return plain and bool(_TITLE_END.search(words))


def is_list_title(text: str) -> bool:
    """Tell whether a line heads a list or table that a document ends with (…成员名单)."""
    return bool(_LIST_TITLE.match(text))


def opens_title(text: str) -> bool:
    """Tell whether a line may be the first of a title set on two lines."""
    return bool(_TITLE_START.match(text)) and not re.search(r"[。;:,]", text) and len(text) <= 80  # noqa: PLR2004


def is_organisation(text: str) -> bool:
    """Tell whether a line is the name of one office or of several, as a signature has it."""
    return bool(_ORGANISATION.match(text)) and not _TITLE_START.match(text)


def is_date(text: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    return bool(_SIGNED_DATE.match(text))


def is_signature(text: str) -> bool:
    """Tell whether a line is an office and a date, as a flattened signature has them."""
    return bool(_SIGNED.match(text)) and "印发" not in text


def is_imprint(text: str) -> bool:
    """Tell whether a line is a document's own publication note."""
    return bool(_IMPRINT.search(text)) and len(text) <= 80  # noqa: PLR2004


def is_addressee(text: str) -> bool:
    """Tell whether a line names those whom a document is sent to."""
    return bool(_ADDRESSEE.match(text)) and len(text) <= 200  # noqa: PLR2004


def is_copy_list(text: str) -> bool:
    """Tell whether a line opens the list of those who get a copy."""
    return text.startswith(("抄送", "主送", "分送"))


def is_letterhead(text: str) -> bool:
    """Tell whether a line is the printed head of an office's paper."""
    return bool(_LETTERHEAD.match(text))


def is_attachment_list(text: str) -> bool:
    """Tell whether a line lists what is attached (附件:1.…), rather than opening an annex."""
    return bool(_ATTACHMENTS.match(text))


def is_closing(text: str) -> bool:
    """Tell whether a line speaks for the whole document (本办法自印发之日起施行)."""
    return bool(_CLOSING.match(text))


def is_contents_title(text: str) -> bool:
    """Tell whether a line heads a table of contents."""
    return bool(_CONTENTS.match(text))


def is_table_row(text: str) -> bool:
    """Tell whether a line holds table cells, separated by tabs or vertical bars."""
    return text.count("\t") >= 2 or (text.count("|") >= 2 and not re.fullmatch(r"[\s|:\-]+", text))  # noqa: PLR2004
