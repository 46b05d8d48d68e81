import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import tiles
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.representations import effective_rank, neighbour_agreement


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def rank_by_hand(rows: Tensor) -> float:
    exact = rows.double().numpy()
    singular = np.linalg.svd(exact - exact.mean(0), compute_uv=False)
    shares = singular[singular > 1e-7 * singular[0]] / singular.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


@pytest.mark.parametrize("offset", [0, 300])
@pytest.mark.parametrize(("rows", "columns"), [(400, 20), (20, 400)])
def test_the_effective_rank_is_that_of_the_singular_values(
    rows: int, columns: int, offset: int, monkeypatch: pytest.MonkeyPatch
):
    features = normal(rows, columns) * torch.linspace(0.01, 3, columns) + offset
    expected = rank_by_hand(features)
    assert effective_rank(features, threads=1) == pytest.approx(expected, rel=1e-5)
    monkeypatch.setitem(tiles.AT_ONCE, "cpu", 500)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 500)
    assert effective_rank(features, threads=1) == pytest.approx(expected, rel=1e-5)


def test_the_effective_rank_counts_the_directions_that_vary():
    signs = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    assert effective_rank(signs, threads=1) == pytest.approx(2)
    assert effective_rank(torch.cat([signs, signs], 1), threads=1) == pytest.approx(2)
    assert effective_rank(signs * torch.tensor([1.0, 0]), threads=1) == pytest.approx(1)
    assert effective_rank(torch.full((5, 3), 0.1), threads=1) == 0


def agreement_by_hand(first: Tensor, second: Tensor, neighbours: int) -> float:
    def nearest(rows: Tensor) -> list[set[int]]:
        exact = rows.double().numpy()
        exact = exact / np.linalg.norm(exact, axis=1, keepdims=True)
        cosines = exact @ exact.T
        np.fill_diagonal(cosines, -np.inf)
        return [set(row) for row in np.argsort(-cosines, axis=1)[:, :neighbours].tolist()]

    pairs = zip(nearest(first), nearest(second), strict=True)
    return 100 * float(np.mean([len(a & b) / neighbours for a, b in pairs]))


def agreement(first: Tensor, second: Tensor, limit: int = 5000, seed: int = 0) -> float:
    return neighbour_agreement(first, second, neighbours=10, limit=limit, seed=seed, threads=1)


def test_the_agreement_is_that_of_the_nearest_rows_by_cosine(monkeypatch: pytest.MonkeyPatch):
    first = normal(300, 8)
    second = torch.cat([first + 0.5 * normal(300, 8, seed=1), normal(300, 3, seed=2)], 1)
    expected = agreement_by_hand(first, second, 10)
    assert 10 < expected < 60
    assert agreement(first, second) == pytest.approx(expected)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 1000)
    assert agreement(first, second) == pytest.approx(expected)


def test_the_agreement_does_not_depend_on_lengths_and_is_whole_with_itself():
    rows = normal(200, 8)
    assert agreement(rows, rows * torch.linspace(0.1, 9, 200).unsqueeze(1)) == 100
    assert agreement(rows, normal(200, 8, seed=1)) == pytest.approx(1000 / 199, abs=2)


def test_of_many_rows_some_are_drawn_by_the_seed():
    first, second = normal(300, 4), normal(300, 4) + 0.3 * normal(300, 4, seed=1)
    drawn = [agreement(first, second, limit=100, seed=seed) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    whole = agreement(first, second, limit=300)
    assert whole == pytest.approx(agreement_by_hand(first, second, 10))
    assert drawn[0] != whole


def test_what_cannot_be_described_is_refused():
    rows = normal(30, 4)
    with pytest.raises(InputError, match=r"found torch.float64 of shape \(30, 4\)"):
        effective_rank(rows.double(), threads=1)
    with pytest.raises(InputError, match=r"the same rows twice, more than 10, found 30 and 29"):
        agreement(rows, rows[:29])
    with pytest.raises(InputError, match=r"more than 10, found 10 and 10"):
        agreement(rows[:10], rows[:10])
    rows[3, 1] = float("nan")
    with pytest.raises(NonFiniteFeatures, match="Cannot describe these features"):
        effective_rank(rows, threads=1)
