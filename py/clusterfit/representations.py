"""What features say without labels: of how many dimensions they make use, and who is near whom.

Shape suffixes: N rows, D dimensions, T rows of a tile, R rows that are compared, K neighbours.
"""

from typing import cast

import torch
from torch import Tensor

from . import devices
from .errors import InputError
from .finite import check_finite
from .seeds import generator
from .tiles import summing_tiles, tiles


def effective_rank(features: Tensor, *, threads: int) -> float:
    """Return the effective rank of float32 N x D features around their mean: from 1 to D.

    It is the exponential of the entropy of the singular values, divided by their sum (Roy and
    Vetterli, The effective rank: a measure of effective dimensionality, EUSIPCO 2007): D where all
    directions vary alike, 1 where one does; 0 where all rows are equal. The scatter matrix is
    summed in float64, a tile at a time; what rounding leaves of its eigenvalues counts as 0.

    Raises:
        InputError: they are no matrix.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    _check(features)
    columns = features.shape[1]
    with devices.threads(threads), torch.inference_mode():
        mean_D = torch.zeros(columns, dtype=torch.float64)
        scatter_DD = torch.zeros(columns, columns, dtype=torch.float64)
        for tile in summing_tiles(features, columns):
            mean_D += features[tile].double().sum(0) / len(features)
        for tile in summing_tiles(features, columns):
            centred_TD = features[tile].double().sub_(mean_D)
            scatter_DD += centred_TD.T @ centred_TD
        squares_D = cast("Tensor", torch.linalg.eigvalsh(scatter_DD))
        noise = columns * torch.finfo(torch.float64).eps * squares_D.max()
        singular_D = squares_D[squares_D > noise].sqrt()
        if len(singular_D) == 0:
            return 0.0
        shares_D = singular_D / singular_D.sum()
        return float((-(shares_D * shares_D.log()).sum()).exp())


def neighbour_agreement(
    first: Tensor, second: Tensor, *, neighbours: int, limit: int, seed: int, threads: int
) -> float:
    """Return how many of a row's nearest neighbours two sets of features share, in percent.

    The mean, over rows, of the share of the `neighbours` nearest other rows by cosine that are
    nearest in both (mutual nearest-neighbour alignment: Huh et al., The Platonic Representation
    Hypothesis, ICML 2024). Of more than `limit` rows that many are drawn by `seed`, and neighbours
    are sought among them. Computed in float64; of equally near rows any may be taken.

    Args:
        first: float32 N x D.
        second: float32 N x E, of the same rows.
        neighbours: of each row, fewer than the rows that are compared.
        limit: rows that are compared at most.
        seed: of the rows that are drawn.
        threads: CPU threads.

    Raises:
        InputError: the features are not of the same rows, or of too few.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    _check(first)
    _check(second)
    total = len(first)
    if len(second) != total or not 1 <= neighbours < min(total, limit):
        raise InputError(
            f"Cannot compare the neighbours of these features: it needs the same rows twice, more "
            f"than {neighbours:,}, found {total:,} and {len(second):,}. Give features of the same "
            "data set, or fewer neighbours."
        )
    with devices.threads(threads), torch.inference_mode():
        rows_R = torch.arange(total)
        if total > limit:
            rows_R = torch.randperm(total, generator=generator(seed, "rows"))[:limit].sort().values
        first_RK = _nearest(first[rows_R].double(), neighbours)
        second_RK = _nearest(second[rows_R].double(), neighbours)
        shared = int((first_RK.unsqueeze(2) == second_RK.unsqueeze(1)).sum())
        return 100 * shared / first_RK.numel()


def _nearest(rows_RD: Tensor, neighbours: int) -> Tensor:
    """Return int64 R x K: the nearest other rows by cosine. The rows are scaled in place."""
    for tile in tiles(rows_RD, rows_RD.shape[1]):
        lengths_T1 = rows_RD[tile].square().sum(1, keepdim=True).sqrt()
        rows_RD[tile] /= lengths_T1.clamp(min=torch.finfo(torch.float64).tiny)
    nearest_RK = torch.empty(len(rows_RD), neighbours, dtype=torch.int64)
    for tile in tiles(rows_RD, len(rows_RD)):
        cosines_TR = rows_RD[tile] @ rows_RD.T
        cosines_TR.diagonal(tile.start).fill_(-2)
        nearest_RK[tile] = cosines_TR.topk(neighbours, dim=1).indices
    return nearest_RK


def _check(features: Tensor) -> None:
    if features.dim() != 2 or features.dtype != torch.float32 or len(features) == 0:
        raise InputError(
            f"Cannot describe these features: it needs a float32 tensor N x D, found "
            f"{features.dtype} of shape {tuple(features.shape)}. Convert them."
        )
    check_finite(features, "describe")
