"""Which tensors of a checkpoint are the weights of a trunk: all of them, or the file is refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from ..errors import FileError
from .layouts import HEADS, LAYOUTS, SPELLINGS

_SHOWN = 5
_COUNTER = "num_batches_tracked"
"""Of batch norms: no weight, and not in files of PyTorch before 0.4.1."""


@dataclass(frozen=True)
class Match:
    """A trunk's weights by their names in the trunk, and what the file has beside them.

    layout: what kind of checkpoint it is, for people. heads: names that were left out as weights
    behind the features. others: how many tensors each other part has: optimisers, a second network.
    """

    weights: Mapping[str, Tensor]
    layout: str
    heads: Sequence[str]
    others: Mapping[str, int]


@dataclass(frozen=True)
class _Attempt:
    layout: str
    found: Mapping[str, Tensor]
    missing: Sequence[str]
    misshapen: Sequence[str]
    heads: Sequence[str]
    strangers: Sequence[str]
    others: Mapping[str, int]

    @property
    def complete(self) -> bool:
        return not (self.missing or self.misshapen or self.strangers)


def match(
    checkpoint: Mapping[str, Tensor], trunk: Mapping[str, Tensor], path: str, arch: str
) -> Match:
    """Return the weights of `trunk` (names and shapes matter) out of a checkpoint.

    Of several layouts that fit, the first in LAYOUTS is taken.

    Raises:
        FileError: no layout gives all weights of the trunk, and nothing that is neither a head's
            nor of another part.
    """
    attempts = [
        _attempt(checkpoint, trunk, layout.title, layout.prefix, spelling)
        for layout in LAYOUTS
        for spelling in SPELLINGS
        if any(name.startswith(layout.prefix) for name in checkpoint)
    ]
    for attempt in attempts:
        if attempt.complete:
            weights = {
                name: attempt.found.get(name, empty.new_zeros(())) for name, empty in trunk.items()
            }
            return Match(weights, attempt.layout, attempt.heads, attempt.others)
    raise _refusal(max(attempts, key=lambda attempt: len(attempt.found)), trunk, path, arch)


def _attempt(
    checkpoint: Mapping[str, Tensor],
    trunk: Mapping[str, Tensor],
    title: str,
    prefix: str,
    spelling: str,
) -> _Attempt:
    respell = SPELLINGS[spelling]
    inside = {name: name.removeprefix(prefix) for name in checkpoint if name.startswith(prefix)}
    found: dict[str, Tensor] = {}
    misshapen: list[str] = []
    heads: list[str] = []
    strangers: list[str] = []
    for name, own in inside.items():
        wanted = respell(own) or own
        if wanted in trunk:
            if checkpoint[name].shape == trunk[wanted].shape:
                found[wanted] = checkpoint[name]
            else:
                shapes = (tuple(checkpoint[name].shape), tuple(trunk[wanted].shape))
                misshapen.append(f"{name} {shapes[0]} instead of {shapes[1]}")
        elif wanted.split(".")[0] in HEADS:
            heads.append(name)
        else:
            strangers.append(name)
    missing = [name for name in trunk if name not in found and not name.endswith(_COUNTER)]
    layout = ", ".join(part for part in (spelling, title) if part)
    others = Counter(_part(name) for name in checkpoint if name not in inside)
    return _Attempt(layout, found, missing, misshapen, heads, strangers, others)


def _part(name: str) -> str:
    """Return the first two parts of a name: which network or optimiser it is of."""
    return ".".join(name.split(".")[:2])


def _refusal(best: _Attempt, trunk: Mapping[str, Tensor], path: str, arch: str) -> FileError:
    faults = [
        f"{len(names):,} {what} ({_some(names)})"
        for what, names in (
            ("missing", best.missing),
            ("of another shape", best.misshapen),
            ("left over", best.strangers),
        )
        if names
    ]
    return FileError(
        f"Cannot import {path} as {arch}: it needs all {len(trunk):,} weights of the trunk, found "
        f"{len(best.found):,}; {'; '.join(faults)}. Name the architecture that it was made with, "
        "or a file of this one."
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
