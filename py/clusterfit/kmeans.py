"""Euclidean k-means: Lloyd's algorithm on every row, in float32 with float64 sums.

Shape suffixes: N rows, D dimensions, K clusters, T rows of a tile. The engines FAISS and PyTorch
differ only in how they find nearest centroids, which is where the time goes. Both then take the
steps of faiss.Clustering: start from random rows, move to the means, refill empty clusters by
splitting others. What faiss.Kmeans does silently is left out: to sample 256 rows for each cluster,
to sum the objective in float32, and to stop when that sum stands still.
"""

from collections.abc import Callable
from typing import TypedDict

import torch
from torch import Generator, Tensor

from . import devices
from .errors import InputError
from .features import check_finite
from .nearest import Engine, nearest, tiles
from .seeds import generator

_SPLIT = 1 / 1024


class Clustering(TypedDict):
    """What `fit` found.

    centroids: float32 K x D. labels: int64 N, the nearest centroid of each row. sizes: int64 K.
    objective: the float64 sum over all rows of the squared distance to their centroid.
    objectives: that sum before each iteration (of float32 distances); it ends early where the
    centroids stopped moving.
    """

    centroids: Tensor
    labels: Tensor
    sizes: Tensor
    objective: float
    objectives: list[float]


def fit(
    features: Tensor,
    k: int,
    *,
    iterations: int,
    seed: int,
    engine: Engine,
    device: str,
    threads: int,
    init_centroids: Tensor | None = None,
    progress: Callable[..., None] | None = None,
) -> Clustering:
    """Cluster float32 N x D rows into `k` clusters.

    Starts from `init_centroids` (float32 K x D), or from k different rows drawn by `seed`.
    `progress(done, iterations, objective)` is called after each iteration.

    Raises:
        InputError: k is below 2 or above N, or the tensors do not fit.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    _check(features, k)
    if init_centroids is None:
        chosen_K = torch.randperm(len(features), generator=generator(seed, "start"))[:k]
        init_centroids = features[chosen_K]
    elif init_centroids.shape != (k, features.shape[1]):
        raise InputError(
            f"Cannot start from centroids of shape {tuple(init_centroids.shape)}: "
            f"{k} clusters of these features need {(k, features.shape[1])}."
        )
    with devices.threads(threads), torch.inference_mode():
        rows_ND, centroids_KD = features.to(device).contiguous(), init_centroids.to(device)
        find = nearest(engine, device)
        objectives: list[float] = []
        for iteration in range(iterations):
            labels_N, distances_N = find(rows_ND, centroids_KD)
            objectives.append(distances_N.double().sum().item())
            before_KD = centroids_KD
            centroids_KD = move(rows_ND, labels_N, k, generator(seed, "split", iteration))
            if progress is not None:
                progress(iteration + 1, iterations, objectives[-1])
            if torch.equal(before_KD, centroids_KD):
                break
        labels_N, _ = find(rows_ND, centroids_KD)
        return {
            "centroids": centroids_KD.cpu(),
            "labels": labels_N.cpu(),
            "sizes": labels_N.bincount(minlength=k).cpu(),
            "objective": objective(rows_ND, centroids_KD, labels_N),
            "objectives": objectives,
        }


def assign(
    features: Tensor, centroids: Tensor, *, engine: Engine, device: str, threads: int
) -> Tensor:
    """Return the int64 N index of the centroid nearest to each float32 row."""
    _check(features, len(centroids))
    with devices.threads(threads), torch.inference_mode():
        rows_ND, centroids_KD = features.to(device).contiguous(), centroids.to(device)
        return nearest(engine, device)(rows_ND, centroids_KD)[0].cpu()


def objective(features: Tensor, centroids: Tensor, labels: Tensor) -> float:
    """Return the float64 sum over all rows of the squared distance to their centroid."""
    total = 0.0
    for tile in tiles(features, features.shape[1]):
        gap_TD = features[tile].double() - centroids[labels[tile]].double()
        total += gap_TD.square().sum().item()
    return total


def move(rows_ND: Tensor, labels_N: Tensor, k: int, draws: Generator) -> Tensor:
    """Return the float32 K x D means of the clusters, empty ones refilled by splitting.

    As in FAISS, an empty cluster takes half of another, drawn in proportion to its size - 1: the
    two share its mean, moved apart by a factor 1 +- 1/1024 in alternating dimensions.
    """
    sums_KD = rows_ND.new_zeros(k, rows_ND.shape[1], dtype=torch.float64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        sums_KD.index_put_((labels_N[tile],), rows_ND[tile].double(), accumulate=True)
    sizes_K = labels_N.bincount(minlength=k).cpu()
    means_KD = (sums_KD / sizes_K.to(sums_KD).clamp(min=1).unsqueeze(1)).float()
    apart_D = torch.full((rows_ND.shape[1],), _SPLIT, device=rows_ND.device)
    apart_D[1::2] *= -1
    for empty in map(int, (sizes_K == 0).nonzero()):
        full = int(torch.multinomial((sizes_K - 1).clamp(min=0).double(), 1, generator=draws))
        means_KD[empty] = means_KD[full] * (1 + apart_D)
        means_KD[full] *= 1 - apart_D
        sizes_K[empty] = sizes_K[full] // 2
        sizes_K[full] -= sizes_K[empty]
    return means_KD


def _check(features: Tensor, k: int) -> None:
    if features.dim() != 2 or features.dtype != torch.float32:
        raise InputError(
            "Cannot cluster these features: they have to be a float32 tensor N x D, "
            f"but are {features.dtype} of shape {tuple(features.shape)}."
        )
    rows = len(features)
    if not 2 <= k <= rows:
        raise InputError(
            f"Cannot make {k:,} clusters of {rows:,} features: "
            f"K has to be at least 2 and at most {rows:,}."
        )
    check_finite(features, "cluster")
