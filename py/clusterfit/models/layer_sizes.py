"""How large the layers of a network are."""

from typing import TypedDict

import torch

from .network import Network


class LayerSize(TypedDict):
    """A layer B x channels x height x width."""

    name: str
    channels: int
    height: int
    width: int


def layers(net: Network, size: int | None) -> list[LayerSize]:
    """Return the layers, the first to the last, for images of `size` x `size` pixels.

    Without a size it is the one that the network is usually given.

    Raises:
        InputError: the network takes images of another size.
    """
    side = net.size if size is None else size
    frames = [] if net.frames is None else [net.frames]
    with torch.inference_mode():
        outputs = [
            (name, layer_BCHW.shape[1:])
            for name, layer_BCHW in net.eval().layers(torch.zeros(1, 3, *frames, side, side))
        ]
    return [
        {"name": name, "channels": channels, "height": height, "width": width}
        for name, (channels, height, width) in outputs
    ]
