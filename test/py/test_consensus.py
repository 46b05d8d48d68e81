"""Consensus clusterings, beside dense memberships and planted ones."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import adjusted_rand_score
from torch import Tensor

from clusterfit import kmeans
from clusterfit.errors import InputError


def consensus(clusterings: list[Tensor], k: int, **how: Any) -> kmeans.Consensus:
    settings: dict[str, Any] = {"iterations": 50, "starts": 5, "seed": 1}
    return kmeans.consensus(clusterings, k, **(settings | how))


def noisy(planted: Tensor, k: int, share: float, seed: int) -> Tensor:
    """The planted clusters under other ids, with a share of the rows in any cluster."""
    draws = torch.Generator().manual_seed(seed)
    names = torch.randperm(k, generator=draws)
    lost = torch.rand(len(planted), generator=draws) < share
    return torch.where(lost, torch.randint(k, planted.shape, generator=draws), names[planted])


def memberships(clusterings: list[Tensor]) -> np.ndarray:
    """One-hot rows of all clusterings, beside each other."""
    return np.concatenate([np.eye(int(one.max()) + 1)[one.numpy()] for one in clusterings], axis=1)


def dense_objective(clusterings: list[Tensor], labels: np.ndarray) -> float:
    """The squared distances of memberships to the means of their clusters."""
    dense = memberships(clusterings)
    return sum(
        ((dense[labels == c] - dense[labels == c].mean(0)) ** 2).sum() for c in np.unique(labels)
    )


@pytest.mark.parametrize("seed", range(3))
def test_planted_clusters_are_recovered_better_than_by_any_single_clustering(seed: int):
    k = 12
    planted = torch.randint(k, (900,), generator=torch.Generator().manual_seed(seed))
    given = [noisy(planted, k, 0.4, 10 * seed + each) for each in range(7)]
    found = consensus(given, k)
    singly = [adjusted_rand_score(planted, one) for one in given]
    assert max(singly) < 0.5
    assert adjusted_rand_score(planted, found["labels"]) > 0.9


def test_clusterings_that_each_merge_some_clusters_tell_them_apart_together():
    planted = torch.arange(6).repeat(50)
    merged = [torch.tensor(names)[planted] for names in ([0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 0])]
    found = consensus(merged, 6)
    assert adjusted_rand_score(planted, found["labels"]) == 1
    assert found["objective"] == pytest.approx(0, abs=1e-9)
    assert found["distinct"] == 6


def test_the_objective_is_that_of_dense_memberships_and_never_rises():
    draws = torch.Generator().manual_seed(3)
    given = [torch.randint(size, (200,), generator=draws) for size in (4, 9, 6)]
    found = consensus(given, 7)
    assert found["objective"] == pytest.approx(
        dense_objective(given, found["labels"].numpy()), rel=1e-9
    )
    falling = [*found["objectives"], found["objective"]]
    assert all(b <= a + 1e-9 for a, b in itertools.pairwise(falling))
    assert int(found["sizes"].sum()) == 200
    assert found["sizes"].tolist() == found["labels"].bincount(minlength=7).tolist()
    more = consensus(given, 7, starts=40)
    assert more["objective"] <= found["objective"]


def test_it_ends_where_each_row_is_nearest_to_the_mean_of_its_own_cluster():
    draws = torch.Generator().manual_seed(5)
    given = [torch.randint(size, (300,), generator=draws) for size in (12, 9, 10)]
    labels = consensus(given, 8, iterations=200)["labels"].numpy()
    dense = memberships(given)
    means = np.stack([dense[labels == c].mean(0) for c in range(8)])
    distances = ((dense[:, None] - means) ** 2).sum(2)
    assert np.allclose(distances[np.arange(300), labels], distances.min(1), atol=1e-12)


def test_clusters_beyond_those_of_a_start_are_filled_where_rows_are_far_from_their_mean():
    # three ways to halve the rows make eight different rows; a start has two clusters
    rows = torch.arange(8).repeat(5)
    halves = [rows >> bit & 1 for bit in range(3)]
    found = consensus(halves, 8, starts=0)
    assert sorted(found["sizes"].tolist()) == [5] * 8
    assert found["objective"] == 0
    more = consensus(halves, 9, starts=1)  # no ninth row differs
    assert (more["empty"], more["distinct"], more["objective"]) == (1, 8, 0)


def test_it_is_the_best_of_all_where_all_can_be_tried():
    given = [torch.tensor(one) for one in ([0, 0, 1, 1, 2, 2, 0], [0, 1, 1, 0, 2, 2, 2])]
    best = min(
        dense_objective(given, np.array(labels)) for labels in itertools.product(range(3), repeat=7)
    )
    found = consensus(given, 3, starts=20)
    assert found["objective"] == pytest.approx(best, rel=1e-12)


def test_ids_are_names_whatever_their_numbers():
    draws = torch.Generator().manual_seed(8)
    given = [torch.randint(6, (100,), generator=draws) for _ in range(3)]
    renamed = [1000 * one - 7 for one in given]
    assert torch.equal(consensus(renamed, 5)["labels"], consensus(given, 5)["labels"])


def test_equal_clusterings_are_their_consensus():
    one = torch.tensor([3, 3, 1, 0, 1, 3])
    found = consensus([one, one], 3, starts=0)
    assert adjusted_rand_score(one, found["labels"]) == 1
    assert found["objective"] == pytest.approx(0, abs=1e-9)


def test_the_seed_alone_decides_and_progress_counts_starts():
    draws = torch.Generator().manual_seed(3)
    given = [torch.randint(30, (300,), generator=draws) for _ in range(3)]
    seen: list[tuple[int, ...]] = []
    first = consensus(given, 20, progress=lambda *now: seen.append(now))
    # none of the three has 20 clusters or fewer: the starts are those drawn
    assert sorted(set(seen)) == [(turn, 5) for turn in range(6)]
    assert seen == sorted(seen)
    assert len(seen) > 6  # also within a start: it can be stopped
    assert torch.equal(consensus(given, 20)["labels"], first["labels"])
    assert not torch.equal(consensus(given, 20, seed=2)["labels"], first["labels"])


def test_clusterings_of_other_rows_are_refused():
    two = [torch.zeros(3, dtype=torch.int64), torch.zeros(4, dtype=torch.int64)]
    with pytest.raises(InputError, match="clusterings of the same rows"):
        consensus(two, 2)
    with pytest.raises(InputError, match="clusterings of the same rows"):
        consensus([], 2)
    with pytest.raises(InputError, match="it needs 1 to 3 clusters, found 4"):
        consensus(two[:1], 4)
    with pytest.raises(InputError, match="found no clustering of 2 clusters or fewer"):
        consensus([torch.arange(3)], 2, starts=0)
