"""How much a clustering says that another one, of other rows, would say again.

Shape suffixes: N rows, A and B clusters of one clustering and of another, S their distinct sizes,
M rows that two clusters may share.

Two halves of the rows are clustered apart, and all rows assigned to the centroids of each: what one
assignment tells of the other, their mutual information, is what neither made up. It grows with the
clusters as long as these stand for something in the rows, and falls where they stand for the draw
of the half. What two assignments of these sizes tell of each other by chance is taken off: its
expectation under all permutations (Vinh, Epps and Bailey, JMLR 2010). To choose the clustering that
carries most such information is Buhmann's criterion (Information theoretic model validation for
clustering, ISIT 2010); to compare assignments by centroids of other rows is that of prediction
strength (Tibshirani and Walther, JCGS 2005).
"""

from collections.abc import Callable
from typing import TypedDict

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..errors import InputError
from ..seeds import generator
from ..tensors import take
from .lloyd import assign, fit
from .nearest import Engine


class Reproducibility(TypedDict):
    """bits: the information above chance, of each split, in bits.

    share: of each split, the same as a share of what it could be: 1 where both assignments are
    equal, 0 for chance (adjusted mutual information, by the mean of the entropies).
    """

    bits: list[float]
    share: list[float]


def reproducible_information(
    features: Tensor,
    k: int,
    *,
    splits: int,
    iterations: int,
    seed: int,
    engine: Engine,
    device: str,
    threads: int,
    folder: str | None = None,
    progress: Callable[..., None] | None = None,
) -> Reproducibility:
    """Measure the information that `k` clusters of float32 N x D rows carry reproducibly.

    For each of `splits` splits in halves, drawn by `seed`: k-means of each half, `iterations` at
    most, and all rows assigned to the centroids of both. `progress(done, splits)` is called after
    each split. `folder` is used as by `fit`.

    Raises:
        InputError: a half has fewer rows than clusters, or the tensors do not fit.
        FileError: the folder has no room.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    rows = len(features)
    if rows // 2 < k:
        raise InputError(
            f"Cannot tell how reproducible {k:,} clusters are: it needs as many rows in each half, "
            f"found {rows:,} rows. Give fewer clusters."
        )
    found: Reproducibility = {"bits": [], "share": []}
    for split in range(splits):
        order_N = torch.randperm(rows, generator=generator(seed, "halves", split))
        assigned: list[NDArray[np.int64]] = []
        for own_R in order_N[: rows // 2].sort().values, order_N[rows // 2 :].sort().values:
            kept = take(features, own_R.numpy(), folder)
            clustering = fit(
                *(kept, k), iterations=iterations, seed=seed, engine=engine, device=device,
                threads=threads, folder=folder,
            )  # fmt: skip
            labels_N = assign(
                *(features, clustering["centroids"]), engine=engine, device=device,
                threads=threads, folder=folder,
            )  # fmt: skip
            assigned.append(labels_N.numpy())
        told, chance, most = information(*assigned)
        found["bits"].append((told - chance) / np.log(2))
        found["share"].append((told - chance) / (most - chance) if most > chance else 0.0)
        if progress is not None:
            progress(split + 1, splits)
    return found


def information(
    first_N: NDArray[np.int64], second_N: NDArray[np.int64]
) -> tuple[float, float, float]:
    """Return three numbers of two assignments, in nats.

    Their mutual information, its expectation over all permutations of one of them, and the mean of
    their entropies.
    """
    rows = len(first_N)
    _, first_N, sizes_A = np.unique(first_N, return_inverse=True, return_counts=True)
    _, second_N, sizes_B = np.unique(second_N, return_inverse=True, return_counts=True)
    pairs, shared = np.unique(first_N * len(sizes_B) + second_N, return_counts=True)
    expected = sizes_A[pairs // len(sizes_B)] * (sizes_B[pairs % len(sizes_B)] / rows)
    told = float((shared / rows * np.log(shared / expected)).sum())
    entropies = [
        float(-(sizes / rows * np.log(sizes / rows)).sum()) for sizes in (sizes_A, sizes_B)
    ]
    return told, expected_information(sizes_A, sizes_B), sum(entropies) / 2


def expected_information(sizes_A: NDArray[np.int64], sizes_B: NDArray[np.int64]) -> float:
    """Return the mean mutual information, in nats, of two random assignments of these sizes.

    Two clusters share a hypergeometric number of rows. Pairs of equal sizes are summed once.
    """
    rows = int(sizes_A.sum())
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, rows + 1)))])  # of factorials
    firsts, often = np.unique(sizes_A, return_counts=True)
    seconds_S, seconds_often_S = np.unique(sizes_B, return_counts=True)
    total = 0.0
    for a, times in zip(map(int, firsts), map(int, often), strict=True):
        shared_M = np.arange(1, a + 1)
        b_S1 = seconds_S[:, None]
        possible_SM = (shared_M <= b_S1) & (rows - a - b_S1 + shared_M >= 0)
        rest_SM = np.where(possible_SM, b_S1 - shared_M, 0)
        neither_SM = np.where(possible_SM, rows - a - b_S1 + shared_M, 0)
        log_SM = (
            (logs[a] + logs[rows - a] - logs[rows])
            + (logs[b_S1] + logs[rows - b_S1])
            - (logs[shared_M] + logs[a - shared_M] + logs[rest_SM] + logs[neither_SM])
        )
        chance_SM = np.where(possible_SM, np.exp(np.where(possible_SM, log_SM, 0.0)), 0.0)
        told_SM = shared_M / rows * np.log(rows * shared_M / (a * b_S1))
        total += times * float((seconds_often_S * (chance_SM * told_SM).sum(1)).sum())
    return total
