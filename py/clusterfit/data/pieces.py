"""Where the bytes of pictures are."""

import os
from pathlib import Path
from typing import TypedDict

from .decode import BadPicture

MOST_BYTES = 1 << 30
"""Of one picture: more is hardly a picture, and each thread holds one."""


class Piece(TypedDict):
    """A file, or `bytes` bytes of it from `offset` on.

    seconds: of a frame of a video; None for stills.
    """

    file: str
    offset: int | None
    bytes: int | None
    seconds: float | None


def read_bytes(piece: Piece) -> bytes:
    """Read them all.

    Raises:
        BadPicture: they cannot be read, or there are fewer.
    """
    offset, wanted = piece["offset"] or 0, piece["bytes"]
    try:
        with Path(piece["file"]).open("rb") as file:
            file.seek(offset)
            # Room is made for all that is asked for: a gigabyte would be mapped for each picture.
            whole = min(os.fstat(file.fileno()).st_size, MOST_BYTES) + 1
            data = file.read(whole if wanted is None else wanted)
    except OSError as error:
        raise BadPicture(f"it cannot be read: {error.strerror}") from error
    if wanted is not None and len(data) < wanted:
        raise BadPicture("it is cut off")
    if len(data) > MOST_BYTES:
        raise BadPicture(f"it has more than {MOST_BYTES:,} bytes")
    return data
