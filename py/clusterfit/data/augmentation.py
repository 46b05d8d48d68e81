"""Seeded augmentation of images, batch by batch.

Shape suffixes: B images of a batch, N of several batches' worth: all frames of B clips, F frames of
a clip, H x W pixels, C = 3 channels.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Generator, Tensor

from ..errors import InputError
from .blur import Blur, blur
from .colours import ColourJitter, colour_jitter, grey
from .source import Crop
from .view import Preprocessing
from .windows import cut_windows

PIXEL_CENTRE = 127.5
PIXEL_SCALE = 64.0


class Augmentation(NamedTuple):
    """What may happen to a training image; nothing, unless said.

    crop: the part of an image that the source reads, which draws it.
    shift: largest move along each axis in pixels; the border is repeated into the gap.
    flip: whether half of the images are mirrored left to right.
    invert: the fraction of the images whose pixels become 255 - pixel.
    colour: each channel is scaled by 1 +- colour and moved by 127.5 * (+- colour), uniformly.
    colour_jitter, blur: see there.
    grey: the fraction of the images that lose their colours.
    """

    crop: Crop | None = None
    shift: int = 0
    flip: bool = False
    invert: float = 0.0
    colour: float = 0.0
    colour_jitter: ColourJitter | None = None
    grey: float = 0.0
    blur: Blur | None = None


def normalise(
    images_BHWC: Tensor,
    dtype: torch.dtype = torch.float32,
    preprocessing: Preprocessing | None = None,
) -> Tensor:
    """Return (pixel - 127.5) / 64, which lies in [-2, 2] and is exact in bfloat16 too.

    With `preprocessing`, (pixel / 255 - mean) / std, computed in float32.
    """
    if preprocessing is None:
        return images_BHWC.to(dtype).sub_(PIXEL_CENTRE).div_(PIXEL_SCALE)
    mean_C, std_C = torch.tensor([preprocessing.mean, preprocessing.std], device=images_BHWC.device)
    return images_BHWC.float().sub_(mean_C * 255).div_(std_C * 255).to(dtype)


def augment(
    images: Tensor,
    options: Augmentation,
    draws: Generator,
    dtype: torch.dtype,
    scale: float = 1.0,
    preprocessing: Preprocessing | None = None,
) -> Tensor:
    """Augment and normalise a uint8 batch; every random number comes from `draws`.

    It is B x H x W x 3, or B x F x H x W x 3: to all frames of a clip the same happens. Shifts and
    blurs are multiplied by `scale`: an image read at 7 times the size moves 7 times as far. The
    crop is the source's. Returns a B x 3 x H x W or B x 3 x F x H x W view in channels-last memory.
    """
    frames = images.shape[1] if images.dim() == 5 else 1
    images_BHWC = images.flatten(1, -3)  # the frames of a clip below each other
    images_BHWC = shift(images_BHWC, options.shift, draws, scale, frames)
    if options.flip:
        images_BHWC = flip(images_BHWC, draws)
    if options.invert:
        images_BHWC = invert(images_BHWC, options.invert, draws)
    if options.colour_jitter:
        images_BHWC = colour_jitter(images_BHWC, options.colour_jitter, draws)
    if options.grey:
        images_BHWC = grey(images_BHWC, options.grey, draws)
    if options.blur:
        images_BHWC = blur(images_BHWC, options.blur, draws, scale, frames)
    images_BHWC = normalise(images_BHWC, dtype, preprocessing)
    if options.colour:
        images_BHWC = jitter(images_BHWC, options.colour, draws)
    return images_BHWC.reshape(images.shape).movedim(-1, 1)


def shift(
    images_BHWC: Tensor, limit: int, draws: Generator, scale: float = 1.0, frames: int = 1
) -> Tensor:
    """Move each image by up to `limit` pixels along each axis, repeating its border.

    Output pixel (y, x) is input pixel (y + dy - limit, x + dx - limit), held inside the image,
    with dy and dx drawn uniformly from 0 .. 2 * limit: first all dy, then all dx. What was drawn is
    multiplied by `scale` and rounded. With `frames` an image is so many below each other, each of
    which is moved.
    """
    if not limit:
        return images_BHWC
    batch = len(images_BHWC)
    drawn = torch.randint(2 * limit + 1, (2, batch), generator=draws).to(images_BHWC.device)
    offsets = drawn.repeat_interleave(frames, 1)
    if scale != 1:
        moves = offsets.sub(limit).mul(scale).round().long()
        limit = round(limit * scale)
        offsets = moves + limit
    height, width, channels = images_BHWC.shape[1] // frames, *images_BHWC.shape[2:]
    images_NHWC = images_BHWC.reshape(batch * frames, height, width, channels)
    padded = _repeat_border(images_NHWC, limit)
    rows = torch.arange(batch * frames, device=images_BHWC.device)
    moved_NHWC = cut_windows(padded, height, width, rows, offsets[0], offsets[1])
    return moved_NHWC.view_as(images_BHWC)


def flip(images_BHWC: Tensor, draws: Generator) -> Tensor:
    """Mirror each image left to right with probability 1/2."""
    chosen_B = _choose(images_BHWC, 0.5, draws)
    mirrored, kept = chosen_B.nonzero().squeeze(1), chosen_B.logical_not().nonzero().squeeze(1)
    # Copies of whole rows: index_copy takes three times as long, byte by byte.
    parts = [images_BHWC.index_select(0, mirrored).flip(2), images_BHWC.index_select(0, kept)]
    return torch.cat(parts).index_select(0, torch.cat([mirrored, kept]).argsort())


def invert(images_BHWC: Tensor, fraction: float, draws: Generator) -> Tensor:
    """Turn pixels into 255 - pixel in each image with probability `fraction`."""
    mask_B = _choose(images_BHWC, fraction, draws).to(torch.uint8) * 255
    return images_BHWC ^ mask_B.view(-1, 1, 1, 1)


def jitter(images_BHWC: Tensor, strength: float, draws: Generator) -> Tensor:
    """Scale and move each channel of each normalised image.

    The scale is uniform in 1 +- strength; the move, in pixels, in 127.5 * (+- strength).
    """
    batch, height, width, channels = images_BHWC.shape
    noise = torch.rand(2, batch, 1, channels, generator=draws).mul_(2).sub_(1).mul_(strength)
    scale, move = noise.to(images_BHWC).repeat(1, 1, 1, width)
    rows = images_BHWC.reshape(batch, height, width * channels)
    moved = torch.addcmul(move * (PIXEL_CENTRE / PIXEL_SCALE), rows, 1 + scale)
    return moved.view_as(images_BHWC)


def rotate(images: Tensor, counts: Sequence[int]) -> Tensor:
    """Turn square images B x H x W x 3, or clips B x F x H x W x 3, counter-clockwise.

    The first counts[0] stay, the next counts[1] turn by 90, the next counts[2] by 180 and the
    last counts[3] by 270 degrees.

    Raises:
        InputError: the images are not square.
    """
    height, width = images.shape[-3:-1]
    if height != width:
        raise InputError(
            f"Cannot rotate images: it needs square ones, found {height} x {width} pixels. "
            "Crop them, or give the view a size."
        )
    parts: tuple[Tensor, ...] = torch.split(images, [*counts])
    return torch.cat([part.rot90(turns, (-3, -2)) for turns, part in enumerate(parts)])


def _choose(images_BHWC: Tensor, probability: float, draws: Generator) -> Tensor:
    chosen_B = torch.rand(len(images_BHWC), generator=draws) < probability
    return chosen_B.to(images_BHWC.device)


def _repeat_border(images_BHWC: Tensor, by: int) -> Tensor:
    batch, height, width, channels = images_BHWC.shape
    padded = images_BHWC.new_empty(batch, height + 2 * by, width + 2 * by, channels)
    inside = slice(by, by + height)
    padded[:, inside, by : by + width] = images_BHWC
    padded[:, inside, :by] = images_BHWC[:, :, :1]
    padded[:, inside, by + width :] = images_BHWC[:, :, -1:]
    padded[:, :by] = padded[:, by : by + 1]
    padded[:, by + height :] = padded[:, by + height - 1 : by + height]
    return padded
