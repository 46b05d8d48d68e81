import math

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import kmeans, memberships
from clusterfit import tiles as tiles_module
from clusterfit.errors import InputError

N, D, K = 157, 6, 9


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tiles_module.NUMBERS, "cpu", 13 * K)


@pytest.fixture
def features() -> Tensor:
    rows = torch.randn(N, D, generator=torch.Generator().manual_seed(3)) * 5 + 40
    rows[50] = rows[20]  # equal
    rows[90] = rows[20]
    return rows


def clustered(features: Tensor) -> tuple[Tensor, Tensor, float]:
    found = kmeans.fit(features, K, iterations=5, seed=1, engine="torch", device="cpu", threads=1)
    return found["centroids"].clone(), found["labels"].clone(), found["objective"]


def reference(features: Tensor, centroids: Tensor, labels: Tensor):
    """Every distance by itself, in NumPy's float64."""
    apart = np.linalg.norm(
        features.numpy().astype(np.float64)[:, None] - centroids.numpy().astype(np.float64), axis=2
    )
    own = apart[np.arange(len(labels)), labels.numpy()]
    empty = np.setdiff1d(np.arange(len(centroids)), labels.numpy())
    apart[np.arange(len(labels)), labels.numpy()] = np.inf
    apart[:, empty] = np.inf
    return own, apart.min(1), apart.argmin(1)


def test_distances_are_those_of_float64(features: Tensor):
    centroids, labels, objective = clustered(features)
    seen: list[tuple[int, int]] = []
    found = memberships.distances(
        features,
        centroids,
        labels,
        normalise=False,
        threads=1,
        progress=lambda *at: seen.append(at),
    )
    own, others, second = reference(features, centroids, labels)
    np.testing.assert_allclose(found["own"].numpy(), own, rtol=1e-13)
    np.testing.assert_allclose(found["others"].numpy(), others, rtol=1e-13)
    assert found["second"].tolist() == second.tolist()
    assert found["own"].square().sum().item() == pytest.approx(objective, rel=1e-12)
    assert (found["others"] >= found["own"]).all()
    assert seen[-1] == (N, N)
    assert len(seen) > 1


def test_rows_are_normalised_as_the_clustering_had_them(features: Tensor):
    rows = features.double()
    rows = (rows / (rows.norm(dim=1, keepdim=True) + 1e-5)).float()
    centroids, labels, objective = clustered(rows)
    found = memberships.distances(features, centroids, labels, normalise=True, threads=1)
    np.testing.assert_allclose(found["own"].numpy(), reference(rows, centroids, labels)[0])
    assert found["own"].square().sum().item() == pytest.approx(objective, rel=1e-12)


def test_a_cluster_without_a_row_is_nobodys_second(features: Tensor):
    centroids, labels, _ = clustered(features)
    centroids = torch.cat([centroids, features[:1]])  # nearest to row 0, and without a row
    found = memberships.distances(features, centroids, labels, normalise=False, threads=1)
    assert K not in found["second"].tolist()
    assert found["second"].tolist() == reference(features, centroids, labels)[2].tolist()


def test_one_cluster_has_no_second(features: Tensor):
    labels = torch.full((N,), 2)
    found = memberships.distances(features, features[:4], labels, normalise=False, threads=1)
    assert found["others"].isnan().all()
    assert set(found["second"].tolist()) == {-1}


@pytest.mark.parametrize("label", [-1, K])
def test_labels_of_another_clustering_are_refused(label: int, features: Tensor):
    centroids, labels, _ = clustered(features)
    labels[3] = label
    with pytest.raises(InputError, match="needs a cluster below 9 for each row"):
        memberships.distances(features, centroids, labels, normalise=False, threads=1)
    with pytest.raises(InputError, match="as wide as the centroids"):
        memberships.distances(features, centroids[:, 1:], labels, normalise=False, threads=1)


@pytest.mark.parametrize("within", [0.0, 3.5, 6.0])
def test_close_pairs_are_all_that_there_are(within: float, features: Tensor):
    centroids, labels, _ = clustered(features)
    own = memberships.distances(features, centroids, labels, normalise=False, threads=1)[
        "own"
    ].numpy()
    found = memberships.close_pairs(
        features, labels, own, within=within, normalise=False, threads=1, reach=N
    )
    expected = sorted(
        (math.dist(features[a].tolist(), features[b].tolist()), a, b)
        for a in range(N)
        for b in range(a + 1, N)
        if labels[a] == labels[b]
        and math.dist(features[a].tolist(), features[b].tolist()) <= within
    )
    assert len(expected) > (0 if within == 0 else 5)
    pairs = [*zip(found["first"].tolist(), found["second"].tolist(), strict=True)]
    assert pairs == [(a, b) for _, a, b in expected]
    np.testing.assert_allclose(found["distance"].numpy(), [apart for apart, *_ in expected])


def test_equal_rows_are_found_with_the_least_reach(features: Tensor):
    centroids, labels, _ = clustered(features)
    own = memberships.distances(features, centroids, labels, normalise=False, threads=1)[
        "own"
    ].numpy()
    found = memberships.close_pairs(
        features, labels, own, within=0, normalise=False, threads=1, reach=1
    )
    pairs = {*zip(found["first"].tolist(), found["second"].tolist(), strict=True)}
    assert pairs == {(20, 50), (50, 90)}
    assert found["distance"].tolist() == [0, 0]


def test_a_single_row_has_no_pair():
    one = torch.ones(1, D)
    found = memberships.close_pairs(
        one,
        torch.zeros(1, dtype=torch.int64),
        np.zeros(1),
        within=1,
        normalise=True,
        threads=1,
    )
    assert [len(values) for values in found.values() if isinstance(values, Tensor)] == [0, 0, 0]
