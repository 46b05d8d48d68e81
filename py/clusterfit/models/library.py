"""Libraries of networks by prefix, imported when they are first asked for."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, cast

from torch import Generator, Tensor, nn

from ..registry import find
from .spec import Spec

LAST_LAYER = "pooled"
"""The name of what the library's own classifier reads, B x D, as a layer B x D x 1 x 1."""


class Reader(Protocol):
    """How a trunk of one library is asked."""

    @property
    def size(self) -> int:
        """Side in pixels of images that the trunk takes, of several sizes the usual one."""
        ...

    def pooled(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Tensor:
        """Return what the library's classifier reads, B x D."""
        ...

    def layers(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Run the trunk: the earlier layers B x C x H x W, then B x D as the layer "pooled"."""
        ...


class Classifier(NamedTuple):
    """A library's own network: trunk and classifier.

    net: on the CPU, in evaluation mode. head: the name of the linear layer that makes its logits.
    arguments: what it is made by, beside its name and the number of outputs.
    """

    net: nn.Module
    head: str
    arguments: dict[str, int | str | bool]


class Library(Protocol):
    """A library of networks."""

    def lay_out(
        self, spec: Spec, draws: Generator, config: Mapping[str, object] | None
    ) -> tuple[nn.Module, Reader]:
        """Make a trunk on the CPU, without a classifier, by the library's own initialisation.

        `config` is what `pretrained` kept beside the weights, for a library whose names do
        not say what a network is.

        Raises:
            InputError: the library has no such network, or not with these options.
        """
        ...

    def classifier(self, spec: Spec, outputs: int) -> Classifier | None:
        """Make the library's own network of so many outputs; None where it has no such one."""
        ...

    def source(self, spec: Spec) -> Sequence[str]:
        """Return Python lines without this package that make `net`, with the trunk's names.

        torchvision is imported, and `path` is the file with the weights.
        """
        ...

    def asked(self, spec: Spec) -> Sequence[str]:
        """Return lines that compute `features`, B x D, from `net`, `images` and weights `trunk`."""
        ...


ASKED = ("features = torch.func.functional_call(net, trunk, (images,), strict=True)",)
"""These lines, of a `net` that gives features."""

LIBRARIES: dict[str, str] = {
    "torchvision": "of_torchvision",
    "timm": "of_timm",
    "hf": "of_transformers",
}
"""Prefix: the module here that has a LIBRARY."""


def library(name: str) -> Library:
    """Return the library of that prefix.

    Raises:
        InputError: there is none, or it is not installed.
    """
    module = importlib.import_module(f".{find(LIBRARIES, 'library', name)}", __package__)
    return cast(Library, module.LIBRARY)
