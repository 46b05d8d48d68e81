"""Linear probes: multinomial logistic regression on standardised features.

Shape suffixes: N rows, D features, C classes.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict

import torch
import torch.nn.functional as F
from torch import Tensor

from . import devices
from .errors import InputError
from .features import check_finite


class Probe(TypedDict):
    """A linear classifier of features as they are: float32 weights D x C and bias C."""

    weights: Tensor
    bias: Tensor


class Fit(TypedDict):
    """What `logistic` found.

    probe: the classifier. loss: what was minimised, at the end. evaluations: how often it and
    its gradient were computed. converged: whether the gradient came within the tolerance.
    predictions: for each of the other feature sets, int64 classes; correct: how many are right.
    """

    probe: Probe
    loss: float
    evaluations: int
    converged: bool
    predictions: list[Tensor]
    correct: list[int]


def logistic(
    features: Tensor,
    labels: Tensor,
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    classes: int,
    cost: float,
    tolerance: float,
    max_iterations: int,
    device: str,
    threads: int,
    init: Probe | None = None,
    progress: Callable[..., None] | None = None,
) -> Fit:
    """Fit a probe to float32 N x D features and int64 N labels, and classify other features.

    Minimises cost * (sum of cross-entropies) + ||W||^2 / 2, the bias left free, over features of
    mean 0 and standard deviation 1: scikit-learn's LogisticRegression(C=cost) after
    StandardScaler. L-BFGS stops where the largest gradient is `tolerance` times the one at zero,
    or after `max_iterations`.

    Args:
        features: rows to fit.
        labels: their classes, 0 to classes - 1.
        others: pairs of features and labels to classify; a label may be one not seen before.
        classes: C.
        cost: inverse strength of the penalty.
        tolerance: relative to the gradient at zero; 1e-4 is near what float32 can reach.
        max_iterations: of L-BFGS.
        device: as PyTorch names it.
        threads: CPU threads.
        init: where to start, such as the probe of a lower cost; zero otherwise.
        progress: called as progress(evaluations, max_iterations, loss).

    Raises:
        InputError: the labels do not fit the features or the classes.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    _check(features, labels, classes)
    with devices.threads(threads):
        rows_ND, labels_N = features.to(device), labels.to(device)
        scale_D, mean_D = _standardisation(rows_ND)
        rows_ND = (rows_ND - mean_D) / scale_D
        weights_DC = torch.zeros(rows_ND.shape[1], classes, device=device, requires_grad=True)
        bias_C = torch.zeros(classes, device=device, requires_grad=True)
        evaluated = 0

        def objective() -> Tensor:
            """Return cost * sum of cross-entropies + ||W||^2 / 2, leaving its gradient behind."""
            nonlocal evaluated
            weights_DC.grad = bias_C.grad = None
            logits_NC = torch.addmm(bias_C, rows_ND, weights_DC)
            losses_N = F.cross_entropy(logits_NC, labels_N, reduction="none")
            loss = cost * losses_N.double().sum() + weights_DC.square().sum() / 2
            torch.autograd.backward(loss)
            if progress is not None and evaluated:
                progress(evaluated, max_iterations, loss.item())
            evaluated += 1
            return loss.detach()

        objective()
        enough = tolerance * _steepest(weights_DC, bias_C)
        if init is not None:
            with torch.no_grad():
                start_DC = init["weights"].to(device)
                weights_DC.copy_(start_DC * scale_D.unsqueeze(1))
                bias_C.copy_(init["bias"].to(device) + mean_D @ start_DC)
        optimiser = torch.optim.LBFGS(
            [weights_DC, bias_C],
            max_iter=max_iterations,
            tolerance_grad=enough,
            tolerance_change=0,
            history_size=10,
            line_search_fn="strong_wolfe",
        )
        optimiser.step(objective)
        loss = objective().item()
        with torch.no_grad():
            raw_DC = weights_DC / scale_D.unsqueeze(1)
            raw_C = bias_C - mean_D @ raw_DC
        probe: Probe = {"weights": raw_DC.cpu(), "bias": raw_C.cpu()}
        predictions = [predict(probe, rows) for rows, _ in others]
        return {
            "probe": probe,
            "loss": loss,
            "evaluations": evaluated,
            "converged": _steepest(weights_DC, bias_C) <= enough,
            "predictions": predictions,
            "correct": [
                int((predicted == truth).sum())
                for predicted, (_, truth) in zip(predictions, others, strict=True)
            ],
        }


def predict(probe: Probe, features: Tensor) -> Tensor:
    """Return the int64 N most probable classes of float32 N x D features."""
    return torch.addmm(probe["bias"], features, probe["weights"]).argmax(1)


def _standardisation(rows_ND: Tensor) -> tuple[Tensor, Tensor]:
    """Return the standard deviations (1 where there is none) and means of the columns."""
    scale_D, mean_D = torch.std_mean(rows_ND.double(), dim=0, correction=0)
    return torch.where(scale_D > 0, scale_D, 1).float(), mean_D.float()


def _steepest(*parameters: Tensor) -> float:
    return max(p.grad.abs().max().item() for p in parameters if p.grad is not None)


def _check(features: Tensor, labels: Tensor, classes: int) -> None:
    if len(features) != len(labels):
        raise InputError(
            f"Cannot fit a probe to {len(features):,} features and {len(labels):,} labels: "
            "it takes one label for each."
        )
    if classes < 2 or int(labels.min()) < 0 or int(labels.max()) >= classes:
        raise InputError(
            f"Cannot fit a probe of {classes} classes to labels {int(labels.min())} to "
            f"{int(labels.max())}: it takes at least 2 classes and labels below their number."
        )
    check_finite(features, "fit a probe to")
