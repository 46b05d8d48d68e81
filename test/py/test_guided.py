"""Clusters that labels guide, beside k-means of features and one-hot labels, and all others."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import adjusted_rand_score
from torch import Tensor

from clusterfit import kmeans
from clusterfit.errors import InputError
from clusterfit.kmeans.lloyd import start_rows

HOW: dict[str, Any] = {"iterations": 100, "device": "cpu", "threads": 1}


def guide(
    rows: Tensor, labels: Tensor, k: int, weight: float, *, classes: int = 4, seed: int = 1
) -> kmeans.GuidedClustering:
    return kmeans.guide(rows, labels, classes, k, weight=weight, seed=seed, **HOW)


def fit(rows: Tensor, k: int, *, seed: int = 1) -> kmeans.Clustering:
    return kmeans.fit(rows, k, seed=seed, engine="torch", **HOW)


def made(seed: int, rows: int = 200, labels: int = 4) -> tuple[Tensor, Tensor]:
    draws = torch.Generator().manual_seed(seed)
    return torch.randn(rows, 3, generator=draws), torch.randint(labels, (rows,), generator=draws)


def impurity(labels: np.ndarray, clusters: np.ndarray) -> float:
    """Labelled rows times the Gini impurity of their cluster, summed."""
    total = 0.0
    for cluster in np.unique(clusters):
        own = labels[(clusters == cluster) & (labels >= 0)]
        if len(own) > 0:
            shares = np.bincount(own) / len(own)
            total += len(own) * (1 - (shares**2).sum())
    return total


def spread(rows: np.ndarray, clusters: np.ndarray) -> float:
    """Squared distances to the means of the clusters, summed."""
    return sum(
        ((rows[clusters == each] - rows[clusters == each].mean(0)) ** 2).sum()
        for each in np.unique(clusters)
    )


@pytest.mark.parametrize("weight", [0.0, 0.3, 5.0])
def test_it_is_lloyd_on_features_and_one_hot_labels_where_every_row_has_one(weight: float):
    rows, labels = made(0)
    one_hot = np.sqrt(weight) * np.eye(4)[labels.numpy()]
    extended = np.concatenate([rows.double().numpy(), one_hot], axis=1)
    means = extended[start_rows(200, 5, 1).numpy()]
    clusters = np.full(200, -1)
    while True:
        moved = ((extended[:, None] - means) ** 2).sum(2).argmin(1)
        if np.array_equal(moved, clusters):
            break
        clusters = moved
        means = np.stack([extended[clusters == each].mean(0) for each in range(5)])
    found = guide(rows, labels, 5, weight)
    assert np.array_equal(found["labels"].numpy(), clusters)
    objective = ((extended - means[clusters]) ** 2).sum()
    assert found["objective"] == pytest.approx(objective, rel=1e-6)


def test_the_objective_is_distances_and_weighted_impurity_and_never_rises():
    rows, labels = made(1)
    labels[::3] = -1
    found = guide(rows, labels, 6, 0.7)
    gaps = rows.double() - found["centroids"].double()[found["labels"]]
    expected = impurity(labels.numpy(), found["labels"].numpy())
    assert found["impurity"] == pytest.approx(expected, rel=1e-12)
    objective = gaps.square().sum().item() + 0.7 * expected
    assert found["objective"] == pytest.approx(objective, rel=1e-12)
    falling = [*found["objectives"], found["objective"]]
    assert len(falling) > 3
    assert all(b <= a * (1 + 1e-6) for a, b in itertools.pairwise(falling))


def test_without_labels_or_weight_it_is_plain_k_means():
    rows, labels = made(3)
    rows[7:60] = rows[7]  # fewer different rows: some clusters are empty, and start again
    plain = fit(rows, 90)
    none = guide(rows, torch.full((200,), -1), 90, 5)
    for found in (none, guide(rows, labels, 90, 0)):
        assert torch.equal(found["labels"], plain["labels"])
        assert torch.equal(found["centroids"], plain["centroids"])
        assert found["objective"] == plain["objective"]
        assert found["objectives"] == plain["objectives"]
    assert none["impurity"] == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_many_starts_is_the_best_of_all_clusterings(seed: int):
    rows, labels = made(seed, rows=8, labels=2)
    labels[:2] = -1
    exact, known = rows.double().numpy(), labels.numpy()
    best = min(
        spread(exact, np.array(clusters)) + 1.5 * impurity(known, np.array(clusters))
        for clusters in itertools.product(range(2), repeat=8)
    )
    found = [guide(rows, labels, 2, 1.5, seed=start)["objective"] for start in range(60)]
    assert min(found) == pytest.approx(best, rel=1e-6)
    assert all(one >= best * (1 - 1e-6) for one in found)


def test_it_ends_where_each_row_is_in_its_cheapest_cluster():
    rows, labels = made(5)
    labels[:120] = -1
    labels[labels == 3] = -1
    rows[180:] += 50  # far away and without labels: a cluster that has the labels' shares of all
    labels[180:] = -1
    found = guide(rows, labels, 6, 3)
    own = found["labels"].numpy()
    exact, known = rows.double().numpy(), labels.numpy()
    costs = ((exact[:, None] - found["centroids"].double().numpy()) ** 2).sum(2)
    every = np.bincount(known[known >= 0], minlength=3) / (known >= 0).sum()
    bare = 0
    for cluster in range(6):
        of = known[(own == cluster) & (known >= 0)]
        bare += len(of) == 0
        shares = np.bincount(of, minlength=3) / len(of) if len(of) > 0 else every
        penalties = ((np.eye(3) - shares) ** 2).sum(1)
        costs[known >= 0, cluster] += 3 * penalties[known[known >= 0]]
    assert bare > 0
    assert np.array_equal(own, costs.argmin(1))


def test_a_heavier_weight_makes_purer_clusters_at_the_cost_of_distances():
    rows, labels = made(6)
    found = [guide(rows, labels, 8, weight) for weight in (0, 0.5, 2, 50)]
    impurities = [one["impurity"] for one in found]
    assert impurities == sorted(impurities, reverse=True)
    assert impurities[0] > 100
    assert impurities[-1] == 0
    exact = rows.double().numpy()
    assert spread(exact, found[-1]["labels"].numpy()) > spread(exact, found[0]["labels"].numpy())


def test_labels_of_some_rows_move_the_others():
    # what is asked for is told by the second number; the first one has more spread
    draws = torch.Generator().manual_seed(0)
    told = torch.arange(600) % 2
    other = torch.arange(600) // 2 % 2
    rows = torch.stack([2.2 * other, 2.0 * told], 1)
    rows += 0.3 * torch.randn(600, 2, generator=draws)
    labels = torch.where(torch.rand(600, generator=draws) < 0.3, told, -1)
    plain = min((fit(rows, 2, seed=seed) for seed in range(5)), key=lambda one: one["objective"])
    guided = min(
        (guide(rows, labels, 2, 20, seed=seed) for seed in range(5)),
        key=lambda one: one["objective"],
    )
    without = labels < 0
    assert adjusted_rand_score(told[without], plain["labels"][without]) < 0.1
    assert adjusted_rand_score(told[without], guided["labels"][without]) > 0.9


def test_one_more_label_that_no_row_has_is_no_matter():
    rows, labels = made(7)
    found = guide(rows, labels, 5, 1)
    assert torch.equal(guide(rows, labels, 5, 1, classes=9)["labels"], found["labels"])


def test_what_does_not_fit_is_refused():
    rows, labels = made(8)
    for wrong in (labels[:-1], labels.float(), labels.unsqueeze(1)):
        with pytest.raises(InputError, match="one int64 label for each of 200 rows"):
            guide(rows, wrong, 3, 1)
    for wrong in (labels - 2, labels + 1):
        with pytest.raises(InputError, match="labels 0 to 3, or -1 for none"):
            guide(rows, wrong, 3, 1)
    with pytest.raises(InputError, match="a weight of 0 or more, found -1"):
        guide(rows, labels, 3, -1)
    with pytest.raises(InputError, match="it needs 1 to 200 clusters, found 201"):
        guide(rows, labels, 201, 1)
