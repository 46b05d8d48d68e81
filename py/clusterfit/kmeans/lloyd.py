"""Euclidean k-means: Lloyd's algorithm on every row, with the labels and sums of float64.

Shape suffixes: N rows, D dimensions, K clusters, E empty ones, T rows of a tile. The engines FAISS
and PyTorch differ only in how they find nearest centroids, which is where the time goes, and not in
what they find: `nearest` proves that. The steps are those of faiss.Clustering: start from random
rows, move to the means, start empty clusters again. What faiss.Kmeans does silently is left out: to
sample 256 rows for each cluster, to sum the objective in float32, and to stop when that sum stands
still.

An empty cluster starts again at a row drawn in proportion to its squared distance from its
centroid, as k-means++ draws its starts (Arthur and Vassilvitskii, SODA 2007). FAISS splits another
cluster instead, by factors 1 +- 1/1024 of its centroid: that changes with the origin, has no effect
at 0 and goes on for ever where all rows of the cluster are equal.
"""

from collections.abc import Callable

import torch
from torch import Generator, Tensor

from .. import devices
from ..seeds import generator
from .clustering import (
    Clustering,
    check_centroids,
    check_rows,
    describe,
    means,
    squared_distances,
)
from .nearest import Engine, nearest


def fit(
    features: Tensor,
    k: int,
    *,
    iterations: int,
    seed: int,
    engine: Engine,
    device: str,
    threads: int,
    folder: str | None = None,
    init_centroids: Tensor | None = None,
    progress: Callable[..., None] | None = None,
) -> Clustering:
    """Cluster float32 N x D rows into `k` clusters.

    Starts from `init_centroids` (float32 K x D), or from k different rows drawn by `seed`. The
    means are summed in float64 and rounded to float32 each time: what is compared, returned and
    summed up in the objective are those rounded centroids, so that all of the result fits together.
    `progress(done, iterations, objective)` is called after each iteration. What is as large as the
    rows is kept in `folder` (see `scratch`).

    Raises:
        InputError: k is below 1 or above N, or the tensors do not fit.
        FileError: the folder has no room.
        NonFiniteFeatures: a feature or a centroid is NaN or infinite.
    """
    check_rows(features, k)
    if init_centroids is None:
        init_centroids = features[start_rows(len(features), k, seed)]
    else:
        check_centroids(init_centroids, (k, features.shape[1]), "start from")
    with devices.threads(threads), torch.inference_mode():
        rows_ND, centroids_KD = features.to(device).contiguous(), init_centroids.to(device)
        find = nearest(engine, rows_ND, folder)
        objectives: list[float] = []
        labels_N = find(centroids_KD)
        for iteration in range(iterations):
            distances_N = squared_distances(rows_ND, centroids_KD, labels_N)
            objectives.append(distances_N.sum().item())
            draws = generator(seed, "empty", iteration)
            moved_KD = move(rows_ND, centroids_KD, labels_N, distances_N, draws)
            if progress is not None:
                progress(iteration + 1, iterations, objectives[-1])
            if torch.equal(moved_KD, centroids_KD):
                break
            centroids_KD = moved_KD
            labels_N = find(centroids_KD)
        return describe(rows_ND, centroids_KD, labels_N, objectives)


def assign(
    features: Tensor,
    centroids: Tensor,
    *,
    engine: Engine,
    device: str,
    threads: int,
    folder: str | None = None,
) -> Tensor:
    """Return int64 N: of float32 K x D centroids the nearest to each float32 row, in float64.

    Of equally near centroids it is the first. `folder` is used as by `fit`.

    Raises:
        InputError: there is no centroid, or there are more than rows, or the tensors do not fit.
        FileError: the folder has no room.
        NonFiniteFeatures: a feature or a centroid is NaN or infinite.
    """
    check_rows(features, len(centroids))
    check_centroids(centroids, (len(centroids), features.shape[1]), "assign rows to")
    with devices.threads(threads), torch.inference_mode():
        find = nearest(engine, features.to(device).contiguous(), folder)
        return find(centroids.to(device)).cpu()


def start_rows(rows: int, k: int, seed: int) -> Tensor:
    """Return int64 K, the rows that k-means starts from: different ones, drawn by the seed."""
    return torch.randperm(rows, generator=generator(seed, "start"))[:k]


def move(
    rows_ND: Tensor, centroids_KD: Tensor, labels_N: Tensor, distances_N: Tensor, draws: Generator
) -> Tensor:
    """Return the float32 K x D means of the clusters; empty ones start again at rows drawn.

    A row is drawn with a probability in proportion to `distances_N`, its squared distance from its
    centroid, and no row twice. Where fewer rows are away from their centroid than clusters are
    empty, the other empty ones stay where they are.
    """
    means_KD, sizes_K = means(rows_ND, labels_N, len(centroids_KD))
    means_KD = torch.where(sizes_K.unsqueeze(1) > 0, means_KD, centroids_KD)
    empty_E = (sizes_K == 0).nonzero().squeeze(1)
    if len(empty_E) > 0:
        # The largest of w / Exponential(1) are a sample in proportion to w, without replacement.
        waits_N = torch.empty(len(rows_ND), dtype=torch.float64).exponential_(generator=draws)
        keys_E, rows_E = (distances_N / waits_N.to(distances_N.device)).topk(len(empty_E))
        drawn_E = keys_E > 0
        means_KD[empty_E[drawn_E]] = rows_ND[rows_E[drawn_E]]
    return means_KD
