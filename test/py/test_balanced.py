"""Clusters under a cap, beside every assignment there is, and scipy's exact one."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from scipy.optimize import linear_sum_assignment
from torch import Tensor

from clusterfit import kmeans
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.kmeans import auction

HOW: dict[str, Any] = {"iterations": 20, "seed": 1, "device": "cpu", "threads": 1}


def balance(rows: Tensor, start: Tensor, most: int, **how: Any) -> kmeans.BalancedClustering:
    return kmeans.balance(rows, start, most, **(HOW | how))


def costs_of(rows: Tensor, centroids: Tensor) -> np.ndarray:
    gaps = rows.double().numpy()[:, None] - centroids.double().numpy()[None]
    return (gaps**2).sum(2)


def cheapest(costs: np.ndarray, most: int) -> float:
    """The least sum of all assignments with `most` rows a cluster, tried one by one."""
    rows, k = costs.shape
    return min(
        costs[np.arange(rows), list(labels)].sum()
        for labels in itertools.product(range(k), repeat=rows)
        if max(np.bincount(labels)) <= most
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_tiny_assignment_is_within_a_percent_of_the_best_of_all(seed: int):
    draws = torch.Generator().manual_seed(seed)
    k = 2 + seed % 2
    rows, centroids = torch.randn(7, 2, generator=draws), torch.randn(k, 2, generator=draws)
    for most in range(-(-7 // k), 8):
        found = balance(rows, centroids, most, iterations=1)
        costs = costs_of(rows, centroids)
        best = cheapest(costs, most)
        assert int(found["sizes"].max()) <= most
        assert best * (1 - 1e-12) <= found["objectives"][0] <= best * 1.01
        assert found["objectives"][0] <= best * (1 + found["gap"] + 1e-12)


def test_an_assignment_is_within_a_percent_of_scipys_and_its_bound_below():
    draws = torch.Generator().manual_seed(0)
    rows = torch.cat(
        [torch.randn(90, 5, generator=draws) * 0.2, torch.randn(30, 5, generator=draws)]
    )
    centroids = rows[torch.randperm(120, generator=draws)[:10]]
    costs = costs_of(rows, centroids)
    for most in (12, 13, 20, 50):
        places = np.repeat(costs, most, axis=1)
        best = places[linear_sum_assignment(places)].sum()
        found = balance(rows, centroids, most, iterations=1)
        assert int(found["sizes"].max()) <= most
        assert best * (1 - 1e-12) <= found["objectives"][0] <= best * 1.01

        def tile(rows_T: Tensor, costs: np.ndarray = costs) -> Tensor:
            return torch.from_numpy(costs)[rows_T]

        step = 0.02
        labels, prices = auction.auction(tile, 120, 10, most, step=step, tick=lambda: None)
        price = costs[np.arange(120), labels.numpy()].sum()
        assert price <= best + 120 * step
        bound = auction.lower_bound(tile, 120, most, prices)
        assert price - 120 * step - 1e-9 <= bound <= best + 1e-9
        full = labels.bincount(minlength=10) == most
        assert bool((prices[~full] == 0).all())


def test_by_hand_the_row_that_loses_least_moves():
    # four rows near 0, of which 3.0 is the nearest to 10
    rows = torch.tensor([[0.0], [1.0], [-1.0], [3.0], [10.0]])
    found = balance(rows, torch.tensor([[0.0], [10.0]]), 3, iterations=1)
    assert found["labels"].tolist() == [0, 0, 0, 1, 1]
    assert found["objectives"] == [0 + 1 + 1 + 49 + 0]
    assert found["centroids"].tolist() == [[0], [6.5]]
    assert found["objective"] == 0 + 1 + 1 + 2 * 3.5**2
    assert found["gap"] <= 0.01


def clouds() -> Tensor:
    draws = torch.Generator().manual_seed(5)
    sizes = [400, 100, 60, 30, 10]
    centres = torch.randn(5, 8, generator=draws)
    return torch.cat(
        [
            centre + 0.3 * torch.randn(size, 8, generator=draws)
            for centre, size in zip(centres, sizes, strict=True)
        ]
    )


@pytest.mark.parametrize("share", [1.0, 1.2, 2.0])
def test_no_cluster_is_above_the_cap_and_no_iteration_makes_it_worse(share: float):
    rows = clouds()
    start = kmeans.fit(
        *(rows, 20), iterations=10, seed=1, engine="torch", device="cpu", threads=1
    )["centroids"]  # fmt: skip
    most = int(np.ceil(share * 600 / 20))
    found = balance(rows, start, most)
    assert int(found["sizes"].max()) <= most
    assert int(found["sizes"].sum()) == 600
    falling = [*found["objectives"], found["objective"]]
    assert all(b <= a * (1 + 1e-9) for a, b in itertools.pairwise(falling))
    assert len(falling) > 3
    chosen = costs_of(rows, found["centroids"])[np.arange(600), found["labels"].numpy()]
    assert found["objective"] == pytest.approx(chosen.sum(), rel=1e-12)
    means = np.stack(
        [rows[found["labels"] == c].double().mean(0).numpy() for c in range(20)]
    ).astype(np.float32)
    np.testing.assert_allclose(found["centroids"].numpy(), means, rtol=1e-6)


def test_a_cap_that_does_not_bind_is_plain_k_means():
    rows = clouds()
    plain = kmeans.fit(rows, 6, iterations=60, seed=1, engine="torch", device="cpu", threads=1)
    found = balance(rows, plain["centroids"], 600)
    assert torch.equal(found["labels"], plain["labels"])
    assert found["objective"] == pytest.approx(plain["objective"], rel=1e-12)


def test_the_same_rows_give_the_same_bytes_with_any_number_of_threads():
    rows = clouds()
    first, second = (balance(rows, rows[:20].clone(), 40, threads=threads) for threads in (1, 2))
    for name in ("labels", "centroids", "sizes"):
        assert torch.equal(first[name], second[name])
    assert first["objectives"] == second["objectives"]


def test_equal_rows_are_dealt_out_up_to_the_cap():
    found = balance(torch.ones(10, 3), torch.ones(4, 3), 3)
    assert int(found["sizes"].max()) <= 3
    assert found["objective"] == 0
    none = balance(torch.ones(3, 2), torch.ones(1, 2), 3)
    assert none["labels"].tolist() == [0, 0, 0]


def test_rows_on_their_centroids_with_one_far_away_end():
    rows = torch.cat([torch.zeros(6, 2), torch.ones(3, 2), torch.full((1, 2), 100.0)])
    found = balance(rows, torch.tensor([[0.0, 0], [1, 1], [100, 100]]), 5)
    assert found["sizes"].tolist() == [5, 4, 1]
    assert found["objectives"][0] == 2


def test_progress_counts_iterations_and_may_stop_it():
    seen: list[tuple[float, ...]] = []
    found = balance(clouds(), clouds()[:20], 40, progress=lambda *now: seen.append(now))
    iterations = len(found["objectives"])
    assert seen[0] == (0, 20)
    assert [now for now in seen if now[0] == iterations][-1] == (
        iterations, 20, found["objectives"][-1],
    )  # fmt: skip

    def stop(*_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        balance(clouds(), clouds()[:20], 40, progress=stop)


def test_what_has_no_room_is_refused():
    rows = torch.zeros(10, 2)
    with pytest.raises(InputError, match="room for 10 rows, found 20 and 3 clusters of 3 rows"):
        balance(rows, torch.zeros(3, 2), 3)
    with pytest.raises(InputError, match="it needs an iteration"):
        balance(rows, torch.zeros(3, 2), 4, iterations=0)
    with pytest.raises(InputError, match="start from these centroids"):
        balance(rows, torch.zeros(3, 1), 4)
    with pytest.raises(NonFiniteFeatures):
        balance(torch.full((3, 2), torch.nan), torch.zeros(3, 2), 4)
