"""Linear classifiers of standardised features, fitted by L-BFGS.

Shape suffixes: N rows, D features, C outputs.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict, cast

import torch
from torch import Tensor

from ..errors import InputError
from ..finite import check_finite

TOLERANCE = 1e-2
MAX_ITERATIONS = 200


class Linear(TypedDict):
    """A linear map of features as they are.

    weights: float64 D x C. bias: float64 C. float32 would not do: where features share a large
    offset, x.w and the bias nearly cancel.
    """

    weights: Tensor
    bias: Tensor


class Fit(TypedDict):
    """What `fit_linear` found.

    linear: on the CPU. loss: what was minimised, at the end. evaluations: how often it and its
    gradient were computed. converged: whether the gradient came within the tolerance.
    """

    linear: Linear
    loss: float
    evaluations: int
    converged: bool


def fit_linear(
    features: Tensor,
    losses: Callable[[Tensor], Tensor],
    start_C: Tensor,
    *,
    cost: float,
    curvature: float,
    device: str,
    tolerance: float = TOLERANCE,
    max_iterations: int = MAX_ITERATIONS,
    progress: Callable[..., None] | None = None,
) -> Fit:
    """Minimise cost * (sum of losses) + ||W||^2 / 2 over linear maps of standardised features.

    Those have mean 0 and standard deviation 1; the bias is left free. L-BFGS stops where the
    largest gradient (in the coordinates of `_metric`) is `tolerance` times the one at the start, or
    after `max_iterations`.

    Args:
        features: float32 N x D.
        losses: of float32 logits N x C, on the device: a tensor of any shape, to be summed.
        start_C: float32 C, the bias at the start; the weights start at 0.
        cost: inverse strength of the penalty.
        curvature: second derivative of `cost` times a loss by its logit, about.
        device: as PyTorch names it.
        tolerance: relative to the gradient at the start; float32 reaches 1e-4 on some CPUs, not on
            all.
        max_iterations: of L-BFGS.
        progress: called as progress(evaluations, max_iterations, loss).
    """
    exact_ND = features.to(device).double()
    scale_D, mean_D = _standardisation(exact_ND)
    rows_ND = ((exact_ND - mean_D) / scale_D).float()
    metric_DD = _metric(rows_ND, curvature)
    steps_DC = torch.zeros(rows_ND.shape[1], len(start_C), device=device)
    bias_C = start_C.to(device, copy=True)
    parameters = [steps_DC.requires_grad_(), bias_C.requires_grad_()]
    evaluations = 0

    def objective() -> Tensor:
        """Return what is minimised, leaving its gradient behind."""
        nonlocal evaluations
        steps_DC.grad = bias_C.grad = None
        weights_DC = metric_DD @ steps_DC
        logits_NC = torch.addmm(bias_C, rows_ND, weights_DC)
        loss = cost * losses(logits_NC).double().sum() + weights_DC.square().sum() / 2
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
    return {
        "linear": {"weights": raw_DC.cpu(), "bias": raw_C.cpu()},
        "loss": loss,
        "evaluations": evaluations,
        "converged": _steepest(parameters) <= enough,
    }


def logits(linear: Linear, features: Tensor) -> Tensor:
    """Return float64 N x C for float32 N x D features."""
    return torch.addmm(linear["bias"], features.double(), linear["weights"])


def check_features(features: Tensor, rows: int) -> None:
    """Raise unless `features` are finite, N x D, and as many as `rows` labels."""
    if features.dim() != 2 or len(features) != rows:
        raise InputError(
            f"Cannot fit a probe: it needs features N x D and a label for each, found features of "
            f"shape {tuple(features.shape)} and {rows:,} labels. Give those of the same rows."
        )
    check_finite(features, "fit a probe to")


def _standardisation(exact_ND: Tensor) -> tuple[Tensor, Tensor]:
    """Return the standard deviations (1 where there is none) and means of float64 columns."""
    scale_D, mean_D = torch.std_mean(exact_ND, dim=0, correction=0)
    return torch.where(scale_D > 0, scale_D, 1), mean_D


def _metric(rows_ND: Tensor, curvature: float) -> Tensor:
    """Return R^-1 with R^T R = curvature * X^T X + 1: in its coordinates the loss is nearly round.

    The matrix is about the Hessian for each output at the start. Correlated
    features then take L-BFGS two to three times fewer steps, to the same minimum.
    """
    exact_ND = rows_ND.double()
    one_DD = torch.eye(exact_ND.shape[1], dtype=torch.float64, device=exact_ND.device)
    hessian_DD = curvature * exact_ND.T @ exact_ND + one_DD
    upper_DD = cast("Tensor", torch.linalg.cholesky(hessian_DD, upper=True))
    return cast("Tensor", torch.linalg.solve_triangular(upper_DD, one_DD, upper=True)).float()


def _steepest(parameters: Sequence[Tensor]) -> float:
    return max(p.grad.abs().max().item() for p in parameters if p.grad is not None)
