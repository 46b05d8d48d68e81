"""One clustering of several: evidence accumulation without the matrix of pairs.

Shape suffixes: N rows, M clusterings, P rows of different ids, C clusters of all clusterings
together, K clusters of the consensus, E empty ones, T rows of a tile.

Evidence accumulation (Fred and Jain, PAMI 2005) counts for each pair of rows how many clusterings
hold them together: N x N numbers. Half the squared distance of two rows of the one-hot memberships
N x C, M ones a row, is how many clusterings part them, so k-means of these rows clusters by the
same evidence, in time linear in N (k-means-based consensus clustering, Wu, Liu, Xiong, Cao and
Chen, TKDE 2015; its objective is that of category utility). Neither matrix is held: a row is its M
ids, and a cluster the counts of its rows in each of the C, of which at most N M are above 0.

Counts are whole numbers, and what is compared is made of two of them by the same operations for
each row and cluster: the labels do not depend on the order of a sum, hence on no library.
"""

import math
from collections.abc import Callable
from typing import Any, TypedDict, cast

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs]
from torch import Generator, Tensor

from ..errors import InputError
from ..labels import is_single
from ..seeds import generator

sparse = cast("Any", scipy_sparse)  # has no types

_NUMBERS = 1 << 22
"""Of a temporary matrix T x K: 32 MB."""


class Consensus(TypedDict):
    """What was found.

    labels: int64 N. sizes: int64 K. empty: how many clusters have no row. distinct: how many rows
    have ids that no earlier one has; where they are fewer than K, clusters stay empty. objective:
    the sum over all rows of the squared distance of their memberships to the mean of their cluster.
    objectives: that sum before each iteration, from the start that came to the least one.
    """

    labels: Tensor
    sizes: Tensor
    empty: int
    distinct: int
    objective: float
    objectives: list[float]


def consensus(
    clusterings: list[Tensor],
    k: int,
    *,
    iterations: int,
    starts: int,
    seed: int,
    progress: Callable[..., None] | None = None,
) -> Consensus:
    """Cluster rows by the ids that several clusterings give them: int64 N each.

    k-means starts from each clustering with k clusters or fewer, and from `starts` draws by D^2
    (k-means++) with `seed`, and what has the least objective is taken, of equals the first.
    `progress(done, total)` counts starts, and is called after each iteration, too.

    Raises:
        InputError: there is no clustering or no start, they have not as many rows, or k is not from
            1 to N.
    """
    ids_NM = _checked(clusterings, k)
    # rows of equal ids are one point: with its weight, all that follows is that of the rows
    points_PM, places_N, weights_P = np.unique(
        ids_NM, axis=0, return_inverse=True, return_counts=True
    )
    given = [column_P for column_P in points_PM.T if len(np.unique(column_P)) <= k]
    total = len(given) + starts
    if total == 0:
        raise InputError(
            f"Cannot find a consensus: it needs a start, found no clustering of {k:,} clusters or "
            "fewer. Draw one."
        )
    members_PC = _one_hot(points_PM)
    best: tuple[NDArray[np.int64], list[float]] | None = None
    for turn in range(total):
        draws = generator(seed, "consensus", turn)
        if turn < len(given):
            labels_P = np.unique(given[turn], return_inverse=True)[1]
        else:
            labels_P = _drawn(points_PM, weights_P, k, draws)

        def tell(done: int = turn) -> None:
            if progress is not None:
                progress(done, total)

        found = _lloyd(members_PC, weights_P, labels_P, k, iterations, draws, tell)
        if best is None or found[1][-1] < best[1][-1]:
            best = found
        tell(turn + 1)
    assert best is not None  # there was a start
    labels_N = torch.from_numpy(best[0][places_N.ravel()])
    sizes_K = labels_N.bincount(minlength=k)
    return {
        "labels": labels_N,
        "sizes": sizes_K,
        "empty": int((sizes_K == 0).sum()),
        "distinct": len(points_PM),
        "objective": best[1][-1],
        "objectives": best[1][:-1],
    }


def _checked(clusterings: list[Tensor], k: int) -> NDArray[np.int64]:
    lengths = {len(one) for one in clusterings}
    if len(lengths) != 1 or not all(map(is_single, clusterings)):
        raise InputError(
            "Cannot find a consensus: it needs clusterings of the same rows, int64 N each, found "
            f"{[tuple(one.shape) for one in clusterings]}. Give those of one data set."
        )
    rows = lengths.pop()
    if not 1 <= k <= rows:
        raise InputError(
            f"Cannot find a consensus of {rows:,} rows: it needs 1 to {rows:,} clusters, found "
            f"{k:,}. Give another number of clusters."
        )
    return np.stack([one.numpy() for one in clusterings], 1)


