"""Writes a folder of JPEGs that look like photographs to a decoder: smooth shapes with noise.

python make_pictures.py <folder> <count> <width> <height>
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

CLASSES = 10


def picture(row: int, width: int, height: int) -> Image.Image:
    """Return the picture of that row: always the same, its colours those of its class."""
    draws = np.random.default_rng(row)
    hue = np.array([[row % CLASSES * 25, 90, 255 - row % CLASSES * 25]])
    coarse = draws.normal(hue, 40, (6 * 8, 3)).reshape(6, 8, 3).clip(0, 255).astype(np.uint8)
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    noise = draws.normal(0, 6, (height, width, 1))
    return Image.fromarray((np.asarray(smooth) + noise).clip(0, 255).astype(np.uint8))


def main(folder: str, count: int, width: int, height: int) -> None:
    """Write `count` pictures into ten folders."""
    for row in range(count):
        place = Path(folder) / f"class-{row % CLASSES}"
        place.mkdir(parents=True, exist_ok=True)
        picture(row, width, height).save(place / f"{row:06}.jpg", quality=90)


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:5]))
