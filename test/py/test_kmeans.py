import itertools
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import kmeans, scratch
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.kmeans import clustering, lloyd

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
    assert found["objectives"] == [pytest.approx(distances.min(1).sum(), rel=1e-12)]
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


def test_both_engines_find_the_same_clustering_with_any_number_of_threads(blobs: Tensor):
    first, *others = (
        fit(blobs, 50, engine=engine, iterations=20, threads=threads)
        for engine in ENGINES
        for threads in (1, 2)
    )
    for other in others:
        assert torch.equal(other["centroids"], first["centroids"])
        assert torch.equal(other["labels"], first["labels"])
        assert other["objectives"] == first["objectives"]


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


def test_empty_clusters_start_again_at_rows_away_from_their_centroid():
    rows = torch.tensor([[0.0], [0.0], [2.0], [7.0], [7.0]])
    centroids = torch.tensor([[1.0], [7.0], [50.0], [60.0], [70.0], [80.0]])
    labels = torch.tensor([0, 0, 0, 1, 1])
    distances = clustering.squared_distances(rows, centroids, labels)
    assert distances.tolist() == [1, 1, 1, 0, 0]
    moved = lloyd.move(rows, centroids, labels, distances, torch.Generator().manual_seed(0))
    assert moved[0].item() == pytest.approx(2 / 3)
    assert moved[1] == 7
    assert sorted(moved[2:5, 0].tolist()) == [0, 0, 2]
    assert moved[5] == 80


def test_a_row_starts_a_cluster_in_proportion_to_its_squared_distance():
    rows, centroids = torch.tensor([[0.0], [1.0], [-2.0]]), torch.tensor([[0.0], [9.0]])
    labels = torch.zeros(3, dtype=torch.int64)
    distances = clustering.squared_distances(rows, centroids, labels)
    drawn = [
        lloyd.move(rows, centroids, labels, distances, torch.Generator().manual_seed(seed))[1]
        for seed in range(500)
    ]
    assert not any(row == 0 for row in drawn)
    assert sum(row == -2 for row in drawn) / 500 == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("distinct", [1, 2, 40, 499])
def test_fewer_distinct_rows_than_clusters_end_early_and_leave_clusters_empty(
    engine: str, distinct: int
):
    draws = torch.Generator().manual_seed(distinct)
    kinds = torch.randn(distinct, 8, generator=draws) + 100
    rows = kinds[torch.arange(1000) % distinct]
    found = fit(rows, 500, engine=engine, iterations=100)
    assert found["distinct"] == distinct
    assert found["empty"] == 500 - distinct == int((found["sizes"] == 0).sum())
    assert found["objective"] == 0
    assert len(found["objectives"]) < 20
    assert torch.equal(found["centroids"][found["labels"]], rows)


def test_a_thousand_equal_rows_end_after_one_iteration():
    assert fit(torch.full((1000, 4), 0.1), 500, iterations=20)["objectives"] == [0]


@pytest.mark.parametrize("engine", ENGINES)
def test_clusters_that_the_last_iteration_left_empty_are_counted(engine: str):
    rows = torch.randn(1000, 4, generator=torch.Generator().manual_seed(0))
    far = torch.full((40, 4), 1e3) + torch.arange(40).unsqueeze(1)
    found = fit(rows, 50, engine=engine, iterations=1, init_centroids=torch.cat([rows[:10], far]))
    assert found["distinct"] == 1000
    assert found["empty"] == int((found["sizes"] == 0).sum())
    none = kmeans.fit(
        *(rows, 50), iterations=0, seed=1, engine="torch", device="cpu", threads=1,
        init_centroids=torch.cat([rows[:10], far]),
    )  # fmt: skip
    assert none["empty"] == 40


