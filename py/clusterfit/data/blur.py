"""Gaussian blur.

Shape suffixes: B images of a batch, F frames of one, H x W pixels, C = 3 channels.
"""

import math
from typing import NamedTuple

import torch
from torch import Generator, Tensor

from ..vision import functional


class Blur(NamedTuple):
    """How an image may be blurred.

    probability: that it is. sigma: the standard deviation, uniform between the two, in pixels.
    """

    probability: float
    sigma: tuple[float, float]


def blur(
    images_BHWC: Tensor, options: Blur, draws: Generator, scale: float = 1.0, frames: int = 1
) -> Tensor:
    """Blur uint8 images, each with its own standard deviation, times `scale`.

    The kernel ends at three standard deviations; the image is reflected at its border. With
    `frames` an image is so many below each other, each of which is blurred by itself.
    """
    batch, height, width, channels = images_BHWC.shape
    height //= frames
    images_BFHWC = images_BHWC.reshape(batch, frames, height, width, channels)
    images_BFCHW = images_BFHWC.movedim(-1, 2).clone()
    least, most = options.sigma
    chosen_B = torch.rand(batch, generator=draws) < options.probability
    sigma_B = torch.rand(batch, generator=draws, dtype=torch.float64) * (most - least) + least
    chosen: list[int] = chosen_B.nonzero().flatten().numpy().tolist()
    for image in chosen:
        sigma = sigma_B[image].item() * scale
        sides = [2 * min(math.ceil(3 * sigma), side - 1) + 1 for side in (width, height)]
        images_BFCHW[image] = functional.gaussian_blur(images_BFCHW[image], sides, [sigma, sigma])
    return images_BFCHW.movedim(2, -1).flatten(1, 2)
