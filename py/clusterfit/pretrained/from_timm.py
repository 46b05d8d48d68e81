"""Weights that timm knows: of its hub, its cache, or a file that is given."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import torch
from torch import Tensor

from .. import models
from ..errors import FileError, InputError
from ..models.global_generator import drawing_from
from ..models.spec import Spec, parse
from ..seeds import generator
from . import hub
from .checkpoint import read
from .download import Progress, fetch
from .match import match
from .network_file import PLACEHOLDER, Imported, Origin, write
from .preprocessing import given, of_timm
from .timm_config import pretrained_config, timm

_FILES = ("model.safetensors", "pytorch_model.bin")
_NUMPY = (".npz", ".npy")


def from_timm(
    arch: str,
    file: str | None,
    out: str,
    *,
    preprocessing: Mapping[str, object] | None,
    progress: Progress | None = None,
) -> Imported:
    """Write `arch`, as "timm:vit_small_patch14_dinov2.lvd142m?pool=mean", to `out`.

    Its weights are those of `file`, or those that timm names: `progress(done, total)` counts bytes
    that come from the network. `preprocessing` is what a user says of how images are read; without
    it timm says so.

    Raises:
        InputError: timm has no such network, or no weights for it, or does not say how it reads.
        FileError: the weights are not in the cache and there is no network, or are of another one.
    """
    spec = parse(arch)
    if spec is None:
        raise InputError(f"Cannot take {arch}: it needs timm:<name>, found no timm. Write that.")
    config = pretrained_config(spec.name)
    reading = given(preprocessing) if preprocessing else of_timm(config, spec.size)
    path = file or str(_weights(spec, config, progress))
    tagged = ".".join(str(config[part]) for part in ("architecture", "tag") if config.get(part))
    title = f"timm's {tagged}" if file is None else f"{spec.name} of {Path(file).name}"
    licence = config.get("license")
    origin = Origin(title=title, licence=licence)
    return write(out, arch, _read(spec, path), reading, origin, path=path)


def _weights(spec: Spec, config: Mapping[str, Any], progress: Progress | None) -> Path:
    """Return the file that timm names, fetched if it is not there."""
    repository, url = config.get("hf_hub_id"), config.get("url")
    if repository:
        name, _, revision = str(repository).partition("@")
        named: str | None = config.get("hf_hub_filename")
        names = _FILES if named is None else (named,)
        return hub.fetch(name, names, revision or None, then=f"{spec.text}@{names[0]}")
    if url:
        place = Path(torch.hub.get_dir()) / "checkpoints" / Path(urlsplit(str(url)).path).name
        return fetch(url, place, progress)
    raise InputError(
        f"Cannot take {spec.text}: it needs weights that timm has, found none for that name. Name "
        f"a tag that has them (`timm.list_pretrained()`), or a file: {spec.text}@<file>."
    )


def _read(spec: Spec, path: str) -> Mapping[str, Tensor]:
    """Return the tensors of a file under the model's names, which its own code may have to give.

    Raises:
        FileError: they are those of another network.
    """
    if path.endswith(_NUMPY):
        raise FileError(
            f"Cannot read {path}: it needs a file of PyTorch's, found arrays of NumPy. Take "
            "other weights of that model."
        )
    found = read(path)
    trunk = models.blank(spec.text, PLACEHOLDER).get_submodule("trunk")
    try:
        match(found, trunk.state_dict(), path, spec.text)
    except FileError as error:
        return _translate(spec, found, error)
    return found


def _translate(spec: Spec, found: Mapping[str, Tensor], fault: FileError) -> Mapping[str, Tensor]:
    """Let timm rename and resize what its authors published; it has to be all that the model has.

    Raises:
        FileError: it is not: `fault`.
    """
    size = {} if spec.size is None else {"img_size": spec.size}
    overlay = {"state_dict": dict(found)}
    try:
        with drawing_from(generator(0, "unused")):
            net = timm().create_model(
                spec.name, pretrained=True, pretrained_cfg_overlay=overlay, **size
            )
    except (RuntimeError, KeyError, AssertionError, ValueError):
        raise fault from None
    net.reset_classifier(0)
    return net.state_dict()
