"""SPDL's side of `deno task bench loading`: the same plan and answer as sides.py.

Where SPDL or FFmpeg's shared libraries are missing, the answer is {"missing": why}. Needs no other
package than spdl and numpy.
"""

import importlib
import json
import math
import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Plan = dict[str, Any]

try:
    import numpy as np

    io: Any = importlib.import_module("spdl.io")
except ImportError as error:
    json.dump({"missing": str(error)}, sys.stdout)
    sys.exit()


def region(width: int, height: int, crop: list[Any], draws: random.Random) -> str:
    """Draw a region as torchvision's RandomResizedCrop does, as a filter of FFmpeg."""
    (least, most), (low, high) = crop
    for _ in range(10):
        area = width * height * draws.uniform(least, most)
        ratio = math.exp(draws.uniform(math.log(low), math.log(high)))
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < w <= width and 0 < h <= height:
            return f"crop={w}:{h}:{draws.randint(0, width - w)}:{draws.randint(0, height - h)}"
    side = min(width, height)
    return f"crop={side}:{side}"


def load(path: str, plan: Plan, draws: random.Random) -> Any:
    """Decode one picture, cropped, resized and mirrored by FFmpeg."""
    packets = io.demux_image(path)
    size = plan["size"]
    parts = [
        region(packets.codec.width, packets.codec.height, plan["crop"], draws),
        f"scale={size}:{size}:flags=bilinear",
        *(["hflip"] if draws.random() < 0.5 else []),
        "format=pix_fmts=rgb24",
    ]
    return io.decode_packets(packets, filter_desc=",".join(parts))


def passes(plan: Plan) -> Iterator[Iterator[Any]]:
    """Yield pass after pass, the uint8 batches of each, read by a thread for each CPU."""
    order = list(plan["paths"])
    draws = random.Random(0)
    batch = plan["batch"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in range(plan["passes"] + 1):
            draws.shuffle(order)
            chosen = [order[at : at + batch] for at in range(0, len(order) - batch + 1, batch)]
            jobs = [
                [pool.submit(load, path, plan, random.Random(draws.random())) for path in paths]
                for paths in chosen
            ]
            yield (io.to_numpy(io.convert_frames([job.result() for job in one])) for one in jobs)


def main() -> None:
    """Run every pass, and time all but the first."""
    plan: Plan = json.load(sys.stdin)
    try:
        load(plan["paths"][0], plan, random.Random(0))
    except (ImportError, RuntimeError) as error:  # without FFmpeg's shared libraries
        json.dump({"missing": f"SPDL cannot decode ({error})"}, sys.stdout)
        return
    images, total, began = 0, 0.0, 0.0
    for at, batches in enumerate(passes(plan)):
        if at == 1:
            began = time.perf_counter()
        for batch in batches:
            if at > 0:
                images += len(batch)
                total += float(np.asarray(batch)[:, ::16, ::16].mean()) * len(batch)
    seconds = time.perf_counter() - began
    json.dump({"images": images, "seconds": seconds, "mean": total / images}, sys.stdout)


main()
