"""Multinomial logistic regression on standardised features: one class a row.

Shape suffixes: N rows, D features, C classes, K of them that occur.
"""

import math
from collections.abc import Sequence
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..labels import check_single
from .linear import MAX_ITERATIONS, TOLERANCE, check_features, fit_linear, logits
from .probe import Fitted


def logistic(
    features: Tensor,
    labels: Tensor,
    others: Sequence[Tensor],
    *,
    classes: int,
    cost: float,
    device: str,
    threads: int,
    folder: str | None = None,
    tolerance: float = TOLERANCE,
    max_iterations: int = MAX_ITERATIONS,
) -> Fitted:
    """Fit float32 N x D features and int64 N labels, and score others: see `Probe`.

    Minimises cost * (sum of cross-entropies) + ||W||^2 / 2 as `fit_linear` does: scikit-learn's
    LogisticRegression(C=cost) after StandardScaler. Scores are logits; only classes that occur are
    fitted, and others score -infinity.
    """
    check_single(labels, classes, "fit a logistic probe")
    check_features(features, len(labels))
    with devices.threads(threads):
        found_K, targets_N = _classes(labels.to(device))
        if len(found_K) < 2:
            raise InputError(
                f"Cannot fit a logistic probe: it needs 2 or more classes, found 1 in all "
                f"{len(labels):,} labels. Give rows of several classes."
            )
        fit = fit_linear(
            features,
            lambda logits_TK, rows: F.cross_entropy(logits_TK, targets_N[rows], reduction="none"),
            torch.zeros(len(found_K)),
            cost=cost,
            # of the cross-entropy while all classes are equally probable
            curvature=cost / len(found_K),
            device=device,
            folder=folder,
            tolerance=tolerance,
            max_iterations=max_iterations,
        )
        scores: list[Tensor] = []
        for rows in others:
            scores_NC = torch.full((len(rows), classes), -math.inf, dtype=torch.float64)
            scores_NC[:, found_K.cpu()] = logits(fit["linear"], rows)
            scores.append(scores_NC)
    return {
        "scores": scores,
        "evaluations": fit["evaluations"],
        "converged": fit["converged"],
    }


def _classes(labels_N: Tensor) -> tuple[Tensor, Tensor]:
    """Return the K labels that occur, ascending, and for each row which one it has (0 to K - 1)."""
    return cast("tuple[Tensor, Tensor]", torch.unique(labels_N, return_inverse=True))
