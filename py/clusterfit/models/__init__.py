"""Networks whose weights depend on a seed only.

A backbone is one file here, and one line in BACKBONES. Architectures of other libraries begin with
that library's name, one of LIBRARIES: "timm:resnet26d".
"""

from collections.abc import Mapping, Sequence
from typing import cast

import torch
from torch import Generator, Tensor, nn

from .. import tensors
from ..data.augmentation import PIXEL_CENTRE, PIXEL_SCALE
from ..data.view import Preprocessing
from ..errors import FileError, InputError
from ..registry import find
from ..seeds import generator
from .backbone import Backbone
from .foreign import ForeignNetwork
from .layer_sizes import LayerSize, layers
from .library import LIBRARIES, library
from .network import FIRST_HEAD, Network
from .r2plus1d import R2PLUS1D_18, R2PLUS1D_34, R2PLUS1D_SMALL
from .resnets import RESNET18, RESNET34, RESNET50
from .small import RESNET10_SMALL, RESNET18_SMALL
from .source import IMPORT_TORCHVISION
from .spec import Spec, parse

__all__ = [
    "BACKBONES",
    "LIBRARIES",
    "Backbone",
    "LayerSize",
    "Network",
    "blank",
    "build",
    "layers",
    "load",
    "snippet",
    "state",
    "width_of",
]

BACKBONES: dict[str, Backbone] = {
    "resnet18": RESNET18,
    "resnet34": RESNET34,
    "resnet50": RESNET50,
    "resnet10-small": RESNET10_SMALL,
    "resnet18-small": RESNET18_SMALL,
    "r2plus1d-18": R2PLUS1D_18,
    "r2plus1d-34": R2PLUS1D_34,
    "r2plus1d-small": R2PLUS1D_SMALL,
}


def build(arch: str, heads: Mapping[str, int], *, seed: int, width: int | None = None) -> Network:
    """Build a network on the CPU, in evaluation mode, its weights drawn from `seed`.

    `heads` gives the outputs of each head by name, in order. `width` is the number of channels of
    the first layers: unless given 16 in the small networks, 64 in torchvision's; networks of other
    libraries have one width.

    Raises:
        InputError: an unknown `arch`, or impossible heads or `width`.
    """
    draws = generator(seed, "weights")
    net = _made(arch, heads, width, draws)
    net.initialise(draws)
    return _ready(net)


def load(arch: str, path: str, *, width: int | None = None) -> Network:
    """Load a network in evaluation mode from the safetensors file that `state` was saved to.

    The heads are read from the file, those behind the first one in alphabetical order.

    Raises:
        FileError: the file is not whole, or holds another network.
    """
    state = tensors.load(path)
    outputs = {
        key.removesuffix(".bias"): value.numel()
        for key, value in sorted(state.items())
        if key == f"{FIRST_HEAD}.bias" or (key.startswith("heads.") and key.endswith(".bias"))
    }
    heads = {name.removeprefix("heads."): count for name, count in outputs.items()}
    try:
        net = _made(arch, heads, width, generator(0, "weights"), _config(path))
        net.load_state_dict(state)
    except (RuntimeError, InputError) as error:
        raise FileError(
            f"Cannot load {path} as a {arch}: it needs the file of such a network ({error}). "
            "Name the architecture and width that it was saved with."
        ) from error
    return _ready(net)


def blank(
    arch: str,
    heads: Mapping[str, int],
    config: Mapping[str, object] | None = None,
    width: int | None = None,
) -> Network:
    """Lay a network out in evaluation mode, for weights that are about to be loaded.

    `width` is as of `build`. `config` is what `load` finds beside the weights, for architectures
    that have it there.

    Raises:
        InputError: an unknown `arch`, or impossible heads.
    """
    return _ready(_made(arch, heads, width, generator(0, "weights"), config))


def width_of(arch: str) -> int | None:
    """Return the width that `blank` gives an architecture; None where it has but one."""
    return None if parse(arch) else find(BACKBONES, "architecture", arch).width


def state(net: nn.Module) -> dict[str, Tensor]:
    """Return a copy of the weights and batch-norm statistics, on the CPU, contiguous."""
    return {
        name: value.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
        for name, value in net.state_dict().items()
    }


