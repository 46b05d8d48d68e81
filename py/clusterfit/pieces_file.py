"""A file that is written piece by piece from a known place on, as what goes on after a stop is."""

import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypedDict

from .errors import FileError


class Written(TypedDict):
    """A piece of a file: how many bytes it has, and their SHA-256 in hex."""

    bytes: int
    sha256: str


class Pieces:
    """Takes pieces, and knows what all of them are. Without a file they are none."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        """Write to `file` from where it stands."""
        self._file = file
        self._bytes = 0
        self._hash = hashlib.sha256()

    def write(self, piece: bytes | memoryview) -> None:
        """Write bytes behind those before; nothing where there is no file."""
        if self._file is None:
            return
        self._file.write(piece)
        self._hash.update(piece)
        self._bytes += memoryview(piece).nbytes

    @property
    def written(self) -> Written:
        """All that was written."""
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}


@contextmanager
def pieces_of(path: str, start: int, *, what: str, room: str, todo: str) -> Generator[Pieces]:
    """Open a file to write from byte `start` on: what is behind it is replaced.

    At the end the file is flushed to the disk. `what` it is, the `room` that it needs and what
    `todo` where there is none are told.

    Raises:
        FileError: the file cannot be written, or is not there although it has a beginning.
    """
    try:
        with Path(path).open("r+b" if start else "wb") as file:
            file.truncate(start)
            file.seek(start)
            yield Pieces(file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FileError(
            f"Cannot write {what} to {path}: it needs a writable folder and {room}, found "
            f"{error}. {todo}, and start again."
        ) from error
