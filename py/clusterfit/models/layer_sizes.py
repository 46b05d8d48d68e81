"""How large the layers of a network are."""

from typing import TypedDict

import torch

from .foreign import ForeignNetwork
from .network import Network

_USUAL_SIZE = 224


class LayerSize(TypedDict):
    """A layer B x channels x height x width."""

    name: str
    channels: int
    height: int
    width: int


def layers(net: Network, size: int | None) -> list[LayerSize]:
    """Return the layers, the first to the last, for images of `size` x `size` pixels.

    Without a size it is the one that the network was laid out for; 224 for ours.

    Raises:
        InputError: the network takes images of another size.
    """
    usual = net.size if isinstance(net, ForeignNetwork) else _USUAL_SIZE
    side = usual if size is None else size
    with torch.inference_mode():
        outputs = [
            (name, layer_BCHW.shape[1:])
            for name, layer_BCHW in net.eval().layers(torch.zeros(1, 3, side, side))
        ]
    return [
        {"name": name, "channels": channels, "height": height, "width": width}
        for name, (channels, height, width) in outputs
    ]
