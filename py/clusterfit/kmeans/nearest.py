"""The nearest of K centroids for each of N rows: the labels that float64 gives, at float32's speed.

Shape suffixes: N rows, D dimensions, E = D + 1, K centroids, M rows in doubt, T rows of a tile,
P pairs of a row and a centroid.

FAISS or PyTorch looks for the two best centroids of each row by float32 inner products. A row keeps
what was found where a bound on rounding proves it right; the few others are decided in float64.
Both engines therefore give the same labels, on every device and with any number of threads.

The bound. With x and c shifted by the mean of the rows (distances stay as they are, and a large
common offset no longer eats their digits), the nearest centroid has the least

    t(c) = ||c||^2 / 2 - x.c.

An inner product of n terms that is summed in floating point, in any order, is off by at most
gamma_n times the sum of its absolute terms, where gamma_n = n u / (1 - n u) and u is the unit
roundoff (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 3.1). What is
computed here is the inner product of D + 1 terms

    s(c) = x.c - (1/2 - gamma) ||c||^2,

whose factors are rounded to the same precision first: gamma = gamma_(D+3), and one more for the
norms. As ||x|| ||c|| <= (||x||^2 + ||c||^2) / 2, its error is at most
gamma (||c||^2 + ||x||^2 / 2), which gives for every centroid

    -s(c) - gamma ||x||^2 / 2  <=  t(c)  <=  -s(c) + 2 gamma ||c||^2 + gamma ||x||^2 / 2.

So the best centroid b is the nearest where no other comes within 2 gamma ||b||^2 + gamma ||x||^2
of its s. Large norms of other centroids do not enter. Underflow adds an absolute term.
"""

import importlib
import math
from collections.abc import Callable
from typing import Literal

import faiss
import torch
from torch import Tensor

from .. import scratch
from ..errors import InputError
from ..tiles import tiles
from .distinct import distinct_rows

Engine = Literal["faiss", "torch"]
Nearest = Callable[[Tensor], Tensor]
BestTwo = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]

_REACH = 2.0**40
"""Centroids this many times farther from the mean than any row are compared in float64 alone: below
it no float32 product or sum can overflow."""


