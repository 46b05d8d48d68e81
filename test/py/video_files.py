"""Small videos, and every frame of one."""

from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 10


def write_video(path: Path, codec: str, frames: int = 95, **more: Any) -> str:
    """Write frames of 0.1 s, whose grey is 2 times their number; a key frame each 1.2 s."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.gop_size = 12
        if "rotation" in more:
            stream.set_display_rotation(more["rotation"])
        for number in range(frames):
            pixels = np.full((48, 64, 3), 2 * number, np.uint8)
            pixels[:24, :32] = 255 if "rotation" in more else 2 * number
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def every_frame(path: str) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
