"""The nine patches of a jigsaw puzzle, cut out of images.

Shape suffixes: B images, P patches of all of them, H x W pixels, p x p of a patch, C = 3 channels.
"""

import torch
from torch import Generator, Tensor

from ..data.windows import cut_windows
from ..errors import InputError
from .permutations import PATCHES

_SIDE = 3
_PATCH_OF_CELL = 64 / 85
"""The paper's patches of 64 pixels in cells of 85, of an image of 255 (supplement D)."""
_LEAST_DEVIATION = 1 / 64
"""One of the 256 levels of an image, as images are normalised."""


def cut_puzzle(pixels_BCHW: Tensor, draws: Generator) -> Tensor:
    """Return B x 9 x C x p x p, each patch normalised by itself: row by row, from the top left.

    The largest square of 3 x 3 equal cells lies at a place that is drawn; in each cell, a patch of
    64/85 of the cell's side lies at a place that is drawn. Of an image whose shorter side is 255
    pixels these are the paper's random square of 255, cells of 85 and patches of 64.

    Raises:
        InputError: the images are too small for cells of 2 pixels.
    """
    batch, _, height, width = pixels_BCHW.shape
    cell = min(height, width) // _SIDE
    if cell < 2:
        raise InputError(
            f"Cannot make puzzles of images of {height} x {width} pixels: it needs a shorter side "
            f"of 6 pixels or more, found {min(height, width)}. Give larger ones."
        )
    patch = round(cell * _PATCH_OF_CELL)
    grid = torch.arange(PATCHES)

    def places(side: int, cells: Tensor) -> Tensor:
        """Draw where patches begin along one axis, int64 B x 9."""
        start_B1 = torch.randint(side - _SIDE * cell + 1, (batch, 1), generator=draws)
        inside_B9 = torch.randint(cell - patch + 1, (batch, PATCHES), generator=draws)
        return start_B1 + cells * cell + inside_B9

    tops_B9, lefts_B9 = places(height, grid // _SIDE), places(width, grid % _SIDE)
    rows_B9 = torch.arange(batch)[:, None].expand(batch, PATCHES)
    where = [each.flatten().to(pixels_BCHW.device) for each in (rows_B9, tops_B9, lefts_B9)]
    patches_PHWC = cut_windows(pixels_BCHW.movedim(1, 3), patch, patch, *where)
    patches_PCHW = normalise_each(patches_PHWC).movedim(3, 1)
    return patches_PCHW.view(batch, PATCHES, *patches_PCHW.shape[1:])


def normalise_each(patches_PHWC: Tensor) -> Tensor:
    """Return float32 patches whose channels have mean 0 and deviation 1, each patch by itself.

    Thus no patch tells by its brightness or colours which are its neighbours (Noroozi and Favaro,
    section 4.2). One whose deviation is below a level of the image is not raised to 1: what is
    uniform becomes 0.
    """
    centred_PHWC = patches_PHWC.float()
    centred_PHWC = centred_PHWC - centred_PHWC.mean((1, 2), keepdim=True)
    deviation_P11C = centred_PHWC.square().mean((1, 2), keepdim=True).sqrt_()
    return centred_PHWC.div_(deviation_P11C.clamp_(min=_LEAST_DEVIATION))
