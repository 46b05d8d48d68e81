"""Decoding every picture once: what each is, which are bad, and their pixels in one file."""

import hashlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from typing import TypedDict

from ..containers import video_frame
from ..devices import cpus
from ..errors import FileError
from ..pieces_file import Pieces, Written, pieces_of
from .decode import BadPicture, Decoded, decode, stored_size
from .fit import Pixels, resize_to
from .pieces import Piece, read_bytes
from .view import Interpolation


class Picture(TypedDict):
    """A picture that can be used.

    sha256: of its bytes, hex. width, height: of the whole picture. stored_width, stored_height: as
    it is read. note: what was done that may surprise; empty where nothing was.
    """

    sha256: str
    bytes: int
    format: str
    width: int
    height: int
    stored_width: int
    stored_height: int
    note: str


class Bad(TypedDict):
    """One that cannot: why."""

    reason: str


class Block(Written):
    """What came of some pieces, in their order.

    bytes, sha256: of the pixels that were written.
    """

    pictures: list[Picture | Bad]


def index(
    pieces: Sequence[Piece],
    *,
    side: int,
    interpolation: Interpolation,
    pixels: str | None,
    start: int,
    threads: int | None = None,
    progress: Callable[..., None] | None = None,
) -> Block:
    """Decode pictures, their shorter sides at most `side`, in that many threads (None: one a CPU).

    With `pixels`, the good ones' pixels go to that file from byte `start` on, one after the other,
    uint8 height x width x 3; what is behind `start` is overwritten, and when the call returns the
    file ends with them and is on the disk. The bytes do not depend on the threads.
    `progress(done, total)` counts pieces.

    Raises:
        FileError: the file of pixels cannot be written.
        InputError: there are frames of videos, and PyAV is missing.
    """
    pictures: list[Picture | Bad] = []

    def look(group: list[Piece]) -> list[Looked]:
        return [_look(piece, side, interpolation, keep=pixels is not None) for piece in group]

    todo = "Free some space, or index without packing"
    opened = open_pieces(pixels, start, what="pixels", todo=todo)
    with opened as file, threads_of(threads) as pool:
        groups = pool.map(look, _groups(pieces))
        for picture, array in chain.from_iterable(groups):
            pictures.append(picture)
            if array is not None:
                file.write(array.data)
            if progress is not None:
                progress(len(pictures), len(pieces))
    return {"pictures": pictures, **file.written}


Looked = tuple[Picture | Bad, Pixels | None]
"""What a piece is, and its pixels."""

_FRAMES = 32
"""Of one video that a thread reads in a row: each is found from the one before."""


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the frames of one video that follow each other together, and stills alone."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        last = groups[-1] if groups else []
        follows = last and piece["seconds"] is not None and last[0]["file"] == piece["file"]
        if follows and len(last) < _FRAMES:
            last.append(piece)
        else:
            groups.append([piece])
    return groups


def _look(piece: Piece, side: int, interpolation: Interpolation, *, keep: bool) -> Looked:
    try:
        data, decoded = _decoded(piece, side, interpolation)
    except BadPicture as error:
        return {"reason": str(error)}, None
    height, width = decoded.pixels.shape[:2]
    picture: Picture = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "format": decoded.format,
        "width": decoded.width,
        "height": decoded.height,
        "stored_width": width,
        "stored_height": height,
        "note": "; ".join(decoded.notes),
    }
    return picture, decoded.pixels if keep else None


def _decoded(piece: Piece, side: int, interpolation: Interpolation) -> tuple[bytes, Decoded]:
    """Return a picture and the bytes that say which it is: those of a frame are its pixels."""
    if piece["seconds"] is None:
        data = read_bytes(piece)
        return data, decode(data, side, interpolation)
    try:
        frame = video_frame(piece["file"], piece["seconds"])
    except FileError as error:
        raise BadPicture("it is in a video that cannot be decoded") from error
    height, width = frame.shape[:2]
    pixels = resize_to(frame, stored_size(width, height, side), interpolation)
    return frame.tobytes(), Decoded(pixels, "video", width, height, ())


@contextmanager
def threads_of(count: int | None) -> Generator[ThreadPoolExecutor]:
    """Threads that begin nothing more once the block is left, also by an exception."""
    pool = ThreadPoolExecutor(count or cpus(), "index")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def open_pieces(
    path: str | None, start: int, *, what: str, todo: str
) -> AbstractContextManager[Pieces]:
    """Take what is written from `start` of the file on; nothing where there is no file."""
    if path is None:
        return nullcontext(Pieces())
    return pieces_of(path, start, what=what, room="free space", todo=todo)
