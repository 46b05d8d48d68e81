"""Decoding every video once: what each is, which are bad, and where reading may begin in them.

Shape suffix: K key frames.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..containers.survey import BadVideo, survey
from ..pieces_file import Written
from .frame_folders import survey_folder
from .index import Bad, Picture, open_pieces, threads_of


class Video(Picture):
    """A video that can be used; format is its codec, and it is stored as it is.

    frames: how many it shows. rate: frames a second on average, 0 where nothing says it. keys: how
    many places there are to begin at.
    """

    frames: int
    rate: float
    keys: int


class VideoBlock(Written):
    """What came of some videos, in their order.

    bytes, sha256: of the places that were written.
    """

    videos: list[Video | Bad]


def index_videos(
    paths: Sequence[str],
    *,
    keys: str | None,
    start: int,
    threads: int | None = None,
    progress: Callable[..., None] | None = None,
) -> VideoBlock:
    """Decode videos, files or folders of frames, in that many threads (None: one a CPU).

    With `keys`, the places at which decoding can begin go to that file from byte `start` on: int64
    K x 2, numbers of frames and their times in ticks, those of one video after the other; what is
    behind `start` is overwritten. The bytes do not depend on the threads. `progress(done, total)`
    counts videos.

    Raises:
        FileError: the file of places cannot be written.
        InputError: PyAV is missing.
    """
    videos: list[Video | Bad] = []
    opened = open_pieces(keys, start, what="places in videos", todo="Free some space")
    with opened as file, threads_of(threads) as pool:
        for video, keys_K2 in pool.map(_look, paths):
            videos.append(video)
            file.write(keys_K2.tobytes())
            if progress is not None:
                progress(len(videos), len(paths))
    return {"videos": videos, **file.written}


_NO_KEYS = np.zeros((0, 2), np.int64)


def _look(path: str) -> tuple[Video | Bad, NDArray[np.int64]]:
    try:
        if Path(path).is_dir():
            found, sha256, size = survey_folder(path)
        else:
            sha256, size = _hash_of(path)
            found = survey(path)
    except BadVideo as error:
        return {"reason": str(error)}, _NO_KEYS
    video: Video = {
        "sha256": sha256,
        "bytes": size,
        "format": found.codec,
        "width": found.width,
        "height": found.height,
        "stored_width": found.width,
        "stored_height": found.height,
        "note": "; ".join(found.notes),
        "frames": found.frames,
        "rate": found.rate,
        "keys": len(found.keys),
    }
    return video, np.array(found.keys, np.int64).reshape(-1, 2)


def _hash_of(path: str) -> tuple[str, int]:
    """Return the SHA-256 of a file, hex, and its length in bytes."""
    try:
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise BadVideo(f"it cannot be read: {error.strerror}") from error
    if size == 0:
        raise BadVideo("it is empty")
    return digest, size
