"""R(2+1)D: ResNets of clips whose 3D convolutions are factored (Tran et al., CVPR 2018).

Parameters have the names of torchvision's VideoResNet, layers those of the paper. The channels
between the two halves of a convolution are those of the original code, by which the networks have
the paper's 33M and 64M parameters (section 5.1); torchvision's strided blocks have fewer.

Shape suffixes: B clips, C channels, F frames, H x W pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor, nn

from ..errors import InputError
from . import one_pixel
from .backbone import check_width
from .factored import SpatialConv, SubsamplingConv, TemporalConv
from .network import Network
from .resnets import Depths

_EPSILON = 1e-3
"""Of the original code's batch norms."""
_FULL_WIDTH = 64


class R2Plus1D(Network):
    """Calling it with pixels B x 3 x F x H x W gives the logits of each head.

    A layer's output is averaged over its frames: B x C x H x W.
    """

    def __init__(self, depths: Depths, width: int, stem: int) -> None:
        """Lay it out: blocks of res2 to res5, channels of res2, side of the stem's kernel."""
        super().__init__()
        channels = max(1, 45 * width // _FULL_WIDTH)  # the original's 45 of 64
        self.stem = nn.Sequential(
            SpatialConv(3, channels, stem, stride=2),
            *_normed(channels),
            TemporalConv(channels, width, stride=1),
            *_normed(width),
        )
        self.layer1 = _blocks(width, width, depths[0], stride=1)
        self.layer2 = _blocks(width, 2 * width, depths[1], stride=2)
        self.layer3 = _blocks(2 * width, 4 * width, depths[2], stride=2)
        self.layer4 = _blocks(4 * width, 8 * width, depths[3], stride=2)
        self._width = width

    @property
    def size(self) -> int:
        """The paper's crop."""
        return 112

    @property
    def frames(self) -> int:
        """The paper's clips."""
        return 32

    @property
    def layer_sizes(self) -> Mapping[str, int]:
        """Channels: those of res2 double from layer to layer."""
        width = self._width
        sizes = {"conv1": width, "res2": width, "res3": 2 * width}
        return {**sizes, "res4": 4 * width, "res5": 8 * width}

    def layers(self, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Run the stem, then the four groups of blocks, on pixels B x 3 x F x H x W."""
        outputs_BCFHW = pixels_BCHW
        for name, blocks in (
            ("conv1", self.stem),
            ("res2", self.layer1),
            ("res3", self.layer2),
            ("res4", self.layer3),
            ("res5", self.layer4),
        ):
            outputs_BCFHW = one_pixel.run(blocks, outputs_BCFHW)
            yield name, outputs_BCFHW.mean(2)


class Block(nn.Module):
    """Two factored convolutions and the way round them, as torchvision's BasicBlock."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Sequential(_factored(inputs, outputs, stride), *_normed(outputs))
        self.conv2 = nn.Sequential(_factored(outputs, outputs, 1), _norm(outputs))
        self.relu = nn.ReLU(inplace=True)
        self.downsample = (
            None
            if stride == 1 and inputs == outputs
            else nn.Sequential(SubsamplingConv(inputs, outputs, stride), _norm(outputs))
        )

    def forward(self, inputs_BCFHW: Tensor) -> Tensor:
        """Halve the frames and the sides where the stride is 2."""
        straight = inputs_BCFHW if self.downsample is None else self.downsample(inputs_BCFHW)
        outputs: Tensor = self.conv2(self.conv1(inputs_BCFHW))
        return self.relu(outputs + straight)


def between(inputs: int, outputs: int) -> int:
    """Return the channels between both halves.

    With them the two have about as many weights as the 3 x 3 x 3 convolution that they stand for.
    """
    return inputs * outputs * 27 // (inputs * 9 + outputs * 3)


def _factored(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    channels = between(inputs, outputs)
    return nn.Sequential(
        SpatialConv(inputs, channels, 3, stride),
        *_normed(channels),
        TemporalConv(channels, outputs, stride),
    )


def _blocks(inputs: int, outputs: int, depth: int, *, stride: int) -> nn.Sequential:
    further = (Block(outputs, outputs, 1) for _ in range(depth - 1))
    return nn.Sequential(Block(inputs, outputs, stride), *further)


def _norm(channels: int) -> nn.Module:
    return nn.BatchNorm3d(channels, eps=_EPSILON)


def _normed(channels: int) -> tuple[nn.Module, nn.Module]:
    return _norm(channels), nn.ReLU(inplace=True)


@dataclass(frozen=True)
class Original:
    """The backbone of the paper: a stem of 7 x 7, one width."""

    name: str
    depths: Depths
    width: int = _FULL_WIDTH

    def lay_out(self, width: int) -> Network:
        """Make its modules.

        Raises:
            InputError: the width is another one.
        """
        if width != self.width:
            raise InputError(
                f"Cannot build {self.name} of width {width}: it needs width {self.width}, that of "
                "the original. Leave the width out, or choose r2plus1d-small."
            )
        return R2Plus1D(self.depths, width, stem=7)

    def source(self, width: int) -> Sequence[str]:
        """Return the call of torchvision, of which sizes and batch norms differ."""
        return _source(self.depths)


@dataclass(frozen=True)
class Small:
    """For clips of 8 frames of 32 x 32 pixels: a stem of 3 x 3, any width."""

    depths: Depths
    width: int = 16

    def lay_out(self, width: int) -> Network:
        """Make its modules.

        Raises:
            InputError: the width is below 1.
        """
        check_width("a small R(2+1)D", width)
        return R2Plus1D(self.depths, width, stem=3)

    def source(self, width: int) -> Sequence[str]:
        """Return lines that give torchvision's network another stem, too."""
        stem = "torch.nn.Conv3d(3, 1, (1, 3, 3), (1, 2, 2), (0, 1, 1), bias=False)"
        return [*_source(self.depths), f"net.stem[0] = {stem}"]


def _source(depths: Depths) -> Sequence[str]:
    return [
        "resnet = torchvision.models.video.resnet",
        f"blocks = resnet.BasicBlock, [resnet.Conv2Plus1D] * 4, {[*depths]}",
        "net = resnet.VideoResNet(*blocks, resnet.R2Plus1dStem).eval()",
        "for module in net.modules():",
        "    if isinstance(module, torch.nn.BatchNorm3d):",
        f"        module.eps = {_EPSILON}",
    ]


R2PLUS1D_18 = Original("r2plus1d-18", (2, 2, 2, 2))
R2PLUS1D_34 = Original("r2plus1d-34", (3, 4, 6, 3))
R2PLUS1D_SMALL = Small((1, 1, 1, 1))
