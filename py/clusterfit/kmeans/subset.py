"""Rows drawn from many: what the first phase of a large k-means sees.

Shape suffixes: R rows drawn.
"""

import torch
from torch import Tensor

from .. import scratch
from ..errors import InputError
from ..seeds import generator


def draw_rows(features: Tensor, count: int, *, seed: int, folder: str | None = None) -> Tensor:
    """Return a copy of `count` different rows of float32 N x D, drawn by `seed`, in their order.

    Many rows are returned in a file of `folder` (see `scratch`).

    Raises:
        InputError: there are fewer rows.
        FileError: the folder has no room for them.
    """
    rows, columns = features.shape
    if not 1 <= count <= rows:
        raise InputError(
            f"Cannot draw {count:,} rows: it needs 1 to {rows:,}, the rows there are. Draw fewer."
        )
    drawn_R = torch.randperm(rows, generator=generator(seed, "subset"))[:count].sort().values
    kept = scratch.empty(count, columns, features.device, folder)
    return torch.index_select(features, 0, drawn_R.to(features.device), out=kept)
