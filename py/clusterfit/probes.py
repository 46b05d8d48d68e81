"""Linear probes: multinomial logistic regression on standardised features.

Shape suffixes: N rows, D features, C classes.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict, cast

import torch
import torch.nn.functional as F
from torch import Tensor

from . import devices
from .errors import InputError
from .features import check_finite


class Probe(TypedDict):
    """A linear classifier of features as they are, for the C classes it was fitted to.

    weights: float64 D x C. bias: float64 C. classes: int64 C, the labels they stand for. float32
    would not do: where features share a large offset, x.w and the bias nearly cancel.
    """

    weights: Tensor
    bias: Tensor
    classes: Tensor


class Fit(TypedDict):
    """What `logistic` found.

    probe: the classifier. loss: what was minimised, at the end. evaluations: how often it and
    its gradient were computed. converged: whether the gradient came within the tolerance.
    predictions: for each of the other feature sets, int64 labels; correct: how many are right.
    """

    probe: Probe
    loss: float
    evaluations: int
    converged: bool
    predictions: list[Tensor]
    correct: list[int]


class Outcome(TypedDict):
    """How one probe of `sweep` did, in the words of `Fit`."""

    correct: list[int]
    evaluations: int
    converged: bool


def logistic(
    features: Tensor,
    labels: Tensor,
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    cost: float,
    device: str,
    threads: int,
    tolerance: float = 1e-2,
    max_iterations: int = 200,
    progress: Callable[..., None] | None = None,
) -> Fit:
    """Fit a probe to float32 N x D features and int64 N labels, and classify other features.

    Minimises cost * (sum of cross-entropies) + ||W||^2 / 2, the bias left free, over features of
    mean 0 and standard deviation 1: scikit-learn's LogisticRegression(C=cost) after
    StandardScaler. L-BFGS stops where the largest gradient (in the coordinates of `_metric`) is
    `tolerance` times the one at zero, or after `max_iterations`.

    Args:
        features: rows to fit.
        labels: their classes; only those that occur are fitted and predicted.
        others: pairs of features and labels to classify; a label may be one that does not occur.
        cost: inverse strength of the penalty.
        device: as PyTorch names it.
        threads: CPU threads.
        tolerance: relative to the gradient at zero; float32 reaches 1e-4 on some CPUs, not on all.
        max_iterations: of L-BFGS.
        progress: called as progress(evaluations, max_iterations, loss).

    Raises:
        InputError: the labels do not fit the features.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    _check(features, labels)
    with devices.threads(threads):
        classes_C, targets_N = _classes(labels.to(device))
        exact_ND = features.to(device).double()
        scale_D, mean_D = _standardisation(exact_ND)
        rows_ND = ((exact_ND - mean_D) / scale_D).float()
        metric_DD = _metric(rows_ND, cost / len(classes_C))
        steps_DC = torch.zeros(rows_ND.shape[1], len(classes_C), device=device)
        bias_C = torch.zeros(len(classes_C), device=device)
        parameters = [steps_DC.requires_grad_(), bias_C.requires_grad_()]
        evaluations = 0

        def objective() -> Tensor:
            """Return what is minimised, leaving its gradient behind."""
            nonlocal evaluations
            steps_DC.grad = bias_C.grad = None
            weights_DC = metric_DD @ steps_DC
            logits_NC = torch.addmm(bias_C, rows_ND, weights_DC)
            losses_N = F.cross_entropy(logits_NC, targets_N, reduction="none")
            loss = cost * losses_N.double().sum() + weights_DC.square().sum() / 2
            torch.autograd.backward(loss)
            evaluations += 1
            if progress is not None:
                progress(evaluations, max_iterations, loss.item())
            return loss.detach()

        objective()
        enough = tolerance * _steepest(parameters)
        torch.optim.LBFGS(
            parameters,
            max_iter=max_iterations,
            tolerance_grad=enough,
            tolerance_change=0,
            history_size=10,
            line_search_fn="strong_wolfe",
        ).step(objective)
        loss = objective().item()
        with torch.no_grad():
            raw_DC = (metric_DD @ steps_DC).double() / scale_D.unsqueeze(1)
            raw_C = bias_C.double() - mean_D @ raw_DC
        probe: Probe = {"weights": raw_DC.cpu(), "bias": raw_C.cpu(), "classes": classes_C.cpu()}
        predictions = [predict(probe, rows) for rows, _ in others]
        return {
            "probe": probe,
            "loss": loss,
            "evaluations": evaluations,
            "converged": _steepest(parameters) <= enough,
            "predictions": predictions,
            "correct": [
                int((predicted == truth).sum())
                for predicted, (_, truth) in zip(predictions, others, strict=True)
            ],
        }


