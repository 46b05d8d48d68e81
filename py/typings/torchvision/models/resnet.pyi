"""The part of torchvision's ResNets that clusterfit uses; torchvision ships no types."""

from collections.abc import Sequence

from torch import Tensor, nn

class BasicBlock(nn.Module):
    expansion: int

class Bottleneck(nn.Module):
    expansion: int

class ResNet(nn.Module):
    inplanes: int
    conv1: nn.Conv2d
    bn1: nn.Module
    relu: nn.Module
    maxpool: nn.Module
    layer1: nn.Sequential
    layer2: nn.Sequential
    layer3: nn.Sequential
    layer4: nn.Sequential
    avgpool: nn.Module
    fc: nn.Linear
    def __init__(
        self, block: type[BasicBlock | Bottleneck], layers: Sequence[int], num_classes: int = 1000
    ) -> None: ...
    def __call__(self, x: Tensor) -> Tensor: ...
    def _make_layer(
        self, block: type[BasicBlock | Bottleneck], planes: int, blocks: int, stride: int = 1
    ) -> nn.Sequential: ...
