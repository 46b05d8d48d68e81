import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import tiles
from clusterfit.kmeans import distinct
from clusterfit.kmeans.distinct import distinct_rows


def by_hand(rows: Tensor) -> list[int]:
    seen: dict[tuple[float, ...], int] = {}
    for place, row in enumerate(rows.tolist()):
        seen.setdefault(tuple(row), place)  # 0.0 == -0.0, with one hash
    return sorted(seen.values())


def coarse(rows: int, columns: int) -> Tensor:
    """Rows of which many are equal, and many zeros have a sign."""
    draws = torch.Generator().manual_seed(0)
    return torch.randint(-2, 3, (rows, columns), generator=draws) * -0.5


@pytest.mark.parametrize(("rows", "columns"), [(2000, 4), (300, 1), (1, 7)])
def test_they_are_the_first_of_equal_rows(rows: int, columns: int):
    found = distinct_rows(coarse(rows, columns))
    assert found.dtype == torch.int64
    assert found.tolist() == by_hand(coarse(rows, columns))


def test_rows_with_one_hash_are_compared(monkeypatch: pytest.MonkeyPatch):
    def few(rows: Tensor) -> np.ndarray:
        return (rows[:, 0].numpy() > 0).astype(np.uint64)

    monkeypatch.setattr(distinct, "_hashes", few)
    assert distinct_rows(coarse(2000, 4)).tolist() == by_hand(coarse(2000, 4))


def test_it_goes_through_all_rows_a_tile_at_a_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 64)
    assert distinct_rows(coarse(2000, 4)).tolist() == by_hand(coarse(2000, 4))


def test_a_row_that_differs_in_its_last_bit_is_another_one():
    rows = torch.ones(3, 100)
    rows[1, 99] += 2**-23
    assert distinct_rows(rows).tolist() == [0, 1]


def test_zero_has_no_sign_and_strides_do_not_matter():
    rows = torch.tensor([[0.0, 1.0], [-0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, -0.0], [2.0, 2.0]])
    assert distinct_rows(rows).tolist() == [0, 2, 5]
    assert distinct_rows(rows.T.contiguous().T).tolist() == [0, 2, 5]
