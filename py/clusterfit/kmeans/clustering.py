"""What a clustering is, and what all that make one compute alike, in float64.

Shape suffixes: N rows, D dimensions, K clusters, T rows of a tile.
"""

from typing import TypedDict

import torch
from torch import Tensor

from ..errors import InputError
from ..finite import check_finite
from ..tiles import tiles
from .distinct import distinct_rows


class Clustering(TypedDict):
    """What was found.

    centroids: float32 K x D, in the coordinates of the rows. labels: int64 N, the cluster of each
    row. sizes: int64 K. empty: how many clusters have no row. distinct: how many rows equal no
    earlier one; where they are fewer than K, clusters stay empty. objective: the float64 sum over
    all rows of the squared distance to the centroid of their cluster. objectives: that sum before
    each iteration; it ends early where the centroids stopped moving.
    """

    centroids: Tensor
    labels: Tensor
    sizes: Tensor
    empty: int
    distinct: int
    objective: float
    objectives: list[float]


def describe(
    rows_ND: Tensor, centroids_KD: Tensor, labels_N: Tensor, objectives: list[float]
) -> Clustering:
    """Return the clustering of float32 rows that has these centroids and labels, on the CPU."""
    sizes_K = labels_N.bincount(minlength=len(centroids_KD))
    return {
        "centroids": centroids_KD.cpu(),
        "labels": labels_N.cpu(),
        "sizes": sizes_K.cpu(),
        "empty": int((sizes_K == 0).sum()),
        "distinct": len(distinct_rows(rows_ND)),
        "objective": squared_distances(rows_ND, centroids_KD, labels_N).sum().item(),
        "objectives": objectives,
    }


def squared_distances(rows_ND: Tensor, centroids_KD: Tensor, labels_N: Tensor) -> Tensor:
    """Return the float64 N squared distances of float32 rows to the centroids of their labels."""
    distances_N = rows_ND.new_empty(len(rows_ND), dtype=torch.float64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        gap_TD = rows_ND[tile].double().sub_(centroids_KD[labels_N[tile]])
        distances_N[tile] = gap_TD.square_().sum(1)
        del gap_TD  # before the next one is made: memory stays that of one tile
    return distances_N


def means(rows_ND: Tensor, labels_N: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Return float32 K x D, the means of the rows of each label, and int64 K, how many there are.

    They are summed in float64 and rounded once; a label without rows has 0.
    """
    sums_KD = rows_ND.new_zeros((k, rows_ND.shape[1]), dtype=torch.float64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        sums_KD.index_put_((labels_N[tile],), rows_ND[tile].double(), accumulate=True)
    sizes_K = labels_N.bincount(minlength=k)
    return (sums_KD / sizes_K.clamp(min=1).unsqueeze(1)).float(), sizes_K


def check_rows(features: Tensor, k: int) -> None:
    """Raise InputError unless the features are finite float32 N x D with 1 <= k <= N."""
    if features.dim() != 2 or features.dtype != torch.float32:
        raise InputError(
            f"Cannot cluster these features: it needs a float32 tensor N x D, found "
            f"{features.dtype} of shape {tuple(features.shape)}. Convert them."
        )
    rows = len(features)
    if not 1 <= k <= rows:
        raise InputError(
            f"Cannot cluster {rows:,} features: it needs 1 to {rows:,} clusters, found {k:,}. "
            "Give another number of clusters."
        )
    check_finite(features, "cluster")


def check_centroids(centroids: Tensor, shape: tuple[int, int], attempt: str) -> None:
    """Raise InputError unless the centroids are finite float32 of that shape; `attempt` asks."""
    if centroids.dtype != torch.float32 or centroids.shape != shape:
        raise InputError(
            f"Cannot {attempt} these centroids: it needs float32 of shape {shape}, found "
            f"{centroids.dtype} of shape {tuple(centroids.shape)}. Give those of such features."
        )
    check_finite(centroids, attempt)
