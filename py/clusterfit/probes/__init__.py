"""Classifiers of frozen features.

A probe is one file here, and one line in PROBES.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict

from torch import Tensor

from ..metrics import METRICS
from ..registry import find
from .linear import MAX_ITERATIONS
from .logistic import logistic
from .one_vs_rest import one_vs_rest
from .probe import Fitted, Probe
from .sgd import Trial, sgd
from .svm import SvmOutcome, svm

__all__ = ["PROBES", "Fitted", "Outcome", "Probe", "SvmOutcome", "Trial", "sgd", "svm", "sweep"]

PROBES: dict[str, Probe] = {
    "logistic": logistic,
    "one-vs-rest": one_vs_rest,
}


class Outcome(TypedDict):
    """How one probe of `sweep` did.

    values: the metric on each of the other sets, in percent. evaluations and converged: as in
    `Fitted`.
    """

    values: list[float]
    evaluations: int
    converged: bool


def sweep(
    probe: str,
    metric: str,
    features: Tensor,
    labels: Tensor,
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    classes: int,
    costs: Sequence[float],
    device: str,
    threads: int,
    folder: str | None = None,
    max_iterations: int = MAX_ITERATIONS,
    progress: Callable[..., None] | None = None,
) -> list[Outcome]:
    """Fit one probe for each cost, and measure how each scores the other rows.

    Args:
        probe: a key of PROBES.
        metric: a key of METRICS.
        features: float32 N x D, to fit.
        labels: int64 N, or uint8 N x C.
        others: pairs of features and labels to measure.
        classes: C.
        costs: inverse strengths of the penalty, in the order of the result.
        device: as PyTorch names it.
        threads: CPU threads.
        folder: for what is as large as the features (see `scratch`).
        max_iterations: of the optimiser.
        progress: called as progress(done, total), in costs.

    Raises:
        InputError: the probe or the metric is unknown or takes no such labels.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    fit, measure = find(PROBES, "probe", probe), find(METRICS, "metric", metric)
    outcomes: list[Outcome] = []
    for cost in costs:
        fitted = fit(
            *(features, labels, [rows for rows, _ in others]),
            classes=classes,
            cost=cost,
            device=device,
            threads=threads,
            folder=folder,
            max_iterations=max_iterations,
        )
        truths = (truth for _, truth in others)
        outcomes.append(
            {
                "values": list(map(measure, fitted["scores"], truths)),
                "evaluations": fitted["evaluations"],
                "converged": fitted["converged"],
            }
        )
        if progress is not None:
            progress(len(outcomes), len(costs))
    return outcomes
