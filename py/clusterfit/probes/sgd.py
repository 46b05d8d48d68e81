"""Softmax regression by mini-batch SGD, as in the paper (supplement D, after Goyal et al., 2019).

Shape suffixes: N rows, D features, C classes, B rows of a batch.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict

import torch
import torch.nn.functional as F
from torch import Tensor

from .. import devices
from ..labels import check_single
from ..metrics import METRICS
from ..registry import find
from ..seeds import generator
from .linear import Linear, check_features, logits

START_DEVIATION = 0.01
"""Standard deviation of the weights at the start; biases start at 0."""


class Trial(TypedDict):
    """How one learning rate of `sgd` did.

    values: the metric on each of the other sets, in percent; None where the weights diverged.
    steps: how often the weights were changed.
    """

    values: list[float] | None
    steps: int


def sgd(
    metric: str,
    features: Tensor,
    labels: Tensor,
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    classes: int,
    learning_rates: Sequence[float],
    epochs: int,
    batch_size: int,
    momentum: float,
    weight_decay: float,
    drops: int,
    seed: int,
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> list[Trial]:
    """Fit a classifier for each learning rate by `fit_sgd`, and measure how it scores other rows.

    Args:
        metric: a key of METRICS.
        features: float32 N x D, to fit.
        labels: int64 N.
        others: pairs of features and labels to measure.
        classes: C.
        learning_rates: at the start, in the order of the result.
        epochs: passes over the rows.
        batch_size: rows of a step; the last step of an epoch has what is left.
        momentum: of SGD, without Nesterov's change.
        weight_decay: of weights and biases.
        drops: how often the learning rate is divided by 10.
        seed: of the weights at the start and the order of the rows.
        device: as PyTorch names it.
        threads: CPU threads.
        progress: called as progress(steps, total).

    Raises:
        InputError: the metric is unknown, or a row may have several labels.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    measure = find(METRICS, "metric", metric)
    fitted = fit_sgd(
        features,
        labels,
        classes=classes,
        learning_rates=learning_rates,
        epochs=epochs,
        batch_size=batch_size,
        momentum=momentum,
        weight_decay=weight_decay,
        drops=drops,
        seed=seed,
        device=device,
        threads=threads,
        progress=progress,
    )
    steps = epochs * steps_of(len(features), batch_size)
    with devices.threads(threads):
        return [
            {
                "values": None
                if linear is None
                else [measure(logits(linear, rows), truth) for rows, truth in others],
                "steps": steps,
            }
            for linear in fitted
        ]


def fit_sgd(
    features: Tensor,
    labels: Tensor,
    *,
    classes: int,
    learning_rates: Sequence[float],
    epochs: int,
    batch_size: int,
    momentum: float,
    weight_decay: float,
    drops: int,
    seed: int,
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> list[Linear | None]:
    """Minimise the mean cross-entropy of float32 N x D features, as they are, and int64 N labels.

    The learning rate is divided by 10 after each of `drops` equally spaced intervals. All learning
    rates start from the same weights and see the same batches, which are read once for all of them.
    The result of one depends on no other; it is None where weights are not finite at the end. The
    arguments are those of `sgd`.
    """
    check_single(labels, classes, "fit a probe by SGD")
    check_features(features, len(labels))
    start_CD = torch.empty(classes, features.shape[1])
    start_CD.normal_(0, START_DEVIATION, generator=generator(seed, "weights"))
    total = epochs * steps_of(len(features), batch_size)
    step = 0
    with devices.threads(threads):
        features_ND, labels_N = features.to(device), labels.to(device)
        linears = [
            (
                start_CD.to(device, copy=True).requires_grad_(),
                torch.zeros(classes, device=device, requires_grad=True),
            )
            for _ in learning_rates
        ]
        optimisers = [
            torch.optim.SGD(linear, lr=rate, momentum=momentum, weight_decay=weight_decay)
            for linear, rate in zip(linears, learning_rates, strict=True)
        ]
        for epoch in range(epochs):
            order_N = torch.randperm(len(labels), generator=generator(seed, "order", epoch))
            for start in range(0, len(labels), batch_size):
                rows_B = order_N[start : start + batch_size].to(device)
                batch_BD, truth_B = features_ND[rows_B], labels_N[rows_B]
                factor = 0.1 ** (step * (drops + 1) // total)
                for (weights_CD, bias_C), optimiser, rate in zip(
                    linears, optimisers, learning_rates, strict=True
                ):
                    optimiser.param_groups[0]["lr"] = factor * rate
                    optimiser.zero_grad()
                    loss = F.cross_entropy(F.linear(batch_BD, weights_CD, bias_C), truth_B)
                    torch.autograd.backward(loss)
                    optimiser.step()
                step += 1
                if progress is not None:
                    progress(step, total)
    return [
        {"weights": weights_CD.detach().T.double().cpu(), "bias": bias_C.detach().double().cpu()}
        if weights_CD.isfinite().all() and bias_C.isfinite().all()
        else None
        for weights_CD, bias_C in linears
    ]


def steps_of(rows: int, batch_size: int) -> int:
    """Return how many steps an epoch has."""
    return -(-rows // batch_size)
