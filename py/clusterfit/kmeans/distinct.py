"""Which rows equal no earlier one, a tile at a time.

Shape suffixes: N rows, D dimensions, T rows of a tile, R rows whose hash an earlier one has, M of
them that differ from that one.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..seeds import generator
from ..tiles import tiles


def distinct_rows(rows_ND: Tensor) -> Tensor:
    """Return the ascending int64 indices of the float32 rows that equal no earlier one.

    0 and -0 are equal. The rows must be finite. Rows are compared where their hashes are equal.
    """
    hashes_N = _hashes(rows_ND)
    _, firsts, places_N = np.unique(hashes_N, return_index=True, return_inverse=True)
    first_N = firsts[places_N]
    repeated_R = np.flatnonzero(first_N != np.arange(len(first_N)))
    differs_R = np.zeros(len(repeated_R), bool)
    for tile in tiles(torch.from_numpy(repeated_R), rows_ND.shape[1]):
        later, first = repeated_R[tile], first_N[repeated_R[tile]]
        differs_R[tile] = (rows_ND[later] != rows_ND[first]).any(1).cpu().numpy()
    odd_M = repeated_R[differs_R]
    if len(odd_M) > 0:
        firsts = np.concatenate([firsts, odd_M[_first_of_equal_bytes(rows_ND[odd_M])]])
    return torch.from_numpy(np.sort(firsts)).to(rows_ND.device)


def _hashes(rows_ND: Tensor) -> NDArray[np.uint64]:
    """Return a sum of random multiples of each row's words, modulo 2^64."""
    draws = generator(0, "hashes of rows")
    factors = torch.randint(2**63 - 1, (rows_ND.shape[1],), generator=draws)
    factors_D = factors.numpy().astype(np.uint64) * np.uint64(2) + np.uint64(1)
    hashes_N = np.empty(len(rows_ND), np.uint64)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        hashes_N[tile] = _words(rows_ND[tile]).astype(np.uint64) @ factors_D
    return hashes_N


def _first_of_equal_bytes(rows_MD: Tensor) -> NDArray[np.intp]:
    words = _words(rows_MD)
    as_bytes = words.view(np.dtype((np.void, words.itemsize * words.shape[1]))).ravel()
    return np.unique(as_bytes, return_index=True)[1]


def _words(rows_TD: Tensor) -> NDArray[np.uint32]:
    """Return the bits of float32 rows, with 0 for -0: equal where the rows are."""
    return np.ascontiguousarray((rows_TD + 0.0).cpu().numpy()).view(np.uint32)
