import pytest

from index.genre import GENRES, genre_of


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("中华人民共和国刑法", "law"),
        ("中华人民共和国民法典", "law"),
        ("中华人民共和国药品管理法(2019年修订)", "law"),
        ("Drug Administration Law", "law"),
        ("药品管理法实施条例", "regulation"),
        ("药品注册管理办法", "rules"),
        ("药品注册管理办法（试行）", "rules"),
        ("婚姻登记暂行规定", "rules"),
        ("行政处罚实施细则", "rules"),
        ("先进做法", "other"),
        ("最高人民法院关于适用《民法典》若干问题的解释（一）", "interpretation"),
        ("关于适用认罪认罚从宽制度的指导意见", "interpretation"),
        ("国务院关于同意设立试验区的批复", "reply"),
        ("关于工伤认定问题的复函", "reply"),
        ("刑法修正案(十一)", "amendment"),
        ("关于修改《药品注册管理办法》的决定", "amendment"),
        ("药品安全工作方案（2021-2025年）", "plan"),
        ("“十四五”规划纲要", "plan"),
        ("关于加强药品监管的实施意见", "opinions"),
        ("促进消费若干措施", "opinions"),
        ("关于印发药品安全工作方案的通知", "notice"),
        ("关于废止部分文件的公告", "notice"),
        ("会议纪要", "other"),
        ("", "other"),
        ("  ", "other"),
        (None, "other"),
    ],
)
def test_the_end_of_a_title_tells_the_genre(title, genre):
    assert GENRES[genre_of(title)] == genre


def test_each_genre_is_named_once():
    assert len(set(GENRES)) == len(GENRES)
