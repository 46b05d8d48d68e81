"""Permutations of the nine patches of a puzzle that are far from each other.

Shape suffixes: A all permutations, M those that are chosen, 9 patches.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..seeds import generator

PATCHES = 9
ALL = 362_880
"""9!"""


def choose_permutations(count: int, seed: int) -> Tensor:
    """Return int64 M x 9: `count` different permutations, from 1 to ALL, that `seed` decides.

    The first is drawn. Each further one has the largest average Hamming distance to those before
    it (Noroozi and Favaro, ECCV 2016, algorithm 1), of equals the first in an order that is drawn.
    2,000 take about 3 seconds.
    """
    all_A9 = _all_permutations()
    order_A = torch.randperm(ALL, generator=generator(seed, "permutations")).numpy()
    columns_9A = np.ascontiguousarray(all_A9[order_A].T)
    shared_A = np.zeros(ALL, np.int32)  # places that it has in common with those chosen, summed
    chosen_M = np.zeros(count, np.int64)
    for at in range(1, count):
        latest = chosen_M[at - 1]
        for column_A in columns_9A:
            shared_A += column_A == column_A[latest]
        shared_A[latest] = PATCHES * ALL  # never again
        chosen_M[at] = shared_A.argmin()
    return torch.from_numpy(columns_9A[:, chosen_M].T.astype(np.int64))


def _all_permutations() -> NDArray[np.uint8]:
    """Return A x 9: each number put at each place among those before it."""
    found = np.zeros((1, 0), np.uint8)
    for number in range(PATCHES):
        found = np.concatenate(
            [np.insert(found, at, number, axis=1) for at in range(number + 1)], dtype=np.uint8
        )
    return found
