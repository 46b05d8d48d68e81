"""Named tensors in a file: safetensors, never pickles."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open  # pyright: ignore[reportUnknownVariableType]
from safetensors.torch import load_file, save_file  # pyright: ignore[reportUnknownVariableType]
from torch import Tensor

from . import scratch
from .errors import FileError, InputError
from .pieces_file import Written, pieces_of

Array = NDArray[np.generic]


def save(
    path: str, tensors: Mapping[str, Tensor | Array], metadata: Mapping[str, object] | None = None
) -> None:
    """Write `tensors` to `path`, whole or not at all; the same input gives the same bytes.

    The bytes go to a temporary file beside `path`, are flushed to the disk and take the place of
    `path` in one step. `metadata` (anything JSON can hold) becomes the header's one entry
    "clusterfit": safetensors writes several entries in random order.

    Raises:
        FileError: the file cannot be written.
    """
    target = Path(path)
    contiguous = {name: _tensor(value).contiguous() for name, value in tensors.items()}
    header = {"clusterfit": json.dumps(metadata, sort_keys=True)} if metadata else None
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        save_file(contiguous, temporary, metadata=header)
        # safetensors makes files for their owner alone; those who may read the folder may read it
        temporary.chmod(target.parent.stat().st_mode & 0o666)
        _flush(temporary)
        temporary.replace(target)
        _flush(target.parent)
    except (OSError, SafetensorError) as error:
        size = sum(value.nbytes for value in contiguous.values())
        raise FileError(
            f"Cannot write tensors to {path}: it needs a writable folder and {size:,} bytes, found "
            f"{error}. Make the folder writable, or free some space, and start again."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def append(path: str, name: str, rows: Tensor, *, total: int, start: int) -> Written:
    """Write float32 rows T x D, those from `start` on, of the one tensor of a file.

    With the last of its `total` rows the file holds the bytes that `save` writes for the whole
    tensor, which was never in memory. What the file holds behind `start` is replaced. The rows are
    flushed to the disk. Returns what was written: with the first row the header, too.

    Raises:
        InputError: they are no such rows.
        FileError: the file cannot be written, or is not there although rows are.
    """
    if rows.dtype != torch.float32 or rows.dim() != 2 or not 0 <= start <= total - len(rows):
        raise InputError(
            f"Cannot write rows {start:,} to {start + len(rows) - 1:,} of {total:,}: it needs "
            f"float32 rows, found {rows.dtype} of shape {tuple(rows.shape)}. Give rows of features."
        )
    columns = rows.shape[1]
    target, header = Path(path), _header(name, total, columns)
    begin = len(header) + 4 * start * columns if start else 0
    room = f"{4 * rows.numel():,} bytes"
    todo = "Make the folder writable, or free some space"
    with pieces_of(path, begin, what="tensors", room=room, todo=todo) as file:
        if start == 0:
            target.chmod(target.parent.stat().st_mode & 0o666)
            file.write(header)
        file.write(_bytes(rows))
    return file.written


def load(path: str) -> dict[str, Tensor]:
    """Read every tensor of a safetensors file. The bytes stay in the file until they are used.

    Raises:
        FileError: there is no such file, or it is not whole.
    """
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise FileError(
            f"Cannot read tensors from {path}: it needs a whole safetensors file, found {error}. "
            "Run what writes it again."
        ) from error


def metadata(path: str) -> dict[str, object]:
    """Read what `save` was given as metadata; nothing where it was given none.

    Raises:
        FileError: there is no such file, or it is not whole.
    """
    try:
        with cast(Any, safe_open)(path, framework="pt") as file:
            header: dict[str, str] = file.metadata() or {}
        return json.loads(header.get("clusterfit", "{}"))
    except (OSError, SafetensorError, ValueError) as error:
        raise FileError(
            f"Cannot read what {path} holds: it needs a whole safetensors file, found {error}. "
            "Run what writes it again."
        ) from error


def tensor(array: Array, dtype: str | None = None) -> Tensor:
    """Return `array` as a tensor that shares its memory, or a copy where `dtype` differs."""
    return torch.from_numpy(array).to(None if dtype is None else getattr(torch, dtype))


def take(values: Tensor, rows: Array, folder: str | None = None) -> Tensor:
    """Return a copy of the given rows, in the given order.

    Many float32 rows are returned in a file of `folder` (see `scratch`).

    Raises:
        FileError: the folder has no room for them.
    """
    chosen = tensor(rows, "int64").to(values.device)
    if values.dtype != torch.float32 or values.dim() != 2:
        return values.index_select(0, chosen)
    taken = scratch.empty(len(chosen), values.shape[1], values.device, folder)
    return torch.index_select(values, 0, chosen, out=taken)


def _header(name: str, rows: int, columns: int) -> bytes:
    """Return the head of a safetensors file of one float32 matrix, as its library writes it."""
    entry = {"dtype": "F32", "shape": [rows, columns], "data_offsets": [0, 4 * rows * columns]}
    text = json.dumps({name: entry}, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text


def _bytes(rows: Tensor) -> memoryview:
    return rows.detach().contiguous().numpy().data.cast("B")


def _tensor(value: Tensor | Array) -> Tensor:
    return value.detach() if isinstance(value, Tensor) else tensor(value)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
