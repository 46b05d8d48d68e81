import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit.data import augmentation as im
from clusterfit.data.augmentation import Augmentation
from clusterfit.data.blur import Blur
from clusterfit.errors import InputError


def draws(seed: int = 5) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_shift_moves_as_a_slow_loop_does(images: Tensor):
    limit = 3
    moved = im.shift(images, limit, draws()).numpy()
    offsets = torch.randint(2 * limit + 1, (2, len(images)), generator=draws()).numpy() - limit
    source = images.numpy()
    expected = np.empty_like(source)
    for n in range(len(source)):
        for y in range(16):
            for x in range(16):
                row = min(max(y + offsets[0, n], 0), 15)
                column = min(max(x + offsets[1, n], 0), 15)
                expected[n, y, x] = source[n, row, column]
    np.testing.assert_array_equal(moved, expected)


def test_a_shift_reaches_every_offset_up_to_its_limit():
    dot = torch.zeros(2000, 7, 7, 3, dtype=torch.uint8)
    dot[:, 3, 3] = 255
    moved = im.shift(dot, 2, draws())[..., 0]
    places = {(int(y), int(x)) for _, y, x in moved.nonzero()}
    assert places == {(y, x) for y in range(1, 6) for x in range(1, 6)}


def test_rotation_turns_counter_clockwise_by_its_label(images: Tensor):
    turned = im.rotate(images[:7], [2, 1, 1, 3]).numpy()
    labels = [0, 0, 1, 2, 3, 3, 3]
    for n, label in enumerate(labels):
        np.testing.assert_array_equal(turned[n], np.rot90(images[n].numpy(), label))


def test_images_that_are_not_square_are_not_rotated():
    with pytest.raises(InputError, match="it needs square ones, found 4 x 5 pixels"):
        im.rotate(torch.zeros(4, 4, 5, 3, dtype=torch.uint8), [1, 1, 1, 1])


def test_half_of_the_images_are_mirrored_and_the_others_left(images: Tensor):
    flipped = im.flip(images, draws())
    mirrored = [bool(torch.equal(a, b.flip(1))) for a, b in zip(flipped, images, strict=True)]
    same = [bool(torch.equal(a, b)) for a, b in zip(flipped, images, strict=True)]
    assert all(a != b for a, b in zip(mirrored, same, strict=True))
    assert 30 < sum(mirrored) < 66


def test_inverted_pixels_add_up_to_255(images: Tensor):
    inverted = im.invert(images, 0.25, draws())
    is_inverse = (inverted.int() + images.int() == 255).flatten(1).all(1)
    is_same = (inverted == images).flatten(1).all(1)
    assert (is_inverse ^ is_same).all()
    assert 10 < int(is_inverse.sum()) < 40


def test_jitter_is_one_line_for_each_channel_of_each_image(images: Tensor):
    strength = 0.2
    pixels = im.normalise(images).double()
    noise = torch.rand(2, len(images), 1, 3, generator=draws()).double() * 2 - 1
    scale, move = noise.unsqueeze(2) * strength
    expected = pixels * (1 + scale) + move * (127.5 / 64)
    torch.testing.assert_close(
        im.jitter(im.normalise(images), strength, draws()).double(), expected
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_normalised_pixels_are_exact(dtype: torch.dtype):
    pixels = torch.arange(256, dtype=torch.uint8).view(1, 1, 256, 1)
    expected = (torch.arange(256, dtype=torch.float64) - 127.5) / 64
    assert torch.equal(im.normalise(pixels, dtype).double().flatten(), expected)


def test_augmented_images_are_channels_last_and_depend_on_the_seed(images: Tensor):
    options = Augmentation(shift=2, flip=True, invert=0.5, colour=0.1)
    first = im.augment(images, options, draws(1), torch.bfloat16)
    assert first.shape == (96, 3, 16, 16)
    assert first.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(first, im.augment(images, options, draws(1), torch.bfloat16))
    assert not torch.equal(first, im.augment(images, options, draws(2), torch.bfloat16))


def test_no_augmentation_changes_nothing(images: Tensor):
    plain = im.augment(images, Augmentation(), draws(), torch.float32)
    assert torch.equal(plain, im.normalise(images).permute(0, 3, 1, 2))


def test_a_larger_view_of_an_image_moves_as_far_in_proportion():
    """A dot at 4 x 4 and the same at 12 x 12, 3 x 3 pixels large."""
    small = torch.zeros(200, 9, 9, 3, dtype=torch.uint8)
    small[:, 4, 4] = 255
    large = small.repeat_interleave(3, 1).repeat_interleave(3, 2)
    moved = im.shift(small, 2, draws()).repeat_interleave(3, 1).repeat_interleave(3, 2)
    assert torch.equal(im.shift(large, 2, draws(), scale=3), moved)
    options = Augmentation(shift=2, flip=True, invert=0.5)
    both = [
        im.augment(images, options, draws(), torch.float32, scale)
        for images, scale in ((small, 1), (large, 3))
    ]
    assert torch.equal(both[1], both[0].repeat_interleave(3, 2).repeat_interleave(3, 3))


@pytest.mark.parametrize(
    "options",
    [
        Augmentation(shift=2, flip=True, invert=0.5, colour=0.3, grey=0.5),
        Augmentation(blur=Blur(0.7, (0.5, 1.5))),
    ],
)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_to_every_frame_of_a_clip_happens_what_happens_to_a_still(
    options: Augmentation, scale: float
):
    clips = torch.randint(256, (6, 4, 8, 10, 3), dtype=torch.uint8, generator=draws(0))
    found = im.augment(clips, options, draws(1), torch.float32, scale)
    assert found.shape == (6, 3, 4, 8, 10)
    for frame in range(4):
        still = clips[:, frame].contiguous()
        alone = im.augment(still, options, draws(1), torch.float32, scale)
        assert torch.equal(found[:, :, frame], alone)
