"""Features from files that others wrote."""

from typing import cast

import numpy as np
import torch
from torch import Tensor

from . import scratch, tensors
from .errors import FileError, InputError
from .tensors import Array
from .tiles import tiles


def load(path: str, tensor: str | None, folder: str | None = None) -> Tensor:
    """Return float32 rows N x D of an npy file, or of one tensor of a safetensors file.

    float32 stays in the file, row by row, until it is used. Other floats, and matrices that lie
    column by column, are converted a tile at a time: in a file of `folder` where they are many (see
    `scratch`). No pickles are read.

    Raises:
        InputError: it is no matrix of floats.
        FileError: the file is not whole, or the folder has no room.
    """
    array = _array(path) if tensor is None else tensors.load(path)[tensor].numpy()
    if array.ndim != 2 or array.dtype.kind != "f":
        raise InputError(
            f"Cannot read the features {path}: it needs a matrix of floats, found {array.dtype} of "
            f"shape {array.shape}. Write such a matrix."
        )
    if array.dtype == np.float32 and array.dtype.isnative and array.flags.c_contiguous:
        return torch.from_numpy(array)
    rows_ND = scratch.empty(array.shape[0], array.shape[1], "cpu", folder)
    for tile in tiles(rows_ND, rows_ND.shape[1]):
        rows_ND[tile] = torch.from_numpy(array[tile].astype(np.float32))
    return rows_ND


def _array(path: str) -> Array:
    """Map an array; what is written to it stays in memory."""
    try:
        return cast("Array", np.load(path, mmap_mode="c", allow_pickle=False))
    except (OSError, ValueError) as error:
        raise FileError(
            f"Cannot read the features {path}: it needs a whole npy file without pickles, found "
            f"{error}. Write it again."
        ) from error
