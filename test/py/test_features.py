from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import nets, tiles
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.features import check_finite, extract, l2_normalise, pool

SETTINGS: dict[str, Any] = {"batch_size": 40, "precision": "float32", "device": "cpu", "threads": 1}


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


def test_a_budget_below_the_channels_is_refused():
    with pytest.raises(InputError, match=r"6 channels into 5 numbers: .* at least 6"):
        pool(torch.zeros(1, 6, 2, 2), 5)


def test_features_match_a_float64_network(images: Tensor):
    net = nets.build("resnet10-small", 5, seed=0)
    found = extract(net, images, {"res5": None, "res3": 128}, **SETTINGS)
    pixels = (images.double().permute(0, 3, 1, 2) - 127.5) / 64
    outputs = dict(nets.stages(net.double().eval(), pixels))
    for name, side in (("res5", 1), ("res3", 2)):
        expected = pool_by_hand(outputs[name].detach().numpy(), side)
        np.testing.assert_allclose(found[name].numpy(), expected, rtol=1e-4, atol=1e-5)
        assert found[name].dtype == torch.float32


def test_features_do_not_depend_on_the_training_mode_and_leave_it(images: Tensor):
    net = nets.build("resnet10-small", 5, seed=0).train()
    first = extract(net, images, {"res5": None}, **SETTINGS)
    assert net.training
    again = extract(net.eval(), images, {"res5": None}, **SETTINGS)
    assert torch.equal(first["res5"], again["res5"])


def test_bfloat16_features_are_near_float32_ones(images: Tensor):
    net = nets.build("resnet10-small", 5, seed=0)
    exact = extract(net, images, {"res5": None}, **SETTINGS)["res5"]
    rough_settings: dict[str, Any] = SETTINGS | {"precision": "bfloat16"}
    rough = extract(net, images, {"res5": None}, **rough_settings)["res5"]
    assert (rough - exact).norm() < 0.02 * exact.norm()


def test_progress_counts_images_to_the_last(images: Tensor):
    seen: list[tuple[int, int]] = []
    net = nets.build("resnet10-small", 5, seed=0)
    extract(net, images, {"res2": 64}, **SETTINGS, progress=lambda *now: seen.append(now))
    assert seen == [(40, 96), (80, 96), (96, 96)]


def test_unknown_layers_are_refused(images: Tensor):
    net = nets.build("resnet10-small", 5, seed=0)
    with pytest.raises(InputError, match=r"\['layer4'\]: choose among conv1, res2"):
        extract(net, images, {"layer4": None}, **SETTINGS)


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


def test_large_finite_rows_are_finite():
    check_finite(torch.full((3, 4), 3e38), "cluster")
    with pytest.raises(NonFiniteFeatures, match=r"1 of 2 rows are, the first is row 1"):
        check_finite(torch.tensor([[3e38, 3e38], [float("inf"), float("-inf")]]), "cluster")


def test_rows_that_are_not_finite_are_counted_and_the_first_named():
    rows = torch.zeros(2000, 4)
    rows[1234, 2], rows[1300, 0] = float("nan"), float("-inf")
    with pytest.raises(NonFiniteFeatures, match=r"Cannot cluster .* 2 of 2,000 .* row 1,234"):
        check_finite(rows, "cluster")
