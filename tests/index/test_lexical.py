import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamagedError
from index.stores.arrays import load_arrays, save_arrays
from index.stores.lexical import K1, B, LexicalStore
from index.tokens import sequences, token_code, tokenize, tokens_in

TEXTS = ["省药监局牵头药品监管", "", "医疗保险基金监管", "药品、药品、药品 GMP 2025"]
SMALL = st.lists(st.text(alphabet="药品监管 ，ab1"), max_size=8)


def bm25(question: str, texts: list[str], *, mean: float | None = None) -> list[float]:
    """Lucene's formula, term by term, each as often as it stands in the question."""
    documents = [tokenize(text) for text in texts]
    mean = mean or sum(map(len, documents)) / len(documents)

    def score(document: list[str]) -> float:
        total = 0.0
        for token in tokenize(question):
            holding = sum(token in each for each in documents)
            idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            count = document.count(token)
            length = 1 - B + B * len(document) / mean
            total += idf * (K1 + 1) * count / (count + K1 * length)
        return total

    return [score(document) for document in documents]


def scored(store: LexicalStore, question: str) -> list[float]:
    scores = store.scores(*tokens_in(question))
    assert scores.dtype == np.float32
    assert scores.shape == (len(store),)
    return [float(score) for score in scores]


@pytest.mark.parametrize("question", ["谁监管药品", "gmp", "药品药品", "", "无关", "，。"])
def test_scores_follow_the_formula(question):
    got = scored(LexicalStore.build(TEXTS), question)
    np.testing.assert_allclose(got, bm25(question, TEXTS), rtol=0.01, atol=1e-6)


def test_scores_of_many_texts_follow_the_formula():
    random = np.random.default_rng(0)
    words = np.array([*"药品监管医疗保险基金养老金提高", " gmp ", " 2025 ", "，"])
    texts = ["".join(random.choice(words, size=size)) for size in random.integers(5, 40, 200)]
    store = LexicalStore.build(texts)
    for question in ("药品监管", "养老保险提高到2025", "gmp 药 品"):
        np.testing.assert_allclose(scored(store, question), bm25(question, texts), rtol=0.01)


@given(texts=SMALL, question=st.text(alphabet="药品监管 ab1无"))
def test_a_score_is_off_by_no_more_than_a_255th_of_what_its_tokens_can_add(texts, question):
    """Long texts too, in which a token adds little: there 1 % of it is less than a step."""
    texts = [*texts, "药品监管" * 60, "药品"]
    store = LexicalStore.build(texts)
    _, counts = tokens_in(question)
    most = float(store.rarities(tokens_in(question)[0]) @ counts) * (K1 + 1)
    off = np.abs(np.array(scored(store, question)) - bm25(question, texts))
    assert off.max() <= most / 255 + 1e-5


def test_a_weight_counts_as_so_many_occurrences():
    store = LexicalStore.build(TEXTS)
    tokens, _ = tokens_in("药品监管")
    plain = store.scores(tokens, np.ones(len(tokens), np.float32))
    double = store.scores(tokens, np.full(len(tokens), 2.0, np.float32))
    np.testing.assert_allclose(double, 2 * plain, rtol=1e-6)
    only = np.array([token_code("药")], dtype=np.uint64)
    nothing = store.scores(only, np.zeros(1, np.float32))
    assert nothing.tolist() == [0] * 4
    half = store.scores(tokens, np.full(len(tokens), 0.5, np.float32))
    np.testing.assert_allclose(half, plain / 2, rtol=1e-6)


@given(SMALL)
def test_frequencies_count_the_texts_that_hold_a_token(texts):
    words = ["药", "药品", "监管", "ab", "b", "1", "无"]
    holding = Counter(word for text in texts for word in set(tokenize(text)))
    codes = np.array([token_code(word) for word in words], dtype=np.uint64)
    store = LexicalStore.build(texts)
    assert store.frequencies(codes).tolist() == [holding[word] for word in words]
    want = [
        math.log(1 + (len(texts) - holding[w] + 0.5) / (holding[w] + 0.5)) if holding[w] else 0
        for w in words
    ]
    np.testing.assert_allclose(store.rarities(codes), want, rtol=1e-5)


def test_an_empty_text_keeps_its_row_and_scores_zero():
    store = LexicalStore.build(TEXTS)
    assert len(store) == 4
    assert scored(store, "药品监管")[1] == 0


@pytest.mark.parametrize("texts", [[], [""], ["", "，。"]])
def test_texts_without_a_word_score_zero_until_others_come(texts, tmp_path):
    LexicalStore.build(texts).save(tmp_path / "lexical")
    store = LexicalStore.load(tmp_path / "lexical")
    assert len(store) == len(texts)
    assert scored(store, "药品") == [0] * len(texts)
    store.add(["药品"])
    assert scored(store, "药品")[:-1] == [0] * len(texts)
    assert scored(store, "药品")[-1] > 0


