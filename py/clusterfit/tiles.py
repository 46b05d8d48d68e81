"""Pieces of a matrix for which temporary matrices fit into the caches, or into the GPU."""

from collections.abc import Iterator

from torch import Tensor

NUMBERS = {"cpu": 1 << 20, "cuda": 1 << 27}
"""How many numbers a temporary matrix may hold, by the kind of device."""


def tiles(rows: Tensor, width: int) -> Iterator[slice]:
    """Cut `rows` so that a temporary matrix of `width` columns stays small."""
    size = max(1, NUMBERS.get(rows.device.type, 1 << 20) // width)
    return (slice(start, start + size) for start in range(0, len(rows), size))
