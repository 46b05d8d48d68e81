import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from clusterfit import models, scratch, tiles
from clusterfit.data import Packed, View
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.features import Output, extract, l2_normalise, pool
from clusterfit.finite import check_finite

SETTINGS: dict[str, Any] = {
    "view": View(),
    "rows": None,
    "batch_size": 40,
    "precision": "float32",
    "device": "cpu",
    "threads": 1,
}
DEEP: dict[str, Output] = {"deep": {"layer": "res5", "budget": None}}


def pool_by_hand(outputs: np.ndarray, side: int) -> np.ndarray:
    """Average cell (i, j) over rows floor(i h / s) to ceil((i + 1) h / s), columns alike."""
    batch, channels, height, width = outputs.shape
    pooled = np.empty((batch, channels, side, side))
    for i in range(side):
        for j in range(side):
            rows = slice(i * height // side, -(-(i + 1) * height // side))
            columns = slice(j * width // side, -(-(j + 1) * width // side))
            pooled[:, :, i, j] = outputs[:, :, rows, columns].mean((2, 3))
    return pooled.reshape(batch, -1)


@pytest.mark.parametrize(
    ("budget", "side"), [(None, 1), (6, 1), (23, 1), (24, 2), (149, 4), (150, 5), (9999, 5)]
)
def test_pooling_takes_the_largest_grid_within_the_budget(budget: int | None, side: int):
    outputs = torch.randn(
        2, 6, 7, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(0)
    )
    expected = pool_by_hand(outputs.numpy(), side)
    np.testing.assert_allclose(pool(outputs, budget).numpy(), expected, rtol=1e-12)


def test_layers_of_a_resnet50_at_224_pixels_are_pooled_by_the_windows_of_the_paper():
    """Two images through a random network: as AvgPool2d gives them, numbers as in the paper."""
    pixels = torch.randn(2, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    net = models.build("resnet50", {"fc": 2}, seed=0).eval()
    windows = {
        "conv1": (nn.AvgPool2d(10, 10, 4), 9216),
        "res2": (nn.AvgPool2d(16, 8, 0), 9216),
        "res3": (nn.AvgPool2d(13, 5, 0), 8192),
        "res4": (nn.AvgPool2d(8, 3, 0), 9216),
        "res5": (nn.AvgPool2d(6, 1, 0), 8192),
    }
    with torch.inference_mode():
        for name, outputs in net.layers(pixels):
            window, numbers = windows.pop(name)
            found = pool(outputs, 9216)
            assert found.shape == (2, numbers)
            assert torch.equal(found, window(outputs).flatten(1))
            # at another budget: the largest grid that fits
            side = min(math.isqrt(9215 // outputs.shape[1]), outputs.shape[2])
            assert torch.equal(pool(outputs, 9215), nn.AdaptiveAvgPool2d(side)(outputs).flatten(1))
            assert pool(outputs, None).shape == (2, outputs.shape[1])
    assert windows == {}


def test_a_budget_below_the_channels_is_refused():
    with pytest.raises(
        InputError, match=r"6 channels: it needs a budget of at least 6 numbers, found 5"
    ):
        pool(torch.zeros(1, 6, 2, 2), 5)


def test_features_match_a_float64_network(images: Tensor):
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    wanted: dict[str, Output] = {
        "deep": {"layer": "res5", "budget": None},
        "grid": {"layer": "res3", "budget": 128},
        "mean": {"layer": "res3", "budget": None},
    }
    found = extract(net, Packed(images), wanted, **SETTINGS)
    pixels = (images.double().permute(0, 3, 1, 2) - 127.5) / 64
    outputs = dict(net.double().layers(pixels))
    for name, layer, side in (("deep", "res5", 1), ("grid", "res3", 2), ("mean", "res3", 1)):
        expected = pool_by_hand(outputs[layer].detach().numpy(), side)
        np.testing.assert_allclose(found[name].numpy(), expected, rtol=1e-4, atol=1e-5)
        assert found[name].dtype == torch.float32


def test_features_are_those_of_evaluation_mode(images: Tensor):
    net = models.build("resnet10-small", {"fc": 5}, seed=0).train()
    first = extract(net, Packed(images), DEEP, **SETTINGS)
    again = extract(net.eval(), Packed(images), DEEP, **SETTINGS)
    assert torch.equal(first["deep"], again["deep"])


def test_features_of_some_rows_are_those_of_their_images_alone(images: Tensor):
    """Cut into the same batches, byte for byte."""
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    rows = torch.randperm(96, generator=torch.Generator().manual_seed(0))[:50]
    some: dict[str, Any] = SETTINGS | {"rows": rows}
    found = extract(net, Packed(images), DEEP, **some)["deep"]
    assert torch.equal(found, extract(net, Packed(images[rows]), DEEP, **SETTINGS)["deep"])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (torch.tensor([0, 96]), "it needs rows 0 to 95, found 0 to 96"),
        (torch.tensor([-1, 3]), "it needs rows 0 to 95, found -1 to 3"),
        (torch.tensor([0, 1]).int(), "needs a non-empty int64 vector, found torch.int32"),
        (torch.empty(0, dtype=torch.int64), r"found torch.int64 of shape \(0,\)"),
    ],
)
def test_rows_that_are_not_there_are_refused(images: Tensor, rows: Tensor, message: str):
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    wrong: dict[str, Any] = SETTINGS | {"rows": rows}
    with pytest.raises(InputError, match=message):
        extract(net, Packed(images), DEEP, **wrong)


def test_bfloat16_features_are_near_float32_ones(images: Tensor):
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    exact = extract(net, Packed(images), DEEP, **SETTINGS)["deep"]
    rough_settings: dict[str, Any] = SETTINGS | {"precision": "bfloat16"}
    rough = extract(net, Packed(images), DEEP, **rough_settings)["deep"]
    assert (rough - exact).norm() < 0.02 * exact.norm()


def test_progress_counts_images_to_the_last(images: Tensor):
    seen: list[tuple[int, int]] = []
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    extract(net, Packed(images), DEEP, **SETTINGS, progress=lambda *now: seen.append(now))
    assert seen == [(40, 96), (80, 96), (96, 96)]


def test_unknown_layers_are_refused(images: Tensor):
    net = models.build("resnet10-small", {"fc": 5}, seed=0)
    unknown: Output = {"layer": "layer4", "budget": None}
    with pytest.raises(InputError, match=r"at 'layer4': it needs a layer among conv1, res2, "):
        extract(net, Packed(images), {"deep": unknown}, **SETTINGS)
    with pytest.raises(InputError, match="it needs an output, found none"):
        extract(net, Packed(images), {}, **SETTINGS)


def test_l2_normalise_divides_by_the_norm_plus_epsilon():
    rows = torch.randn(50, 9, generator=torch.Generator().manual_seed(0)) * 1e-4
    exact = rows.double().numpy()
    expected = exact / (np.sqrt((exact**2).sum(1, keepdims=True)) + 1e-5)
    np.testing.assert_allclose(l2_normalise(rows).numpy(), expected, rtol=1e-6)
    assert torch.equal(l2_normalise(torch.zeros(2, 3)), torch.zeros(2, 3))


@pytest.mark.parametrize("scale", [1e-42, 1e-22, 1.0, 1e25, 3e37])
def test_l2_normalise_takes_every_float32(scale: float):
    rows = torch.randn(50, 9, generator=torch.Generator().manual_seed(0)) * scale
    exact = rows.double().numpy()
    expected = exact / (np.sqrt((exact**2).sum(1, keepdims=True)) + 1e-5)
    np.testing.assert_array_equal(l2_normalise(rows).numpy(), expected.astype(np.float32))


def test_l2_normalise_goes_through_all_rows(monkeypatch: pytest.MonkeyPatch):
    rows = torch.randn(100, 9, generator=torch.Generator().manual_seed(0))
    whole = l2_normalise(rows)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 64)
    assert torch.equal(l2_normalise(rows), whole)


def test_l2_normalise_gives_the_same_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = torch.randn(100, 9, generator=torch.Generator().manual_seed(0))
    expected = l2_normalise(rows)
    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    assert torch.equal(l2_normalise(rows, str(tmp_path)), expected)


def test_large_finite_rows_are_finite():
    check_finite(torch.full((3, 4), 3e38), "cluster")
    with pytest.raises(NonFiniteFeatures, match=r"in 1 of 2 rows, first in row 1\."):
        check_finite(torch.tensor([[3e38, 3e38], [float("inf"), float("-inf")]]), "cluster")


def test_rows_that_are_not_finite_are_counted_and_the_first_named():
    rows = torch.zeros(2000, 4)
    rows[1234, 2], rows[1300, 0] = float("nan"), float("-inf")
    with pytest.raises(
        NonFiniteFeatures, match=r"Cannot cluster .* in 2 of 2,000 rows, first in row 1,234\."
    ):
        check_finite(rows, "cluster")
