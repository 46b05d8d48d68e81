"""Pictures that are decoded each time they are read, from the very bytes that were indexed.

Fixed views show the pixels that packing would have kept. Regions that are drawn for training are
cut out of the picture as it is decoded: resized once, not twice.

Shape suffixes: N pictures of the set, F files that they are in.
"""

import hashlib

from PIL import Image
from torch import Tensor

from ..errors import FileError
from .decode import BadPicture, decode, decode_whole
from .fit import Pixels
from .pieces import Piece, read_bytes
from .stills import Stills
from .view import Interpolation

WHOLE = -1
"""The offset of a picture that is a file of its own."""


class PictureFiles(Stills):
    """Pictures in files, or in pieces of larger ones, by their places and hashes."""

    def __init__(
        self,
        paths: Tensor,
        ends: Tensor,
        files: Tensor,
        offsets: Tensor,
        lengths: Tensor,
        digests: Tensor,
        heights: Tensor,
        widths: Tensor,
        side: int,
        interpolation: Interpolation,
        threads: int | None = None,
    ) -> None:
        """Take what the index says of each picture; nothing is opened yet.

        Args:
            paths: uint8, the absolute paths in UTF-8, one after the other.
            ends: int64 F, where each path ends in `paths`.
            files: int64 N, the file that each picture is in.
            offsets: int64 N, where it begins there; WHOLE where it is all of the file.
            lengths: int64 N, its bytes.
            digests: uint8 N x 32, the SHA-256 of its bytes.
            heights: int64 N, of its pixels as `decode` gives them with `side`.
            widths: likewise.
            side: of `decode`.
            interpolation: of `decode`.
            threads: as of `Stills`.
        """
        letters, ends_F = paths.numpy(), ends.numpy()
        files_N, offsets_N, lengths_N = files.numpy(), offsets.numpy(), lengths.numpy()
        digests_N32 = digests.numpy()

        def piece_of(row: int) -> Piece:
            file = int(files_N[row])
            start = int(ends_F[file - 1]) if file else 0
            whole = offsets_N[row] == WHOLE
            return {
                "file": letters[start : ends_F[file]].tobytes().decode(),
                "offset": None if whole else int(offsets_N[row]),
                "bytes": None if whole else int(lengths_N[row]),
                "seconds": None,
            }

        def bytes_of(row: int) -> bytes:
            piece = piece_of(row)
            try:
                data = read_bytes(piece)
            except BadPicture as error:
                raise _changed(piece, f"none: {error}") from error
            if hashlib.sha256(data).digest() != digests_N32[row].tobytes():
                raise _changed(piece, "another")
            return data

        def read(row: int) -> Pixels:
            return decode(bytes_of(row), side, interpolation).pixels

        def whole(row: int) -> Image.Image:
            return decode_whole(bytes_of(row), side)

        super().__init__(heights, widths, read, whole, threads=threads)


def _changed(piece: Piece, found: str) -> FileError:
    where = "" if piece["offset"] is None else f" at byte {piece['offset']:,}"
    return FileError(
        f"Cannot read {piece['file']}{where}: it needs the picture that was indexed, found "
        f"{found}. Put it back, or start a new run, which indexes the pictures again."
    )
