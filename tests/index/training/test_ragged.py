import numpy as np
import pytest

from index.training.ragged import Ragged, join, mean_vectors


def test_rows_come_back_as_they_were_put_in():
    rows = Ragged.of([[1, 2], [], [3]])
    assert len(rows) == 3
    assert [row.tolist() for row in rows] == [[1, 2], [], [3]]
    assert rows.span(0, 3).tolist() == [1, 2, 3]
    assert len(Ragged.of([])) == 0


def test_tables_are_joined_row_by_row():
    joined = join(Ragged.of([[1], [2]]), Ragged.of([[3, 4], []]))
    assert [row.tolist() for row in joined] == [[1, 3, 4], [2]]


@pytest.mark.models
def test_a_row_s_vector_is_the_mean_of_its_tokens_at_unit_length():
    weights = np.array([[3, 0], [0, 2], [1, 1]], dtype=np.float32)
    got = mean_vectors(weights, Ragged.of([[0, 1], [], [1, 1]]))
    want = np.array([[3 / 13**0.5, 2 / 13**0.5], [0.0, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(got, want, atol=1e-6)
