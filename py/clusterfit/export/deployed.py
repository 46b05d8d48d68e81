"""What leaves: a trunk, its first head, and no other one."""

from copy import deepcopy
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ..models.network import Network

INPUT = "pixels"
OUTPUTS = ("features", "logits")


class Deployed(nn.Module):
    """Normalised pixels float32 B x 3 x S x S to the features B x D and the first head's logits."""

    if TYPE_CHECKING:

        def __call__(self, pixels_BCHW: Tensor) -> tuple[Tensor, Tensor]: ...  # noqa: D102

    def __init__(self, net: Network) -> None:
        """Copy `net` in evaluation mode, on the CPU, without its further heads."""
        super().__init__()
        self.net: Network = deepcopy(net).to("cpu", memory_format=torch.contiguous_format)  # pyright: ignore
        self.net.heads = nn.ModuleDict()
        self.eval().requires_grad_(False)

    def forward(self, pixels_BCHW: Tensor) -> tuple[Tensor, Tensor]:
        """Return the features that the head reads, and its logits."""
        features_BD = self.net.embed(pixels_BCHW)
        return features_BD, self.net.fc(features_BD)