def nearest(engine: Engine, rows_ND: Tensor, folder: str | None = None) -> Nearest:
    """Return a function of float32 centroids K x D, on the rows' device.

    It returns int64 N: for each of the float32 rows N x D the index of the centroid with the least
    sum of squared differences in float64, of equals the lowest. The rows are kept a second time, as
    factors of the inner products: in a file of `folder` where they are many (see `scratch`).

    Raises:
        InputError: FAISS is asked to use a GPU it was not built for.
        FileError: the folder has no room for them.
    """
    best_two = _best_two(engine, rows_ND.device)
    mean_D = _column_means(rows_ND)
    scale = _power_of_two(rows_ND, mean_D)
    factors_NE = scratch.empty(len(rows_ND), rows_ND.shape[1] + 1, rows_ND.device, folder)
    factors_NE[:, -1] = 1
    squares_N = rows_ND.new_empty(len(rows_ND), dtype=torch.float64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        exact_TD = rows_ND[tile].double().sub_(mean_D).mul_(scale)
        factors_NE[tile, :-1] = exact_TD
        squares_N[tile] = exact_TD.square_().sum(1)
        del exact_TD  # before the next one is made: memory stays that of one tile

    def find(centroids_KD: Tensor) -> Tensor:
        # Of equal centroids the first is nearest; without the others, ties are rare.
        kept_K = distinct_rows(centroids_KD)
        centroids_KD = centroids_KD[kept_K]
        exact_KD = (centroids_KD.double() - mean_D) * scale
        squares_K = exact_KD.square().sum(1)
        if len(kept_K) == 1:
            return kept_K.repeat(len(rows_ND))
        labels_N = kept_K.new_zeros(len(rows_ND))
        proved_N = torch.zeros_like(labels_N, dtype=torch.bool)
        gamma = rounding_bound(exact_KD.shape[1] + 4, _float32_roundoff())
        if gamma < 0.5 and squares_K.max() < _REACH**2:
            scores_N2, labels_N = best_two(
                factors_NE, score_factors(exact_KD, squares_K, gamma).float()
            )
            scores_N2 = scores_N2.double()
            slack_N = gamma * (2 * squares_K[labels_N] + squares_N)
            slack_N += _underflow(exact_KD, torch.finfo(torch.float32).tiny)
            proved_N = scores_N2[:, 0] - scores_N2[:, 1] > slack_N
        doubtful_M = proved_N.logical_not().nonzero().squeeze(1)
        for tile in tiles(doubtful_M, len(exact_KD)):
            rows_TD = rows_ND[doubtful_M[tile]]
            exact_TD = (rows_TD.double() - mean_D) * scale
            near_TK = candidates(exact_TD, exact_KD, squares_K)
            labels_N[doubtful_M[tile]] = _nearest_of(rows_TD, centroids_KD, near_TK)
        return kept_K[labels_N]

    return find


def _column_means(rows_ND: Tensor) -> Tensor:
    """Return the float64 D means of float32 rows."""
    sums_D = rows_ND.new_zeros(rows_ND.shape[1], dtype=torch.float64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        sums_D += rows_ND[tile].double().sum(0)
    return sums_D / len(rows_ND)


def _power_of_two(rows_ND: Tensor, mean_D: Tensor) -> float:
    """Return the power of two that brings the largest |x - mean| into [1/2, 1)."""
    low_D, high_D = torch.aminmax(rows_ND, dim=0)
    reach = torch.maximum(high_D - mean_D, mean_D - low_D).max().item()
    return 2.0 ** -math.frexp(reach)[1]


def rounding_bound(terms: int, roundoff: float) -> float:
    """Return gamma_n for n terms: infinity where n u reaches 1 and nothing can be said."""
    error = terms * roundoff
    return error / (1 - error) if error < 1 else math.inf


def _float32_roundoff() -> float:
    """Return the unit roundoff of float32 products; PyTorch may be told to round to bfloat16."""
    return 2.0**-24 if torch.get_float32_matmul_precision() == "highest" else 2.0**-8


def _underflow(exact_KD: Tensor, smallest: float) -> float:
    """Return how far two s(c) may move apart where numbers below `smallest` become 0.

    Of D + 1 terms each, both factors, their product and the sum may. No element of a row is above
    1, none of a centroid above the largest of them.
    """
    return 8 * (exact_KD.shape[1] + 1) * smallest * (1 + exact_KD.abs().max().item())


def score_factors(exact_KD: Tensor, squares_K: Tensor, gamma: float) -> Tensor:
    """Return float64 K x E, whose inner products with (x, 1) are s(c)."""
    return torch.cat([exact_KD, ((gamma - 0.5) * squares_K).unsqueeze(1)], 1)


def candidates(exact_TD: Tensor, exact_KD: Tensor, squares_K: Tensor) -> Tensor:
    """Return bool T x K: the centroids that may be nearest, as far as float64 products can tell.

    The norms are rounded by as much as the products here: the bound has twice as many terms.
    """
    gamma = rounding_bound(2 * (exact_KD.shape[1] + 4), 2.0**-53)
    ones_T1 = exact_TD.new_ones(len(exact_TD), 1)
    scores_TK = torch.cat([exact_TD, ones_T1], 1) @ score_factors(exact_KD, squares_K, gamma).T
    best_T, labels_T = scores_TK.max(1)
    slack_T = gamma * (2 * squares_K[labels_T] + exact_TD.square().sum(1))
    slack_T += _underflow(exact_KD, torch.finfo(torch.float64).tiny)
    return scores_TK >= (best_T - slack_T).unsqueeze(1)


def _nearest_of(rows_TD: Tensor, centroids_KD: Tensor, near_TK: Tensor) -> Tensor:
    """Return int64 T: among the centroids marked, the first with the least squared distance."""
    rows_P, centroids_P = near_TK.nonzero(as_tuple=True)
    distances_P = rows_TD.new_empty(len(rows_P), dtype=torch.float64)
    for tile in tiles(rows_P, rows_TD.shape[1]):
        pairs = rows_TD[rows_P[tile]], centroids_KD[centroids_P[tile]]
        distances_P[tile] = (pairs[0].double() - pairs[1].double()).square().sum(1)
    least_T = distances_P.new_full((len(rows_TD),), math.inf)
    least_T.scatter_reduce_(0, rows_P, distances_P, "amin")
    found_P = distances_P == least_T[rows_P]
    labels_T = rows_P.new_full((len(rows_TD),), len(centroids_KD))
    return labels_T.scatter_reduce_(0, rows_P[found_P], centroids_P[found_P], "amin")


def _best_two(engine: Engine, device: torch.device) -> BestTwo:
    """Return a function of float32 N x E and K x E.

    It returns float32 N x 2, the two largest inner products of each row in descending order (where
    K is 1, the second is as low as float32 goes), and int64 N, the index of the first.
    """
    if engine == "torch":
        return _by_torch
    if device.type == "cpu":
        return _by_faiss
    if not faiss.get_num_gpus():
        raise InputError(
            f"Cannot cluster on {device} by FAISS: it needs a FAISS that sees a GPU, found one "
            "that sees none. Choose the engine torch, or install faiss-gpu."
        )
    return _by_faiss_gpu(device.index or 0)


def _by_torch(rows_NE: Tensor, centroids_KE: Tensor) -> tuple[Tensor, Tensor]:
    scores_N2 = rows_NE.new_empty(len(rows_NE), 2)
    labels_N = torch.empty(len(rows_NE), dtype=torch.int64, device=rows_NE.device)
    for tile in tiles(rows_NE, len(centroids_KE)):
        scores_TK = rows_NE[tile] @ centroids_KE.T
        scores_N2[tile, 0], labels_N[tile] = scores_TK.max(1)
        scores_TK.scatter_(1, labels_N[tile].unsqueeze(1), -math.inf)
        scores_N2[tile, 1] = scores_TK.amax(1)
    return scores_N2, labels_N


def _by_faiss(rows_NE: Tensor, centroids_KE: Tensor) -> tuple[Tensor, Tensor]:
    index = faiss.IndexFlatIP(rows_NE.shape[1])
    index.add(centroids_KE.numpy())
    scores, labels = index.search(rows_NE.numpy(), 2)
    return torch.from_numpy(scores), torch.from_numpy(labels)[:, 0]


def _by_faiss_gpu(device: int) -> BestTwo:
    """Search with tensors that stay on the GPU: the module teaches every index to take them.

    FAISS does not ask cuBLAS for TensorFloat-32, so that products are those of float32.
    """
    importlib.import_module("faiss.contrib.torch_utils")
    resources = faiss.StandardGpuResources()

    def find(rows_NE: Tensor, centroids_KE: Tensor) -> tuple[Tensor, Tensor]:
        index = faiss.GpuIndexFlatIP(resources, rows_NE.shape[1])
        index.add(centroids_KE)
        scores_N2, labels_N2 = index.search(rows_NE, 2)
        return scores_N2, labels_N2[:, 0]

    return find
