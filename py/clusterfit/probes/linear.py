"""Linear classifiers of standardised features, fitted by L-BFGS.

Shape suffixes: N rows, D features, C outputs, T rows of a tile.
"""

from collections.abc import Callable, Sequence
from typing import TypedDict, cast

import torch
from torch import Tensor

from .. import devices, scratch
from ..errors import InputError
from ..finite import check_finite
from ..tiles import summing_tiles

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
    losses: Callable[[Tensor, slice], Tensor],
    start_C: Tensor,
    *,
    cost: float,
    curvature: float,
    device: str,
    folder: str | None = None,
    tolerance: float = TOLERANCE,
    max_iterations: int = MAX_ITERATIONS,
    progress: Callable[..., None] | None = None,
) -> Fit:
    """Minimise cost * (sum of losses) + ||W||^2 / 2 over linear maps of standardised features.

    Those have mean 0 and standard deviation 1; the bias is left free. L-BFGS stops where the
    largest gradient (in the coordinates of `whitening`) is `tolerance` times the one at the start,
    or after `max_iterations`.

    Args:
        features: float32 N x D.
        losses: of float32 logits T x C, on the device, and the rows they are of: a tensor of any
            shape, to be summed.
        start_C: float32 C, the bias at the start; the weights start at 0.
        cost: inverse strength of the penalty.
        curvature: second derivative of `cost` times a loss by its logit, about.
        device: as PyTorch names it.
        folder: where the standardised features are kept if they are many (see `scratch`).
        tolerance: relative to the gradient at the start; float32 reaches 1e-4 on some CPUs, not on
            all.
        max_iterations: of L-BFGS.
        progress: called as progress(evaluations, max_iterations, loss).
    """
    raw_ND = features.to(device)
    scale_D, mean_D = standardisation(raw_ND)
    rows_ND = scratch.empty(len(raw_ND), raw_ND.shape[1], raw_ND.device, folder)
    for tile in summing_tiles(raw_ND, raw_ND.shape[1]):
        rows_ND[tile] = raw_ND[tile].double().sub_(mean_D).div_(scale_D)
    metric_DD = whitening(rows_ND, curvature)
    steps_DC = torch.zeros(rows_ND.shape[1], len(start_C), device=device)
    bias_C = start_C.to(device, copy=True)
    parameters = [steps_DC.requires_grad_(), bias_C.requires_grad_()]
    evaluations = 0

    def objective() -> Tensor:
        """Return what is minimised, leaving its gradient behind."""
        nonlocal evaluations
        steps_DC.grad = bias_C.grad = None
        weights_DC = metric_DD @ steps_DC
        leaf_DC = weights_DC.detach().requires_grad_()
        loss = leaf_DC.square().sum() / 2
        torch.autograd.backward(loss)
        loss = loss.detach().double()
        for tile in summing_tiles(rows_ND, len(start_C)):
            logits_TC = torch.addmm(bias_C, rows_ND[tile], leaf_DC)
            part = cost * losses(logits_TC, tile).double().sum()
            torch.autograd.backward(part)
            loss += part.detach()
        torch.autograd.backward(weights_DC, leaf_DC.grad)
        evaluations += 1
        if progress is not None:
            progress(evaluations, max_iterations, loss.item())
        return loss

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
    bias_C, weights_DC = linear["bias"], linear["weights"]
    logits_NC = torch.empty(len(features), len(bias_C), dtype=torch.float64)
    for tile in summing_tiles(features, features.shape[1]):
        logits_NC[tile] = torch.addmm(bias_C, features[tile].double(), weights_DC)
    return logits_NC


def check_features(features: Tensor, rows: int) -> None:
    """Raise unless `features` are finite, N x D, and as many as `rows` labels."""
    if features.dim() != 2 or len(features) != rows:
        raise InputError(
            f"Cannot fit a probe: it needs features N x D and a label for each, found features of "
            f"shape {tuple(features.shape)} and {rows:,} labels. Give those of the same rows."
        )
    check_finite(features, "fit a probe to")


def standardisation(raw_ND: Tensor) -> tuple[Tensor, Tensor]:
    """Return the float64 standard deviations (1 where there is none) and means of columns.

    Those of tiles are put together (Chan, Golub and LeVeque, Updating formulae and a pairwise
    algorithm for computing sample variances, 1979); one tile's are kept as they are.
    """
    first, *others = summing_tiles(raw_ND, raw_ND.shape[1])
    scale_D, mean_D = torch.std_mean(raw_ND[first].double(), dim=0, correction=0)
    for tile in others:
        exact_TD = raw_ND[tile].double()
        own_D, own_mean_D = torch.std_mean(exact_TD, dim=0, correction=0)
        share = len(exact_TD) / (tile.start + len(exact_TD))
        gap_D = own_mean_D - mean_D
        variance_D = (1 - share) * scale_D.square() + share * own_D.square()
        scale_D = (variance_D + share * (1 - share) * gap_D.square()).sqrt()
        mean_D = mean_D + share * gap_D
    return torch.where(scale_D > 0, scale_D, 1), mean_D


def whitening(rows_ND: Tensor, curvature: float) -> Tensor:
    """Return R^-1 with R^T R = curvature * X^T X + 1: in its coordinates the loss is nearly round.

    The matrix is about the Hessian for each output at the start. Correlated
    features then take L-BFGS two to three times fewer steps, to the same minimum.
    """
    columns = rows_ND.shape[1]
    one_DD = torch.eye(columns, dtype=torch.float64, device=rows_ND.device)
    hessian_DD = torch.zeros_like(one_DD)
    for tile in summing_tiles(rows_ND, columns):
        exact_TD = rows_ND[tile].double()
        hessian_DD += curvature * exact_TD.T @ exact_TD
        del exact_TD  # before the next one is made: memory stays that of one tile
    devices.load_linalg(rows_ND.device)
    upper_DD = cast("Tensor", torch.linalg.cholesky(hessian_DD + one_DD, upper=True))
    return cast("Tensor", torch.linalg.solve_triangular(upper_DD, one_DD, upper=True)).float()


def _steepest(parameters: Sequence[Tensor]) -> float:
    return max(p.grad.abs().max().item() for p in parameters if p.grad is not None)
