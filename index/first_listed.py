"""Find the words that make the first-listed unit the lead, and how far they reach."""

import re
from dataclasses import dataclass

_SCOPE = re.compile(
    r"(?:注[:：]?)?(?:以上|上述|以下|下列|本|各|所列|文中|表中|其中|每|条|项|任务|措施|工作|事项|清单|方案"
    r"|责任|负责|牵头|单位|部门|名单|中|里|的|多个|有|内|按|,|附件|表|为)+$"
)
_FIRST = (
    r"(?:(?:排|列|位|居|处)?(?:列|名|序|在|于|居){0,3}"
    r"(?:第一(?:责任|顺)?(?:位|个|名|家)?|首(?:位|家|个|名)?|最前面?|前面))"
)
_LEAD = r"牵头(?:责任|负责)?(?:单位|部门|机构|处室)?(?!作用|依托|医院)"
_RULE = re.compile(
    rf"以?{_FIRST}(?:的|者)*(?:责任)?(?:单位|部门|机构|处室)?(?:者)?"
    rf"(?:均)?(?:为|是|系|即为|即是|即|作为|负责)?(?:该[^,。;()]{{0,8}}?的?|总)?{_LEAD}"
    rf"(?:[,、;。]?(?:以|后)?下同|[,、;]?后同)?"
)
_RULE_REVERSED = re.compile(
    r"牵头(?:责任)?(?:单位|部门)(?:均)?(?:为|是|系)?(?:排|列|位|居)(?:列|名|在|于)*"
    r"(?:第一(?:位|个|名)?|首位?|最前面?)(?:的|者)?(?:单位|部门)?(?:[,、;]?(?:以|后)?下同)?"
)
_LONGEST_SCOPE = 30
_ONWARD = re.compile(r"[下后]同")
_BACKWARD = re.compile(r"以上|上述|各|所列|文中|表中|清单|方案|每|注|多个")
_NOUN = re.compile(r"(?:第一|首)牵头")
_NEGATED = re.compile(r"(?:不|非|并非|未)[^,。;]{0,4}$")


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a rule stands in a text, and its reach: ``onward`` (下同), ``backward`` (以上各项)."""

    start: int
    end: int
    onward: bool
    backward: bool


def find_rules(text: str) -> list[Rule]:
    """Find every statement that the unit listed first is the lead, in order.

    Examples
    --------
    >>> text = "(甲局、乙局。列第一位的为牵头单位,下同)"
    >>> [(text[rule.start:rule.end], rule.onward) for rule in find_rules(text)]
    [('列第一位的为牵头单位,下同', True)]
    """
    found: list[Rule] = []
    for match in sorted([*_RULE.finditer(text), *_RULE_REVERSED.finditer(text)], key=_start):
        start = _widened(text, match.start())
        overlaps = bool(found) and start < found[-1].end
        words = text[start : match.end()]
        negated = _NEGATED.search(text[max(0, start - 8) : start])
        if overlaps or negated or _NOUN.search(words):
            continue
        onward = _ONWARD.search(words) is not None
        found.append(Rule(start, match.end(), onward, _BACKWARD.search(words) is not None))
    return found


def _widened(text: str, start: int) -> int:
    """Take in the words that say which lists are meant (各项任务责任单位中)."""
    floor = max(0, start - _LONGEST_SCOPE)
    words = _SCOPE.search(text[floor:start])
    if words is None:
        return start
    return floor + words.start() + len(words[0]) - len(words[0].lstrip(",的为"))


def _start(match: re.Match[str]) -> int:
    return match.start()
