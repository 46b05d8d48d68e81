"""A network of another library: its trunk, with our heads on what its own classifier would read."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import torch
from torch import Generator, Tensor, nn

from ..data.source import Draws
from ..errors import InputError
from . import drawn
from .global_generator import nothing_drawn
from .library import LAST_LAYER, Reader
from .network import Network


class ForeignNetwork(Network):
    """A trunk of torchvision, timm or transformers whose layers have that library's names.

    Weights are called `trunk.<the library's name>`, heads as in every network. The last layer is
    "pooled".
    """

    def __init__(self, arch: str, trunk: nn.Module, reader: Reader) -> None:
        super().__init__()
        self.trunk = trunk
        self._arch = arch
        self._reader = reader
        drawn.replace_dropout(trunk)

    @property
    def size(self) -> int:
        """Side in pixels of the images that it was laid out for."""
        return self._reader.size

    @cached_property
    def map_sizes(self) -> Mapping[str, tuple[int, int, int]]:
        """Channels, height and width of each layer, for images of `size`."""
        before = self.training
        parameter = next(self.trunk.parameters())
        pixels_BCHW = torch.zeros(1, 3, self.size, self.size, device=parameter.device)
        with torch.no_grad():
            sizes = {name: tuple(x.shape[1:]) for name, x in self.eval().layers(pixels_BCHW)}
        self.train(before)
        return sizes  # pyright: ignore[reportReturnType]

    @property
    def layer_sizes(self) -> Mapping[str, int]:
        """Channels, as the library's layers have them."""
        return {name: channels for name, (channels, _, _) in self.map_sizes.items()}

    def layers(self, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Run the whole trunk, then give its layers.

        Raises:
            InputError: the trunk takes images of another size.
        """
        try:
            for name, outputs in self._reader.layers(self.trunk, pixels_BCHW):
                yield name, outputs[:, :, None, None] if name == LAST_LAYER else outputs
        except AssertionError as error:
            raise self._wrong_size(pixels_BCHW, error) from error

    def embed(self, pixels_BCHW: Tensor) -> Tensor:
        """Return what the library's classifier would read, B x D.

        Raises:
            InputError: the trunk takes images of another size.
        """
        try:
            return self._reader.pooled(self.trunk, pixels_BCHW)
        except AssertionError as error:
            raise self._wrong_size(pixels_BCHW, error) from error

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> Any:
        """Load what was the state of such a network, written by the modules as they are now.

        Where a state does not say so, MNASNet refuses it.
        """
        state = OrderedDict(state_dict)
        state._metadata = getattr(self.state_dict(), "_metadata", {})  # pyright: ignore
        return super().load_state_dict(state, strict, assign)

    def initialise(self, draws: Generator) -> None:
        """Draw the heads; the trunk has the library's own initialisation since it was laid out."""
        with torch.no_grad():
            for head in self.all_heads:
                bound = head.in_features**-0.5
                head.weight.uniform_(-bound, bound, generator=draws)
                head.bias.uniform_(-bound, bound, generator=draws)

    def set_draws(self, draws: Draws) -> None:
        """Let what drops at random draw from `draws`, for a training that is resumable.

        Raises:
            InputError: something in the trunk draws random numbers of its own all the same.
        """
        drawn.set_draws(self.trunk, draws)
        buffers = {name: value.clone() for name, value in self.trunk.named_buffers()}
        before = self.training
        pixels_BCHW = torch.zeros(2, 3, self.size, self.size)
        with nothing_drawn() as found, torch.no_grad():
            self.train().embed(pixels_BCHW)
        for name, value in self.trunk.named_buffers():
            value.copy_(buffers[name])  # batch norms have counted this batch
        self.train(before)
        if found:
            raise InputError(
                f"Cannot train {self._arch}: it needs an architecture whose random numbers come "
                f"from a generator of its own, found one that draws from {found[0]}, which no "
                "checkpoint keeps. Choose another architecture, or one without dropout."
            )

    def _wrong_size(self, pixels_BCHW: Tensor, error: AssertionError) -> InputError:
        height, width = pixels_BCHW.shape[-2:]
        return InputError(
            f"Cannot run {self._arch} on images of {width} x {height}: it needs {self.size} x "
            f"{self.size} pixels, found that ({error}). Give such images, or lay it out for "
            f"others by the option size, as in {self._arch.partition('?')[0]}?size={width}."
        )
