"""Tell a body's name by its form: how it ends, and whether it names one body or a class.

Nothing here knows a single body. What counts is the form a name takes in any office's hands:
the ending (局, 委, 中心), and the words that make it a class (各…, 有关…, 同类…).
"""

import re

_STRONG_END = re.compile(
    r"(?:(?<![全内局干头腹胸东西南北大])部|(?<!主)委|(?<![布格结])局|厅"
    r"|(?<![主承举开协创督催申兴])办|(?<![住出入])院|署|(?<![社机大])会|(?<![公])社"
    r"|[银分支总央人商农工建中交]行|(?<![好用何到各])处|科|政府|党组|中心|公司|集团|队"
    r"|[残妇侨文科商作]联|大学|学校|院校|高校|银行|军区|部门|单位|企业|机构|机关|海关"
    r"|(?<!场)所|站|馆|(?:视|电|气象)台|中支|专班|(?<![教课])室|(?<![机人])组|团中央|公安|武警|科协"
    r"|园区|开发区|高新区|新区|示范区|片区|度假区|保税区|合作区|管委|街道)$"
)
_WEAK_END = re.compile(r"[省市区县州盟旗乡镇村]$")
_TAIL = re.compile(r"[(〔\[（][^()〔〕\[\]]*[)〕\]）]$")
_SENTENCE_WORDS = re.compile(
    r"的|了|[，。；：？！《》\"]|(?<!面)对(?![外口])|将(?!乐)|把|被|[或并]|应(?!急|用|城|县)|须"
    r"|可(?!再)|不(?!动产)|为|其(?!他|它)|该|(?<!自)由|根据|按照|依据|依照|通过|负责|牵头|会同"
    r"|配合|参与|任何|以及|进行|开展|要(?!素|闻|客)|制定|制订|报送|建立|加强|推进|组织(?!部|科|处|人事|委|工作)"
    r"|是否|包括|自己|所在|一家|采取|实行|目前|正在|使|用于|得|经(?=.{2,}(?:局|部|厅|委|政府|部门)$)(?![济信贸发])"
)
_LEVEL = r"(?:[省市州县区乡镇盟旗]|自治[区州县]|直辖市|设区市|街道|开发区|园区|功能区|新区|村)"
_CLASS = re.compile(
    r"各.*|.*(?:有关|相关|各级|各地|以上|其他|其它|所属|辖区|属地|成员单位).*|当地.+|地方.+"
    r"|[你我本贵][省市县区州].*|(?:省|市|县|区)级人民政府"
    rf"|(?:{_LEVEL}|[级和及与、(〔)〕]){{2,}}(?:级)?(?:人民)?(?:政府|党委|党委和(?:人民)?政府|部门)"
    r"|(?:全[国省市县区]).*(?:机构|企业|单位|部门|学校|医院)|试点.*政府"
    r"|(?:行业|业务)?(?:主管|职能|监管|责任|牵头|配合|参与|项目)(?:部门|单位)"
    r"|(?:企业|高校|高等学校|高等院校|院校|医疗机构|金融机构|科研院所|科研机构|行业协会|银行机构"
    r"|商业银行|企事业单位|社会组织|检验机构)"
)
_CLASS_END = re.compile(r"(?:[地方各]|方面|地区|政府|[你我本贵][省市县区州])$|" + _WEAK_END.pattern)
_BARE = re.compile(
    r"(?:人民)?政府|党委|党组|党政|单位|部门|企业|机构|机关|委员会|社会组织|园区|办公室|管委会|中心|街道|分局|支行|处|局"
)
_LEVEL_ONLY = re.compile(rf"各?(?:有关|相关)?(?:{_LEVEL})+(?:[(〔][^()〔〕]*[)〕])?")
_LEVEL_BODY = re.compile(
    rf"(?:{_LEVEL})+(?:[(〔][^()〔〕]*[)〕])?(?:(?:人民)?政府|党委.*|管委会|[级]?人民政府)?"
)
_JOINT = re.compile(r"以及|和(?![平田硕静])|及|与|或")
_LONGEST_NAME = 30
_WIDE = str.maketrans("()[]", "（）［］")


def tidy(name: str) -> str:
    """Give a name without spaces and with full-width brackets.

    Examples
    --------
    >>> tidy("各县(市、区) 党委和政府")
    '各县（市、区）党委和政府'
    """
    return re.sub(r"\s+", "", name).translate(_WIDE)


def is_generic(name: str) -> bool:
    """Whether a name stands for a class of bodies and not for one.

    Examples
    --------
    >>> [is_generic(name) for name in ("各区政府", "市直有关部门", "甲市财政局")]
    [True, True, False]
    """
    if _CLASS.fullmatch(name) is None:
        return False
    core = _core(name)
    return _STRONG_END.search(core) is not None or _CLASS_END.search(core) is not None


def _core(name: str) -> str:
    while match := _TAIL.search(name):
        name = name[: match.start()]
    return name


def is_sentence(name: str) -> bool:
    """Whether the words hold grammar that no name holds, or run too long for one."""
    return len(name) > _LONGEST_NAME or _SENTENCE_WORDS.search(name) is not None


def is_body(name: str, *, weak: bool = False) -> bool:
    """Whether the words have the form of a body's name; ``weak`` admits 甲市, 乙区.

    Examples
    --------
    >>> [is_body(words) for words in ("乙省药监局", "疫苗", "加强对药监局", "临空区")]
    [True, False, False, False]
    """
    core = _core(name)
    if len(core) < 2 or is_sentence(core):  # noqa: PLR2004 - one character is no name
        return False
    if _STRONG_END.search(core) or is_generic(name):
        return True
    return weak and _WEAK_END.search(core) is not None


def is_level(name: str) -> bool:
    """Whether the words name only a level (各市, 市、县), so that a name must follow."""
    return _LEVEL_ONLY.fullmatch(name) is not None


def continues_level(name: str) -> bool:
    """Whether the words carry on a series of levels (县〔市、区〕政府 behind 各市)."""
    return _LEVEL_BODY.fullmatch(name) is not None


def split_joint(text: str) -> list[tuple[int, int]]:
    """Split words at 和/及/与 where that joins two names, and nowhere else.

    Examples
    --------
    >>> [("工业和信息化部")[a:b] for a, b in split_joint("工业和信息化部")]
    ['工业和信息化部']
    >>> [("农业局和水利局")[a:b] for a, b in split_joint("农业局和水利局")]
    ['农业局', '水利局']
    """
    for match in _JOINT.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if text.count("(", 0, match.start()) != text.count(")", 0, match.start()):
            continue
        if _joins(left, right):
            rest = [(match.end() + a, match.end() + b) for a, b in split_joint(right)]
            return [(0, match.start()), *rest]
    return [(0, len(text))]


def _joins(left: str, right: str) -> bool:
    if not left:  # a piece that begins with 和, behind a separator
        return is_body(right)
    left = re.sub(r"等$", "", left)
    right = re.sub(r"等.{0,8}$", "", right)
    if _BARE.fullmatch(right) or _BARE.fullmatch(left):
        return False
    if not is_body(left):  # 甲市和乙区, but 甲市和平中心
        return is_body(left, weak=True) and _WEAK_END.search(right) is not None
    return any(is_body(right[a:b], weak=True) for a, b in split_joint(right))
