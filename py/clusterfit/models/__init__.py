"""Networks whose weights depend on a seed only.

A backbone is one file here, and one line in BACKBONES.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from .. import tensors
from ..data.augmentation import PIXEL_CENTRE, PIXEL_SCALE
from ..errors import FileError, InputError
from ..registry import find
from ..seeds import generator
from .backbone import Backbone
from .network import FIRST_HEAD, Network
from .resnets import RESNET18, RESNET34, RESNET50
from .small import RESNET10_SMALL, RESNET18_SMALL

__all__ = ["BACKBONES", "Backbone", "Network", "build", "load", "snippet", "state"]

BACKBONES: dict[str, Backbone] = {
    "resnet18": RESNET18,
    "resnet34": RESNET34,
    "resnet50": RESNET50,
    "resnet10-small": RESNET10_SMALL,
    "resnet18-small": RESNET18_SMALL,
}


def build(arch: str, heads: Mapping[str, int], *, seed: int, width: int | None = None) -> Network:
    """Build a network on the CPU, in evaluation mode, its weights drawn from `seed`.

    `heads` gives the outputs of each head by name, in order. `width` is the number of channels of
    the first layers: unless given 16 in the small networks, 64 in torchvision's.

    Raises:
        InputError: an unknown `arch`, or impossible heads or `width`.
    """
    net = _blank(arch, heads, width).to_empty(device="cpu")
    net.initialise(generator(seed, "weights"))
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
        net = _blank(arch, heads, width).to_empty(device="cpu")
        net.load_state_dict(state)
    except (RuntimeError, InputError) as error:
        raise FileError(
            f"Cannot load {path} as a {arch}: it needs the file of such a network ({error}). "
            "Name the architecture and width that it was saved with."
        ) from error
    return _ready(net)


def state(net: Network) -> dict[str, Tensor]:
    """Return a copy of the weights and batch-norm statistics, on the CPU, contiguous."""
    return {
        name: value.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
        for name, value in net.state_dict().items()
    }


def snippet(arch: str, heads: Mapping[str, int], *, path: str, width: int | None = None) -> str:
    """Return Python lines that compute logits with the network at `path`, without this package.

    They need `pixels`, uint8 N x H x W x 3. The logits are those of the first head; the weights of
    the others are in `further`. Where torchvision was built for another PyTorch, as
    PyPI's is beside a CPU build, its first import fails: see _torchvision.py.
    """
    parameters = _blank(arch, heads, width).state_dict()
    further = [name for name in parameters if name.startswith("heads.")]
    backbone = find(BACKBONES, "architecture", arch)
    return "\n".join(
        [
            "import safetensors.torch, torch",
            "try:",
            "    import torchvision",
            "except RuntimeError:  # built for another PyTorch: it misses two operators",
            '    for operator in ("torchvision::nms", "torchvision::qnms"):',
            '        torch.library.define(operator, "(Tensor a, Tensor b, float c) -> Tensor")',
            "    import torchvision",
            *backbone.source(width or backbone.width),
            f"state = safetensors.torch.load_file({path!r})",
            *([f"further = {{name: state.pop(name) for name in {further}}}"] if further else []),
            f"images = (pixels.permute(0, 3, 1, 2).float() - {PIXEL_CENTRE}) / {PIXEL_SCALE}"
            "  # pixels: uint8 [N, H, W, 3]",
            "# net.fc = torch.nn.Identity()  # for features instead of logits",
            "# the sizes are those of the state, so load_state_dict would not do",
            "logits = torch.func.functional_call(net, state, (images,))",
        ]
    )


def _blank(arch: str, heads: Mapping[str, int], width: int | None) -> Network:
    """Lay a network out without memory or values, so that no random number is drawn."""
    backbone = find(BACKBONES, "architecture", arch)
    with torch.device("meta"):
        net = backbone.lay_out(backbone.width if width is None else width)
        net.set_heads(heads)
    return net


def _ready(net: Network) -> Network:
    return net.eval().to(memory_format=torch.channels_last)  # pyright: ignore
