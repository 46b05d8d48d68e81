"""One side of `deno task bench loading`: batches of random crops, mirrored by chance.

Reads a plan as JSON on standard input (see `Work` in loading.ts), and writes {images, seconds,
mean} as JSON: how many images the timed passes gave, how long they took, and the mean pixel. One
pass before them is not timed. The sides are called by `SIDES`.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from clusterfit import memory
from clusterfit.data import Augmentation, Crop, View, index, make
from clusterfit.data.augmentation import flip
from clusterfit.data.batches import Batches
from clusterfit.data.files import WHOLE
from clusterfit.seeds import generator
from clusterfit.vision import transforms

Plan = dict[str, Any]
Passes = Iterator[Iterable[Tensor]]
"""Pass after pass, the uint8 batches of each."""

SIDE = 256


def packed(plan: Plan) -> Passes:
    """Ours, from pixels that were decoded once."""
    pixels = f"{plan['folder']}/pixels.bin"
    found = look(plan, None if Path(pixels).exists() else pixels)
    sizes = {name: column(found, f"stored_{name[:-1]}") for name in ("heights", "widths")}
    ends = (3 * sizes["heights"] * sizes["widths"]).cumsum(0)
    offsets = torch.cat([torch.zeros(1, dtype=torch.int64), ends[:-1]])
    yield from ours(plan, make("pixels", pixels=pixels, offsets=offsets, **sizes))


def files(plan: Plan) -> Passes:
    """Ours, decoding each picture each time, from the bytes that were indexed."""
    found = look(plan, None)
    encoded = [path.encode() for path in plan["paths"]]
    digests = b"".join(hashlib.sha256(Path(path).read_bytes()).digest() for path in plan["paths"])
    count = len(encoded)
    source = make(
        "files",
        paths=torch.frombuffer(bytearray(b"".join(encoded)), dtype=torch.uint8),
        ends=torch.tensor([len(path) for path in encoded]).cumsum(0),
        files=torch.arange(count),
        offsets=torch.full((count,), WHOLE),
        lengths=column(found, "bytes"),
        digests=torch.frombuffer(bytearray(digests), dtype=torch.uint8).view(count, 32),
        heights=column(found, "stored_height"),
        widths=column(found, "stored_width"),
        side=SIDE,
        interpolation="bilinear",
    )
    yield from ours(plan, source)


def ours(plan: Plan, source: Any) -> Passes:
    """Return what the trainer reads of a source, mirrored as the trainer does."""
    memory.keep_freed()  # as the engine does when it starts
    view = View(plan["size"])
    batches = Batches(
        source,
        view,
        batch_size=plan["batch"],
        seed=0,
        device=torch.device("cpu"),
        augmentation=Augmentation(crop=Crop(*plan["crop"])),
        dtype=torch.float32,
        label_smoothing=0.0,
    )
    steps = batches.per_epoch
    for epoch in range(plan["passes"] + 1):
        read = batches.between(epoch * steps, (epoch + 1) * steps, [view])
        yield (flip(batch.images(), generator(0, "flip", epoch)) for batch in read)


def look(plan: Plan, pixels: str | None) -> list[Any]:
    """Index the pictures; with `pixels`, pack them into that file."""
    pieces = [
        {"file": path, "offset": None, "bytes": None, "seconds": None} for path in plan["paths"]
    ]
    found: Any = index(pieces, side=SIDE, interpolation="bilinear", pixels=pixels, start=0)  # pyright: ignore
    return found["pictures"]


def column(found: list[Any], name: str) -> Tensor:
    """Return a number of each picture, int64."""
    return torch.tensor([picture[name] for picture in found])


class Pictures(torch.utils.data.Dataset[Tensor]):
    """As PyTorch's reference training reads pictures."""

    def __init__(self, paths: list[str], size: int, crop: list[Any]) -> None:
        self._paths = paths
        scale, ratio = crop
        self._change = transforms.Compose(
            [
                transforms.RandomResizedCrop(size, tuple(scale), tuple(ratio), antialias=True),
                transforms.RandomHorizontalFlip(),
                transforms.PILToTensor(),
            ]
        )

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, at: int) -> Tensor:
        with Image.open(self._paths[at]) as image:
            return self._change(image.convert("RGB"))


def data_loader(workers: int) -> Callable[[Plan], Passes]:
    """Return torch's DataLoader of that many processes, kept from pass to pass."""

    def passes(plan: Plan) -> Passes:
        loader = torch.utils.data.DataLoader(
            Pictures(plan["paths"], plan["size"], plan["crop"]),
            plan["batch"],
            shuffle=True,
            drop_last=True,
            num_workers=workers,
            persistent_workers=workers > 0,
        )
        for _ in range(plan["passes"] + 1):
            yield loader

    return passes


SIDES: dict[str, Callable[[Plan], Passes]] = {
    "packed": packed,
    "files": files,
    "loader-0": data_loader(0),
    "loader-1": data_loader(1),
    "loader-2": data_loader(2),
}


def main() -> None:
    """Run every pass, and time all but the first."""
    plan: Plan = json.load(sys.stdin)
    torch.set_num_threads(1)  # more would wait for each other by spinning
    images, total, began = 0, 0.0, 0.0
    for at, batches in enumerate(SIDES[plan["side"]](plan)):
        if at == 1:
            began = time.perf_counter()
        for batch in batches:
            if at > 0:
                images += len(batch)
                total += batch[:, ::16, ::16].double().mean().item() * len(batch)
    seconds = time.perf_counter() - began
    json.dump({"images": images, "seconds": seconds, "mean": total / images}, sys.stdout)


if __name__ == "__main__":
    main()
