"""k-means that labels guide: rows of a cluster are near each other, and have the same labels.

Shape suffixes: N rows, D dimensions, K clusters, L labels, V = L + 1, T rows of a tile.

The objective is that of k-means, the sum of squared distances to the means, and `weight` times the
impurity: for each cluster its labelled rows times their Gini impurity, 1 - sum of the squared
shares of labels. That is how many labelled rows a label drawn from their own cluster gets wrong.
Where every row has a label it is plain k-means of [x, sqrt(weight) one-hot(label)], as a label's
shares are the means of the one-hots: two rows of different labels are 2 weight farther apart.

Lloyd's two steps go down on it: centroids and shares of labels to the means of the clusters, rows
to the cluster with the least squared distance and, for a row with a label l, weight times
|one-hot(l) - shares|^2. A row without a label costs its distance alone and moves no shares. A
cluster without labelled rows has the shares of all rows: any would leave the objective as it is.
It starts as k-means does, from rows and their labels: where plain clusters have all labels alike,
going on from them would stay there.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..labels import is_single
from ..seeds import generator
from ..tiles import tiles
from .clustering import Clustering, check_rows, describe, squared_distances
from .costs import Costs, Distances
from .lloyd import move, start_rows


class GuidedClustering(Clustering):
    """A clustering, and `impurity`: the labelled rows times the Gini impurity of their cluster.

    labels: not always the nearest centroids. objective: the sum of squared distances and the weight
    times the impurity; objectives likewise.
    """

    impurity: float


def guide(
    features: Tensor,
    labels: Tensor,
    classes: int,
    k: int,
    *,
    weight: float,
    iterations: int,
    seed: int,
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> GuidedClustering:
    """Cluster float32 N x D rows into `k` clusters, with labels of int64 N as a guide.

    Labels are 0 .. classes - 1, or -1 for a row without one. Starts from the rows and labels of
    which `fit` takes the rows; with a weight of 0 it finds what that finds. Distances are float64;
    what is held beside the rows is classes x K. `progress(done, iterations, objective)` is called
    after each iteration.

    Raises:
        InputError: k is below 1 or above N, a label is none of those, the weight is below 0, or the
            tensors do not fit.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    check_rows(features, k)
    _check(labels, classes, len(features), weight)
    with devices.threads(threads), torch.inference_mode():
        rows_ND = features.to(device).contiguous()
        chosen_K = start_rows(len(rows_ND), k, seed)
        centroids_KD = rows_ND[chosen_K]
        counts_LK = _count(labels[chosen_K], torch.arange(k), classes, k)
        distances = Distances(rows_ND)
        penalties_VK = _penalties(counts_LK, weight)
        found_N = _assign(distances.to(centroids_KD), labels, penalties_VK, rows_ND.device)
        objectives: list[float] = []
        for iteration in range(iterations):
            counts_LK = _count(labels, found_N, classes, k)
            distances_N = squared_distances(rows_ND, centroids_KD, found_N)
            objectives.append(distances_N.sum().item() + weight * _impurity(counts_LK))
            draws = generator(seed, "empty", iteration)
            moved_KD = move(rows_ND, centroids_KD, found_N, distances_N, draws)
            if progress is not None:
                progress(iteration + 1, iterations, objectives[-1])
            penalties_VK = _penalties(counts_LK, weight)
            assigned_N = _assign(distances.to(moved_KD), labels, penalties_VK, rows_ND.device)
            done = torch.equal(moved_KD, centroids_KD) and torch.equal(assigned_N, found_N)
            centroids_KD, found_N = moved_KD, assigned_N
            if done:
                break
        clustering = describe(rows_ND, centroids_KD, found_N, objectives)
        impurity = _impurity(_count(labels, found_N, classes, k))
        objective = clustering["objective"] + weight * impurity
        return {**clustering, "objective": objective, "impurity": impurity}


def _check(labels: Tensor, classes: int, rows: int, weight: float) -> None:
    if not is_single(labels) or len(labels) != rows:
        raise InputError(
            f"Cannot guide clusters: it needs one int64 label for each of {rows:,} rows, found "
            f"{labels.dtype} of shape {tuple(labels.shape)}. Give the labels of these features."
        )
    low, high = (int(value.item()) for value in labels.aminmax())
    if low < -1 or high >= classes:
        raise InputError(
            f"Cannot guide clusters: it needs labels 0 to {classes - 1:,}, or -1 for none, found "
            f"{low:,} to {high:,}. Give the number of classes of these labels."
        )
    if not 0 <= weight < torch.inf:
        raise InputError(
            f"Cannot guide clusters: it needs a weight of 0 or more, found {weight}. Give another."
        )


def _count(labels_N: Tensor, found_N: Tensor, classes: int, k: int) -> Tensor:
    """Return float64 L x K on the CPU: how many rows of each label each cluster has."""
    labelled_N = labels_N >= 0
    pairs = labels_N[labelled_N] * k + found_N.cpu()[labelled_N]
    return pairs.bincount(minlength=classes * k).reshape(classes, k).double()


def _impurity(counts_LK: Tensor) -> float:
    sizes_K = counts_LK.sum(0)
    return (sizes_K - counts_LK.square().sum(0) / sizes_K.clamp(min=1)).sum().item()


def _penalties(counts_LK: Tensor, weight: float) -> Tensor:
    """Return float64 V x K: what a row of each label costs in each cluster; the last has none."""
    sizes_K = counts_LK.sum(0)
    all_L1 = counts_LK.sum(1, keepdim=True) / sizes_K.sum().clamp(min=1)
    shares_LK = torch.where(sizes_K > 0, counts_LK / sizes_K.clamp(min=1), all_L1)
    squares_LK = 1 - 2 * shares_LK + shares_LK.square().sum(0)
    return weight * torch.cat([squares_LK, squares_LK.new_zeros(1, counts_LK.shape[1])])


def _assign(costs: Costs, labels_N: Tensor, penalties_VK: Tensor, device: torch.device) -> Tensor:
    """Return int64 N on that device, the cheapest cluster of each row, of equals the first."""
    found_N = torch.empty_like(labels_N)
    every_N = torch.arange(len(labels_N))
    for tile in tiles(every_N, penalties_VK.shape[1]):
        costs_TK = costs(every_N[tile])
        costs_TK += penalties_VK[labels_N[tile]]  # -1 is the last: no label
        found_N[tile] = costs_TK.argmin(1)
    return found_N.to(device)
