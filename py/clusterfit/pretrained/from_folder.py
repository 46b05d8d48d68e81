"""A folder that timm saved: `config.json`, and the weights beside it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FileError, InputError
from ..models import BACKBONES
from ..models.resnets import Torchvision
from .checkpoint import read
from .network_file import Imported, Origin, write
from .preprocessing import given, of_timm

_WEIGHTS = "model.safetensors"

_STEMS = "conv1.weight", "stem.3.weight"
"""Of images and of clips: its first size is the width."""


def from_folder(folder: str, out: str, *, preprocessing: Mapping[str, object] | None) -> Imported:
    """Write the network of a folder of timm's, as `save_for_hf` and we export it, to `out`.

    Torchvision's are timm's, too, by the same names. The others of ours are as wide as their
    weights.

    Raises:
        FileError: a file is missing, or has another network's weights.
        InputError: it says nothing that we can lay out.
    """
    config = _config(Path(folder) / "config.json")
    name = config.get("architecture")
    described: Mapping[str, Any] = config.get("pretrained_cfg", config)
    if not isinstance(name, str):
        raise InputError(
            f"Cannot take the network in {folder}: it needs timm's architecture and pretrained_cfg "
            "in config.json, found none. For a network of transformers, write hf:<folder>."
        )
    arguments: dict[str, Any] = {**config.get("model_args", {})}
    size: Any = arguments.pop("img_size", None)
    if arguments:
        raise InputError(
            f"Cannot take the network in {folder}: it needs an architecture as timm names it, "
            f"found model_args {', '.join(arguments)}. Save it under a name without them."
        )
    path = str(Path(folder) / _WEIGHTS)
    title = f"{Path(folder).name} ({name})"
    origin = Origin(title=title, licence=described.get("license"))
    side = None if size is None else int(np.ravel(size)[0])
    reading = of_timm(described, side) if preprocessing is None else given(preprocessing)
    state = read(path)
    if name not in BACKBONES or isinstance(BACKBONES[name], Torchvision):
        arch = f"timm:{name}" + (f"?size={side}" if side else "")
        return write(out, arch, state, reading, origin, path=path)
    stem = state.get(_STEMS[0], state.get(_STEMS[1]))  # one that is not there is told by `write`
    width = None if stem is None else len(stem)
    return write(out, name, state, reading, origin, path=path, width=width)


def _config(path: Path) -> Mapping[str, Any]:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise FileError(
            f"Cannot read {path}: it needs a config of timm's, found {error}. Save it again."
        ) from error
