"""Rows drawn from many: what the first phase of a large k-means sees.

Shape suffixes: R rows drawn.
"""

import torch
from torch import Tensor

from ..errors import InputError
from ..seeds import generator
from ..tensors import take


def draw_rows(features: Tensor, count: int, *, seed: int, folder: str | None = None) -> Tensor:
    """Return a copy of `count` different rows of float32 N x D, drawn by `seed`, in their order.

    Many rows are returned in a file of `folder` (see `scratch`).

    Raises:
        InputError: there are fewer rows.
        FileError: the folder has no room for them.
    """
    rows = len(features)
    if not 1 <= count <= rows:
        raise InputError(
            f"Cannot draw {count:,} rows: it needs 1 to {rows:,}, the rows there are. Draw fewer."
        )
    drawn_R = torch.randperm(rows, generator=generator(seed, "subset"))[:count].sort().values
    return take(features, drawn_R.numpy(), folder)
