"""Makes the pictures of `deno task bench loading` and `memory`: JPEGs with edges and noise.

Reads {"folder", "pictures", "width", "height", "classes"} as JSON on standard input, writes their
paths as JSON. With classes each has a folder of its own; with null all lie in one.
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image


def main() -> None:
    """Write them: the same bytes each time."""
    plan = json.load(sys.stdin)
    width, height, classes = plan["width"], plan["height"], plan["classes"]
    paths: list[str] = []
    for at in range(plan["pictures"]):
        draws = np.random.default_rng(at)
        patches = Image.fromarray(draws.integers(0, 256, (12, 16, 3), dtype=np.uint8))
        smooth = np.asarray(patches.resize((width, height), Image.Resampling.BICUBIC))
        pixels = smooth + draws.normal(0, 12, (height, width, 1))
        folder = Path(plan["folder"]) / ("" if classes is None else f"class-{at % classes}")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{at}.jpg"
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=90)
        paths.append(str(path))
    json.dump(paths, sys.stdout)


main()
