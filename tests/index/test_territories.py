import pytest

from index.territories import find_territories


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("日本的专家库由谁牵头?", ["日本"]),
        ("专家库在法国由谁牵头?", ["法国"]),
        ("浙江和韩国有什么不同?", ["韩国"]),
        ("who leads it in new zealand?", ["new zealand"]),
        ("Does Japan lead it?", ["Japan"]),
        ("the rules of Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
    ],
)
def test_a_territory_named_as_a_place_is_found(text, names):
    assert [text[start:end] for start, end in find_territories(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "依法国有资产由谁监管?",
        "今日本市抽检由谁负责?",
        "美国上市的药品由谁抽检?",
        "台湾的专家库由谁牵头?",
        "who chairs the turkey farm?",
    ],
)
def test_letters_of_other_words_and_names_before_other_nouns_are_none(text):
    assert find_territories(text) == ()
