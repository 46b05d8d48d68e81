"""Pictures that were decoded once, in one file that is mapped into memory.

Shape suffix: N pictures of the set.
"""

from pathlib import Path

import numpy as np
from torch import Tensor

from ..errors import FileError
from .fit import Pixels
from .stills import Stills


class MappedPixels(Stills):
    """The file of pixels that `index` writes. Its pages are the system's, not this process's."""

    def __init__(
        self,
        pixels: str,
        offsets: Tensor,
        heights: Tensor,
        widths: Tensor,
        threads: int | None = None,
    ) -> None:
        """Map the file `pixels`, in which picture n begins at byte offsets[n].

        All int64 N. threads: as of `Stills`.

        Raises:
            FileError: there is no such file, or it is shorter than its pictures.
        """
        needed = int((offsets + 3 * heights * widths).max())
        path = Path(pixels)
        found = path.stat().st_size if path.exists() else None
        if found is None or found < needed:
            raise FileError(
                f"Cannot read pictures from {pixels}: it needs a file of {needed:,} bytes, found "
                f"{'none' if found is None else f'one of {found:,}'}. Index the pictures again."
            )
        mapped = np.asarray(np.memmap(path, np.uint8, "r"))
        starts_N, heights_N, widths_N = offsets.numpy(), heights.numpy(), widths.numpy()

        def read(row: int) -> Pixels:
            start, height, width = int(starts_N[row]), int(heights_N[row]), int(widths_N[row])
            return mapped[start : start + 3 * height * width].reshape(height, width, 3)

        super().__init__(heights, widths, read, threads=threads)
