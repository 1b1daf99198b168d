"""Strip the words of a question that only ask from those that name its subject."""

import re

# Who is asked for: 谁, 哪家, 哪个部门, 哪些单位 …
WHO = (
    r"(?:谁|哪几[家个](?:单位|部门|委办局?|厅局|部委)?|哪一?家|哪一?个(?:单位|部门|机构|委办局?"
    r"|部委|部(?![分位件署])|委|局|厅|处室|方|主体)?|哪些?(?:单位|部门|机构|委办局?|部委|厅局|处室"
    r"|方面|主体|局|家)"
    r"|什么(?:单位|部门|机构|人))"
)
_ASKING = re.compile(
    rf"请问|请告诉我|请|帮(?:我|忙)?(?:查|看|找)?(?:一?下)?|想(?:问|了解|知道|咨询"
    rf"|请教)(?:一?下)?|麻烦|您好|你好|我们?想|谢谢|查一?下|说说|告诉我|一下"
    rf"|(?:应该?|具体|到底|究竟|主要|一共|总共|分别|各自|目前|现在|要|得|是|都)?(?:由|归|让|找"
    rf"|靠|被|该)?{WHO}(?:来|去)?(?:主要|总|具体|共同)?(?:负责|牵头|承担|主管|管|抓|领头|带头"
    rf"|配合|参与|做|落实|主抓|说了算)*"
    r"|牵头(?:单位|部门|人)?|责任(?:单位|部门|主体)|负责(?:单位|部门)?|配合(?:单位|部门)?"
    r"|参与(?:单位|部门)?|(?:职责|责任)?分工|列了|单位|部门|委办"
    r"|是?什么意思|指的?是?(?:什么|啥)|说的是(?:什么|啥)|是(?:做|干)?(?:什么|啥)的?|什么叫"
    r"|(?:怎么|如何|怎样)(?:规定|写|要求|说|做|办|安排|处理|把关|界定|解释|理解)?的?|有(?:什么"
    r"|哪些|何|没有|无)(?:规定|要求|内容|措施|安排|不同|区别|差别|差异|说法|特点)?|的?(?:提法"
    r"|说法|表述|写法|规定|要求)(?=有|是|$)|各是"
    r"|哪(?:些|几个?|个|一?[项条块份]|里|儿)|什么(?:时候|样|时间)?|为什么|为何|多少|多久|多长"
    r"|几(?=[个家年项天种次名类大月])|何时|啥|吗|呢|吧|么|嘛|呀|啊"
    r"|(?:带头|打头|挑头)的?(?:单位|部门|家)?|这(?:份|个|项|件|些|活儿?|事儿?|块|条|里|方面|一条"
    r"|摊子?事?儿?|码事儿?|档子?事儿?)|那(?:份|个|项|件|些)|(?:文件|意见"
    r"|通知|措施|方案|办法|征求意见稿|草案|稿子?)(?:里|中|里面|当中|上|的)|(?:里面|里头|当中)"
    r"|的?文件(?:里面?|中|当中|上)?|关于|对于|按照|根据|有关|方面|是否|是不是|能不能|可不可以"
    r"|可以|能否|应当|应该|需要|要求|规定|内容|情况"
)
_ENGLISH_STOP = frozenset(
    """
    a an the of to in on at for by with from into over under and or but is are was were be
    been being do does did has have had will would should shall can could may might must who
    whom whose which what when where why how many much long that this these those it its
    there their they them he she his her we our you your i my me as about within according
    please tell lead leads leading led unit units body bodies agency agencies department
    departments responsible responsibility charge document documents say says said state
    states stated mention mentions each both between difference differences compare
    respectively not any all some other such so if than then also only does following take
    takes part taking province provincial city municipal national own set
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def strip_asking(folded: str) -> str:
    """Give the words of a question that name its subject, separated by single spaces.

    Examples
    --------
    >>> strip_asking("请问药品零售智能监管系统由谁牵头建设?")
    '药品零售智能监管系统 建设'
    """
    words = _ASKING.sub(" ", folded)
    return re.sub(
        r"\s+", " ", re.sub(r"[?？。！!,，、;；:：“”\"‘’'《》()（）]", " ", words)
    ).strip()


def content_words(text: str) -> list[str]:
    """Give the lower-case English words of ``text`` that carry meaning, and its Chinese ones."""
    words = re.findall(r"[A-Za-z][A-Za-z\-]+|\d+(?:\.\d+)?%?|[\u3400-\u9fff]+", text)
    return [word.lower() for word in words if word.lower() not in _ENGLISH_STOP]
