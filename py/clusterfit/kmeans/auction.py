"""Rows to clusters that hold so many at most, at nearly the least cost: an auction.

Shape suffixes: N rows, K clusters, M rows a cluster holds at most, U rows without a cluster, R rows
that bid for the same clusters, A those clusters, T rows of a tile.

Bertsekas's auction for the transportation problem (Bertsekas and Castanon, Annals of Operations
Research 20, 1989). A cluster that is full has a price, the least of the bids that hold a place in
it; one with room costs nothing. Each row without a cluster bids for the one that is cheapest with
its price, as much as makes it `step` dearer than the second; a cluster keeps its M highest bids.

So a row that holds a place is at most `step` above its cheapest cluster, and only full clusters
have a price. For any prices p >= 0, the sum over rows of min (cost + p), less M times the sum of p,
is a lower bound on every assignment (the dual). With these prices it is the sum found less at most
N step: what is found is within N step of the best there is, and the bound says how far.
"""

import itertools
from collections.abc import Callable

import torch
from torch import Tensor

from .. import devices
from ..tiles import tiles
from .costs import Costs

_ROUNDS = 64
"""Between two calls of `tick`."""


def auction(
    costs: Costs, rows: int, k: int, most: int, *, step: float, tick: Callable[[], None]
) -> tuple[Tensor, Tensor]:
    """Return int64 N, a cluster for each row, none with more than `most`, and float64 K prices.

    There have to be 2 clusters and room for all rows, and the step is above 0. The same costs give
    the same clusters; of equal bids the first row's counts. `tick` is called now and then.
    """
    labels_N = torch.full((rows,), -1)
    bids_N = torch.zeros(rows, dtype=torch.float64)
    prices_K = torch.zeros(k, dtype=torch.float64)
    held_KM = torch.full((k, most), -1)
    free_U = torch.arange(rows)
    _bid(costs, free_U, prices_K, step, labels_N, bids_N)
    with devices.threads(1):  # of few rows: threads would wait longer for each other than compute
        for turn in itertools.count():
            if turn % _ROUNDS == 0:
                tick()
            free_U = _settle(free_U, held_KM, prices_K, labels_N, bids_N)
            if len(free_U) == 0:
                break
            _bid(costs, free_U, prices_K, step, labels_N, bids_N)
    return labels_N, prices_K


def lower_bound(costs: Costs, rows: int, most: int, prices_K: Tensor) -> float:
    """Return what no assignment costs less than, by these prices: float64."""
    every_N = torch.arange(rows)
    least = sum(
        (costs(every_N[tile]) + prices_K).amin(1).sum().item()
        for tile in tiles(every_N, len(prices_K))
    )
    return least - most * prices_K.sum().item()


def _bid(
    costs: Costs, free_U: Tensor, prices_K: Tensor, step: float, labels_N: Tensor, bids_N: Tensor
) -> None:
    for tile in tiles(free_U, len(prices_K)):
        rows_T = free_U[tile]
        dear_TK = costs(rows_T) + prices_K
        best_T, labels_T = dear_TK.min(1)
        dear_TK.scatter_(1, labels_T.unsqueeze(1), torch.inf)
        bids_N[rows_T] = prices_K[labels_T] + dear_TK.amin(1) - best_T + step
        labels_N[rows_T] = labels_T


def _settle(
    free_U: Tensor, held_KM: Tensor, prices_K: Tensor, labels_N: Tensor, bids_N: Tensor
) -> Tensor:
    """Let clusters keep their highest bids; return the rows that have no place, ascending."""
    k, most = held_KM.shape
    wanted_A = labels_N[free_U].bincount(minlength=k).nonzero().squeeze(1)
    holders_AM = held_KM[wanted_A]
    rivals_R = torch.cat([holders_AM[holders_AM >= 0], free_U]).sort().values
    rivals_R = rivals_R[bids_N[rivals_R].argsort(descending=True, stable=True)]
    rivals_R = rivals_R[labels_N[rivals_R].argsort(stable=True)]
    clusters_R = labels_N[rivals_R]
    counts_K = clusters_R.bincount(minlength=k)
    ranks_R = torch.arange(len(rivals_R)) - (counts_K.cumsum(0) - counts_K)[clusters_R]
    stays_R, last_R = ranks_R < most, ranks_R == most - 1
    held_KM[clusters_R[stays_R], ranks_R[stays_R]] = rivals_R[stays_R]
    prices_K[clusters_R[last_R]] = bids_N[rivals_R[last_R]]
    return rivals_R[~stays_R].sort().values
