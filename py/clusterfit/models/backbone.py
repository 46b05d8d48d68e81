"""What `build`, `load` and `snippet` need to know of an architecture."""

from collections.abc import Sequence
from typing import Protocol

from ..errors import InputError
from .network import Network


class Backbone(Protocol):
    """One architecture: how its networks are laid out."""

    @property
    def width(self) -> int:
        """Channels of its first layers, unless another width is asked for."""
        ...

    def lay_out(self, width: int) -> Network:
        """Make its modules; heads and weights come later.

        It is called under `torch.device("meta")`: nothing takes memory or draws a random number.

        Raises:
            InputError: there is no such network of that width.
        """
        ...

    def source(self, width: int) -> Sequence[str]:
        """Return Python lines without this package that make such a module and call it `net`.

        Its parameters have the names of the network's; their sizes do not matter. `torch` and
        `torchvision` are imported.
        """
        ...


def check_width(title: str, width: int) -> None:
    """Raise InputError unless a network that can have any width has a channel."""
    if width < 1:
        raise InputError(
            f"Cannot build {title} of width {width}: it needs 1 channel or more. Give a larger "
            "width."
        )
