"""Squared distances of rows to every centroid, a tile at a time, as costs that may be added to.

Shape suffixes: N rows, D dimensions, K centroids, T rows of a tile.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .clustering import means, squared_distances

Costs = Callable[[Tensor], Tensor]
"""Of rows T, float64 T x K on the CPU."""


def distance_costs(rows_ND: Tensor, centroids_KD: Tensor) -> tuple[Costs, float]:
    """Return squared distances of float32 rows as a function of rows, and the rows' spread.

    They are float64, of what is centred: a large common offset takes no digits.
    """
    one_N = torch.zeros(len(rows_ND), dtype=torch.int64, device=rows_ND.device)
    mean_1D, _ = means(rows_ND, one_N, 1)
    centred_KD = centroids_KD.double() - mean_1D
    squares_K = centred_KD.square().sum(1)

    def costs(rows_T: Tensor) -> Tensor:
        centred_TD = rows_ND[rows_T].double() - mean_1D
        products_TK = centred_TD @ centred_KD.T
        squares_T1 = centred_TD.square().sum(1, keepdim=True)
        return (squares_T1 - 2 * products_TK + squares_K).clamp_(min=0).cpu()

    return costs, squared_distances(rows_ND, mean_1D, one_N).sum().item()
