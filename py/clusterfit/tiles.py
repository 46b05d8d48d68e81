"""Pieces of a matrix for which temporary matrices fit into the caches, or into the GPU."""

from collections.abc import Iterator, Mapping

from torch import Tensor

NUMBERS = {"cpu": 1 << 20, "cuda": 1 << 27}
"""How many numbers a temporary matrix may hold, by the kind of device."""

LARGE = {"cpu": 1 << 22, "cuda": 1 << 28}
"""Likewise where sums over the rows are made, which depend on where it is cut."""


def tiles(rows: Tensor, width: int, numbers: Mapping[str, int] = NUMBERS) -> Iterator[slice]:
    """Cut `rows` so that a temporary matrix of `width` columns stays small."""
    size = max(1, numbers.get(rows.device.type, numbers["cpu"]) // width)
    return (slice(start, start + size) for start in range(0, len(rows), size))
