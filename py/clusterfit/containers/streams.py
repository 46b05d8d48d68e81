"""What all who read videos by PyAV ask of a file, of its stream and of a frame."""

from typing import Any

_INDEXED = {"mp4", "matroska", "avi"}
"""Names of FFmpeg's forms of files that hold an index of their key frames."""


def indexed(container: Any) -> bool:
    """Return whether the file knows its key frames; else its length and seeking are guesses."""
    return not _INDEXED.isdisjoint(container.format.name.split(","))


def one_stream(container: Any) -> Any:
    """Return the first video stream of a file, decoded by the thread that asks; None if none."""
    stream = next(iter(container.streams.video), None)
    if stream is not None:
        stream.codec_context.thread_type = "NONE"
        stream.codec_context.thread_count = 1
    return stream


def quarter_turns(frame: Any) -> int:
    """Return by how many right angles a frame has to be turned, counter-clockwise, to be upright.

    So does a phone that was held upright ask players to turn what it recorded.
    """
    return round(frame.rotation / 90) % 4


def reason_of(error: Exception) -> str:
    """Return what FFmpeg or the system says, without a number and the path."""
    return (getattr(error, "strerror", None) or str(error)).lower()
