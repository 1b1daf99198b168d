import pytest

from index.training.charsmap import folding_rules, rules_table


@pytest.fixture(scope="module")
def rules():
    return folding_rules()


def test_width_case_and_script_are_folded(rules):
    picked = {each: rules[each] for each in "Ａａ９責ßÉ〇㈠" if each in rules}
    assert picked == {"Ａ": "a", "ａ": "a", "９": "9", "責": "责", "É": "é", "㈠": "(一)"}


def test_what_is_folded_is_not_folded_again(rules):
    again = {source: target for source, target in rules.items() if any(c in rules for c in target)}
    assert again == {}


def test_rules_are_written_in_code_points():
    assert rules_table({"Ａ": "a", "㈠": "(一)"}) == "FF21\t61\n3220\t28 4E00 29\n"
