"""What a video holds, by decoding all of it: how many frames, and where decoding can begin."""

from itertools import pairwise
from typing import Any, NamedTuple

from ..extras import need
from .streams import indexed, one_stream, quarter_turns, reason_of

MOST_PIXELS = 178_956_970
"""Of a frame, as of a picture: more is hardly a video."""

LATE = 1.0
"""Seconds that a whole file may end before what its header says."""

UNEVEN = 1.5
"""Times the usual time from one frame to the next, from which on a rate is told to vary."""

Key = tuple[int, int]
"""A key frame: its number among all frames as they are shown, from 0 on, and its time in ticks."""


class BadVideo(Exception):
    """A video cannot be used. The message is the reason, as `bad.csv` gives it."""


class Survey(NamedTuple):
    """A video that can be decoded to its end.

    codec: as FFmpeg names it. width, height: of a frame that stands upright, in pixels. frames: how
    many are shown. rate: frames a second, on average; 0 of a single frame. keys: those that reading
    may begin at, in their order; none where the times of frames do not say which frame is which.
    notes: what may surprise.
    """

    codec: str
    width: int
    height: int
    frames: int
    rate: float
    keys: tuple[Key, ...]
    notes: tuple[str, ...]


def survey(path: str) -> Survey:
    """Decode every frame of a video and keep none.

    Raises:
        BadVideo: it cannot be decoded, or ends before its header says.
        InputError: PyAV is missing.
    """
    av = need("av", "av")
    try:
        with av.open(path) as container:
            return _survey(container, av)
    except (OSError, ValueError, av.FFmpegError) as error:
        raise BadVideo(f"it cannot be opened as a video: {reason_of(error)}") from error


def _survey(container: Any, av: Any) -> Survey:
    stream = one_stream(container)
    if stream is None:
        raise BadVideo("it has no video stream")
    if stream.codec_context.width * stream.codec_context.height > MOST_PIXELS:
        raise BadVideo(f"its frames have more than {MOST_PIXELS:,} pixels")
    tally = _Tally()
    try:
        for packet in container.demux():
            tally.packet(packet, stream)
            for frame in packet.decode() if packet.stream is stream else ():
                tally.frame(frame)
    except (OSError, ValueError, av.FFmpegError) as error:
        raise BadVideo(f"it cannot be decoded from frame {len(tally.times)} on") from error
    _check_whole(container, stream, tally)
    turns, (width, height) = tally.turns, tally.size
    return Survey(
        codec=stream.codec_context.name,
        width=height if turns % 2 else width,
        height=width if turns % 2 else height,
        frames=len(tally.times),
        rate=tally.rate(stream),
        keys=tally.timed_keys(container),
        notes=tally.notes(),
    )


class _Tally:
    """What is kept of the packets and frames of a video."""

    def __init__(self) -> None:
        self.times: list[int | None] = []
        self.keys: list[int] = []
        self.packets = 0
        self.end = 0.0
        self.damaged = 0
        self.turns = 0
        self.size = (0, 0)

    def packet(self, packet: Any, stream: Any) -> None:
        """Count a packet of any stream."""
        if packet.size and packet.stream is stream:
            self.packets += 1
        if packet.pts is not None:
            last = packet.pts + (packet.duration or 0)
            self.end = max(self.end, float(last * packet.time_base))

    def frame(self, frame: Any) -> None:
        """Count a frame, in the order in which they are shown."""
        if frame.key_frame:
            self.keys.append(len(self.times))
        self.times.append(frame.pts)
        self.damaged += frame.is_corrupt
        self.turns = quarter_turns(frame)
        self.size = (frame.width, frame.height)

    def steps(self) -> list[int]:
        """Return the ticks from each frame to the next; none where a frame has no time."""
        known = [time for time in self.times if time is not None]
        return [b - a for a, b in pairwise(known)] if len(known) == len(self.times) else []

    def rate(self, stream: Any) -> float:
        """Return the frames a second, on average."""
        ticks = sum(self.steps())
        if ticks <= 0:
            return 0.0
        return round(float((len(self.times) - 1) / (ticks * stream.time_base)), 3)

    def timed_keys(self, container: Any) -> tuple[Key, ...]:
        """Return the key frames by their times, where the file finds them by time.

        Without an index in the file seeking is a guess, and times that do not rise tell no frames
        apart: such files are read from their beginning.
        """
        if not indexed(container) or min(self.steps(), default=0) <= 0:
            return ()
        return tuple(
            (number, time) for number in self.keys if (time := self.times[number]) is not None
        )

    def notes(self) -> tuple[str, ...]:
        """Return what may surprise."""
        steps = sorted(self.steps())
        uneven = bool(steps) and steps[-1] > UNEVEN * steps[len(steps) // 2]
        return (
            *(["turned upright"] if self.turns else []),
            *(["frames at uneven times"] if uneven else []),
            *([f"damaged frames: {self.damaged}"] if self.damaged else []),
        )


def _check_whole(container: Any, stream: Any, tally: _Tally) -> None:
    """Check a file that was decoded to its end against what its header says.

    Raises:
        BadVideo: it has no frame, or fewer than there should be.
    """
    if not tally.times:
        raise BadVideo("it has no frame")
    if tally.packets < stream.frames:
        raise BadVideo(f"it is cut off: {tally.packets} of {stream.frames} frames")
    # Matroska's header has no number of frames, but a length.
    length = (container.duration or 0) / 1_000_000
    if "matroska" in container.format.name and tally.end < length - LATE:
        raise BadVideo(f"it is cut off: {tally.end:.1f} of {length:.1f} s")
