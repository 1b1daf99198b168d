"""Tell what kind of figure a question asks for, and whether a sentence states one."""

import re
from enum import StrEnum


class Quantity(StrEnum):
    """The kind of figure asked for."""

    DATE = "date"
    DURATION = "duration"
    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    ANY = "any"


_CN = "一二两三四五六七八九十百千万亿半零"
_ASKED: tuple[tuple[Quantity, re.Pattern[str]], ...] = (
    (
        Quantity.MONEY,
        re.compile(
            r"多少钱|预算|(?:金额|额度|补助|奖补|补贴|奖励|资助|经费|资金|费用|罚款|产值|收入|保额"
            r"|标准)(?:有|是|为|要)?(?:多少|几|多大|什么标准)|(?:多少|几)(?:万|亿)?元"
            r"|多少(?:补助|奖补|补贴|奖励|奖金|津贴|补偿|资助|钱|资金|经费)|(?:最高|最多)(?:可以?)?(?:补|奖|给"
            r"|领|拿)|\bhow much\b|\b(?:amount|subsidy|grant)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Quantity.RATE,
        re.compile(
            r"(?:率|比例|比重|占比)[^,。?;]{0,14}(?:多少|几|什么)|百分之几|几成|多大比例"
            r"|[率]目标|比例|(?:有没有|是否|有无)[^,。?？]{0,30}率|\b(?:percent(?:age)?|rate|share|proportion)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Quantity.DURATION,
        re.compile(
            r"(?:多少|几)个?(?:天|日|工作日|周|月|小时|分钟)|多久|多长(?:时间|期)|时限|(?:最长"
            r"|最短|不超过)(?:多久|多长)|(?:几|多少)年内?(?:[^\d]|$)"
            r"|\b(?:how (?:long|often)|how (?:many"
            r"|soon|quickly)(?: \w+)? (?:days?|weeks?|months?|hours?|years?)|within how)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Quantity.DATE,
        re.compile(
            r"哪一?年|哪几年|何时|什么时候|啥时候|几时|什么时间|何年|几月|哪天|哪个月|期限|截止"
            r"|何日|年限|时间表|时间节点"
            r"|\b(?:when|by when|what (?:year|date)|which year|by what|deadline)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Quantity.COUNT,
        re.compile(
            r"多少|(?<!哪)几(?=[个家项种名次类大条批台所人份座辆])"
            r"|\bhow many\b|\bnumber of\b",
            re.IGNORECASE,
        ),
    ),
)
_DATE = re.compile(
    r"\d{4}年|\d{1,2}月(?:\d{1,2}日|底|份)|年(?:底|内|末)|月底前|季度|\d+年内|(?:自"
    r"|从).{1,14}(?:起|之日)|之日|前完成|(?:五|年|月|[\d一二三四五六七八九十]+[天日周])期间"
    r"|(?:即日|当日|次月|次日)"
    r"|[二一][〇○零一二三四五六七八九]{3}年|\d{8}|\b(?:19|20)\d{2}\b"
)
_DURATION = re.compile(
    rf"(?:\d+(?:\.\d+)?|[{_CN}]+)(?:至|-|—|~)?(?:\d+|[{_CN}]+)?个?(?:工作日"
    rf"|自然日|日|天|周|星期|月|年|小时|分钟)|\bdays?|months?|years?\b|即时"
    rf"|当(?:天|日)"
)
# A term is told by its end or by its length: 截至2025年6月, 不超过48个月.
_ASKS_TERM = re.compile(r"期限|年限|有效期")
_ASKS_HOW_OFTEN = re.compile(
    r"(?:多久|多长时间|几天|几个月)[^,。?]{0,12}一次|频次|频率|\bhow often\b"
)
_EVERY = re.compile(
    rf"每(?:[\d{_CN}]+个?)?(?:年|季度?|月|周|旬|[日天]|小时)|[日周旬月季年](?:至少)?一次"
)
_WORKING_DAYS = re.compile(rf"(?:\d+|[{_CN}]+)个?工作日")
_MONEY = re.compile(
    rf"(?:\d[\d,.]*|[{_CN}]+)\s*(?:余|多)?(?:万|亿|千|百)*(?:元|美元|欧元|港元)"
    rf"|\d+(?:\.\d+)?\s*%|(?:\d[\d,.]*)\s*(?:万|亿)(?![个人家件平吨千公])"
    rf"|全额(?!预)|NT\$|\bdollars?\b"
)
_ASKS_YUAN = re.compile(r"(?:多少|几)(?:万|亿)?(?:元|块|钱)")
_YUAN = re.compile(rf"(?:\d[\d,.]*|[{_CN}]+)\s*(?:余|多)?(?:万|亿|千|百)*(?:元|美元|欧元|港元)")
_RATE = re.compile(
    rf"\d+(?:\.\d+)?\s*%|百分之[{_CN}点]+|[{_CN}]成|全部|全覆盖|翻[{_CN}]番"
    rf"|\d+(?:\.\d+)?\s*(?:倍|‰)|\d+[:∶]\d+|\d+/\d+|[三二四]分之一|100"
)
_NUMBER = re.compile(
    rf"\d|[{_CN}]+(?=[个家项种名次类大条批台所人份座辆件支])|全部|全覆盖|所有"
    rf"|零突破"
)
# Measure words that stand for one another: 多少人 is answered by 1000名.
_SAME_MEASURE = {"人": "人名位", "名": "人名位", "位": "人名位", "家": "家个所", "所": "所家个"}
_MEASURE = re.compile(
    r"(?:多少|几)(平方公里|平方米|公里|公顷|千米|千瓦|户次|人次|家|项|种|名|次|类|条|批|台|所|人|份"
    r"|座|辆|件|支|亩|吨|户|米|张|间|场|分)"
)


def asked_quantity(folded: str) -> Quantity:
    """Give the kind of figure that a folded question asks for.

    Examples
    --------
    >>> [asked_quantity(q).value for q in ("要缩到多少天?", "哪年完成?", "奖补多少钱?")]
    ['duration', 'date', 'money']
    """
    for quantity, pattern in _ASKED:
        if pattern.search(folded):
            return quantity
    return Quantity.ANY


def states_quantity(text: str, quantity: Quantity, folded: str) -> bool:
    """Tell whether clean words hold a figure of the kind asked for.

    A count must come with the measure word of the question, if it has one: 几家 asks for 家.
    """
    if quantity is Quantity.DATE:
        lasts = _ASKS_TERM.search(folded) and _DURATION.search(text)
        return bool(lasts or _DATE.search(text))
    if quantity is Quantity.DURATION:
        working = "工作日" in folded
        often = _ASKS_HOW_OFTEN.search(folded) and _EVERY.search(text)
        return bool(often or (_WORKING_DAYS if working else _DURATION).search(text))
    if quantity is Quantity.MONEY:
        return bool((_YUAN if _ASKS_YUAN.search(folded) else _MONEY).search(text))
    if quantity is Quantity.RATE:
        return bool(_RATE.search(text))
    if quantity is Quantity.COUNT:
        return _states_count(text, folded)
    return bool(_NUMBER.search(text) or _RATE.search(text))


def _states_count(text: str, folded: str) -> bool:
    measures = _MEASURE.findall(folded)
    if not measures:
        return bool(_NUMBER.search(text) or _RATE.search(text))
    same = "|".join(m for each in measures for m in (_SAME_MEASURE.get(each) or (each,)))
    pattern = rf"(?:\d[\d,.]*|[{_CN}]+)\s*(?:余|多)?(?:万|亿)?(?:{same})|全部|所有"
    return bool(re.search(pattern, text))


# A measure behind a number; one that belongs to a time or another word is none.
_MEASURES = (
    "%|‰|倍|元|美元|港元|欧元|个(?!月|工作日|自然日|小时|季度|星期)|家|项|种|名|次|类|条|批|台|所|人|份|座"
    "|辆|件|支|户|处|套|门|张|位|篇|部|款|期|场|亩|公顷|公里|千米|米|平方米|平方公里|立方米|吨|公斤|千克"
    "|千瓦|兆瓦|升|分(?!钟)|岁|床|学时|课时|人次|万|亿|(?:小时|分钟)(?!内|以内|之内|前)"
)
_FIGURE = re.compile(
    r"(?<![\d第])(?<!第\d、)"  # 第2、3类 counts nothing
    rf"\d[\d,]*(?:\.\d+)?(?:(?:-|—|~|至|到)\d[\d,]*(?:\.\d+)?)?\s*(?:余|多)?(?:万|亿|千|百)*"
    rf"(?:{_MEASURES})"
    rf"|百分之[{_CN}点]+|[{_CN}]成(?=以上|左右|以内)|[{_CN}]分之[{_CN}]|翻[{_CN}]番"
    r"|[二两三四五六七八九十百千][一二三四五六七八九十百千万亿]*(?:余|多)?"
    r"(?:万元|亿元|元|家|所|座|辆|台|亩|名|公里)"
    r"|全覆盖|零突破|全额"
)
_TITLE_HELD = re.compile(r"《[^《》]*》|〈[^〈〉]*〉")


def figures(text: str) -> tuple[str, ...]:
    """Give the figures with a measure in clean words: shares, sums, counts; times are none.

    Examples
    --------
    >>> figures("到2027年,建成驿站36座,优良率达到92%,3个工作日内办结,构建“1+4+1”架构")
    ('36座', '92%')
    >>> figures("第2、3类中药,第3批,申报10个、培育6个")
    ('10个', '6个')
    """
    return tuple(match[0] for match in _FIGURE.finditer(_TITLE_HELD.sub(" ", text)))