def sweep(
    features: Tensor,
    labels: Tensor,
    others: Sequence[tuple[Tensor, Tensor]],
    *,
    costs: Sequence[float],
    device: str,
    threads: int,
    max_iterations: int = 200,
    progress: Callable[..., None] | None = None,
) -> list[Outcome]:
    """Fit one probe for each cost, and tell how each did, in the order of `costs`.

    The arguments are those of `logistic`. `progress(done, total)` counts costs.
    """
    outcomes: list[Outcome] = []
    for cost in costs:
        fitted = logistic(
            *(features, labels, others),
            cost=cost,
            device=device,
            threads=threads,
            max_iterations=max_iterations,
        )
        outcomes.append(
            {
                "correct": fitted["correct"],
                "evaluations": fitted["evaluations"],
                "converged": fitted["converged"],
            }
        )
        if progress is not None:
            progress(len(outcomes), len(costs))
    return outcomes


def predict(probe: Probe, features: Tensor) -> Tensor:
    """Return the int64 N most probable labels of float32 N x D features."""
    logits_NC = torch.addmm(probe["bias"], features.double(), probe["weights"])
    return probe["classes"][logits_NC.argmax(1)]


def _classes(labels_N: Tensor) -> tuple[Tensor, Tensor]:
    """Return the C labels that occur, ascending, and for each row which one it has (0 to C - 1)."""
    return cast("tuple[Tensor, Tensor]", torch.unique(labels_N, return_inverse=True))


def _standardisation(exact_ND: Tensor) -> tuple[Tensor, Tensor]:
    """Return the standard deviations (1 where there is none) and means of float64 columns."""
    scale_D, mean_D = torch.std_mean(exact_ND, dim=0, correction=0)
    return torch.where(scale_D > 0, scale_D, 1), mean_D


def _metric(rows_ND: Tensor, curvature: float) -> Tensor:
    """Return R^-1 with R^T R = curvature * X^T X + 1: in its coordinates the loss is nearly round.

    The matrix is the Hessian for each class while all classes are equally probable. Correlated
    features then take L-BFGS two to three times fewer steps, to the same minimum.
    """
    exact_ND = rows_ND.double()
    one_DD = torch.eye(exact_ND.shape[1], dtype=torch.float64, device=exact_ND.device)
    hessian_DD = curvature * exact_ND.T @ exact_ND + one_DD
    upper_DD = cast("Tensor", torch.linalg.cholesky(hessian_DD, upper=True))
    return cast("Tensor", torch.linalg.solve_triangular(upper_DD, one_DD, upper=True)).float()


def _steepest(parameters: Sequence[Tensor]) -> float:
    return max(p.grad.abs().max().item() for p in parameters if p.grad is not None)


def _check(features: Tensor, labels: Tensor) -> None:
    if features.dim() != 2 or labels.dtype != torch.int64 or labels.shape != features.shape[:1]:
        raise InputError(
            "Cannot fit a probe: it takes features N x D and int64 labels N, but got "
            f"{tuple(features.shape)} and {labels.dtype} {tuple(labels.shape)}."
        )
    if len(_classes(labels)[0]) < 2:
        raise InputError(
            f"Cannot fit a probe: it takes at least 2 classes, but all {len(labels):,} labels "
            "are the same."
        )
    check_finite(features, "fit a probe to")
