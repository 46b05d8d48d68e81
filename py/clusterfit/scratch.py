"""Temporary matrices that may be as large as the features: in memory while small, else in a file.

Private memory then stays flat in the number of rows: the pages of a mapped file are the kernel's to
write back and to read again, those of an allocation it can only keep.
"""

import mmap
import os
import sys
import tempfile

import torch
from torch import Tensor

from .errors import FileError

IN_MEMORY = 1 << 20
"""How many float32 numbers stay in memory: 4 MB, a tile's."""


def empty(rows: int, columns: int, device: torch.device | str, folder: str | None) -> Tensor:
    """Return float32 rows x columns of any values, on the device.

    On the CPU, more than IN_MEMORY numbers lie in a file of `folder` that has no name: it is gone
    with the tensor, and with the process. Its bytes are reserved, so that none is missing when it
    is written. Without a folder they are in memory.

    Raises:
        FileError: the folder has no room for them.
    """
    numbers = rows * columns
    if folder is None or torch.device(device).type != "cpu" or numbers <= IN_MEMORY:
        return torch.empty(rows, columns, device=device)
    size = 4 * numbers
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            if sys.platform == "linux":
                os.posix_fallocate(file.fileno(), 0, size)
            else:
                file.truncate(size)
            mapped = mmap.mmap(file.fileno(), size)
    except OSError as error:
        raise FileError(
            f"Cannot keep a temporary matrix of {rows:,} x {columns:,} numbers: it needs {size:,} "
            f"bytes in {folder}, found {error}. Free some space there, and start again."
        ) from error
    return torch.frombuffer(mapped, dtype=torch.float32).view(rows, columns)
