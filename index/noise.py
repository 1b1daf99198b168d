"""Tell a website's words from a document's own.

Previews, QR and download lines, navigation, page furniture, site footers, bookmarks and a
portal's own summary of a document are noise; a document's own imprint (印发, 此件公开发布) is not.
"""

import re

_LINE = re.compile(
    r"预览已结束|完整报告|^(?:https?://|www\.)\S*$|^原文链接|下载(?:文字|图片|原|PDF|Word|链接"
    r"|文件|附件)?版?$"
    r"|^邮政编码.*电话|ICP[备证]|公网安备|版权所有|^主办单位:|^承办单位:.{0,30}(?:联系|电话)"
    r"|网站标识码|^技术(?:支持)?:"
    r"|【?打印】?$|字体[::].*[大中小]|^【?字体|^分享(?:到|:|$)|^上一[篇条]|^下一[篇条]|扫一扫"
    r"|扫描二维码|^当前位置"
    r"|浏览次数|访问量|点击数|^(?:\*\*)?发[布表](?:日期|时间|机构)(?:\*\*)?:|^来源:|^信息来源"
    r"|^检索(?:时间|关键词)"
    r"|^索引号|^信息分类|^主题词|^名称:|^文\s*号:$|^统一编号|^实施日期:|^失效日期:|^文件状态"
    r"|^发布机关:|^责任编辑|^编辑:"
    r"|^\[bookmark:|^!?\[[^\]]*\]\(\s*https?://|^-{2,}$|^\*\s*\*\s*\*$|^打印本页|关闭(?:窗口"
    r"|本页)|^附件下载"
    r"|^政策解读|^【音频解读】|^相关(?:政策|文件|解读)|^首页$|^\|?首页|无障碍|长者助手"
    r"|^我的收藏|网络支持 ?IPv6|^\[?已结束\]?$"
    r"|微信扫|公众号|阅读原文|^点击上方|星标|^Image|^图片$|欢迎关注|往期回顾|精彩回顾|THE END"
    r"|\S\s+\d{4}-\d{2}-\d{2} \d{2}:\d{2}$|^返回顶部|^加入收藏|^手机版$|关注我们"
)
_INLINE = re.compile(r"\[bookmark:[^\]\n]*\]")
_FOOTER = re.compile(
    r"ICP[备证]|公网安备|版权所有|^主办单位:|网站标识码|预览已结束|^邮政编码.*电话|^上一[篇条]"
    r"|^下一[篇条]|^分享(?:到|:|$)"
    r"|^责任编辑|关闭(?:窗口|本页)|^打印本页|扫一扫|^附件下载|^相关(?:政策|文件|解读|链接)"
    r"|^\[[^\]]+\]\(https?://|^\*\*下载|^政策解读"
)
_META_KEY = re.compile(
    r"^[-*•·]?\s*(?:标题|名称|文件名称|文件编号|文档类型|公文种类|主题分类|主题词|发文机关"
    r"|发文字号|发布机构|发布机关|发布单位"
    r"|发布日期|发布时间|发文日期|成文日期|生成日期|公开日期|来源|信息来源|原文链接|原文|链接"
    r"|检索时间|检索关键词|索引号|索取号"
    r"|有效性|时效性|文件状态|效力状态|栏目|浏览次数|作者|Source|URL)\s*:\s*\S"
)
_TABLE_RULE = re.compile(r"^\|?[\s:\-]{3,}\|[\s|:\-]*$")  # |---|---|
_PAGE_WORDS = re.compile(
    r"^(?:基本信息|正文|文件内容|大|中|小|】|【字[号体]:?|字[号体]:?|收藏"
    r"|打印|\|)$|^<!--.*-->$"
    r"|^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?$"
)
_LONGEST_FURNITURE = 120
_SUMMARY_END = re.compile(r"(?:全文|原文|正文|详情|(?:具体)?(?:政策|内容))(?:具体)?如下[:。]?$")
_IN_FORCE = re.compile(r"自.{1,24}起(?:施行|实施|执行)")
_PREVIEW = re.compile(
    r"预览已结束|查看(?:全文|更多|完整)|阅读全文|余下全文|剩余.{0,6}未读"
    r"|未完待续|试读"
)


def is_noise_line(text: str) -> bool:
    """Tell whether a clean line is page furniture by its own words alone.

    Examples
    --------
    >>> [is_noise_line(t) for t in ("预览已结束,完整报告链接和二维码如下:", "(此件公开发布)")]
    [True, False]
    """
    if len(text) > _LONGEST_FURNITURE:
        return bool(_FOOTER.search(text))
    return bool(
        _LINE.search(text)
        or _META_KEY.match(text)
        or _PAGE_WORDS.match(text)
        or _TABLE_RULE.match(text)
    )


def sets_in_force(text: str) -> bool:
    """Tell whether a line says from when the document applies, as its last article does."""
    return bool(_IN_FORCE.search(text))


def is_footer(text: str) -> bool:
    """Tell whether a line opens a site's footer: nothing of the document follows it."""
    return bool(_FOOTER.search(text))


def ends_preview(text: str) -> bool:
    """Tell whether a line says that the text before it was cut off by the site."""
    return bool(_PREVIEW.search(text))


def is_portal_summary(text: str) -> bool:
    """Tell whether a paragraph before the title is a portal's summary (…具体政策如下:)."""
    return bool(_SUMMARY_END.search(text))


def inline_noise(text: str) -> list[tuple[int, int]]:
    """Give the spans of page furniture inside lines of a clean text."""
    return [match.span() for match in _INLINE.finditer(text)]
