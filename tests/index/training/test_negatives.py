from index.training.negatives import article_ranking, mine_clozes, mine_labels


def test_a_negative_is_never_the_article_itself(corpus, tokenizer):
    mined = mine_clozes(corpus.articles, article_ranking(corpus.articles), tokenizer, seed=0)
    assert len(mined) == len(corpus.articles)
    assert all(each.article not in each.negatives for each in mined)
    assert all(len(each.negatives) > 5 for each in mined)


def test_negatives_of_a_question_are_alike_and_do_not_answer_it(corpus, tokenizer):
    ranking = article_ranking(corpus.articles)
    one, other = mine_labels([("药品由谁监督？", {0, 1})], ranking, tokenizer)
    assert (one.article, other.article) == (0, 1)
    assert not {0, 1} & set(one.negatives.tolist())
    texts = [corpus.articles[row].text for row in one.negatives[:5]]
    assert all("药品" in text or "监督" in text for text in texts)
