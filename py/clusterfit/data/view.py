"""How a network reads a row."""

from typing import Literal, NamedTuple

Interpolation = Literal["bilinear", "bicubic", "lanczos"]


class Preprocessing(NamedTuple):
    """How images become what a network was trained on.

    resize: the shorter side is resized to it, in pixels; then the centre is cut out.
    interpolation: with which it is resized.
    mean, std: of the red, green and blue of pixels from 0 to 1, as (pixel - mean) / std.
    """

    resize: int
    interpolation: Interpolation
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


class View(NamedTuple):
    """What a source makes of one row for one network.

    size: side of a square image in pixels, or None for the image as it is stored.
    clips: views of one row: their features are averaged, and training takes one.
    frames: of a clip, or None for stills.
    preprocessing: of a network that was trained elsewhere; without, (pixel - 127.5) / 64.
    """

    size: int | None = None
    clips: int = 1
    frames: int | None = None
    preprocessing: Preprocessing | None = None
