"""Libraries of networks by prefix, imported when they are first asked for."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, cast

from torch import Generator, Tensor, nn

from ..errors import InputError
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

        `config` is what `save_network_file` kept beside the weights, for a library whose names do
        not say what a network is.

        Raises:
            InputError: the library has no such network, or not with these options.
        """
        ...

    def classifier(self, spec: Spec, outputs: int) -> Classifier | None:
        """Make the library's own network of so many outputs; None where it has no such one."""
        ...

    def source(self, spec: Spec) -> Sequence[str]:
        """Return Python lines without this package: they make `net`, which gives B x D features.

        The state of `net` is that of the trunk. torchvision is imported, and `state` is there.
        """
        ...


@dataclass(frozen=True)
class Place:
    """Where a library is, and what has to be installed for it."""

    module: str
    package: str
    extra: str | None


LIBRARIES: dict[str, Place] = {
    "torchvision": Place("of_torchvision", "torchvision", None),
    "timm": Place("of_timm", "timm", "timm"),
}


def library(name: str) -> Library:
    """Return the library of that prefix.

    Raises:
        InputError: there is none, or it is not installed.
    """
    place = find(LIBRARIES, "library", name)
    try:
        module = importlib.import_module(f".{place.module}", __package__)
    except ModuleNotFoundError as error:
        raise InputError(
            f"Cannot use networks of {place.package}: it needs that package, found no module "
            f"{error.name}. Install it by `deno task setup --with {place.extra}`."
        ) from error
    return cast(Library, module.LIBRARY)
