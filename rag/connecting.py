"""Words that join what a clause says and say nothing of their own.

A reworded answer may use them beside the words it rewords. No word of degree, duty, time or
completion is among them: those change what is said. Words of leading and denying are checked by
rules of their own.
"""

import re
from typing import Final

_HANS: Final = (
    "由 的 和 与 及 以及 并 并且 为 是 在 对 于 了 中 其中 其 该 该项 此 此项 这 这项 "
    "上述 下列 如下 即 也 还 同时 另外 此外 包括 分别 共同 一同 参与 参加 负责 承担 责任 "
    "责任单位 单位 任务 工作 事项 要求 规定 明确 提出 指出 写明 载明 列明 根据 按照 依据 "
    "依照 文件 条款 本条 该条 目标 达到 到 至 从 自 日期 时间 文号 发文机关 内容 "
    "方面 有 共 共有 个 项 家 份 年 月 日 以 所 之 则 而 且 列为 列入 名单 第 位 部分 "
    "牵头 牵头单位 对于 关于 一项 成为 属于 涉及"
)
_ENGLISH: Final = (
    "a an the of to in and for by on with from at as is are be that which who whose this these "
    "those it its their they also together both respectively following according stated states "
    "state says say document documents clause clauses provision provides sets set out target "
    "targets goal goals responsible responsibility responsibilities unit units task tasks work "
    "listed lists list date number reach reaches take takes part taking participate "
    "participates participating include includes including there has have year years month months "
    "lead leads leading named names name while where under into between"
)
HANS: Final = frozenset(_HANS.split())
ENGLISH: Final = frozenset(_ENGLISH.split())
LONGEST: Final = max(map(len, HANS))
DENIALS: Final = frozenset(["not", "no", "never", "none", "neither", "nor", "without", "cannot"])
LEAD: Final = re.compile(
    r"牵头|主办|主抓|总负责|领衔|为首|统筹|主导|挂帅|\b(?:co-?)?lead(?:s|ing|er|ers)?\b|\bled\b"
    r"|\bhead(?:s|ed|ing)?\b|\bin charge\b|\bchair\w*|\bspearhead\w*",
    re.IGNORECASE,
)
"""A word of leading."""