@pytest.mark.parametrize("offset", [0, 100, 1000, 1e5])
def test_rows_that_share_an_offset_get_the_labels_of_float64(offset: float):
    rows = torch.randn(4000, 32, generator=torch.Generator().manual_seed(0)) + offset
    found = {engine: fit(rows, 60, engine=engine, iterations=4) for engine in ENGINES}
    for one in found.values():
        exact = squared_distances(rows.double().numpy(), one["centroids"].double().numpy())
        np.testing.assert_array_equal(one["labels"].numpy(), exact.argmin(1))
        np.testing.assert_array_equal(one["sizes"].numpy(), np.bincount(exact.argmin(1)))
        assert one["objective"] == pytest.approx(exact.min(1).sum(), rel=1e-12)
        before = fit(rows, 60, iterations=3)
        assert one["objectives"][-1] == pytest.approx(before["objective"], rel=1e-12)
    faiss, by_torch = (found[engine] for engine in ENGINES)
    assert torch.equal(faiss["centroids"], by_torch["centroids"])


@pytest.mark.parametrize("engine", ENGINES)
def test_an_offset_changes_a_clustering_no_more_than_it_changes_the_rows(
    blobs: Tensor, engine: str
):
    plain = fit(blobs, 40, engine=engine, iterations=20)["objective"]
    moved = fit(blobs + 1000, 40, engine=engine, iterations=20)["objective"]
    assert moved == pytest.approx(plain, rel=1e-3)


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
        (ROWS, 11, "10 features: it needs 1 to 10 clusters, found 11"),
        (ROWS, 0, "10 features: it needs 1 to 10 clusters, found 0"),
        (ROWS.double(), 2, "float32 tensor N x D, found torch.float64"),
        (ROWS[0], 2, "float32 tensor N x D, found torch.float32 of shape"),
    ],
)
def test_what_cannot_be_clustered_is_refused(rows: Tensor, k: int, message: str):
    with pytest.raises(InputError, match=message):
        fit(rows, k)


def test_features_that_are_nan_are_refused():
    rows = torch.zeros(10, 4)
    rows[7, 1] = float("nan")
    with pytest.raises(NonFiniteFeatures, match=r"in 1 of 10 rows, first in row 7\."):
        fit(rows, 2)


def test_centroids_of_another_shape_are_refused(blobs: Tensor):
    with pytest.raises(InputError, match=r"start from these centroids: .* \(4, 16\), .* \(3, 16\)"):
        fit(blobs, 4, init_centroids=blobs[:3])
    settings: dict[str, Any] = {"engine": "torch", "device": "cpu", "threads": 1}
    for centroids in (blobs[:3, :1], blobs[:3].double()):
        with pytest.raises(InputError, match="assign rows to these centroids"):
            kmeans.assign(blobs, centroids, **settings)
    with pytest.raises(NonFiniteFeatures, match=r"Cannot assign rows to .* 1 of 3"):
        kmeans.assign(blobs, torch.tensor([[0.0], [1.0], [torch.nan]]).repeat(1, 16), **settings)


@pytest.mark.parametrize("engine", ["faiss", "torch"])
def test_one_cluster_is_the_mean(blobs: Tensor, engine: Literal["faiss", "torch"]):
    found = fit(blobs, 1, engine=engine)
    mean_D = blobs.double().mean(0)
    assert found["labels"].unique().tolist() == [0]
    assert torch.equal(found["centroids"][0], mean_D.float())
    spread = (blobs.double() - mean_D.float().double()).square().sum().item()
    assert found["objective"] == pytest.approx(spread, rel=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_kept_in_a_file_give_the_same_clustering(
    blobs: Tensor, engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    expected = fit(blobs, 40, engine=engine)
    how: dict[str, Any] = {"engine": engine, "device": "cpu", "threads": 1}
    assigned = kmeans.assign(blobs, blobs[:9].clone(), **how)
    asked: list[tuple[int, int]] = []
    empty = scratch.empty

    def recorded(rows: int, columns: int, *rest: Any) -> Tensor:
        asked.append((rows, columns))
        return empty(rows, columns, *rest)

    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    monkeypatch.setattr(scratch, "empty", recorded)
    found = fit(blobs, 40, engine=engine, folder=str(tmp_path))
    for name in ("centroids", "labels", "sizes"):
        assert torch.equal(found[name], expected[name])
    assert found["objectives"] == expected["objectives"]
    again = kmeans.assign(blobs, blobs[:9].clone(), **how, folder=str(tmp_path))
    assert torch.equal(again, assigned)
    assert asked == [(3000, 17)] * 2
