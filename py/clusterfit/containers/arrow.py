"""Pictures in the Arrow files that the package datasets saves (`save_to_disk`).

They are found, not read: an uncompressed Arrow stream holds the bytes of each picture in one piece,
so that a range of bytes of the file is the picture's own file.
"""

from typing import Any, TypedDict

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..errors import FileError, InputError
from ..extras import need

Label = int | str | list[int] | list[str] | None


class ArrowImages(TypedDict):
    """Where the pictures of N rows are.

    offsets: int64 N: of a picture's first byte in the file, or -1 where none is embedded.
    lengths: int64 N: of an embedded picture, in bytes.
    paths: what each row says of the picture's own file.
    labels: cells of the label column, or None where none was asked for.
    """

    offsets: Tensor
    lengths: Tensor
    paths: list[str | None]
    labels: list[Label] | None


def arrow_images(path: str, image: str, label: str | None) -> ArrowImages:
    """Find the pictures in the Arrow stream `path`: column `image`, of structs {bytes, path}.

    Raises:
        FileError: the file is no Arrow stream, or cut off.
        InputError: it has no such columns, or its batches are compressed. pyarrow is missing.
    """
    arrow = need("pyarrow", "arrow")
    found: list[ArrowImages] = []
    try:
        with arrow.memory_map(path) as file:
            start: int = file.read_buffer(1).address
            file.seek(0)
            with arrow.ipc.open_stream(file) as stream:
                _check_columns(path, stream.schema.names, image, label)
                for batch in stream:
                    found.append(_in_batch(batch, image, label, start, file.size()))
    except (OSError, arrow.ArrowInvalid) as error:
        raise FileError(
            f"Cannot read {path}: it needs a whole Arrow stream, found: {error}. Save the data set "
            "again, or copy it again."
        ) from error
    none = torch.zeros(0, dtype=torch.int64)
    return {
        "offsets": torch.cat([none, *(part["offsets"] for part in found)]),
        "lengths": torch.cat([none, *(part["lengths"] for part in found)]),
        "paths": [path for part in found for path in part["paths"]],
        "labels": None
        if label is None
        else [cell for part in found for cell in part["labels"] or []],
    }


def _check_columns(path: str, names: list[str], image: str, label: str | None) -> None:
    for column in (image, label):
        if column is not None and column not in names:
            raise InputError(
                f"Cannot read {path}: it needs a column {column!r}, found {', '.join(names)}. Save "
                "the data set again."
            )


def _in_batch(batch: Any, image: str, label: str | None, start: int, size: int) -> ArrowImages:
    """Find the pictures of one record batch; `start` and `size` are those of the mapped file."""
    # flatten() gives a field no value where the whole struct is missing
    column = batch.column(image)
    fields = dict(zip((field.name for field in column.type), column.flatten(), strict=True))
    content = fields["bytes"]
    offsets, lengths = _ranges(content, start)
    if offsets.min(initial=0) < 0 or (offsets + lengths).max(initial=0) > size:
        raise InputError(
            "Cannot find pictures in the Arrow file: it needs record batches without compression, "
            "found compressed ones. Save the data set again with save_to_disk."
        )
    absent = np.array(content.is_null(), dtype=bool)
    offsets[absent] = -1
    return {
        "offsets": torch.from_numpy(offsets),
        "lengths": torch.from_numpy(lengths),
        "paths": fields["path"].to_pylist(),
        "labels": None if label is None else batch.column(label).to_pylist(),
    }


def _ranges(content: Any, start: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return offset in the file and length of each value of a binary array; 0 and 0 if empty."""
    _, ends, values = content.buffers()
    dtype = np.dtype(np.int64 if str(content.type) == "large_binary" else np.int32)
    edges = np.frombuffer(ends, dtype)[content.offset : content.offset + len(content) + 1]
    lengths = np.diff(edges).astype(np.int64)
    if not lengths.any():  # there may be no buffer to point to
        return np.zeros_like(lengths), lengths
    offsets = edges[:-1].astype(np.int64) + (values.address - start)
    return np.where(lengths > 0, offsets, 0), lengths
