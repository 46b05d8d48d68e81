"""What a network is trained for.

Shape suffixes: N rows of the source, B of a batch.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import torch
from torch import Tensor, nn

from ..data.batch import Batch
from ..data.source import Draws
from ..data.view import View
from ..errors import InputError
from ..models.network import Network

Option = float | str | bool


class Head(NamedTuple):
    """A head that the trained network has to have: so many outputs, or at least so many."""

    outputs: int
    exact: bool


class Frozen(NamedTuple):
    """A network that is asked and not trained, and how it reads the rows."""

    network: Network
    view: View


class Loss(NamedTuple):
    """What one batch gave.

    mean: the scalar to minimise, with its gradient. images: how many images the means are over.
    sums: for each metric its sum over these images, a scalar without a gradient.
    """

    mean: Tensor
    images: int
    sums: Mapping[str, Tensor]


class Objective(Protocol):
    """A loss, what it is computed from, and what is measured beside it."""

    @property
    def metrics(self) -> Sequence[str]:
        """Names of what is measured; "accuracy" is the share of correct answers."""
        ...

    @property
    def frozen(self) -> Sequence[Frozen]:
        """Networks that `loss` asks: the trainer moves them to its device, in evaluation mode."""
        ...

    @property
    def own_layers(self) -> nn.Module | None:
        """Layers behind the network's heads that are trained with it and are no part of it.

        They are laid out on the meta device: the trainer draws their weights, moves them to its
        device, and keeps them in its checkpoints.
        """
        ...

    def heads(self, net: Network) -> Sequence[Head]:
        """Return what the heads of `net` have to be, in their order.

        Raises:
            InputError: `net` cannot be trained so whatever its heads.
        """
        ...

    def prepare(self, rows: int, device: torch.device) -> None:
        """Move what is needed to `device`, for a source of so many rows.

        Raises:
            InputError: the objective is one for another number of rows.
        """
        ...

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Compute the loss of a batch.

        It is called under the autocast of the training's precision: logits and features come in
        that precision, and are made float32 before they enter a loss. Every random number comes
        from `draws`.
        """
        ...


class Given(NamedTuple):
    """What an objective is made of: its name, int64 N labels, frozen networks, options by name."""

    name: str
    labels: Sequence[Tensor]
    networks: Sequence[Frozen]
    options: Mapping[str, Option]

    def check(self, *, labels: int | None, networks: int, options: Sequence[str] = ()) -> None:
        """Check how many labels (None: one or more) and networks there are, and known options.

        Raises:
            InputError: there is something else.
        """
        fits = len(self.labels) >= 1 if labels is None else len(self.labels) == labels
        if not fits or len(self.networks) != networks:
            raise InputError(
                f"Cannot train by {self.name}: it needs {'1 or more' if labels is None else labels}"
                f" label tensors and {networks} frozen networks, found {len(self.labels)} and "
                f"{len(self.networks)}. Give it those."
            )
        unknown = sorted(set(self.options) - set(options))
        if unknown:
            raise InputError(
                f"Cannot train by {self.name}: it needs options among [{', '.join(options)}], "
                f"found {', '.join(unknown)}. Leave out what it does not know."
            )

    def number(self, option: str, default: float) -> float:
        """Return an option that is a number.

        Raises:
            InputError: it is something else.
        """
        value = self.options.get(option, default)
        if isinstance(value, str | bool):
            raise self.wrong(option, "a number")
        return float(value)

    def whole(self, option: str, default: int, *, least: int, most: int | None = None) -> int:
        """Return an option that is a whole number from `least` to `most`.

        Raises:
            InputError: it is something else.
        """
        value = self.number(option, default)
        if value.is_integer() and value >= least and (most is None or value <= most):
            return int(value)
        end = "up" if most is None else f"to {most:,}"
        raise self.wrong(option, f"a whole number from {least} {end}")

    def wrong(self, option: str, needed: str) -> InputError:
        """Return the error for an option that has another value than what is `needed`."""
        return InputError(
            f"Cannot train by {self.name}: its option {option} needs {needed}, found "
            f"{self.options.get(option)!r}. Give such a value, or leave the option out."
        )