def _one_hot(points_PM: NDArray[np.int64]) -> Any:
    """Return the memberships P x C, sparse: M ones a row."""
    points, clusterings = points_PM.shape
    columns_PM, first = np.empty_like(points_PM), 0
    for at in range(clusterings):
        ids, columns_P = np.unique(points_PM[:, at], return_inverse=True)
        columns_PM[:, at] = first + columns_P
        first += len(ids)
    starts = np.arange(points + 1, dtype=np.int64) * clusterings
    ones = np.ones(points * clusterings)
    return sparse.csr_array((ones, columns_PM.ravel(), starts), shape=(points, first))


def _drawn(
    points_PM: NDArray[np.int64], weights_P: NDArray[np.int64], k: int, draws: Generator
) -> NDArray[np.int64]:
    """Return for each point the nearest of k that are drawn by D^2, of equals the first."""
    labels_P = np.zeros(len(points_PM), np.int64)
    apart_P = np.full(len(points_PM), points_PM.shape[1])  # half the squared distance
    for cluster in range(k):
        sums_P = np.cumsum(weights_P * apart_P)
        if sums_P[-1] == 0:
            break  # every point is drawn
        at = torch.rand((), dtype=torch.float64, generator=draws).item() * sums_P[-1]
        chosen = int(np.searchsorted(sums_P, float(at), side="right"))
        new_P = (points_PM != points_PM[chosen]).sum(1)
        nearer_P = new_P < apart_P
        labels_P[nearer_P], apart_P[nearer_P] = cluster, new_P[nearer_P]
    return labels_P


def _lloyd(
    members_PC: Any,
    weights_P: NDArray[np.int64],
    labels_P: NDArray[np.int64],
    k: int,
    iterations: int,
    draws: Generator,
    tell: Callable[[], None],
) -> tuple[NDArray[np.int64], list[float]]:
    """Return the labels that these come to, and the objective before each iteration and at last."""
    points_P = np.arange(len(labels_P))
    most = int(members_PC[[0]].sum())  # M, the squared length of a row
    objectives: list[float] = []
    for turn in range(iterations + 1):
        given = (weights_P.astype(np.float64), (labels_P, points_P))
        counts_KC = sparse.csr_array(given, shape=(k, len(labels_P))) @ members_PC
        sizes_K: NDArray[np.float64] = counts_KC.sum(1) / most  # a row has M ids
        squares_K: NDArray[np.float64] = (counts_KC * counts_KC).sum(1)
        held_K = squares_K / np.maximum(sizes_K, 1)
        objectives.append(math.fsum([most * float(weights_P.sum()), *(-held_K)]))
        if turn == iterations:
            break
        found_P, apart_P = _assign(members_PC, counts_KC, sizes_K, squares_K)
        _refill(found_P, weights_P * (most + apart_P), k, draws)
        tell()
        if np.array_equal(found_P, labels_P):
            break
        labels_P = found_P
    return labels_P, objectives


def _assign(
    members_PC: Any,
    counts_KC: Any,
    sizes_K: NDArray[np.float64],
    squares_K: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the nearest cluster of each point and float64 P, the squared distance less M.

    It is |mean|^2 less twice what the mean has of the point's ids: of the clusters that have none
    of them the one with the least |mean|^2 is nearest. Of equals that have one the first is taken.
    """
    points, k = members_PC.shape[0], len(sizes_K)
    norms_K = np.where(sizes_K > 0, squares_K / np.maximum(sizes_K, 1) ** 2, np.inf)
    other = int(norms_K.argmin())
    labels_P, apart_P = np.empty(points, np.int64), np.empty(points)
    of_CK = counts_KC.T.tocsr()
    tile = max(1, _NUMBERS // k)
    for first in range(0, points, tile):
        rows = slice(first, first + tile)
        shared = members_PC[rows] @ of_CK  # sparse T x K; no row is without entries
        apart = norms_K[shared.indices] - 2 * shared.data / sizes_K[shared.indices]
        begins_T = shared.indptr[:-1]
        least_T = np.minimum.reduceat(apart, begins_T)
        equal = apart == np.repeat(least_T, np.diff(shared.indptr))
        nearest_T = np.minimum.reduceat(np.where(equal, shared.indices, k), begins_T)
        others_T = least_T > norms_K[other]
        labels_P[rows] = np.where(others_T, other, nearest_T)
        apart_P[rows] = np.where(others_T, norms_K[other], least_T)
    return labels_P, apart_P


def _refill(
    labels_P: NDArray[np.int64], costs_P: NDArray[np.float64], k: int, draws: Generator
) -> None:
    """Start empty clusters again at points drawn in proportion to their costs, none twice."""
    empty_E = np.flatnonzero(np.bincount(labels_P, minlength=k) == 0)
    if len(empty_E) == 0:
        return
    waits_P = torch.empty(len(labels_P), dtype=torch.float64).exponential_(generator=draws)
    keys_P = costs_P / waits_P.numpy()
    drawn_E = np.argsort(-keys_P, kind="stable")[: len(empty_E)]
    drawn_E = drawn_E[keys_P[drawn_E] > 0]
    labels_P[drawn_E] = empty_E[: len(drawn_E)]
