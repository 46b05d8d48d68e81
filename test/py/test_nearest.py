from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import tiles
from clusterfit.kmeans import nearest as module
from clusterfit.kmeans.nearest import Engine, nearest

ENGINES: list[Engine] = ["faiss", "torch"]


def draws(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=draws(seed))


def reference(rows: Tensor, centroids: Tensor) -> np.ndarray:
    """The first centroid with the least sum of squared differences, in float64."""
    exact, exact_centroids = rows.double().numpy(), centroids.double().numpy()
    return np.concatenate(
        [
            ((part[:, None] - exact_centroids) ** 2).sum(2).argmin(1)
            for part in np.array_split(exact, 10)
        ]
    )


def check(rows: Tensor, centroids: Tensor, engine: Engine) -> None:
    found = nearest(engine, rows)(centroids)
    assert found.dtype == torch.int64
    np.testing.assert_array_equal(found.numpy(), reference(rows, centroids))


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every loop over tiles take several turns."""
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 1 << 15)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("offset", [0, 100, 1000, 1e5])
def test_rows_that_share_an_offset(engine: Engine, offset: float):
    rows = normal(4000, 32) + offset
    check(rows, rows[:100].clone(), engine)
    check(rows, normal(100, 32, seed=1) + offset, engine)
    check(rows, normal(100, 32, seed=1), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_half_way_between_two_centroids(engine: Engine):
    """Rows of which float32 products cannot tell on which side they are."""
    ends = normal(60, 24).split(30)
    pairs = torch.arange(1000) % 30
    rows = (ends[0][pairs] + ends[1][pairs]) / 2 + 1e-7 * normal(1000, 24, seed=1) + 10
    check(rows, torch.cat(ends) + 10, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_many_centroids_as_near_as_the_nearest(engine: Engine):
    rows, centroids = 5 + 1e-4 * normal(1000, 8), 7 + 1e-6 * normal(200, 8, seed=1)
    check(rows, centroids, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_of_equally_near_centroids_the_first_is_taken(engine: Engine):
    rows = torch.randint(-3, 4, (1000, 5), generator=draws()).float() + 7
    centroids = torch.randint(-3, 4, (1000, 5), generator=draws(1)).float() + 7
    exact = (rows.unsqueeze(1) - centroids).double().square().sum(2)
    assert ((exact == exact.amin(1, keepdim=True)).sum(1) > 1).float().mean() > 0.4
    check(rows, centroids, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_centroids_are_the_first_of_them(engine: Engine):
    rows = normal(1000, 6)
    check(rows, normal(7, 6, seed=1).repeat(30, 1), engine)
    check(rows, normal(1, 6, seed=1).repeat(30, 1), engine)
    check(torch.zeros(1000, 6), torch.tensor([0.0, -0.0, 1.0]).unsqueeze(1).repeat(1, 6), engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", [1e-44, 1e-30, 1e-12, 1e12, 1e30, 1e37])
def test_rows_of_any_magnitude(engine: Engine, scale: float):
    check(normal(1000, 12) * scale, normal(50, 12, seed=1) * scale, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_different_magnitudes(engine: Engine):
    sizes = 10 ** (torch.arange(1000) % 60 - 30).double()
    rows = (normal(1000, 12).double() * sizes.unsqueeze(1)).float()
    check(rows, rows[torch.randperm(1000, generator=draws())[:200]], engine)
    far = 1e38 * normal(50, 12, seed=1)
    check(rows[sizes < 1e9], torch.cat([normal(50, 12), far]), engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", [1e-19, 1e-21, 1e-22])
def test_rows_whose_products_underflow_beside_large_ones(engine: Engine, scale: float):
    large = torch.tensor([1.0, -1.0]).unsqueeze(1).repeat(1, 12)
    rows = torch.cat([large, scale * normal(1000, 12)])
    check(rows, torch.cat([scale * normal(50, 12, seed=1), large]), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_centroids_far_beyond_the_rows(engine: Engine):
    rows = normal(1000, 12) * 1e-20
    check(rows, torch.cat([rows[:20], 1e-15 * normal(20, 12), 1e25 * normal(20, 12)]), engine)
    check(rows, 1e38 + 1e31 * normal(20, 12), engine)


def test_what_may_overflow_float32_is_not_asked_of_it(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Tensor) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "_by_torch", refuse)
    rows = normal(1000, 12)
    check(rows, torch.cat([rows[:20], 1e20 * normal(20, 12)]), "torch")
    with pytest.raises(AssertionError):
        nearest("torch", rows)(rows[:20])


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_are_all_equal(engine: Engine):
    rows = torch.full((1000, 4), 0.1)
    check(rows, normal(30, 4), engine)
    check(rows, rows[:30], engine)


@pytest.fixture
def rough_products() -> Iterator[None]:
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium")
    yield
    torch.set_float32_matmul_precision(before)


@pytest.mark.usefixtures("rough_products")
@pytest.mark.parametrize("dimensions", [8, 200])
def test_products_that_pytorch_may_round_to_bfloat16(
    dimensions: int, monkeypatch: pytest.MonkeyPatch
):
    """They are rounded here by hand: not every CPU does it when told."""

    def rough(rows_NE: Tensor, centroids_KE: Tensor) -> tuple[Tensor, Tensor]:
        scores_NK = rows_NE.bfloat16().float() @ centroids_KE.bfloat16().float().T
        scores_N2, labels_N2 = scores_NK.topk(2)
        return scores_N2, labels_N2[:, 0]

    monkeypatch.setattr(module, "_by_torch", rough)
    check(normal(1000, dimensions), normal(100, dimensions, seed=1), "torch")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", [1e-35, 1, 1e35])
def test_few_rows_of_normal_features_are_in_doubt(
    engine: Engine, scale: float, monkeypatch: pytest.MonkeyPatch
):
    """The proof has to cover nearly all rows, or float64 would take the time."""
    decided: list[int] = []
    near = module.candidates

    def count(exact_TD: Tensor, *rest: Any) -> Tensor:
        decided.append(len(exact_TD))
        return near(exact_TD, *rest)

    monkeypatch.setattr(module, "candidates", count)
    rows = (normal(4000, 64) + 100) * scale
    rows[-1] = (rows[0] + rows[1]) / 2
    nearest(engine, rows)(rows[:200])
    assert 0 < sum(decided) < 40


def test_the_bound_holds_for_every_score():
    """t(c) is where the docstring puts it, for float32 products of float64 factors."""
    rows, centroids = normal(200, 40).double(), normal(150, 40, seed=1).double()
    rows[:100] *= 30
    centroids[:50] /= 7
    squares, gamma = centroids.square().sum(1), module.rounding_bound(44, 2.0**-24)
    factors = module.score_factors(centroids, squares, gamma).float()
    scores = torch.cat([rows, torch.ones(200, 1)], 1).float() @ factors.T
    exact = squares / 2 - rows @ centroids.T
    below = -scores - gamma * rows.square().sum(1, keepdim=True) / 2
    above = -scores + 2 * gamma * squares + gamma * rows.square().sum(1, keepdim=True) / 2
    assert (below <= exact).all()
    assert (exact <= above).all()
