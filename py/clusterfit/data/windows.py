"""Regions of one size cut out of images, each at a place of its own.

Shape suffixes: N images, M regions, H x W pixels, h x w of a region, C channels.
"""

from torch import Tensor


def cut_windows(
    images_NHWC: Tensor, height: int, width: int, rows_M: Tensor, tops_M: Tensor, lefts_M: Tensor
) -> Tensor:
    """Return M x h x w x C: of image rows_M[m] the pixels from (tops_M[m], lefts_M[m]) on.

    The three are int64, on the images' device; regions have to lie inside.
    """
    count, tall, wide, channels = images_NHWC.shape
    row = wide * channels
    windows = images_NHWC.contiguous().as_strided(
        (count, tall - height + 1, wide - width + 1, height, width * channels),
        (tall * row, row, channels, row, 1),
    )
    return windows[rows_M, tops_M, lefts_M].view(len(rows_M), height, width, channels)
