"""Small videos, and every frame of one."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

RATE = 10


def write_video(path: Path, codec: str, frames: int = 95, **more: Any) -> str:
    """Write frames of 0.1 s, whose grey is 2 times their number; a key frame each 1.2 s.

    more: size, width and height. rotation, in degrees. times, of each frame in milliseconds.
    pixels, their format. options of the codec. header, options of the file.
    """
    with av.open(str(path), "w", options=more.get("header", {})) as container:
        stream: Any = container.add_stream(codec, rate=RATE, options=more.get("options", {}))
        width, height = more.get("size", (64, 48))
        stream.width, stream.height = width, height
        stream.pix_fmt = more.get("pixels", "yuv420p")
        stream.gop_size = 12
        if "rotation" in more:
            stream.set_display_rotation(more["rotation"])
        if "times" in more:
            stream.codec_context.time_base = Fraction(1, 1000)
        for number in range(frames):
            pixels = np.full((height, width, 3), 2 * number, np.uint8)
            pixels[: height // 2, : width // 2] = 255 if "rotation" in more else 2 * number
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            if "times" in more:
                frame.pts, frame.time_base = more["times"][number], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def write_frames(folder: Path, frames: int) -> str:
    """Write a folder of JPEGs of 20 x 12 pixels, whose grey is 2 times their number."""
    folder.mkdir()
    for number in range(frames):
        image = Image.new("RGB", (20, 12), (2 * number,) * 3)
        image.save(folder / f"{number + 1:05}.jpg", quality=95)
    return str(folder)


def write_sound(path: Path) -> str:
    """Write a second of silence, without a picture."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("aac", rate=8000)
        for number in range(8):
            silence = np.zeros((1, 1024), np.float32)
            frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
            frame.rate, frame.pts = 8000, 1024 * number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def every_frame(path: str) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
