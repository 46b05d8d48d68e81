"""Frames of videos, by PyAV: the picture that a player shows at a second."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import FileError
from ..extras import need
from .streams import indexed, quarter_turns

SEEK = 2.0
"""Seconds ahead from which on a key frame is looked for, instead of decoding what lies between."""


def video_durations(
    paths: list[str], progress: Callable[..., None] | None = None
) -> list[float | None]:
    """Return the length of each video in seconds, or None where it cannot be read.

    Raises:
        InputError: PyAV is missing.
    """
    av = need("av", "av")
    durations: list[float | None] = []
    for path in paths:
        try:
            with av.open(path) as container:
                durations.append(_duration(container))
        except (OSError, ValueError, IndexError, av.FFmpegError):
            durations.append(None)
        if progress is not None:
            progress(len(durations), len(paths))
    return durations


def video_frame(path: str, second: float) -> NDArray[np.uint8]:
    """Return the frame shown at `second`, counted from the first frame: uint8 H x W x 3, upright.

    It is the last frame that begins then or before; behind the end it is the last one. A thread
    keeps the video open that it read last: seconds that rise are read on from where it is, which
    gives the same frames.

    Raises:
        FileError: the file is no video that can be decoded, or has no frame.
        InputError: PyAV is missing.
    """
    av = need("av", "av")
    try:
        video = _opened(path, second)
        frame = video.at(second)
        pixels_HWC = frame.to_ndarray(format="rgb24")
    except (OSError, ValueError, IndexError, av.FFmpegError) as error:
        _held.video = None
        raise FileError(
            f"Cannot read the video {path}: it needs a stream that can be decoded, found: {error}. "
            "Encode it again, or leave it out."
        ) from error
    return np.ascontiguousarray(np.rot90(pixels_HWC, quarter_turns(frame)))


class _Held(threading.local):
    """The video that a thread read last."""

    video: "_Video | None" = None


_held = _Held()


def _opened(path: str, second: float) -> "_Video":
    video = _held.video
    if video is None or video.path != path or video.second > second:
        video = _held.video = _Video(path)
    return video


class _Video:
    """A video that is read forwards. It is closed when nothing holds it any more."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.second = 0.0
        self._container: Any = need("av", "av").open(path)
        self._indexed = indexed(self._container)
        self._stream: Any = self._container.streams.video[0]
        self._frames: Any = self._container.decode(self._stream)
        self._shown: Any = next(self._frames, None)
        if self._shown is None:
            raise ValueError("no frame")
        self._start: int = self._shown.pts
        self._ahead: Any = next(self._frames, None)

    def at(self, second: float) -> Any:
        """Return the frame shown at `second`, which is not before the one asked for last."""
        self.second = second
        tick = float(self._stream.time_base)
        target = self._start + round(second / tick)  # whole ticks: no frame is missed by a hair
        if self._ahead is not None and (target - self._ahead.pts) * tick > SEEK and self._indexed:
            self._container.seek(target, stream=self._stream)
            self._frames = self._container.decode(self._stream)
            self._shown = next(self._frames, self._shown)
            self._ahead = next(self._frames, None)
        while self._ahead is not None and self._ahead.pts <= target:
            self._shown, self._ahead = self._ahead, next(self._frames, None)
        return self._shown


def _duration(container: Any) -> float:
    """Return what the stream says, else the file; without an index, when the last packet ends."""
    stream = container.streams.video[0]
    if indexed(container) and stream.duration is not None:
        return float(stream.duration * stream.time_base)
    if indexed(container) and container.duration is not None:
        return container.duration / 1_000_000
    start = stream.start_time or 0
    ends = [
        packet.pts + (packet.duration or 0)
        for packet in container.demux(stream)
        if packet.pts is not None
    ]
    return float((max(ends, default=start) - start) * stream.time_base)
