"""How well each row fits into its cluster, and which rows are nearly the same; in float64.

Shape suffixes: N rows, D dimensions, K clusters, L of them with a row, T rows of a tile, P pairs.

Features are read a tile at a time, so that they may stay in their file.
"""

from collections.abc import Callable
from typing import TypedDict

import torch
from torch import Tensor

from . import devices
from .errors import InputError
from .features import l2_normalise
from .tensors import Array
from .tiles import tiles


class Distances(TypedDict):
    """What `distances` found, for each row.

    own: float64 N, the Euclidean distance to the centroid of its cluster. others: float64 N, that
    to the nearest centroid of another cluster that has a row; NaN where there is none. second:
    int64 N, which one that is; -1 where there is none.
    """

    own: Tensor
    others: Tensor
    second: Tensor


class Pairs(TypedDict):
    """What `close_pairs` found: int64 P rows twice, and float64 P distances between them."""

    first: Tensor
    second: Tensor
    distance: Tensor


def distances(
    features_ND: Tensor,
    centroids_KD: Tensor,
    labels_N: Tensor,
    *,
    normalise: bool,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> Distances:
    """Measure float32 rows against the float32 centroids that they were clustered to.

    `normalise`: rows are l2-normalised first, as the clustering had them. `progress(done, total)`
    counts rows.

    Raises:
        InputError: the labels are not those of these rows and centroids.
    """
    _check(features_ND, centroids_KD, labels_N)
    with devices.threads(threads), torch.inference_mode():
        # Of clusters without a row nothing can be said: no picture lies near them.
        used_L = torch.bincount(labels_N).nonzero().squeeze(1)
        place_K = torch.zeros(len(centroids_KD), dtype=torch.int64)
        place_K[used_L] = torch.arange(len(used_L))
        # Near the origin, products lose fewer digits.
        exact_LD = centroids_KD[used_L].double()
        mean_D = exact_LD.mean(0)
        moved_LD = exact_LD - mean_D
        halves_L = moved_LD.square().sum(1) / 2
        own_N = torch.empty(len(features_ND), dtype=torch.float64)
        others_N = torch.full_like(own_N, torch.nan)
        second_N = torch.full_like(labels_N, -1)
        for tile in tiles(features_ND, max(len(used_L), features_ND.shape[1])):
            rows_TD = _exact(features_ND[tile], normalise)
            places_T = place_K[labels_N[tile]]
            own_N[tile] = _between(rows_TD, exact_LD[places_T])
            if len(used_L) > 1:
                scores_TL = (rows_TD - mean_D) @ moved_LD.T - halves_L
                scores_TL.scatter_(1, places_T.unsqueeze(1), -torch.inf)
                nearest_T = scores_TL.argmax(1)
                others_N[tile] = _between(rows_TD, exact_LD[nearest_T])
                second_N[tile] = used_L[nearest_T]
            if progress is not None:
                progress(min(tile.stop, len(features_ND)), len(features_ND))
    return {"own": own_N, "others": others_N, "second": second_N}


def close_pairs(
    features_ND: Tensor,
    labels_N: Tensor,
    own: Array,
    *,
    within: float,
    normalise: bool,
    threads: int,
    reach: int = 16,
) -> Pairs:
    """Return pairs of rows of one cluster that are at most `within` apart, the closest first.

    `own`: what `distances` found. Rows that close are as close in their distance to the centroid,
    by the triangle inequality: each is compared with at most `reach` that follow it in the order of
    that distance. So the work is linear in the rows, and every pair of equal rows is in a chain of
    pairs that are found.
    """
    with devices.threads(threads), torch.inference_mode():
        own_N = torch.from_numpy(own)
        order_N = torch.argsort(own_N, stable=True)
        order_N = order_N[torch.argsort(labels_N[order_N], stable=True)]
        found: list[tuple[Tensor, Tensor, Tensor]] = []
        for step in range(1, min(reach, len(order_N) - 1) + 1):
            first_P, second_P = order_N[:-step], order_N[step:]
            # One rounding of each distance may part rows that are exactly `within` apart.
            near_P = own_N[second_P] - own_N[first_P] <= within + 1e-12 * own_N[second_P]
            near_P &= labels_N[first_P] == labels_N[second_P]
            if not near_P.any():
                break
            first_P, second_P = first_P[near_P], second_P[near_P]
            for tile in tiles(first_P, features_ND.shape[1]):
                rows = [features_ND[rows_P[tile]] for rows_P in (first_P, second_P)]
                apart_T = _between(*(_exact(rows_TD, normalise) for rows_TD in rows))
                kept_T = apart_T <= within
                found.append((first_P[tile][kept_T], second_P[tile][kept_T], apart_T[kept_T]))
        if not found:
            none = torch.empty(0, dtype=torch.int64)
            return {"first": none, "second": none, "distance": none.double()}
        first_P, second_P, distance_P = (torch.cat(parts) for parts in zip(*found, strict=True))
        low_P, high_P = torch.minimum(first_P, second_P), torch.maximum(first_P, second_P)
        by_row_P = torch.argsort(low_P * len(labels_N) + high_P)
        order_P = by_row_P[torch.argsort(distance_P[by_row_P], stable=True)]
        return {
            "first": low_P[order_P],
            "second": high_P[order_P],
            "distance": distance_P[order_P],
        }


def _exact(rows_TD: Tensor, normalise: bool) -> Tensor:
    """Return them in float64; normalised in float32, as they were clustered."""
    return (l2_normalise(rows_TD) if normalise else rows_TD).double()


def _between(rows_TD: Tensor, others_TD: Tensor) -> Tensor:
    return (rows_TD - others_TD).square().sum(1).sqrt()


def _check(features_ND: Tensor, centroids_KD: Tensor, labels_N: Tensor) -> None:
    clusters = len(centroids_KD)
    fit = centroids_KD.shape[1:] == features_ND.shape[1:] and len(labels_N) == len(features_ND)
    if not fit or not 0 <= int(labels_N.min()) <= int(labels_N.max()) < clusters:
        raise InputError(
            f"Cannot measure distances to centroids: it needs a cluster below {clusters:,} for "
            f"each row of features as wide as the centroids, found {len(labels_N):,} labels of "
            f"{' x '.join(map(str, features_ND.shape))} features. Give those of one clustering."
        )
