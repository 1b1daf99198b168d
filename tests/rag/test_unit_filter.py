import pytest

from index.records import Level
from rag.unit_filter import UnitFilter

NAMES = (
    *("省药监局", "市药品监管局", "药监局", "省市场监管局", "市市场监管局", "市场监管总局"),
    *("省发展改革委", "市财政局", "省财政厅", "省卫生健康委", "市科委", "市科技局"),
)


def meant(asked, level=None):
    chosen = UnitFilter(asked, NAMES)
    return {name for name in NAMES if chosen.means(name, level)}


@pytest.mark.parametrize(
    ("asked", "units"),
    [
        ("药监局", {"省药监局", "市药品监管局", "药监局"}),
        ("药品监督管理局", {"省药监局", "市药品监管局", "药监局"}),
        ("省药監局", {"省药监局"}),
        ("市场监管局", {"省市场监管局", "市市场监管局"}),
        ("市场监督管理局", {"省市场监管局", "市市场监管局"}),
        ("市场监督管理总局", {"市场监管总局"}),
        ("发改委", {"省发展改革委"}),
        ("卫健委", {"省卫生健康委"}),
        ("科技局", {"市科技局"}),
        ("财政", set()),
        ("  ", set()),
        ("火星局", set()),
    ],
)
def test_a_unit_is_found_by_its_end_and_by_its_full_and_short_forms(asked, units):
    assert meant(asked) == units


def test_a_unit_is_found_in_english():
    assert meant("the Market Regulation Bureau") == {"省市场监管局", "市市场监管局"}
    assert meant("finance department") == {"市财政局", "省财政厅"}
    assert meant("the bureau of dragons") == set()


def test_a_name_with_a_level_finds_no_unit_of_another_level():
    assert meant("省药品监督管理局") == {"省药监局"}
    assert meant("市财政局") == {"市财政局"}


def test_a_name_without_a_level_has_that_of_its_document():
    assert meant("国家药品监督管理局", Level.NATIONAL) == {"药监局"}
    assert meant("国家药品监督管理局", Level.CITY) == set()
    assert meant("国家药品监督管理局") == set()
