import math

import pytest
import torch
from torch import Generator, Tensor

from clusterfit.data import Augmentation, Blur, ColourJitter
from clusterfit.data import augmentation as im
from clusterfit.data.blur import blur
from clusterfit.data.colours import colour_jitter, grey

NONE = ColourJitter(1.0, 0.0, 0.0, 0.0, 0.0)


def draws(seed: int = 5) -> Generator:
    return torch.Generator().manual_seed(seed)


def luma(pixels: Tensor) -> Tensor:
    """ITU-R 601, float64, of ... x 3."""
    return pixels.double() @ torch.tensor([0.299, 0.587, 0.114], dtype=torch.float64)


def factors(count: int, spread: float, column: int) -> Tensor:
    """What colour_jitter draws: whether, then four factors an image."""
    generator = draws()
    torch.rand(count, generator=generator)
    moves = torch.rand(count, 4, generator=generator, dtype=torch.float64) * 2 - 1
    return 1 + moves[:, column] * spread


def test_brightness_multiplies_each_image_by_a_factor_of_its_own(images: Tensor):
    found = colour_jitter(images, NONE._replace(brightness=0.4), draws())
    expected = images.double() * factors(len(images), 0.4, 0)[:, None, None, None]
    assert (found.double() - expected.clamp(0, 255)).abs().max() <= 1


def test_contrast_moves_pixels_from_the_mean_of_their_image(images: Tensor):
    found = colour_jitter(images, NONE._replace(contrast=0.4), draws())
    means = luma(images).floor().mean((1, 2))[:, None, None, None]
    factor = factors(len(images), 0.4, 1)[:, None, None, None]
    expected = means + factor * (images.double() - means)
    assert (found.double() - expected.clamp(0, 255)).abs().max() <= 2


def test_saturation_moves_pixels_from_their_own_grey(images: Tensor):
    found = colour_jitter(images, NONE._replace(saturation=0.4), draws())
    greys = luma(images).floor().unsqueeze(3)
    factor = factors(len(images), 0.4, 2)[:, None, None, None]
    expected = greys + factor * (images.double() - greys)
    assert (found.double() - expected.clamp(0, 255)).abs().max() <= 2


def test_a_turned_hue_changes_neither_the_largest_nor_the_smallest_colour(images: Tensor):
    found = colour_jitter(images, NONE._replace(hue=0.5), draws())
    assert not torch.equal(found, images)
    for edge in (Tensor.amax, Tensor.amin):
        assert (edge(found.int(), 3) - edge(images.int(), 3)).abs().max() <= 1
    red = torch.tensor([255, 0, 0], dtype=torch.uint8).expand(96, 4, 4, 3)
    turned = colour_jitter(red, NONE._replace(hue=0.5), draws())
    assert len(turned.unique(dim=0)) > 30


def test_changes_come_in_the_order_drawn_for_each_image():
    """A bright pixel that is clipped first stays below one that loses contrast first."""
    image = torch.full((400, 4, 4, 3), 100, dtype=torch.uint8)
    image[:, 0, 0] = 250
    options = NONE._replace(brightness=0.9, contrast=0.9)
    found = colour_jitter(image, options, draws())
    generator = draws()
    torch.rand(400, generator=generator)
    moves = torch.rand(400, 4, generator=generator, dtype=torch.float64) * 2 - 1
    orders = torch.rand(400, 4, generator=generator).argsort(1)
    differing = 0
    for row in range(400):
        bright, contrast = (1 + 0.9 * moves[row, at].item() for at in (0, 1))
        results: list[Tensor] = []
        for first in (0, 1):
            pixels = image[row].double()
            for change in (first, 1 - first):
                if change == 0:
                    pixels = (pixels * bright).clamp(0, 255)
                else:
                    mean = luma(pixels).mean()
                    pixels = (mean + contrast * (pixels - mean)).clamp(0, 255)
            results.append(pixels)
        first = 0 if orders[row].tolist().index(0) < orders[row].tolist().index(1) else 1
        assert (found[row].double() - results[first]).abs().max() <= 4
        differing += bool((results[0] - results[1]).abs().max() > 8)
    assert differing > 50


def test_a_jitter_happens_to_as_many_images_as_said(images: Tensor):
    found = colour_jitter(images, ColourJitter(0.25, 0.5, 0.5, 0.5, 0.2), draws())
    changed = (found != images).flatten(1).any(1)
    assert 12 <= int(changed.sum()) <= 36
    assert torch.equal(colour_jitter(images, NONE, draws()), images)


def test_grey_images_have_three_equal_channels_and_the_others_are_left(images: Tensor):
    found = grey(images, 0.25, draws())
    is_grey = (found == found[..., :1]).flatten(1).all(1)
    assert 12 <= int(is_grey.sum()) <= 36
    assert torch.equal(found[~is_grey], images[~is_grey])
    assert (found[is_grey][..., 0].double() - luma(images[is_grey])).abs().max() < 1.1
    assert torch.equal(grey(images, 0.0, draws()), images)


def gaussian(image: Tensor, sigma: float) -> Tensor:
    """A convolution written out in float64, the image reflected at its border."""
    radius = math.ceil(3 * sigma)
    weights = [math.exp(-0.5 * (at / sigma) ** 2) for at in range(-radius, radius + 1)]
    pixels = image.double()
    for axis in (0, 1):
        size = pixels.shape[axis]
        moved = torch.zeros_like(pixels)
        for at, weight in zip(range(-radius, radius + 1), weights, strict=True):
            places = [abs(place + at) for place in range(size)]
            places = [place if place < size else 2 * (size - 1) - place for place in places]
            moved += weight / sum(weights) * pixels.index_select(axis, torch.tensor(places))
        pixels = moved
    return pixels


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_blur_is_a_gaussian_of_the_deviation_drawn(images: Tensor, scale: float):
    found = blur(images, Blur(0.5, (0.3, 2.0)), draws(), scale)
    generator = draws()
    chosen = torch.rand(96, generator=generator) < 0.5
    sigma = torch.rand(96, generator=generator, dtype=torch.float64) * 1.7 + 0.3
    for row in range(96):
        expected = gaussian(images[row], scale * sigma[row].item()) if chosen[row] else images[row]
        assert (found[row].double() - expected).abs().max() <= 1


def test_an_image_smaller_than_the_kernel_is_blurred_all_the_same():
    images = torch.randint(0, 256, (4, 3, 5, 3), dtype=torch.uint8, generator=draws())
    assert blur(images, Blur(1.0, (4.0, 4.0)), draws()).shape == images.shape


def test_all_that_may_happen_depends_on_the_seed_alone_and_never_on_the_batch_in_memory(
    images: Tensor,
):
    options = Augmentation(
        flip=True,
        colour_jitter=ColourJitter(0.8, 0.4, 0.4, 0.4, 0.1),
        grey=0.2,
        blur=Blur(0.5, (0.1, 2.0)),
    )
    before = images.clone()
    first = im.augment(images, options, draws(1), torch.float32)
    turned = images.permute(0, 3, 1, 2).contiguous().permute(0, 2, 3, 1)
    assert torch.equal(im.augment(turned, options, draws(1), torch.float32), first)
    assert not torch.equal(im.augment(images, options, draws(2), torch.float32), first)
    assert first.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(images, before)
