"""Squared distances of rows to every centroid, a tile at a time, as costs that may be added to.

Shape suffixes: N rows, D dimensions, K centroids, T rows of a tile.
"""

from collections.abc import Callable
from functools import cached_property

import torch
from torch import Tensor

from .clustering import means, squared_distances

Costs = Callable[[Tensor], Tensor]
"""Of rows T, float64 T x K on the CPU."""


class Distances:
    """Squared distances of float32 rows, float64 of what is centred.

    So a large common offset takes no digits. What the rows alone decide is computed once.
    """

    def __init__(self, rows_ND: Tensor) -> None:
        """Compute the mean of the rows."""
        self._rows_ND = rows_ND
        self._one_N = torch.zeros(len(rows_ND), dtype=torch.int64, device=rows_ND.device)
        self._mean_1D, _ = means(rows_ND, self._one_N, 1)

    @cached_property
    def spread(self) -> float:
        """The sum of the squared distances to the mean of all rows."""
        return squared_distances(self._rows_ND, self._mean_1D, self._one_N).sum().item()

    def to(self, centroids_KD: Tensor) -> Costs:
        """Return the distances to float32 K x D centroids."""
        centred_KD = centroids_KD.double() - self._mean_1D
        squares_K = centred_KD.square().sum(1)

        def costs(rows_T: Tensor) -> Tensor:
            centred_TD = self._rows_ND[rows_T].double() - self._mean_1D
            products_TK = centred_TD @ centred_KD.T
            squares_T1 = centred_TD.square().sum(1, keepdim=True)
            return (squares_T1 - 2 * products_TK + squares_K).clamp_(min=0).cpu()

        return costs
