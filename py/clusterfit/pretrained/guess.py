"""Which architecture the weights of a checkpoint are of, where only one has them."""

from collections.abc import Mapping

from torch import Tensor, nn

from ..errors import FileError, InputError
from ..models.of_torchvision import skeletons
from .match import match

_LITE0 = "timm:tf_efficientnet_lite0"


def guess(checkpoint: Mapping[str, Tensor], path: str) -> str:
    """Return the one architecture of torchvision, or Lite0, that has all of these weights.

    Raises:
        InputError: several have them, or none.
    """
    if any(name.endswith("_conv_stem.weight") for name in checkpoint):
        return _LITE0
    fitting = [
        f"torchvision:{name}" for name, trunk in skeletons() if _fits(checkpoint, trunk, path)
    ]
    if len(fitting) == 1:
        return fitting[0]
    raise InputError(
        f"Cannot tell the architecture of {path}: it needs weights that one of torchvision's has, "
        f"found {', '.join(fitting) or 'none that has them'}. Name it by --arch, as in --arch "
        "timm:vit_small_patch16_224."
    )


def _fits(checkpoint: Mapping[str, Tensor], trunk: nn.Module, path: str) -> bool:
    try:
        match(checkpoint, trunk.state_dict(), path, "it")
    except FileError:
        return False
    return True
