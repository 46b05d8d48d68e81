"""Pieces of a matrix for which temporary matrices fit into the caches, or into the GPU."""

from collections.abc import Iterator

from torch import Tensor

NUMBERS = {"cpu": 1 << 20, "cuda": 1 << 27}
"""How many numbers a temporary matrix may hold, by the kind of device."""

AT_ONCE = {"cpu": 1 << 22, "cuda": 1 << 28}
"""How many numbers are summed over the rows at once; more go tile by tile, in another order."""


def tiles(rows: Tensor, width: int) -> Iterator[slice]:
    """Cut `rows` so that a temporary matrix of `width` columns stays small."""
    size = max(1, NUMBERS.get(rows.device.type, NUMBERS["cpu"]) // width)
    return (slice(start, start + size) for start in range(0, len(rows), size))


def summing_tiles(rows: Tensor, width: int) -> Iterator[slice]:
    """Cut `rows` likewise where they are many: for sums over rows, which depend on the cut."""
    if len(rows) * width <= AT_ONCE.get(rows.device.type, AT_ONCE["cpu"]):
        return iter([slice(0, len(rows))])
    return tiles(rows, width)
