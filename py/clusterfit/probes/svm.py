"""A linear SVM for each class, as for PASCAL VOC (paper, supplement D, after Goyal et al., 2019).

Shape suffixes: N rows, D features, C classes.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypedDict, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..features import unit_rows
from ..labels import as_multiple
from ..metrics import METRICS
from ..metrics.mean_average_precision import average_precision
from ..registry import find
from ..tiles import tiles
from .linear import check_features

POSITIVE_WEIGHT = 2
"""How much more the loss of a row counts that has the class."""
TOLERANCE = 1e-4
MAX_ITERATIONS = 2000

Rows = NDArray[np.float64]


class Machine(NamedTuple):
    """An SVM: D weights, its bias, and whether its fit came within the tolerance."""

    weights: Rows
    bias: float
    converged: bool


class SvmOutcome(TypedDict):
    """How the SVMs of all classes did.

    values: the metric on each of the other sets, in percent. costs: the chosen one of each class;
    None where no row has the class, or all have. converged: whether all fits at these costs came
    within the tolerance.
    """

    values: list[float]
    costs: list[float | None]
    converged: bool


def svm(
    metric: str,
    sets: Sequence[tuple[Tensor, Tensor]],
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    classes: int,
    costs: Sequence[float],
    folds: int,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> SvmOutcome:
    """Fit a linear SVM for each class to the rows of all `sets`, and measure how they score others.

    Rows are x / (||x||_2 + 1e-5), in float64, and are all kept in memory. An SVM minimises
    ||w||^2 / 2 + b^2 / 2 + cost * sum of weight * max(0, 1 - y (w.x + b))^2, where the weight is 2
    for rows that have the class (y = 1) and 1 for others (y = -1). The cost of a class is the one
    with the largest mean average precision over `folds` parts, each scored by the SVM of the
    others; of equals, the smallest. Parts are stratified; there are fewer where the class has fewer
    rows, and where it has one the smallest cost is taken. Then the SVM is fitted to all rows.

    It is scikit-learn's LinearSVC by its primal solver: the minimum is that of the dual one, which
    draws from a generator that all threads of a process share.

    Args:
        metric: a key of METRICS.
        sets: pairs of float32 N x D features and labels, int64 N or uint8 N x C. What is difficult
            to see counts as not there.
        others: pairs of features and labels to measure.
        classes: C.
        costs: to choose from.
        folds: of the cross-validation.
        threads: classes that are fitted at once.
        progress: called as progress(done, total), in costs of classes.

    Raises:
        InputError: the metric is unknown, or no class can be told from others.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    measure = find(METRICS, "metric", metric)
    for features, labels in sets:
        check_features(features, len(labels))
    positive_NC = torch.cat([as_multiple(labels, classes, "fit SVMs") for _, labels in sets])
    with devices.threads(threads):
        rows_ND = torch.cat([unit_rows(features) for features, _ in sets]).numpy()
        counts_C = positive_NC.sum(0)
        told = [c for c in range(classes) if 0 < counts_C[c] < len(rows_ND)]
        if not told:
            raise InputError(
                f"Cannot fit SVMs: it needs a class that some rows have and some have not, found "
                f"none in {len(rows_ND):,} rows. Give rows of several classes."
            )
        ascending = sorted(costs)
        signs = {c: np.where(positive_NC[:, c].numpy(), 1, -1) for c in told}
        trials = [(c, cost) for c in told for cost in ascending]
        chosen: dict[int, float] = {}

        def validate(trial: tuple[int, float]) -> float:
            c, cost = trial
            return _validate(rows_ND, signs[c], cost, folds)

        def fit_class(c: int) -> Machine:
            return fit(rows_ND, signs[c], chosen[c])

        pool = ThreadPoolExecutor(threads, "svm")
        try:
            found: dict[int, list[float]] = {c: [] for c in told}
            precisions = pool.map(validate, trials)
            for done, ((c, _), precision) in enumerate(zip(trials, precisions, strict=True)):
                found[c].append(precision)
                if progress is not None:
                    progress(done + 1, len(trials))
            # the first of equals is the smallest cost
            chosen |= {c: ascending[int(np.argmax(found[c]))] for c in told}
            machines = dict(zip(told, pool.map(fit_class, told), strict=True))
        finally:
            pool.shutdown(cancel_futures=True)
        return {
            "values": [
                measure(_scores(features, machines, counts_C), truth) for features, truth in others
            ],
            "costs": [chosen.get(c) for c in range(classes)],
            "converged": all(machine.converged for machine in machines.values()),
        }


def fit(rows_ND: Rows, signs_N: NDArray[np.int_], cost: float) -> Machine:
    """Fit one SVM to rows with the class (1) and without it (-1)."""
    # half a second that other probes need not wait for
    from sklearn.svm import LinearSVC  # pyright: ignore[reportMissingTypeStubs]

    found = cast("Any", LinearSVC)(
        C=cost,
        class_weight={1: POSITIVE_WEIGHT, -1: 1},
        dual=False,
        tol=TOLERANCE,
        max_iter=MAX_ITERATIONS,
        random_state=0,
    ).fit(rows_ND, signs_N)
    return Machine(found.coef_[0], float(found.intercept_[0]), int(found.n_iter_) < MAX_ITERATIONS)


def _validate(rows_ND: Rows, signs_N: NDArray[np.int_], cost: float, folds: int) -> float:
    """Return the mean average precision over parts, each scored by the SVM of the others."""
    parts = list(_folds(signs_N, folds))
    if len(parts) < 2:
        return 0.0
    total = 0.0
    for held_N in parts:
        machine = fit(rows_ND[~held_N], signs_N[~held_N], cost)
        # by einsum: a product of BLAS would take threads of its own
        scores = np.einsum("nd,d->n", rows_ND[held_N], machine.weights) + machine.bias
        positive = torch.from_numpy(signs_N[held_N] > 0)
        total += average_precision(torch.from_numpy(scores), positive)
    return total / len(parts)


def _folds(signs_N: NDArray[np.int_], folds: int) -> Iterator[NDArray[np.bool_]]:
    """Yield which rows each part has: rows of either sign are dealt to them in blocks."""
    count = min(folds, int((signs_N > 0).sum()), int((signs_N < 0).sum()))
    part_N = np.empty(len(signs_N), dtype=np.int64)
    for sign in (1, -1):
        own = np.flatnonzero(signs_N == sign)
        part_N[own] = np.arange(len(own)) * count // len(own)
    for part in range(count):
        yield part_N == part


def _scores(features: Tensor, machines: dict[int, Machine], counts_C: Tensor) -> Tensor:
    """Return float64 N x C; -infinity where no row has the class, infinity where all have."""
    constant_C = torch.where(counts_C > 0, math.inf, -math.inf).double()
    scores_NC = constant_C.repeat(len(features), 1)
    told = list(machines)
    weights_DC = torch.from_numpy(np.stack([machines[c].weights for c in told], 1))
    bias_C = torch.tensor([machines[c].bias for c in told], dtype=torch.float64)
    for tile in tiles(features, features.shape[1]):
        scores_NC[tile, told] = torch.addmm(bias_C, unit_rows(features[tile]), weights_DC)
    return scores_NC
