"""A logistic regression for each class, against all others: several classes a row.

Shape suffixes: N rows, D features, C classes, K of them that some rows have and some have not.
"""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..labels import as_multiple
from .linear import MAX_ITERATIONS, TOLERANCE, check_features, fit_linear, logits
from .probe import Fitted


def one_vs_rest(
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
    """Fit float32 N x D features and uint8 N x C labels, and score others: see `Probe`.

    Minimises cost * (sum of binary cross-entropies) + ||W||^2 / 2 as `fit_linear` does: for each
    class scikit-learn's LogisticRegression(C=cost) after StandardScaler. All are fitted at once, as
    they share the features and nothing else. Scores are logits; of classes that no row has they are
    -infinity, of classes that all rows have infinity. Labels int64 N are taken, too.
    """
    positive_NC = as_multiple(labels, classes, "fit a one-vs-rest probe")
    check_features(features, len(labels))
    with devices.threads(threads):
        shares_C = positive_NC.double().mean(0)
        fitted_C = (shares_C > 0) & (shares_C < 1)
        if not fitted_C.any():
            raise InputError(
                f"Cannot fit a one-vs-rest probe: it needs a class that some rows have and some "
                f"have not, found none in {len(labels):,} rows. Give rows of several classes."
            )
        shares_K = shares_C[fitted_C]
        targets_NK = positive_NC[:, fitted_C].to(device)
        fit = fit_linear(
            features,
            lambda logits_TK, rows: F.binary_cross_entropy_with_logits(
                logits_TK, targets_NK[rows].float(), reduction="none"
            ),
            # the best without features
            shares_K.logit().float(),
            cost=cost,
            curvature=cost * (shares_K * (1 - shares_K)).mean().item(),
            device=device,
            folder=folder,
            tolerance=tolerance,
            max_iterations=max_iterations,
        )
        constant_C = torch.where(shares_C > 0, math.inf, -math.inf).double()
        scores: list[Tensor] = []
        for rows in others:
            scores_NC = constant_C.repeat(len(rows), 1)
            scores_NC[:, fitted_C] = logits(fit["linear"], rows)
            scores.append(scores_NC)
    return {
        "scores": scores,
        "evaluations": fit["evaluations"],
        "converged": fit["converged"],
    }