def test_removed_rows_score_zero_and_the_others_keep_their_scores():
    store = LexicalStore.build(TEXTS)
    before = scored(store, "药品监管")
    store.remove(np.array([0], dtype=np.int64))
    store.remove(np.array([0, 1], dtype=np.int64))
    assert scored(store, "药品监管") == [0, 0, *before[2:]]
    assert len(store) == 4


@pytest.mark.parametrize("row", [-1, 4])
def test_removing_a_row_that_does_not_exist_is_refused(row):
    with pytest.raises(ValueError, match=r"\[0, 4\)"):
        LexicalStore.build(TEXTS).remove(np.array([row]))


@given(st.lists(st.text(alphabet="药品监管a", min_size=4, max_size=4), min_size=2, max_size=30))
def test_adding_texts_of_the_same_mean_length_equals_building(texts):
    texts = ["药品监管"] + [text for text in texts if len(tokenize(text)) == 7]  # as "药品监管"
    store = LexicalStore.build(texts[:1])
    for at in range(1, len(texts), 3):
        store.add(texts[at : at + 3])
    assert scored(store, "药品监管a") == scored(LexicalStore.build(texts), "药品监管a")


def test_adding_one_by_one_many_times_equals_building(tmp_path):
    texts = ["".join(each) for each in zip("药品监管医疗保险基金养老" * 3, "品" * 36, strict=True)]
    store = LexicalStore.build(texts[:1])
    for text in texts[1:]:
        store.add([text])
    assert scored(store, "养老品监") == scored(LexicalStore.build(texts), "养老品监")
    store.save(tmp_path / "added")
    LexicalStore.build(texts).save(tmp_path / "built")
    assert (tmp_path / "added").read_bytes() == (tmp_path / "built").read_bytes()


def test_the_mean_length_stays_that_of_the_first_build():
    store = LexicalStore.build(["药品监管"])
    store.add(["药品监管" * 20])
    want = bm25("药品", ["药品监管", "药品监管" * 20], mean=7)
    np.testing.assert_allclose(scored(store, "药品"), want, rtol=0.05)


@given(SMALL)
def test_the_batches_that_texts_come_in_make_no_difference(texts):
    whole = LexicalStore.of([sequences(texts)])
    split = LexicalStore.of(sequences([text]) for text in texts)
    assert scored(split, "药品监管ab1") == scored(whole, "药品监管ab1")


def test_the_rarest_tokens_count_until_their_postings_are_too_many():
    texts = ["药"] * 50 + ["品"] * 10 + ["监"]
    store = LexicalStore.build(texts)
    tokens, weights = tokens_in("药 品 监 无")

    def counted(most: int | None) -> set[str]:
        scores = store.scores(tokens, weights, most_postings=most)
        return {text for text, score in zip(texts, scores, strict=True) if score > 0}

    assert counted(None) == counted(61) == {"药", "品", "监"}
    assert counted(60) == counted(11) == {"品", "监"}
    assert counted(10) == {"监"}
    assert counted(0) == {"监"}  # one counts, however common


def test_saving_and_loading_changes_nothing_and_gives_the_same_bytes_again(tmp_path):
    for name in ("a", "b"):
        store = LexicalStore.build(TEXTS)
        store.add(["药品追溯"])
        store.remove(np.array([2], dtype=np.int64))
        store.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    loaded = LexicalStore.load(tmp_path / "a")
    assert scored(loaded, "药品监管") == scored(store, "药品监管")
    for each in (loaded, store):
        each.add(["药品"])
        each.remove(np.array([0], dtype=np.int64))
    assert scored(loaded, "药品监管") == scored(store, "药品监管")


def test_a_missing_or_shortened_file_is_refused(tmp_path):
    path = tmp_path / "lexical"
    with pytest.raises(IndexDamagedError, match="build it again"):
        LexicalStore.load(path)
    LexicalStore.build(TEXTS).save(path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(IndexDamagedError, match="build it again"):
        LexicalStore.load(path)


@pytest.mark.parametrize(
    "part", ["tokens", "starts", "rows", "impacts", "removed", "count", "mean_length"]
)
def test_a_file_without_a_part_is_refused_by_name(tmp_path, part):
    path = tmp_path / "lexical"
    LexicalStore.build(TEXTS).save(path)
    arrays = load_arrays(path)
    del arrays[part]
    save_arrays(path, arrays)
    with pytest.raises(IndexDamagedError, match=f"'{part}' is missing"):
        LexicalStore.load(path)
