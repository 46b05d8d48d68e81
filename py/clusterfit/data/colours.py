"""Changes of colours: jitter and grey.

Shape suffixes: B images of a batch, H x W pixels, C = 3 channels.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Generator, Tensor

from ..vision import functional


class ColourJitter(NamedTuple):
    """What may happen to the colours of an image, in random order.

    probability: that it happens to an image at all. brightness, contrast, saturation: they are
    multiplied by a factor of 1 +- that. hue: it is turned by +- that part of a whole turn, at most
    1/2.
    """

    probability: float
    brightness: float
    contrast: float
    saturation: float
    hue: float


_CHANGES: tuple[Callable[[Tensor, float], Tensor], ...] = (
    functional.adjust_brightness,
    functional.adjust_contrast,
    functional.adjust_saturation,
    functional.adjust_hue,
)


def colour_jitter(images_BHWC: Tensor, options: ColourJitter, draws: Generator) -> Tensor:
    """Change the colours of uint8 images, each by its own factors and in its own order.

    Drawn are, uniformly: whether, then the factors, then the order, for all images of the batch.
    A change whose range is 0 does not happen.
    """
    batch = len(images_BHWC)
    chosen_B = torch.rand(batch, generator=draws) < options.probability
    ranges_4 = torch.tensor(options[1:], dtype=torch.float64)
    moves_B4 = torch.rand(batch, 4, generator=draws, dtype=torch.float64).mul(2).sub(1) * ranges_4
    orders_B4 = torch.rand(batch, 4, generator=draws).argsort(1)
    factors_B4 = moves_B4 + torch.tensor([1.0, 1.0, 1.0, 0.0])
    images_BCHW = images_BHWC.permute(0, 3, 1, 2).clone()
    chosen: list[int] = chosen_B.nonzero().flatten().numpy().tolist()
    orders: list[list[int]] = orders_B4.numpy().tolist()
    for image in chosen:
        for change in orders[image]:
            if options[1 + change] > 0:
                factor = factors_B4[image, change].item()
                images_BCHW[image] = _CHANGES[change](images_BCHW[image], factor)
    return images_BCHW.permute(0, 2, 3, 1)


def grey(images_BHWC: Tensor, probability: float, draws: Generator) -> Tensor:
    """Take the colours from each uint8 image with that probability."""
    chosen = torch.rand(len(images_BHWC), generator=draws).lt(probability).nonzero().flatten()
    chosen = chosen.to(images_BHWC.device)
    grey_BCHW = functional.rgb_to_grayscale(
        images_BHWC.index_select(0, chosen).permute(0, 3, 1, 2), num_output_channels=3
    )
    return images_BHWC.index_copy(0, chosen, grey_BCHW.permute(0, 2, 3, 1))
