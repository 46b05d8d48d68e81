"""Layers that drop at random, drawing from a generator of ours and not from PyTorch's own.

What torch, torchvision and timm draw comes from a process-wide generator, whose place in a
training is saved nowhere: a resumed training would draw other numbers.
"""

import sys
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

from ..data.source import Draws
from ..errors import InputError
from ..vision import StochasticDepth


class DrawnDropout(nn.Module):
    """Multiplies by 0 with probability `p`, else by 1 / (1 - p), while it is trained.

    `dimensions` of the input, from the first, have values of their own; along the others a value
    is shared. None: each number has its own. 1: each image. 2: each channel of an image. 0: all.
    """

    def __init__(self, name: str, p: float, dimensions: int | None) -> None:
        super().__init__()
        self.p = p
        self._purpose = f"network/{name}"
        self._dimensions = dimensions
        self.draws: Draws | None = None

    def forward(self, values: Tensor) -> Tensor:
        """Drop, while training; a second call in one step drops the same.

        Raises:
            InputError: nobody said where random numbers come from.
        """
        if not self.training:
            return values
        if self.draws is None:
            raise InputError(
                "Cannot train this network: its dropout needs a generator, found none. Train it "
                "by a Trainer, or call set_draws."
            )
        own = values.dim() if self._dimensions is None else self._dimensions
        shape = [size if at < own else 1 for at, size in enumerate(values.shape)]
        mask = torch.empty(shape).bernoulli_(1 - self.p, generator=self.draws(self._purpose))
        return values * (mask / max(1 - self.p, 1e-12)).to(values.device, values.dtype)


def replace_dropout(trunk: nn.Module) -> None:
    """Put a DrawnDropout in the place of each layer of `trunk` that drops at random.

    They have no weights: names in the state stay as they are.
    """
    modules: dict[str, nn.Module] = dict(trunk.named_modules())  # pyright: ignore[reportUnknownArgumentType]
    for name, module in modules.items():
        for p, dimensions in _dropped(module):
            trunk.set_submodule(name, DrawnDropout(name, p, dimensions))


def set_draws(trunk: nn.Module, draws: Draws) -> None:
    """Let every DrawnDropout draw from `draws`."""
    for module in trunk.modules():
        if isinstance(module, DrawnDropout):
            module.draws = draws


def _dropped(module: nn.Module) -> Iterator[tuple[float, int | None]]:
    """Give the probability and the dimensions of a layer that drops, if it is one."""
    if type(module) is nn.Dropout and module.p > 0:
        yield module.p, None
    elif isinstance(module, nn.Dropout1d | nn.Dropout2d | nn.Dropout3d) and module.p > 0:
        yield module.p, 2
    elif isinstance(module, StochasticDepth) and module.p > 0:
        yield module.p, 1 if module.mode == "row" else 0
    else:
        timms = sys.modules.get("timm.layers.drop")  # if it was never imported, nothing is timm's
        path: Any = module
        if timms is not None and type(path) is timms.DropPath and path.scale_by_keep:
            yield from [(path.drop_prob, 1)] if path.drop_prob > 0 else []
