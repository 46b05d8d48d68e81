from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from clusterfit import metrics, probes
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.probes.linear import logits
from clusterfit.probes.sgd import START_DEVIATION, fit_sgd
from clusterfit.seeds import generator

PAPER: dict[str, Any] = {
    **{"classes": 5, "epochs": 6, "batch_size": 16, "momentum": 0.9, "weight_decay": 5e-4},
    **{"drops": 2, "seed": 7, "device": "cpu", "threads": 1},
}


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    """150 rows of 8 positive features in 5 classes: not a multiple of the batch."""
    draws = torch.Generator().manual_seed(0)
    labels = torch.arange(150) % 5
    rows = torch.randn(5, 8, generator=draws)[labels] + torch.randn(150, 8, generator=draws)
    return (rows + 1).relu(), labels


def plain(rows: Tensor, labels: Tensor, rate: float, dtype: torch.dtype) -> nn.Linear:
    """The loop as one writes it: one module, one optimiser, PyTorch's own schedule."""
    torch.manual_seed(99)  # no draw of the process is taken
    net = nn.Linear(8, 5).to(dtype)
    nn.init.normal_(net.weight, 0, START_DEVIATION, generator=generator(7, "weights"))
    nn.init.zeros_(net.bias)
    optimiser = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4)
    # 60 steps: dropped after 20 and 40
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimiser, [20, 40], gamma=0.1)
    for epoch in range(6):
        order = torch.randperm(150, generator=generator(7, "order", epoch))
        for start in range(0, 150, 16):
            chosen = order[start : start + 16]
            optimiser.zero_grad()
            F.cross_entropy(net(rows[chosen].to(dtype)), labels[chosen]).backward()
            optimiser.step()
            schedule.step()
    return net


def weights_at_the_start() -> Tensor:
    return torch.empty(5, 8).normal_(0, START_DEVIATION, generator=generator(7, "weights"))


@pytest.mark.parametrize("rate", [0.01, 0.5])
def test_the_papers_sgd_is_a_plain_loop_of_torch(data: tuple[Tensor, Tensor], rate: float):
    (found,) = fit_sgd(*data, learning_rates=[rate], **PAPER)
    expected = plain(*data, rate, torch.float32)
    assert found is not None
    torch.testing.assert_close(found["weights"].float(), expected.weight.detach().T)
    torch.testing.assert_close(found["bias"].float(), expected.bias.detach())


def test_the_papers_sgd_is_that_of_float64(data: tuple[Tensor, Tensor]):
    """Gradient, momentum, decay and drops by hand, in float64."""
    rows, labels = data[0].double(), data[1]
    weights = weights_at_the_start().double()
    parameters = torch.cat([weights, torch.zeros(5, 1, dtype=torch.float64)], 1)
    velocity = torch.zeros_like(parameters)
    step = 0
    for epoch in range(6):
        order = torch.randperm(150, generator=generator(7, "order", epoch))
        for chosen in order.split(16):
            inputs = torch.cat([rows[chosen], torch.ones(len(chosen), 1).double()], 1)
            errors = (inputs @ parameters.T).softmax(1) - F.one_hot(labels[chosen], 5)
            gradient = errors.T @ inputs / len(chosen) + 5e-4 * parameters
            velocity = 0.9 * velocity + gradient
            parameters = parameters - 0.3 * (1, 0.1, 0.01)[step // 20] * velocity
            step += 1
    (found,) = fit_sgd(*data, learning_rates=[0.3], **PAPER)
    assert found is not None
    torch.testing.assert_close(found["weights"], parameters[:, :8].T, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(found["bias"], parameters[:, 8], rtol=1e-4, atol=1e-5)


def test_learning_rates_do_not_depend_on_each_other(data: tuple[Tensor, Tensor]):
    alone = [fit_sgd(*data, learning_rates=[rate], **PAPER)[0] for rate in (0.01, 0.3)]
    both = fit_sgd(*data, learning_rates=[0.01, 0.3], **PAPER)
    for one, other in zip(alone, both, strict=True):
        assert one is not None
        assert other is not None
        assert torch.equal(one["weights"], other["weights"])
        assert torch.equal(one["bias"], other["bias"])


def test_the_seed_decides_and_no_draw_of_the_process_does(data: tuple[Tensor, Tensor]):
    def weights(process: int, **options: Any) -> Tensor:
        torch.manual_seed(process)
        (found,) = fit_sgd(*data, learning_rates=[0.1], **PAPER | options)
        assert found is not None
        return found["weights"]

    assert torch.equal(weights(1), weights(2))
    assert not torch.equal(weights(1), weights(1, seed=8))


def test_drops_divide_the_learning_rate_after_equal_intervals(data: tuple[Tensor, Tensor]):
    """One row a step and a loss that is nearly linear: the path tells the learning rates."""
    rows, labels = torch.ones(12, 1) * 1e-3, torch.zeros(12, dtype=torch.int64)
    plain: dict[str, Any] = PAPER | {"classes": 2, "batch_size": 1, "epochs": 1}
    plain |= {"momentum": 0, "weight_decay": 0}

    def moved(drops: int) -> float:
        options: dict[str, Any] = plain | {"drops": drops}
        (found,) = fit_sgd(rows, labels, learning_rates=[1e-3], **options)
        assert found is not None
        return float(found["bias"][0]) / 0.5e-3

    assert moved(0) == pytest.approx(12, rel=1e-2)
    assert moved(2) == pytest.approx(4 + 0.4 + 0.04, rel=1e-2)
    assert moved(3) == pytest.approx(3 + 0.3 + 0.03 + 0.003, rel=1e-2)


def test_a_sweep_measures_each_learning_rate_on_each_set(data: tuple[Tensor, Tensor]):
    rows, labels = data
    sets = [(rows[:50], labels[:50]), (rows[50:120], labels[50:120])]
    seen: list[tuple[int, int]] = []
    found = probes.sgd(
        "top-1",
        *data,
        sets,
        learning_rates=[0.01, 0.3],
        progress=lambda *now: seen.append(now),
        **PAPER,
    )
    fits = fit_sgd(*data, learning_rates=[0.01, 0.3], **PAPER)
    for trial, fit in zip(found, fits, strict=True):
        assert fit is not None
        expected = [metrics.METRICS["top-1"](logits(fit, rows), truth) for rows, truth in sets]
        assert trial == {"values": expected, "steps": 60}
    assert seen == [(step, 60) for step in range(1, 61)]


def test_a_learning_rate_that_diverges_has_no_value(data: tuple[Tensor, Tensor]):
    found = probes.sgd("top-1", *data, [data], learning_rates=[0.1, 1e38], **PAPER)
    good, bad = (trial["values"] for trial in found)
    assert good is not None
    assert bad is None


def test_labels_and_features_that_do_not_fit_are_refused(data: tuple[Tensor, Tensor]):
    rows, labels = data
    several = F.one_hot(labels, 5).to(torch.uint8)
    with pytest.raises(InputError, match="Cannot fit a probe by SGD: it needs one int64 label"):
        fit_sgd(rows, several, learning_rates=[0.1], **PAPER)
    with pytest.raises(InputError, match="needs features N x D and a label for each"):
        fit_sgd(rows[:9], labels, learning_rates=[0.1], **PAPER)
    with pytest.raises(NonFiniteFeatures, match="first in row 3"):
        fit_sgd(rows.index_fill(0, torch.tensor(3), torch.nan), labels, learning_rates=[0], **PAPER)
    with pytest.raises(InputError, match="the metric 'top-9': it needs one of"):
        probes.sgd("top-9", *data, [data], learning_rates=[0.1], **PAPER)
