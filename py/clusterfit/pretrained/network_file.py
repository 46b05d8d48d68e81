"""A pre-trained network as a file of ours: safetensors, with what it is in the metadata."""

from collections.abc import Mapping
from typing import TypedDict

from torch import Tensor

from .. import models, tensors
from ..models.foreign import ForeignNetwork
from .match import match
from .preprocessing import Reading

PLACEHOLDER = {"unused": 2}
"""Heads of a teacher: its own classifier is left out, and every network of ours has a head."""


class Imported(TypedDict):
    """What became of a checkpoint, for people.

    arch: what it was taken for. layout: which kind it was. weights: how many of the trunk, all of
    which were found. heads: names that were left out. others: tensors of each other part. notes:
    what to know about the network.
    """

    arch: str
    layout: str
    weights: int
    heads: list[str]
    others: dict[str, int]
    notes: list[str]


class Origin(TypedDict):
    """What weights are, for people, and the licence if one is known."""

    title: str
    licence: str | None


def write(
    out: str,
    arch: str,
    checkpoint: Mapping[str, Tensor],
    reading: Reading,
    origin: Origin,
    *,
    path: str,
    config: Mapping[str, object] | None = None,
    width: int | None = None,
) -> Imported:
    """Write the trunk's weights out of `checkpoint` to `out`, whole or not at all.

    path: of the checkpoint, for errors. config: what `models.load` needs beside `arch`. width: of
    one of our networks, if not its own.

    Raises:
        FileError: the checkpoint is not of such a network, or `out` cannot be written.
        InputError: there is no such architecture, or it does not read images of that size.
    """
    net = models.blank(arch, PLACEHOLDER, config, width)
    state = models.state(net)
    prefix = "trunk." if isinstance(net, ForeignNetwork) else ""
    head = {name: value.zero_() for name, value in state.items() if name.startswith("fc.")}
    trunk = {name.removeprefix(prefix): state[name] for name in state if name not in head}
    matched = match(checkpoint, trunk, path, arch)
    weights = {
        f"{prefix}{name}": value.to(trunk[name].dtype) for name, value in matched.weights.items()
    }
    net.load_state_dict(weights | head)
    metadata = {
        "arch": arch,
        "width": width or models.width_of(arch),
        "heads": PLACEHOLDER,
        "size": reading.size,
        "preprocessing": {
            "resize": reading.resize,
            "interpolation": reading.interpolation,
            "mean": reading.mean,
            "std": reading.std,
        },
        "layers": [*_layers(net).items()],  # in their order; keys are sorted as they are written
        "notes": list(reading.notes),
        **origin,
        **({} if config is None else {"config": config}),
    }
    tensors.save(out, weights | head, metadata)
    return {
        "arch": arch,
        "layout": matched.layout,
        "weights": len(trunk),
        "heads": list(matched.heads),
        "others": dict(matched.others),
        "notes": list(reading.notes),
    }


def _layers(net: models.Network) -> dict[str, int]:
    """Return the layers that features may be taken of; of our networks, the paper has no stem."""
    stem = "" if isinstance(net, ForeignNetwork) else "conv1"
    return {name: channels for name, channels in net.layer_sizes.items() if name != stem}
