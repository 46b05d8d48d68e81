"""Weights of a program that `torch.export.save` wrote, without the program.

The file is a zip archive. Weights lie in it as plain numbers, and JSON says their names, types and
sizes: these are read here. The program itself is not, and PyTorch does not see the file:
`torch.export.load` reads examples of inputs by pickle, evaluates the expressions of shapes as
Python, and takes any function below `torch` as a step (2.13, `torch/_export/serde/serialize.py`).
"""

import json
import sys
from collections.abc import Mapping
from math import prod
from typing import cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import torch
from torch import Tensor

from ..errors import FileError

_WEIGHTS = "data/weights/"
_CONFIG = _WEIGHTS + "model_weights_config.json"
_DTYPES = {
    **{1: torch.uint8, 2: torch.int8, 3: torch.int16, 4: torch.int32, 5: torch.int64},
    **{6: torch.float16, 7: torch.float32, 8: torch.float64, 12: torch.bool, 13: torch.bfloat16},
}
"""`ScalarType` of `torch/_export/serde/schema.py`: those of networks."""
_STRIDED = 7
"""`Layout` of it."""


def read(path: str) -> dict[str, Tensor]:
    """Return the weights and buffers of a program, by the names of the module that it was made of.

    Raises:
        FileError: there is no such file, it is not whole, or weights in it are pickled.
    """
    try:
        with ZipFile(path) as archive:
            return _Weights(archive).read()
    except _Pickled as error:
        raise FileError(
            f"Cannot import {path}: it needs weights as plain numbers, as PyTorch 2.9 and later "
            f"write them, found {error} as a pickle, which may run code. Nothing of it was run. "
            "Save the state_dict of its module with safetensors.torch.save_file, and import that."
        ) from None
    except (OSError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise FileError(
            f"Cannot import {path}: it needs a whole file of torch.export.save, found "
            f"{type(error).__name__}: {error}. Fetch or write the file again."
        ) from error


class _Pickled(Exception):
    """Which part is."""


class _Weights:
    def __init__(self, archive: ZipFile) -> None:
        self.archive: ZipFile = archive
        self.names: set[str] = set(archive.namelist())
        self.kept: dict[str, bytearray] = {}

    def read(self) -> dict[str, Tensor]:
        for name in sorted(self.names):
            if name.endswith(("serialized_state_dict.pt", _WEIGHTS + "model.pt")):
                raise _Pickled(name)
        roots = [name.removesuffix(_CONFIG) for name in self.names if name.endswith(_CONFIG)]
        if len(roots) != 1:
            raise ValueError(f"{len(roots)} lists of weights")
        if self._bytes(f"{roots[0]}byteorder").decode() != sys.byteorder:
            raise ValueError("numbers of another byte order")
        config = _object(_object(json.loads(self._bytes(roots[0] + _CONFIG)))["config"])
        return {name: self._tensor(roots[0], name, _object(config[name])) for name in config}

    def _tensor(self, root: str, name: str, about: Mapping[str, object]) -> Tensor:
        if about["use_pickle"] is not False:
            raise _Pickled(name)
        meta = _object(about["tensor_meta"])
        dtype, layout = _DTYPES.get(_whole(meta["dtype"])), meta["layout"]
        if dtype is None or layout != _STRIDED:
            raise ValueError(f"{name} of type {meta['dtype']} and layout {layout}")
        sizes, strides = _wholes(meta["sizes"]), _wholes(meta["strides"])
        start = _known(meta["storage_offset"])
        data = self._bytes(f"{root}{_WEIGHTS}{about['path_name']}")
        if prod(sizes) * dtype.itemsize > len(data):
            raise ValueError(f"{len(data)} bytes for {name} of {sizes}")
        if not data:
            return torch.empty(sizes, dtype=dtype)
        return torch.frombuffer(data, dtype=dtype).as_strided(sizes, strides, start)

    def _bytes(self, name: str) -> bytearray:
        """Return a part of the archive; those that tensors share are read once."""
        if name not in self.kept:
            if self.archive.getinfo(name).compress_type != ZIP_STORED:
                raise ValueError(f"{name} compressed")  # PyTorch compresses nothing
            self.kept[name] = bytearray(self.archive.read(name))
        return self.kept[name]


def _object(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return cast(Mapping[str, object], value)
    raise ValueError(f"a {type(value).__name__} in the list of weights")


def _whole(value: object) -> int:
    if isinstance(value, int) and value >= 0:
        return value
    raise ValueError(f"{value} in the list of weights")


def _known(value: object) -> int:
    """Return a number of a shape; one that a symbol stands for is not known."""
    return _whole(_object(value).get("as_int"))


def _wholes(value: object) -> list[int]:
    if isinstance(value, list):
        return [_known(one) for one in cast(list[object], value)]
    raise ValueError(f"{value} in the list of weights")
