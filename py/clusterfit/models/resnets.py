"""torchvision's ResNets, with its parameter names.

Layers have the paper's names: conv1 (the stem), res2 to res5 (torchvision's layer1 to layer4).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from ..errors import InputError
from ..vision import BasicBlock, Bottleneck, ResNet
from . import one_pixel
from .network import Network

Depths = tuple[int, int, int, int]
"""Blocks of res2 to res5."""


class ResidualNetwork(Network, ResNet):
    """A ResNet of torchvision whose layers have names."""

    _expansion: int

    def __init__(self, block: type[BasicBlock | Bottleneck], depths: Depths) -> None:
        ResNet.__init__(self, block, depths)
        self._expansion = block.expansion

    @property
    def layer_sizes(self) -> Mapping[str, int]:
        """Channels: those of res2 double from layer to layer."""
        stem = self.conv1.out_channels
        res2 = stem * self._expansion
        return {"conv1": stem, "res2": res2, "res3": 2 * res2, "res4": 4 * res2, "res5": 8 * res2}

    def layers(self, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Run the stem, then the four groups of blocks."""
        outputs_BCHW = self.relu(self.bn1(self.conv1(pixels_BCHW)))
        yield "conv1", outputs_BCHW
        outputs_BCHW = self.maxpool(outputs_BCHW)
        for name, blocks in (
            ("res2", self.layer1),
            ("res3", self.layer2),
            ("res4", self.layer3),
            ("res5", self.layer4),
        ):
            outputs_BCHW = one_pixel.run(blocks, outputs_BCHW)
            yield name, outputs_BCHW


@dataclass(frozen=True)
class Torchvision:
    """The backbone that is `torchvision.models.<name>`."""

    name: str
    block: type[BasicBlock | Bottleneck]
    depths: Depths
    width: int = 64

    def lay_out(self, width: int) -> Network:
        """Make torchvision's modules.

        Raises:
            InputError: the width is not torchvision's.
        """
        if width != self.width:
            raise InputError(
                f"Cannot build {self.name} of width {width}: it needs width {self.width}, which is "
                "torchvision's. Leave the width out, or choose one of the small networks."
            )
        return ResidualNetwork(self.block, self.depths)

    def source(self, width: int) -> Sequence[str]:
        """Return the call of torchvision."""
        return [f"net = torchvision.models.{self.name}().eval()"]


RESNET18 = Torchvision("resnet18", BasicBlock, (2, 2, 2, 2))
RESNET34 = Torchvision("resnet34", BasicBlock, (3, 4, 6, 3))
RESNET50 = Torchvision("resnet50", Bottleneck, (3, 4, 6, 3))