def snippet(
    arch: str,
    heads: Mapping[str, int],
    *,
    path: str,
    width: int | None = None,
    preprocessing: Preprocessing | None = None,
) -> str:
    """Return Python lines that compute logits with the network at `path`, without this package.

    They need `pixels`, uint8 N x H x W x 3, of clips N x F x H x W x 3, with `preprocessing` as it
    resizes and cuts them. The logits are those of the first head; the weights of the others are in
    `further`. Where torchvision was built for another PyTorch, as PyPI's is beside a CPU build, its
    first import fails: see vision.py.
    """
    spec = parse(arch)
    return "\n".join(
        [
            "import safetensors.torch, torch",
            *IMPORT_TORCHVISION,
            *(
                _own_source(arch, heads, path, width, preprocessing)
                if spec is None
                else _source(spec, path, _images(preprocessing))
            ),
        ]
    )


def _own_source(
    arch: str,
    heads: Mapping[str, int],
    path: str,
    width: int | None,
    preprocessing: Preprocessing | None,
) -> Sequence[str]:
    backbone = find(BACKBONES, "architecture", arch)
    net = _laid_out(arch, heads, width)
    further = [name for name in net.state_dict() if "heads." in name]
    return [
        *backbone.source(width or backbone.width),
        f"state = safetensors.torch.load_file({path!r})",
        *([f"further = {{name: state.pop(name) for name in {further}}}"] if further else []),
        _images(preprocessing) if net.frames is None else _clips(),
        "# net.fc = torch.nn.Identity()  # for features instead of logits",
        "# the sizes are those of the state, so load_state_dict would not do",
        "logits = torch.func.functional_call(net, state, (images,))",
    ]


def _source(spec: Spec, path: str, images: str) -> Sequence[str]:
    return [
        f"path = {path!r}",
        "state = safetensors.torch.load_file(path)",
        "trunk = {name[6:]: value for name, value in state.items() if name.startswith('trunk.')}",
        images,
        *library(spec.library).source(spec),
        *library(spec.library).asked(spec),
        "logits = torch.nn.functional.linear(features, state['fc.weight'], state['fc.bias'])",
        "further = {name: value for name, value in state.items() if name.startswith('heads.')}",
    ]


def _images(preprocessing: Preprocessing | None) -> str:
    """Return the line that normalises `pixels`."""
    channels_first = "pixels.permute(0, 3, 1, 2).float()"
    if preprocessing is None:
        return (
            f"images = ({channels_first} - {PIXEL_CENTRE}) / {PIXEL_SCALE}"
            "  # pixels: uint8 [N, H, W, 3]"
        )
    mean, std = (f"torch.tensor({[*three]})" for three in (preprocessing.mean, preprocessing.std))
    return (
        f"images = ({channels_first} / 255 - {mean}[:, None, None]) / {std}[:, None, None]"
        f"  # pixels: uint8 [N, H, W, 3], shorter side {preprocessing.resize}, then the centre"
    )


def _clips() -> str:
    """Return the line that normalises `pixels` of clips."""
    return (
        f"images = (pixels.permute(0, 4, 1, 2, 3).float() - {PIXEL_CENTRE}) / {PIXEL_SCALE}"
        "  # pixels: uint8 [N, F, H, W, 3]"
    )


def _config(path: str) -> Mapping[str, object] | None:
    config = tensors.metadata(path).get("config")
    return cast(Mapping[str, object], config) if isinstance(config, dict) else None


def _made(
    arch: str,
    heads: Mapping[str, int],
    width: int | None,
    draws: Generator,
    config: Mapping[str, object] | None = None,
) -> Network:
    """Make a network on the CPU whose weights are yet to be drawn or loaded.

    Only a trunk of another library has values: its own initialisation, by a draw from `draws`.
    """
    spec = parse(arch)
    if spec is None:
        return _laid_out(arch, heads, width).to_empty(device="cpu")
    if width is not None:
        raise spec.wrong("no width, as that library gives it one", f"width {width}")
    trunk, reader = library(spec.library).lay_out(spec, draws, config)
    net = ForeignNetwork(arch, trunk, reader)
    with torch.device("meta"):
        net.set_heads(heads)
    for head in net.all_heads:
        head.to_empty(device="cpu")
    return net


def _laid_out(arch: str, heads: Mapping[str, int], width: int | None) -> Network:
    """Lay one of our networks out without memory or values, so that no random number is drawn."""
    backbone = find(BACKBONES, "architecture", arch)
    with torch.device("meta"):
        net = backbone.lay_out(backbone.width if width is None else width)
        net.set_heads(heads)
    return net


def _ready(net: Network) -> Network:
    last = torch.channels_last if net.frames is None else torch.channels_last_3d
    return net.eval().to(memory_format=last)  # pyright: ignore
