"""Reproducible information, beside scikit-learn's and every permutation there is."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import adjusted_mutual_info_score, mutual_info_score
from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information
from torch import Tensor

from clusterfit import kmeans
from clusterfit.errors import InputError
from clusterfit.kmeans import reproducible

HOW: dict[str, Any] = {"splits": 3, "iterations": 20, "seed": 4, "device": "cpu", "threads": 1}


def measure(rows: Tensor, k: int, **how: Any) -> kmeans.Reproducibility:
    settings: dict[str, Any] = {"engine": "torch"} | HOW | how
    return kmeans.reproducible_information(rows, k, **settings)


def blobs(count: int, rows: int, dimensions: int = 12) -> Tensor:
    draws = torch.Generator().manual_seed(count)
    centres = 6 * torch.nn.functional.normalize(torch.randn(count, dimensions, generator=draws))
    chosen = torch.arange(rows) % count
    return centres[chosen] + torch.randn(rows, dimensions, generator=draws)


def test_chance_is_the_mean_over_every_permutation():
    first, second = np.array([0, 0, 1, 1, 1, 2]), np.array([0, 1, 1, 1, 0, 0])
    every = [
        mutual_info_score(first, list(order)) for order in itertools.permutations(second.tolist())
    ]
    told, chance, _ = reproducible.information(first, second)
    assert chance == pytest.approx(np.mean(every), rel=1e-12)
    assert told == pytest.approx(mutual_info_score(first, second), rel=1e-12)


@pytest.mark.parametrize(("a", "b", "rows"), [(3, 5, 50), (40, 40, 300), (90, 7, 100), (1, 4, 20)])
def test_information_is_scikit_learns(a: int, b: int, rows: int):
    draws = np.random.default_rng(a)
    first = draws.integers(a, size=rows) ** 2
    second = np.where(draws.random(rows) < 0.5, first % b, draws.integers(b, size=rows))
    told, chance, most = reproducible.information(first, second)
    table = contingency_matrix(first, second, sparse=True)
    assert told == pytest.approx(mutual_info_score(first, second), rel=1e-10, abs=1e-12)
    assert chance == pytest.approx(expected_mutual_information(table, rows), rel=1e-9, abs=1e-12)
    if a > 1:
        share = (told - chance) / (most - chance)
        assert share == pytest.approx(adjusted_mutual_info_score(first, second), abs=1e-9)


def test_clouds_that_are_there_are_found_again_and_tell_the_log_of_their_number():
    found = measure(blobs(8, 800), 8)
    assert len(found["bits"]) == len(found["share"]) == 3
    assert max(found["bits"]) == pytest.approx(3, abs=0.1)  # 8 clouds are 3 bits
    assert max(found["share"]) > 0.95


def test_noise_tells_next_to_nothing():
    rows = torch.randn(600, 40, generator=torch.Generator().manual_seed(0))
    assert abs(float(np.mean(measure(rows, 60)["bits"]))) < 0.5  # of 5.9


@pytest.mark.parametrize("planted", [6, 12])
def test_most_information_is_near_the_planted_number(planted: int):
    # k-means merges clouds where it starts with as many clusters: up to twice as many tell more
    rows = blobs(planted, 1200, 100)
    tried = (2, planted // 2, planted, 2 * planted, 4 * planted, 16 * planted)
    bits = [float(np.mean(measure(rows, k)["bits"])) for k in tried]
    assert planted <= tried[int(np.argmax(bits))] <= 2 * planted
    assert all(one < max(bits) - 0.1 for one in (*bits[:2], *bits[4:]))


def test_a_split_is_of_all_rows_and_the_seed_alone_decides():
    rows = blobs(5, 301)
    first, again, other = (measure(rows, 12, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len(set(first["bits"])) == 3  # each split is another one
    assert measure(rows, 12, seed=1, engine="faiss") == first


def test_by_hand_two_far_pairs_of_points_are_one_bit_above_chance():
    rows = torch.tensor([[0.0], [0.0], [9.0], [9.0]]).repeat(10, 1)
    found = measure(rows, 2, splits=1)
    chance = expected_mutual_information(
        contingency_matrix([0, 1] * 20, [0, 1] * 20, sparse=True), 40
    )
    assert found["bits"] == [pytest.approx(1 - chance / np.log(2), rel=1e-9)]
    assert found["share"] == [pytest.approx(1, rel=1e-9)]


def test_progress_counts_splits():
    seen: list[tuple[int, ...]] = []
    measure(blobs(3, 60), 3, progress=lambda *now: seen.append(now))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_more_clusters_than_a_half_has_rows_are_refused():
    with pytest.raises(InputError, match=r"how reproducible 31 clusters are: .* found 61 rows"):
        measure(blobs(3, 61), 31)
    assert len(measure(blobs(3, 62), 31)["bits"]) == 3
