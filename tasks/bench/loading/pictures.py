"""Makes the pictures of `deno task bench loading`: JPEGs of 500 x 375 with edges and noise.

Reads {"folder", "pictures"} as JSON on standard input, writes their paths as JSON.
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 500, 375


def main() -> None:
    """Write them: the same bytes each time."""
    plan = json.load(sys.stdin)
    paths: list[str] = []
    for at in range(plan["pictures"]):
        draws = np.random.default_rng(at)
        patches = Image.fromarray(draws.integers(0, 256, (12, 16, 3), dtype=np.uint8))
        smooth = np.asarray(patches.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
        pixels = smooth + draws.normal(0, 12, (HEIGHT, WIDTH, 1))
        path = Path(plan["folder"]) / f"{at}.jpg"
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=90)
        paths.append(str(path))
    json.dump(paths, sys.stdout)


main()
