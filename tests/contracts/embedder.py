"""The promises of Embedder, as tests that every implementation inherits."""

from abc import ABC, abstractmethod

import numpy as np
import pytest

from index.embed import Embedder, stated_options

TEXTS = [
    "省药监局牵头，省司法厅配合。",
    "Who leads the work on drug safety?",
    "完善药品安全监管法规制度，" * 40,
    "第十二条 本办法自2025年1月1日起施行。",
    "牽頭單位：國務院 who leads 甲ꙮ乙",
]


class EmbedderContract(ABC):
    @pytest.fixture
    @abstractmethod
    def embedder(self) -> Embedder:
        """The implementation under test."""

    @pytest.fixture
    @abstractmethod
    def cut(self) -> Embedder:
        """The same, cut to a quarter of its dimensions."""

    @pytest.fixture
    @abstractmethod
    def prompted(self) -> Embedder:
        """The same, with the query prompt ``who `` and the document prompt ``省药``."""

    @pytest.fixture
    def unprompted(self, embedder: Embedder) -> Embedder:
        """The same without any prompt; to be overridden where the model declares one."""
        return embedder

    def test_passages_and_questions_are_rows_of_unit_norm(self, embedder, cut, prompted):
        for each in (embedder, cut, prompted):
            for rows in (each.embed_passages(TEXTS), each.embed_questions(TEXTS)):
                assert rows.shape == (len(TEXTS), each.dim)
                assert rows.dtype == np.float32
                np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_one_alone_equals_one_in_a_batch(self, embedder):
        for embed in (embedder.embed_passages, embedder.embed_questions):
            batch = embed(TEXTS)
            alone = np.concatenate([embed([text]) for text in TEXTS])
            np.testing.assert_allclose(alone, batch, atol=1e-5)

    def test_the_same_text_gives_the_same_vector(self, embedder):
        first, second = embedder.embed_passages([TEXTS[0], TEXTS[0]])
        np.testing.assert_allclose(first, second, atol=1e-6)

    def test_different_texts_give_different_vectors(self, embedder):
        rows = embedder.embed_passages(TEXTS)
        assert (rows @ rows.T)[~np.eye(len(TEXTS), dtype=bool)].max() < 0.9999

    def test_no_text_gives_no_row(self, embedder):
        assert embedder.embed_passages([]).shape == (0, embedder.dim)
        assert embedder.embed_questions([]).shape == (0, embedder.dim)

    def test_cutting_keeps_the_first_components_at_unit_norm(self, embedder, cut):
        assert cut.dim == embedder.dim // 4
        for whole, short in (
            (embedder.embed_passages(TEXTS), cut.embed_passages(TEXTS)),
            (embedder.embed_questions(TEXTS), cut.embed_questions(TEXTS)),
        ):
            first = whole[:, : cut.dim]
            want = first / np.linalg.norm(first, axis=1, keepdims=True)
            np.testing.assert_allclose(short, want, atol=1e-5)

    def test_a_prompt_is_put_before_the_text_as_it_is(self, unprompted, prompted):
        for given, want in (
            (prompted.embed_questions(TEXTS), [f"who {text}" for text in TEXTS]),
            (prompted.embed_passages(TEXTS), [f"省药{text}" for text in TEXTS]),
        ):
            np.testing.assert_allclose(given, unprompted.embed_passages(want), atol=1e-5)

    def test_it_says_which_model_it_is(self, embedder):
        assert embedder.name
        assert embedder.fingerprint
        assert stated_options(embedder)["model"]

    def test_what_changes_vectors_changes_the_fingerprint(self, embedder, cut, prompted):
        assert len({each.fingerprint for each in (embedder, cut, prompted)}) == 3
