"""What every backbone is once it is built: a trunk of named layers, and heads on its features.

Shape suffixes: B images of a batch, C channels of a layer, H x W their size, D features.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

from ..data.source import Draws
from ..data.view import View
from ..errors import InputError

FIRST_HEAD = "fc"
"""The name of the first head's weights, as in torchvision's ResNets."""


class Network(nn.Module, ABC):
    """A trunk and one or several linear heads; calling it gives the logits B x outputs of each.

    The first head is `fc`, whatever it is called, so that a network of one head has torchvision's
    parameter names; further ones are `heads.<name>`. A backbone implements `layer_sizes` and
    `layers`, and `embed` or `initialise` where these do not fit it.
    """

    fc: nn.Linear
    heads: nn.ModuleDict

    if TYPE_CHECKING:

        def __call__(self, pixels_BCHW: Tensor) -> tuple[Tensor, ...]: ...  # noqa: D102

    @property
    def size(self) -> int:
        """Side in pixels of the images that it is usually given."""
        return 224

    @property
    def frames(self) -> int | None:
        """Frames of the clips that it is usually given; None: it reads stills."""
        return None

    @property
    @abstractmethod
    def layer_sizes(self) -> Mapping[str, int]:
        """The channels C of each layer, from the first to the last."""

    @abstractmethod
    def layers(self, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Run the trunk, layer by layer: the name and the output B x C x H x W of each in turn."""

    @property
    def all_heads(self) -> tuple[nn.Linear, ...]:
        """The first head, then the others."""
        return (self.fc, *self.heads.values())  # pyright: ignore[reportReturnType]

    def forward(self, pixels_BCHW: Tensor) -> tuple[Tensor, ...]:
        """Return the logits of every head."""
        features_BD = self.embed(pixels_BCHW)
        return tuple(head(features_BD) for head in self.all_heads)

    def embed(self, pixels_BCHW: Tensor) -> Tensor:
        """Return the features B x D that the heads read: the last layer, averaged over its pixels.

        D is the size of the last layer.
        """
        outputs_BCHW = pixels_BCHW
        for _, layer_BCHW in self.layers(pixels_BCHW):
            outputs_BCHW = layer_BCHW
        return F.adaptive_avg_pool2d(outputs_BCHW, 1).flatten(1)

    def set_heads(self, heads: Mapping[str, int]) -> None:
        """Replace all heads by new ones, without values, of so many outputs each.

        Raises:
            InputError: there is no head, one has fewer than 2 outputs, or a name cannot be used.
        """
        if not heads or min(heads.values()) < 2:
            raise InputError(
                "Cannot build a network with these heads: it needs one or more, each of at least "
                f"2 outputs, found {dict(heads)}. Give every head as many outputs as classes."
            )
        *_, features = self.layer_sizes.values()
        (_, outputs), *further = heads.items()
        self.fc = nn.Linear(features, outputs)
        self.heads = nn.ModuleDict()
        for name, outputs in further:
            try:
                self.heads[name] = nn.Linear(features, outputs)
            except KeyError as error:
                raise InputError(
                    f"Cannot name a head {name!r}: it needs a name that PyTorch can give a module, "
                    f"found one that it cannot ({error}). Choose another name."
                ) from error

    def set_draws(self, draws: Draws) -> None:
        """Say where random numbers of a training step come from: these layers need none.

        Raises:
            InputError: something in the network draws from elsewhere.
        """

    def initialise(self, draws: Generator) -> None:
        """Draw every weight, as the function of that name does."""
        initialise(self, draws)


def initialise(layers: nn.Module, draws: Generator) -> None:
    """Draw every weight as torchvision draws them, in the order of the modules.

    Convolutions: normal, He fan-out, biases 0; batch norms: 1 and 0; linear layers: PyTorch's
    uniform default.
    """
    with torch.no_grad():
        for module in layers.modules():
            if isinstance(module, nn.Conv2d | nn.Conv3d):
                nn.init.kaiming_normal_(
                    module.weight, mode="fan_out", nonlinearity="relu", generator=draws
                )
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d):
                module.reset_parameters()
            elif isinstance(module, nn.Linear):
                bound = 1 / math.sqrt(module.in_features)
                module.weight.uniform_(-bound, bound, generator=draws)
                module.bias.uniform_(-bound, bound, generator=draws)
            elif any(True for _ in module.parameters(recurse=False)):
                raise TypeError(
                    f"{type(layers).__name__} has to initialise its {type(module).__name__}."
                )


def check_view(net: Network, view: View, attempt: str) -> None:
    """Check that the view shows what the network reads: clips, or stills.

    Raises:
        InputError: it does not; `attempt` is then impossible.
    """
    if (net.frames is None) == (view.frames is None):
        return
    read, shown = ("stills", "clips") if net.frames is None else ("clips", "stills")
    raise InputError(
        f"Cannot {attempt}: it needs a network of {shown}, as its view shows such, found one of "
        f"{read}. Choose another architecture, or data of {read}."
    )


def choose_layer(net: Network, name: str, attempt: str) -> str:
    """Return `name`.

    Raises:
        InputError: the network has no layer of that name; `attempt` is then impossible.
    """
    if name in net.layer_sizes:
        return name
    raise InputError(
        f"Cannot {attempt} at {name!r}: it needs a layer among {', '.join(net.layer_sizes)}. "
        "Choose one of them."
    )
