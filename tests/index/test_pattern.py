import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.pattern import Pattern
from index.stores.lexical import LexicalStore
from index.tokens import CodeVector, sequences, token_code
from tests.index.documents import LAWS, PENSIONS, table_of

TEXTS = st.text(alphabet="药品监管 ，。ab1", max_size=30)
FLAG = 1 << 31


def codes(text: str) -> CodeVector:
    return sequences([text]).codes


def ones(tokens):
    return np.ones(len(tokens), dtype=np.float32)


def naive(question: CodeVector, text: CodeVector, size: int) -> list[tuple[int, tuple[int, ...]]]:
    """Give where ``size`` codes of the text on end stand on end in the question too."""

    def runs(sequence: CodeVector) -> list[tuple[int, ...]]:
        read = [int(code) for code in sequence]
        return [tuple(read[at : at + size]) for at in range(len(read) - size + 1)]

    def counts(run: tuple[int, ...]) -> bool:
        return all(code > 1 and (size == 1 or code < FLAG) for code in run)

    asked = {run for run in runs(question) if counts(run)}
    return [(at, run) for at, run in enumerate(runs(text)) if run in asked]


@given(question=TEXTS, text=TEXTS)
def test_singles_pairs_and_triples_are_found_where_they_stand(question, text):
    asked, read = codes(question), codes(text)
    pattern = Pattern(asked, ones)
    found = pattern.find(read)
    sizes = {
        1: (found.single_at, found.singles, pattern.single_rarity),
        2: (found.pair_at, found.pairs, pattern.pair_rarity),
        3: (found.triple_at, found.triples, pattern.triple_rarity),
    }
    for size, (at, which, rarity) in sizes.items():
        want = naive(asked, read, size)
        assert at.tolist() == [place for place, _ in want]
        assert len(rarity) == len({run for _, run in naive(asked, asked, size)})
        # The same run has the same number, another run another one.
        numbered = dict(zip(which.tolist(), (run for _, run in want), strict=True))
        assert [numbered[each] for each in which.tolist()] == [run for _, run in want]
        assert len(set(numbered.values())) == len(numbered)
        assert all(0 <= each < len(rarity) for each in numbered)


@given(TEXTS)
def test_a_question_finds_all_of_itself(question):
    pattern = Pattern(codes(question), ones)
    found = pattern.find(codes(question))
    assert len(found.single_at) == pattern.length
    assert set(found.singles.tolist()) == set(range(len(pattern.single_rarity)))
    assert set(found.pairs.tolist()) == set(range(len(pattern.pair_rarity)))
    assert set(found.triples.tolist()) == set(range(len(pattern.triple_rarity)))


def test_rarities_are_those_of_the_tokens():
    _, lexical = table_of(LAWS, PENSIONS)
    pattern = Pattern(codes("药品监无"), lexical.rarities)

    def rarity(token: str) -> float:
        return float(lexical.rarities(np.array([token_code(token)], dtype=np.uint64))[0])

    singles = dict(zip(sorted("药品监无"), pattern.single_rarity.tolist(), strict=True))
    assert singles == {token: rarity(token) for token in "药品监无"}
    assert singles["无"] == 0
    assert sorted(pattern.pair_rarity.tolist()) == sorted(map(rarity, ("药品", "品监", "监无")))
    triples = [rarity("药品") + rarity("品监"), rarity("品监") + rarity("监无")]
    np.testing.assert_allclose(sorted(pattern.triple_rarity), sorted(triples), rtol=1e-6)
    total = sum(map(rarity, ("药", "品", "监", "药品", "品监")))
    np.testing.assert_allclose(pattern.total_rarity, total, rtol=1e-6)


def test_a_question_without_a_word_has_no_pattern_and_divides_by_nothing():
    pattern = Pattern(codes("？！，"), LexicalStore.build(["药品"]).rarities)
    assert (pattern.length, len(pattern.single_rarity), len(pattern.triple_rarity)) == (0, 0, 0)
    assert 0 < pattern.total_rarity < 1e-5
    assert [len(part) for part in pattern.find(codes("药品监管"))] == [0] * 6


def test_no_code_holds_nothing():
    nothing = np.zeros(0, dtype=np.uint32)
    assert [len(part) for part in Pattern(codes("药品"), ones).find(nothing)] == [0] * 6
    assert [len(part) for part in Pattern(nothing, ones).find(codes("药品"))] == [0] * 6


def test_repeated_words_count_once_as_a_token_and_each_time_in_the_length():
    pattern = Pattern(codes("药品药品药品"), ones)
    assert (len(pattern.single_rarity), len(pattern.pair_rarity)) == (2, 2)
    assert len(pattern.triple_rarity) == 2
    assert pattern.length == 6
