"""Rows that are not finite."""

import torch
from torch import Tensor

from .errors import NonFiniteFeatures


def check_finite(features_ND: Tensor, attempt: str) -> None:
    """Raise NonFiniteFeatures, saying that `attempt` is impossible, unless all are finite."""
    low_N, high_N = torch.aminmax(features_ND, dim=1)
    bad_N = (low_N.isfinite() & high_N.isfinite()).logical_not()
    if bad_N.any():
        raise NonFiniteFeatures(
            f"Cannot {attempt} these features: it needs finite numbers, found NaN or infinity in "
            f"{int(bad_N.sum()):,} of {len(bad_N):,} rows, first in row "
            f"{int(bad_N.int().argmax()):,}. "
            "Mend these rows, or train the network that made them again with a lower learning rate."
        )
