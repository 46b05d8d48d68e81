"""torchvision's own weights, from the cache of PyTorch's hub or its server."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import torch

from ..errors import InputError
from ..models.of_torchvision import models
from ..models.spec import parse
from ..vision import classifiers
from .checkpoint import read
from .download import Progress, fetch
from .nearest import nearest
from .network_file import Imported, Origin, write
from .preprocessing import given, of_torchvision


def from_torchvision(
    arch: str,
    weights: str | None,
    out: str,
    *,
    preprocessing: Mapping[str, object] | None,
    progress: Progress | None = None,
) -> Imported:
    """Write `arch`, as "torchvision:resnet50", with those weights (None: the best) to `out`.

    `preprocessing` is what a user says of how images are read; without it the weights say so.
    `progress(done, total)` counts bytes that come from the network.

    Raises:
        InputError: torchvision has no such network or weights.
        FileError: the weights are not in the cache, and there is no network.
    """
    spec = parse(arch)
    if spec is None or spec.name not in models():
        near = None if spec is None else nearest(spec.name, models())
        advice = "Name one." if near is None else f"Did you mean torchvision:{near}?"
        raise InputError(
            f"Cannot take {arch}: it needs one of torchvision's {', '.join(models())}, found none. "
            f"{advice}"
        )
    known = classifiers.get_model_weights(spec.name).__members__
    name = weights or "DEFAULT"
    if name not in known:
        raise InputError(
            f"Cannot take {arch}@{weights}: it needs one of its weights {', '.join(known)}, found "
            f"{weights}. Name one of them, or none for the best."
        )
    chosen = known[name]
    url = chosen.value.url
    path = fetch(url, _cache() / Path(urlsplit(url).path).name, progress)
    adapts = spec.name in ("googlenet", "inception_v3")
    reading = (
        of_torchvision(chosen.value.transforms(), transforms_input=adapts)
        if preprocessing is None
        else given(preprocessing)
    )
    title = f"torchvision's {spec.name}, {chosen.name}"
    licence = chosen.value.meta.get("license")
    origin = Origin(title=title, licence=licence)
    return write(out, arch, read(str(path)), reading, origin, path=str(path))


def _cache() -> Path:
    return Path(torch.hub.get_dir()) / "checkpoints"
