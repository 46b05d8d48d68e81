import importlib

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from clusterfit import models
from clusterfit.data import Preprocessing, View
from clusterfit.data.fit import FILTERS, check_stills, cut, cut_at_pixels, fit
from clusterfit.data.view import Interpolation
from clusterfit.errors import InputError

assert models  # torchvision can be imported after it
transforms = importlib.import_module("torchvision.transforms")
MODES = transforms.InterpolationMode


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(height * width).integers(0, 256, (height, width, 3), np.uint8)


def view_of(size: int, resize: int, interpolation: Interpolation) -> View:
    return View(size, preprocessing=Preprocessing(resize, interpolation, (0, 0, 0), (1, 1, 1)))


@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic", "lanczos"])
@pytest.mark.parametrize(
    ("height", "width", "resize", "size"),
    [(375, 500, 256, 224), (500, 375, 256, 224), (37, 61, 31, 24), (9, 9, 9, 4), (12, 30, 64, 63)],
)
def test_the_pixels_are_those_of_torchvisions_transforms(
    height: int, width: int, resize: int, size: int, interpolation: Interpolation
):
    pixels = noise(height, width)
    expected = transforms.Compose(
        [
            transforms.Resize(resize, MODES(interpolation)),
            transforms.CenterCrop(size),
        ]
    )(Image.fromarray(pixels))
    found = fit(pixels, view_of(size, resize, interpolation), size)
    assert np.array_equal(found, np.asarray(expected))


def test_without_preprocessing_the_shorter_side_becomes_the_size_bilinearly():
    pixels = noise(20, 31)
    resized = np.asarray(Image.fromarray(pixels).resize((24, 16), Image.Resampling.BILINEAR))
    assert np.array_equal(fit(pixels, View(16), 16), resized[:, 4:20])


@pytest.mark.parametrize(("height", "width"), [(20, 900), (900, 20)])
def test_of_a_very_long_image_only_the_centre_is_resized(height: int, width: int):
    pixels = noise(height, width)
    whole = transforms.CenterCrop(64)(transforms.Resize(70)(Image.fromarray(pixels)))
    found = fit(pixels, view_of(64, 70, "bilinear"), 64)
    assert np.abs(found.astype(int) - np.asarray(whole)).max() <= 2


def test_an_image_of_one_column_as_long_as_can_be_takes_no_more_memory_than_the_view():
    assert fit(noise(60_000, 1), View(224), 224).shape == (224, 224, 3)


def test_a_region_is_what_the_whole_shows_there_at_that_scale():
    pixels = noise(40, 60)
    half = np.asarray(Image.fromarray(pixels).resize((30, 20), Image.Resampling.BILINEAR))
    image = Image.fromarray(pixels)
    assert np.array_equal(cut(image, View(), (10, 15), (20, 10, 50, 30)), half[5:15, 10:25])
    beyond = (0, 0, 60 + 1e-9, 40 + 1e-9)
    assert np.array_equal(cut(image, View(), (40, 60), beyond), pixels)


@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic", "lanczos"])
def test_a_region_of_a_whole_picture_is_resized_as_pillow_does(interpolation: Interpolation):
    image = Image.fromarray(noise(60, 90))
    view = view_of(24, 24, interpolation)
    for box in [(0.0, 0.0, 90.0, 60.0), (10.4, 3.6, 70.2, 50.9), (40.0, 20.0, 50.0, 31.0)]:
        left, top, right, bottom = (round(edge) for edge in box)
        region = image.crop((left, top, right, bottom))
        expected = region.resize((30, 20), FILTERS[interpolation])
        found = cut_at_pixels(image, view, (20, 30), box)
        difference = found.astype(int) - np.asarray(expected).astype(int)
        assert np.abs(difference).max() <= 1


def test_a_region_of_a_whole_picture_keeps_a_pixel_at_least_and_ends_with_the_picture():
    pixels = noise(20, 30)
    image = Image.fromarray(pixels)
    assert (cut_at_pixels(image, View(), (2, 2), (29.8, 19.9, 31, 22)) == pixels[19, 29]).all()
    assert np.array_equal(cut_at_pixels(image, View(), (20, 30), (0, 0, 31, 25)), pixels)


def test_more_cannot_be_cut_out_than_there_is():
    with pytest.raises(InputError, match=r"Cannot cut 65 x 65 pixels out: .* found 64"):
        check_stills(view_of(65, 64, "bilinear"))
