"""Frames of a video by their numbers: exactly those that decoding all of it gives.

Shape suffixes: H x W pixels, C = 3 channels.
"""

from bisect import bisect_right
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import FileError
from ..extras import need
from .streams import one_stream, quarter_turns, reason_of
from .survey import Key


def numbered_frames(
    path: str,
    keys: Sequence[Key],
    numbers: Iterable[int],
    shape: tuple[int, int],
    interpolation: str,
) -> Generator[NDArray[np.uint8]]:
    """Yield the frames of these numbers, which rise, as uint8 H x W x 3.

    They are upright and resized to the height and width `shape` by FFmpeg, in its mode that does
    not depend on the CPU's instructions. Only what lies between a key frame and the last number
    behind it is decoded, in the calling thread, and one frame is held at a time. `keys`: of
    `survey`. `interpolation`: a name of FFmpeg's, in small letters.

    Raises:
        FileError: the file has no such frames: it is not the one that was surveyed.
        InputError: PyAV is missing.
    """
    av = need("av", "av")
    try:
        with closing(_Reader(path, keys)) as reader:
            upright = _Upright(shape, interpolation)
            for number in numbers:
                yield upright.of(reader.at(number))
    except (OSError, ValueError, av.FFmpegError) as error:
        raise FileError(
            f"Cannot read the video {path}: it needs the one that was indexed, found another "
            f"({reason_of(error)}). Put it back, or start a new run, which indexes the videos "
            "again."
        ) from error


class _Reader:
    """A video that is read forwards, with leaps to key frames."""

    def __init__(self, path: str, keys: Sequence[Key]) -> None:
        self._path = path
        self._keys = keys
        self._starts = [number for number, _ in keys]
        self._numbers = {time: number for number, time in keys}
        self._begin()

    def at(self, number: int) -> Any:
        """Return the frame of that number, which is not before the one asked for last."""
        nearest = bisect_right(self._starts, number) - 1
        if nearest >= 0 and self._starts[nearest] > self._next:
            self._leap(nearest)
        while True:
            frame = next(self._frames, None)
            if frame is None:
                raise ValueError(f"no frame {number}")
            self._next += 1
            if self._next > number:
                return frame

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _begin(self) -> None:
        """Read from the first frame on."""
        self._container: Any = need("av", "av").open(self._path)
        self._stream = one_stream(self._container)
        if self._stream is None:
            raise ValueError("no video stream")
        self._frames: Any = self._container.decode(self._stream)
        self._next = 0

    def _leap(self, nearest: int) -> None:
        """Go on at that key frame, or at one before it where seeking does not find it.

        Where seeking lands, the time of the frame says: in files whose index has times of decoding,
        not of showing, it may be one key frame too far. What comes before a key frame needs frames
        that were not decoded.
        """
        for start, time in reversed(self._keys[: nearest + 1]):
            self._container.seek(time, stream=self._stream)
            frames = self._container.decode(self._stream)
            found = next((frame for frame in frames if frame.pts in self._numbers), None)
            if found is not None and self._numbers[found.pts] <= start:
                self._next = self._numbers[found.pts]
                self._frames = chain([found], frames)
                return
        self.close()
        self._begin()


class _Upright:
    """Turns frames upright and to RGB of one size."""

    def __init__(self, shape: tuple[int, int], interpolation: str) -> None:
        from av.video.reformatter import Interpolation, VideoReformatter

        self._shape = shape
        self._reformatter: Any = VideoReformatter()  # one for all frames: its tables are kept
        exact = Interpolation.ACCURATE_RND | Interpolation.BITEXACT
        self._interpolation = Interpolation[interpolation.upper()] | exact

    def of(self, frame: Any) -> NDArray[np.uint8]:
        """Return uint8 H x W x 3."""
        turns = quarter_turns(frame)
        height, width = self._shape[::-1] if turns % 2 else self._shape
        resized = self._reformatter.reformat(
            frame, width, height, "rgb24", interpolation=self._interpolation, threads=1
        )
        pixels_HWC: NDArray[np.uint8] = resized.to_ndarray()
        return np.rot90(pixels_HWC, turns)
