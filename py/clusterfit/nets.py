"""Residual networks whose weights depend on a seed only, with torchvision's parameter names.

Stages have the paper's names: conv1 (the stem), res2 to res5 (torchvision's layer1 to layer4).
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import tensors
from ._torchvision import BasicBlock, Bottleneck, ResNet
from .errors import FileError, InputError
from .images import PIXEL_CENTRE, PIXEL_SCALE
from .seeds import generator

Net = ResNet


class _Design(NamedTuple):
    block: type[BasicBlock | Bottleneck]
    depths: tuple[int, int, int, int]
    width: int
    small: bool


_DESIGNS = {
    "resnet18": _Design(BasicBlock, (2, 2, 2, 2), width=64, small=False),
    "resnet34": _Design(BasicBlock, (3, 4, 6, 3), width=64, small=False),
    "resnet50": _Design(Bottleneck, (3, 4, 6, 3), width=64, small=False),
    "resnet10-small": _Design(BasicBlock, (1, 1, 1, 1), width=16, small=True),
    "resnet18-small": _Design(BasicBlock, (2, 2, 2, 2), width=16, small=True),
}
ARCHITECTURES = tuple(_DESIGNS)


# Below this, oneDNN damages memory (SubsampledConv2d): its widest block of channels, AVX-512's.
_BLOCK_CHANNELS = 16


class SubsampledConv2d(nn.Conv2d):
    """A strided 1x1 convolution, computed by one of stride 1 on the pixels that it reads.

    Outputs and gradients are those of nn.Conv2d, in channels-last memory too. There oneDNN 3.12
    (PyTorch 2.13) computes the weights' gradient of a strided one in a scratchpad that is too
    small, and writes past its end, where the inputs have fewer channels than a block of its
    kernel (https://github.com/uxlfoundation/oneDNN/issues/6035): with AVX2 2 to 7 channels in
    float32, with AVX-512 2 to 15 on larger images (56 pixels in float32, 80 in bfloat16).
    test_onednn.py fails as soon as that is mended.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002, D102
        rows, columns = self.stride
        return F.conv2d(input[:, :, ::rows, ::columns], self.weight, self.bias)


class SmallResNet(ResNet):
    """A ResNet for small images: a 3x3 stem of stride 2, no max-pooling, `width` channels in res2.

    Every later stage doubles the channels and halves the side, as in torchvision.
    """

    def __init__(self, depths: tuple[int, int, int, int], num_classes: int, width: int) -> None:
        super().__init__(BasicBlock, depths, num_classes)
        self.inplanes = width
        self.conv1 = nn.Conv2d(3, width, kernel_size=3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.Identity()
        self.layer1 = self._make_layer(BasicBlock, width, depths[0])
        self.layer2 = self._make_layer(BasicBlock, 2 * width, depths[1], stride=2)
        self.layer3 = self._make_layer(BasicBlock, 4 * width, depths[2], stride=2)
        self.layer4 = self._make_layer(BasicBlock, 8 * width, depths[3], stride=2)
        self.fc = nn.Linear(8 * width, num_classes)
        for name, channels in (("layer2", width), ("layer3", 2 * width), ("layer4", 4 * width)):
            if channels < _BLOCK_CHANNELS:
                conv = SubsampledConv2d(channels, 2 * channels, 1, stride=2, bias=False)
                self.set_submodule(f"{name}.0.downsample.0", conv)


def build(arch: str, num_classes: int, *, seed: int, width: int | None = None) -> Net:
    """Build a network on the CPU, its weights drawn as torchvision draws them, from `seed`.

    Convolutions: normal, He fan-out; batch norms: 1 and 0; the classifier: PyTorch's uniform
    default. `width` is the number of channels in res2: 16 in the small networks unless given, 64
    in torchvision's own and nothing else.

    Raises:
        InputError: unknown `arch`, fewer than 2 classes, or an impossible `width`.
    """
    net = _blank(arch, num_classes, width).to_empty(device="cpu")
    draws = generator(seed, "weights")
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(
                    module.weight, mode="fan_out", nonlinearity="relu", generator=draws
                )
            elif isinstance(module, nn.BatchNorm2d):
                module.reset_parameters()
            elif isinstance(module, nn.Linear):
                bound = 1 / math.sqrt(module.in_features)
                module.weight.uniform_(-bound, bound, generator=draws)
                module.bias.uniform_(-bound, bound, generator=draws)
    return _channels_last(net)


def load(arch: str, path: str, *, width: int | None = None) -> Net:
    """Load a network from the safetensors file that `state` was saved to.

    The number of classes is read from the file.

    Raises:
        FileError: the file is not whole, or holds another network.
    """
    state = tensors.load(path)
    try:
        classes = state["fc.bias"].numel() if "fc.bias" in state else 0
        net = _blank(arch, classes, width).to_empty(device="cpu")
        net.load_state_dict(state)
    except (RuntimeError, InputError) as error:
        raise FileError(f"Cannot load {path} as a {arch}: {error}") from error
    return _channels_last(net)


def state(net: Net) -> dict[str, Tensor]:
    """Return a copy of the weights and batch-norm statistics, on the CPU, contiguous."""
    return {
        name: value.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
        for name, value in net.state_dict().items()
    }


def stages(net: Net, images: Tensor) -> Iterator[tuple[str, Tensor]]:
    """Run the trunk, stage by stage: the name and the N x C x H x W output of each in turn."""
    outputs = net.relu(net.bn1(net.conv1(images)))
    yield "conv1", outputs
    outputs = net.maxpool(outputs)
    for name, stage in (
        ("res2", net.layer1),
        ("res3", net.layer2),
        ("res4", net.layer3),
        ("res5", net.layer4),
    ):
        outputs = stage(outputs)
        yield name, outputs


def snippet(arch: str, num_classes: int, *, path: str, width: int | None = None) -> str:
    """Return Python lines that compute logits with the network at `path`, without this package.

    They need `pixels`, uint8 N x H x W x 3. The small networks differ from torchvision's in the
    stem and the sizes of the weights only. Where torchvision was built for another PyTorch, as
    PyPI's is beside a CPU build, its first import fails: see _torchvision.py.
    """
    design = _design(arch, width)
    if design.small:
        net = f"torchvision.models.ResNet(torchvision.models.resnet.BasicBlock, {[*design.depths]})"
        stem = f"torch.nn.Conv2d(3, {design.width}, 3, 2, 1, bias=False), torch.nn.Identity()"
    else:
        net = f"torchvision.models.{arch}(num_classes={num_classes})"
        stem = None
    return "\n".join(
        [
            "import safetensors.torch, torch",
            "try:",
            "    import torchvision",
            "except RuntimeError:  # built for another PyTorch: it misses two operators",
            '    for operator in ("torchvision::nms", "torchvision::qnms"):',
            '        torch.library.define(operator, "(Tensor a, Tensor b, float c) -> Tensor")',
            "    import torchvision",
            f"net = {net}.eval()",
            *([f"net.conv1, net.maxpool = {stem}"] if stem else []),
            f"state = safetensors.torch.load_file({path!r})",
            f"images = (pixels.permute(0, 3, 1, 2).float() - {PIXEL_CENTRE}) / {PIXEL_SCALE}"
            "  # pixels: uint8 [N, H, W, 3]",
            "# net.fc = torch.nn.Identity()  # for features instead of logits",
            "# the sizes are those of the state, so load_state_dict would not do",
            "logits = torch.func.functional_call(net, state, (images,))",
        ]
    )


def _design(arch: str, width: int | None) -> _Design:
    if arch not in _DESIGNS:
        raise InputError(f"Unknown architecture {arch!r}: choose one of {', '.join(_DESIGNS)}.")
    design = _DESIGNS[arch]
    if width is None or width == design.width:
        return design
    if not design.small:
        raise InputError(f"Cannot build {arch} of width {width}: its width is {design.width}.")
    if width < 1:
        raise InputError(f"Cannot build {arch} of width {width}: the width has to be at least 1.")
    return design._replace(width=width)


def _channels_last(net: Net) -> Net:
    return net.to(memory_format=torch.channels_last)  # pyright: ignore


def _blank(arch: str, num_classes: int, width: int | None) -> Net:
    """Lay a network out without memory or values, so that no random number is drawn."""
    design = _design(arch, width)
    if num_classes < 2:
        raise InputError(f"Cannot build a network of {num_classes} classes: it takes at least 2.")
    with torch.device("meta"):
        if design.small:
            return SmallResNet(design.depths, num_classes, design.width)
        return ResNet(design.block, design.depths, num_classes)
