from index.training.composition import compose


def test_only_parts_that_two_tokens_share_are_kept():
    composition = compose(["监管局", "监督", "管", "agency", "agencies", "tax"])
    having: dict[int, set[int]] = {}
    for token, part in zip(composition.tokens.tolist(), composition.parts.tolist(), strict=True):
        having.setdefault(token, set()).add(part)
    assert composition.count == 4  # 监, 管, ^agen, ^agenc
    assert len(having[0] & having[1]) == 1
    assert len(having[0] & having[2]) == 1
    assert len(having[3] & having[4]) == 2
    assert 5 not in having


def test_tokens_without_a_shared_part_have_an_empty_composition():
    assert compose(["甲乙", "tax"]).count == 0
