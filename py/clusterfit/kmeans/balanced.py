"""k-means whose clusters hold so many rows at most.

Shape suffixes: N rows, D dimensions, K clusters, T rows of a tile.

Lloyd's two steps, with the first one under the cap: rows to centroids at nearly the least sum that
the cap allows (`auction`), centroids to the means of their rows. An assignment that is no better
than the one before, for the same centroids, is not taken: the objective never rises, and it ends
there. What is as large as N x K is never held.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..seeds import generator
from .auction import auction, lower_bound
from .clustering import Clustering, check_centroids, check_rows, describe, squared_distances
from .costs import Distances
from .lloyd import move

TOLERANCE = 0.01
"""An assignment costs at most so much more than the best there is for its centroids, as a share."""

_FINER, _TRIES = 8, 5
"""The step of an auction is divided by the first as often as its bound is too loose, at most so
many times: the last step is that of a sum which is 1e-8 of the rows' spread."""


class BalancedClustering(Clustering):
    """A clustering, and `gap`: how far its assignment was proved to be from the best, as a share.

    labels: within the cap, not always the nearest centroids. objectives: the sum as each iteration
    assigned the rows, before it moved the centroids.
    """

    gap: float


def balance(
    features: Tensor,
    centroids: Tensor,
    most: int,
    *,
    iterations: int,
    seed: int,
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> BalancedClustering:
    """Cluster float32 N x D rows from float32 K x D centroids, `most` rows a cluster at most.

    Each assignment is within TOLERANCE of the best for its centroids, by a bound that is computed;
    where that best is next to nothing beside the rows' spread, within 1e-8 of the spread. Distances
    are float64. `progress(done, iterations, objective)` is called after each iteration, and during
    long ones.

    Raises:
        InputError: there is no iteration or no room for all rows, or the tensors do not fit.
        NonFiniteFeatures: a feature or a centroid is NaN or infinite.
    """
    k = len(centroids)
    check_rows(features, k)
    check_centroids(centroids, (k, features.shape[1]), "start from")
    if iterations < 1 or k * most < len(features):
        raise InputError(
            f"Cannot balance clusters: it needs an iteration, and room for {len(features):,} rows, "
            f"found {iterations:,} and {k:,} clusters of {most:,} rows at most. Raise the cap, or "
            "take more clusters."
        )
    objectives: list[float] = []
    labels_N, gap = None, 0.0
    with devices.threads(threads), torch.inference_mode():
        rows_ND, centroids_KD = features.to(device).contiguous(), centroids.to(device)
        distances = Distances(rows_ND)

        def tell() -> None:
            if progress is not None:
                progress(len(objectives), iterations, *objectives[-1:])

        while len(objectives) < iterations:
            cap = min(most, len(features))
            found_N, found_gap = _assign(rows_ND, distances, centroids_KD, cap, tell)
            distances_N = squared_distances(rows_ND, centroids_KD, found_N)
            objective = distances_N.sum().item()
            if labels_N is not None:
                before = squared_distances(rows_ND, centroids_KD, labels_N).sum().item()
                if objective >= before:
                    break
            labels_N, gap = found_N, found_gap
            draws = generator(seed, "empty under a cap", len(objectives))
            centroids_KD = move(rows_ND, centroids_KD, labels_N, distances_N, draws)
            objectives.append(objective)
            tell()
        assert labels_N is not None  # there was an iteration
        return {**describe(rows_ND, centroids_KD, labels_N, objectives), "gap": gap}


def _assign(
    rows_ND: Tensor,
    distances: Distances,
    centroids_KD: Tensor,
    most: int,
    tick: Callable[[], None],
) -> tuple[Tensor, float]:
    """Return int64 N labels under the cap, and how far from the best they are at most."""
    rows, k = len(rows_ND), len(centroids_KD)
    labels_N = torch.zeros(rows, dtype=torch.int64, device=rows_ND.device)
    if k == 1:
        return labels_N, 0.0
    costs = distances.to(centroids_KD)
    plain = lower_bound(costs, rows, most, torch.zeros(k, dtype=torch.float64))
    step = 0.1 * max(plain, 1e-3 * distances.spread, torch.finfo(torch.float64).tiny) / rows
    gap = torch.inf
    for _ in range(_TRIES):
        found_N, prices_K = auction(costs, rows, k, most, step=step, tick=tick)
        labels_N = found_N.to(rows_ND.device)
        bound = lower_bound(costs, rows, most, prices_K)
        above = squared_distances(rows_ND, centroids_KD, labels_N).sum().item() - bound
        gap = max(0.0, above) / bound if bound > 0 else torch.inf
        if gap <= TOLERANCE:
            break
        step /= _FINER
    return labels_N, gap
