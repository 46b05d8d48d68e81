import itertools
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import kmeans
from clusterfit.errors import InputError, NonFiniteFeatures

ENGINES = ["faiss", "torch"]


@pytest.fixture(scope="module")
def blobs() -> Tensor:
    draws = torch.Generator().manual_seed(0)
    centres = torch.randn(30, 16, generator=draws) * 3
    return centres[torch.randint(30, (3000,), generator=draws)] + torch.randn(
        3000, 16, generator=draws
    )


def fit(features: Tensor, k: int, **options: Any) -> kmeans.Clustering:
    settings: dict[str, Any] = {
        "iterations": 10,
        "seed": 1,
        "engine": "torch",
        "device": "cpu",
        "threads": 1,
    }
    return kmeans.fit(features, k, **(settings | options))


def squared_distances(rows: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    return ((rows[:, None] - centroids[None]) ** 2).sum(2)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_iteration_is_one_lloyd_step_in_float64(blobs: Tensor, engine: str):
    start = blobs[:40].clone()
    found = fit(blobs, 40, engine=engine, iterations=1, init_centroids=start)
    rows, centroids = blobs.double().numpy(), start.double().numpy()
    distances = squared_distances(rows, centroids)
    assert found["objectives"] == [pytest.approx(distances.min(1).sum(), rel=1e-5)]
    nearest = distances.argmin(1)
    means = np.stack([rows[nearest == c].mean(0) for c in range(40)])
    np.testing.assert_allclose(found["centroids"].numpy(), means, rtol=1e-5, atol=1e-5)
    labels = squared_distances(rows, found["centroids"].double().numpy()).argmin(1)
    np.testing.assert_array_equal(found["labels"].numpy(), labels)
    np.testing.assert_array_equal(found["sizes"].numpy(), np.bincount(labels, minlength=40))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_objective_is_the_float64_sum_over_all_rows(blobs: Tensor, engine: str):
    found = fit(blobs, 30, engine=engine)
    distances = squared_distances(blobs.double().numpy(), found["centroids"].double().numpy())
    assert found["objective"] == pytest.approx(distances.min(1).sum(), rel=1e-12)


def test_both_engines_reach_the_same_objective(blobs: Tensor):
    by_faiss, by_torch = (fit(blobs, 50, engine=engine, iterations=20) for engine in ENGINES)
    assert by_torch["objective"] == pytest.approx(by_faiss["objective"], rel=1e-3)
    assert by_torch["objectives"] == pytest.approx(by_faiss["objectives"], rel=1e-3)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_iteration_makes_it_worse_and_it_ends_where_nothing_moves(blobs: Tensor, engine: str):
    found = fit(blobs, 30, engine=engine, iterations=200)
    falling = [*found["objectives"], found["objective"]]
    assert all(b <= a * (1 + 1e-6) for a, b in itertools.pairwise(falling))
    assert len(found["objectives"]) < 200
    more = fit(blobs, 30, engine=engine, iterations=1, init_centroids=found["centroids"])
    assert torch.equal(more["centroids"], found["centroids"])


@pytest.mark.parametrize("engine", ENGINES)
def test_the_seed_alone_decides(blobs: Tensor, engine: str):
    first, again, other = (fit(blobs, 30, engine=engine, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(first["centroids"], again["centroids"])
    assert torch.equal(first["labels"], again["labels"])
    assert not torch.equal(first["centroids"], other["centroids"])


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_clusters_are_refilled(blobs: Tensor, engine: str):
    start = torch.cat([blobs[:20], torch.full((10, 16), 1e4)])
    found = fit(blobs, 30, engine=engine, iterations=10, init_centroids=start)
    assert int(found["sizes"].min()) > 0


def test_an_empty_cluster_takes_half_of_another_moved_apart_by_a_1024th():
    rows = torch.tensor([[1.0, 2.0, 3.0]]).repeat(6, 1)
    moved = kmeans.move(rows, torch.zeros(6, dtype=torch.int64), 2, torch.Generator())
    apart = torch.tensor([1.0, -1.0, 1.0]) / 1024
    torch.testing.assert_close(moved, torch.stack([rows[0] * (1 - apart), rows[0] * (1 + apart)]))


@pytest.mark.parametrize("engine", ENGINES)
def test_assign_finds_the_nearest_centroid(blobs: Tensor, engine: Any):
    centroids = blobs[:200]
    found = kmeans.assign(blobs, centroids, engine=engine, device="cpu", threads=1)
    expected = squared_distances(blobs.double().numpy(), centroids.double().numpy()).argmin(1)
    np.testing.assert_array_equal(found.numpy(), expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_row_may_be_its_own_cluster(engine: str):
    rows = torch.randn(20, 4, generator=torch.Generator().manual_seed(0))
    found = fit(rows, 20, engine=engine)
    assert found["objective"] == 0
    assert sorted(found["labels"].tolist()) == list(range(20))


def test_progress_names_each_iteration_and_its_objective(blobs: Tensor):
    seen: list[tuple[float, ...]] = []
    found = fit(blobs, 30, iterations=3, progress=lambda *now: seen.append(now))
    assert seen == [(i + 1, 3, value) for i, value in enumerate(found["objectives"])]


def test_progress_may_stop_it(blobs: Tensor):
    def stop(*_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(blobs, 30, progress=stop)


ROWS = torch.zeros(10, 4)


@pytest.mark.parametrize(
    ("rows", "k", "message"),
    [
        (ROWS, 11, "11 clusters of 10 features: K has to be at least 2 and at most 10"),
        (ROWS, 1, "1 clusters of 10 features: K has to be at least 2"),
        (ROWS.double(), 2, "float32 tensor N x D, but are torch.float64"),
        (ROWS[0], 2, "float32 tensor N x D, but are torch.float32 of shape"),
    ],
)
def test_what_cannot_be_clustered_is_refused(rows: Tensor, k: int, message: str):
    with pytest.raises(InputError, match=message):
        fit(rows, k)


def test_features_that_are_nan_are_refused():
    rows = torch.zeros(10, 4)
    rows[7, 1] = float("nan")
    with pytest.raises(NonFiniteFeatures, match="1 of 10 rows are, the first is row 7"):
        fit(rows, 2)


def test_centroids_of_another_shape_are_refused(blobs: Tensor):
    with pytest.raises(InputError, match=r"start from centroids of shape \(3, 16\)"):
        fit(blobs, 4, init_centroids=blobs[:3])
