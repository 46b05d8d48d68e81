"""Batches of images of any size, made by threads.

Shape suffixes: N images of the set, B of a batch, H x W pixels, C = 3 channels.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ..devices import cpus
from ..errors import InputError
from .fit import Box, Pixels, check_stills, cut, cut_at_pixels, fit
from .regions import draw_regions
from .source import Crop, Draws
from .view import View

_PARTS = 4
"""Of a batch, for each thread: small enough that none waits long for the last one."""


class Stills:
    """Images of any size that a function reads one at a time.

    The pixels of a batch do not depend on the threads: each image is made by one of them, by
    numbers that were drawn before.
    """

    def __init__(
        self,
        heights_N: Tensor,
        widths_N: Tensor,
        read: Callable[[int], Pixels],
        whole: Callable[[int], Image.Image] | None = None,
        *,
        threads: int | None = None,
    ) -> None:
        """Read `read(row)`, uint8 height x width x 3, in that many threads (None: one a CPU).

        Heights and widths are int64, on the CPU. `whole(row)` is the same picture in RGB, of any
        size, from which regions are cut (None: of what `read` gives). Both are called from several
        threads at once.
        """
        self._heights_N = heights_N
        self._widths_N = widths_N
        self._read = read
        self._whole = whole
        self._threads = threads or cpus()
        self._pool = ThreadPoolExecutor(self._threads, "pictures")

    @property
    def rows(self) -> int:
        """How many images there are."""
        return len(self._heights_N)

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        """Return uint8 B x H x W x 3, on the device of `rows_B`; see `Source.batch`.

        Raises:
            InputError: the view has clips or frames, or no size where the images have several.
        """
        check_stills(view)
        rows = rows_B.cpu()
        chosen: list[int] = rows.numpy().tolist()
        shape = self._one_size if view.size is None else (view.size, view.size)
        regions: list[Box] | None = None
        if crop is not None and draws is not None:
            sizes = self._heights_N[rows], self._widths_N[rows]
            regions = draw_regions(*sizes, crop, draws("crop")).tolist()
        images_BHWC = np.empty((len(chosen), *shape, 3), np.uint8)

        def fill(part: range) -> None:
            for at in part:
                row = chosen[at]
                if regions is not None:
                    images_BHWC[at] = self._cut(row, view, shape, regions[at])
                    continue
                pixels = self._read(row)
                images_BHWC[at] = pixels if view.size is None else fit(pixels, view, view.size)

        count = max(1, len(chosen) // (_PARTS * self._threads))
        places = range(len(chosen))
        for _ in self._pool.map(fill, [places[at : at + count] for at in places[::count]]):
            pass
        return torch.from_numpy(images_BHWC).to(rows_B.device)

    def _cut(self, row: int, view: View, shape: tuple[int, int], region: Box) -> Pixels:
        """Cut out a region, whose edges are in pixels of the picture as `read` gives it."""
        if self._whole is None:
            return cut(Image.fromarray(self._read(row)), view, shape, region)
        image = self._whole(row)
        across = image.width / int(self._widths_N[row])
        down = image.height / int(self._heights_N[row])
        left, top, right, bottom = region
        box = (left * across, top * down, right * across, bottom * down)
        return cut_at_pixels(image, view, shape, box)

    @cached_property
    def _one_size(self) -> tuple[int, int]:
        heights, widths = (
            [int(edge) for edge in sizes_N.aminmax()]
            for sizes_N in (self._heights_N, self._widths_N)
        )
        if heights[0] != heights[1] or widths[0] != widths[1]:
            raise InputError(
                "Cannot read these images as they are stored: it needs images of one size, found "
                f"heights from {heights[0]} to {heights[1]} and widths from {widths[0]} to "
                f"{widths[1]} pixels. Give the view a size."
            )
        return heights[0], widths[0]
