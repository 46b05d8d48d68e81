"""ResNets for small images, with torchvision's parameter names."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn

from ..vision import BasicBlock
from .backbone import check_width
from .network import Network
from .resnets import Depths, ResidualNetwork
from .subsampled import BLOCK_CHANNELS, SubsampledConv2d


class SmallResidualNetwork(ResidualNetwork):
    """A ResNet with a 3x3 stem of stride 2, no max-pooling, and `width` channels in res2.

    Every later layer doubles the channels and halves the side, as in torchvision.
    """

    def __init__(self, depths: Depths, width: int) -> None:
        super().__init__(BasicBlock, depths)
        self.inplanes = width
        self.conv1 = nn.Conv2d(3, width, kernel_size=3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.Identity()
        self.layer1 = self._make_layer(BasicBlock, width, depths[0])
        self.layer2 = self._make_layer(BasicBlock, 2 * width, depths[1], stride=2)
        self.layer3 = self._make_layer(BasicBlock, 4 * width, depths[2], stride=2)
        self.layer4 = self._make_layer(BasicBlock, 8 * width, depths[3], stride=2)
        for name, channels in (("layer2", width), ("layer3", 2 * width), ("layer4", 4 * width)):
            if channels < BLOCK_CHANNELS:
                conv = SubsampledConv2d(channels, 2 * channels, 1, stride=2, bias=False)
                self.set_submodule(f"{name}.0.downsample.0", conv)


@dataclass(frozen=True)
class Small:
    """The backbone of those depths, of any width."""

    depths: Depths
    width: int = 16

    def lay_out(self, width: int) -> Network:
        """Make its modules.

        Raises:
            InputError: the width is below 1.
        """
        check_width("a small network", width)
        return SmallResidualNetwork(self.depths, width)

    def source(self, width: int) -> Sequence[str]:
        """Return lines that give torchvision's ResNet another stem: the rest differs in size."""
        block = "torchvision.models.resnet.BasicBlock"
        stem = f"torch.nn.Conv2d(3, {width}, 3, 2, 1, bias=False), torch.nn.Identity()"
        return [
            f"net = torchvision.models.ResNet({block}, {[*self.depths]}).eval()",
            f"net.conv1, net.maxpool = {stem}",
        ]


RESNET10_SMALL = Small((1, 1, 1, 1))
RESNET18_SMALL = Small((2, 2, 2, 2))
