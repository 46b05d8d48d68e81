import io
import resource
import sys
import threading

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from clusterfit.data.decode import (
    MOST_PIXELS,
    BadPicture,
    Decoded,
    decode,
    decode_whole,
    stored_size,
)
from pictures import bad_files, encoded, grey16, huge, noise, oriented, smooth

# What Pillow warns of is what these tests are about; see the filter in decode.py.
pytestmark = pytest.mark.filterwarnings(r"ignore:::PIL\.")


def whole(data: bytes) -> Decoded:
    return decode(data, None, "bilinear")


def pixels_of(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_gives_equal_pixels(orientation: int, form: str):
    upright = noise(20, 31)
    options = {"lossless": True} if form == "WEBP" else {}
    data = oriented(upright, orientation, form, **options)
    found = whole(data)
    assert np.array_equal(found.pixels, pixels_of(upright))
    assert (found.width, found.height) == (31, 20)
    smaller = decode(data, 10, "bicubic").pixels
    assert np.array_equal(smaller, pixels_of(upright.resize((15, 10), Image.Resampling.BICUBIC)))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_of_a_jpeg_gives_the_same_picture(orientation: int):
    upright = smooth(40, 64)
    data = oriented(upright, orientation, "JPEG", quality=98, subsampling=0)
    difference = whole(data).pixels.astype(int) - pixels_of(upright)
    assert np.abs(difference).max() <= 6


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF", "PPM", "JPEG2000", "GIF", "TGA"])
def test_lossless_formats_give_their_pixels(form: str):
    image = noise(9, 12) if form != "GIF" else noise(9, 12).quantize(16).convert("RGB")
    found = whole(encoded(image, form))
    assert np.array_equal(found.pixels, pixels_of(image))
    assert (found.format, found.notes) == (form, ())
    assert found.pixels.dtype == np.uint8


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_decoded_as_pillow_does(progressive: bool):
    data = encoded(noise(48, 64), "JPEG", progressive=progressive)
    assert np.array_equal(whole(data).pixels, pixels_of(Image.open(io.BytesIO(data))))


def test_a_cmyk_jpeg_is_rgb():
    """As Photoshop writes it, inverted."""
    image = smooth(32, 32)
    found = whole(encoded(image.convert("CMYK"), "JPEG", quality=98))
    assert found.notes == ("CMYK as RGB",)
    assert np.abs(found.pixels.astype(int) - pixels_of(image)).max() <= 8


def test_a_ycck_jpeg_is_rgb():
    """Pillow writes none: it gets YCCK's numbers as CMYK, and Adobe's marker says what they are."""
    image = smooth(32, 32)
    inks = Image.fromarray(255 - pixels_of(image)).convert("YCbCr")
    stored = np.dstack([255 - pixels_of(inks), np.zeros((32, 32), np.uint8)])
    plain = encoded(Image.fromarray(stored, "CMYK"), "JPEG", quality=98)
    transform = plain.index(b"Adobe\0") + 11
    assert plain[transform] == 0
    found = whole(plain[:transform] + b"\2" + plain[transform + 1 :])
    assert found.notes == ("CMYK as RGB",)
    assert np.abs(found.pixels.astype(int) - pixels_of(image)).max() <= 8


@pytest.mark.parametrize("form", ["PNG", "TIFF", "PPM"])
def test_16_bit_grey_is_scaled_not_clipped(form: str):
    values = np.array([[0, 1, 128, 129, 256, 257, 32_896, 65_406, 65_535]], np.uint16)
    found = whole(encoded(grey16(values), form))
    assert found.notes == ("16-bit grey scaled",)
    expected = np.rint(values / 257).astype(np.uint8)
    assert np.array_equal(found.pixels, np.repeat(expected[..., None], 3, 2))


def test_grey_and_black_and_white_get_three_channels():
    grey = noise(5, 7).convert("L")
    for image in (grey, grey.convert("1")):
        found = whole(encoded(image)).pixels
        assert np.array_equal(found, pixels_of(image.convert("RGB")))


def test_alpha_is_laid_over_white():
    drawn = np.zeros((1, 3, 4), np.uint8)
    drawn[0, :, 3] = 0, 128, 255
    found = whole(encoded(Image.fromarray(drawn)))
    assert found.pixels[0, :, 0].tolist() == [255, 127, 0]
    assert found.notes == ("alpha over white",)
    grey = Image.merge("LA", [Image.new("L", (2, 2), 9), Image.new("L", (2, 2), 0)])
    assert (whole(encoded(grey)).pixels == 255).all()


def test_an_alpha_channel_that_hides_nothing_is_not_told():
    image = noise(4, 5)
    found = whole(encoded(image.convert("RGBA")))
    assert np.array_equal(found.pixels, pixels_of(image))
    assert found.notes == ()


def test_a_palette_with_transparency_is_laid_over_white():
    image = Image.new("P", (3, 1))
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    for at in range(3):
        image.putpixel((at, 0), at)
    one, several = encoded(image, transparency=1), encoded(image, transparency=bytes([255, 0, 0]))
    assert whole(one).pixels[0].tolist() == [[10, 20, 30], [255, 255, 255], [70, 80, 90]]
    assert whole(several).pixels[0].tolist() == [[10, 20, 30], [255] * 3, [255] * 3]
    assert whole(one).notes == ("alpha over white",)
    assert whole(encoded(image)).pixels[0].tolist() == [[10, 20, 30], [40, 50, 60], [70, 80, 90]]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF", "MPO"])
def test_of_several_frames_the_first_is_taken_and_that_is_said(form: str):
    frames = [smooth(24, 24, seed) for seed in range(4)]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:])
    found = whole(data)
    assert found.notes == ("first of 4 frames",)
    assert np.abs(found.pixels.astype(int) - pixels_of(frames[0])).mean() < 12
    assert found.format == form


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"exif": b"Exif\0\0garbage garbage"}),
        ("JPEG", {"exif": b"Exif\0\0II*\0\xff\xff\xff\x7f"}),
        ("PNG", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"}),
        ("PNG", {"exif": b"nothing of the kind"}),
        ("JPEG", {"xmp": b"<x:xmpmeta <<< tiff:Orientation='?'"}),
        ("WEBP", {"xmp": b'<x:xmpmeta <<< tiff:Orientation="9"'}),
    ],
)
def test_broken_exif_and_xmp_take_nothing_from_the_picture(form: str, options: dict[str, bytes]):
    image = noise(8, 9)
    broken, clean = encoded(image, form, **options), encoded(image, form)
    assert broken != clean
    assert np.array_equal(whole(broken).pixels, whole(clean).pixels)


def test_what_a_picture_is_does_not_depend_on_its_name():
    """Nothing is told of names: extensions that are wrong, upper-case or missing do not matter."""
    assert whole(encoded(noise(3, 3))).format == "PNG"
    assert whole(encoded(noise(3, 3), "JPEG")).format == "JPEG"


def test_a_picture_of_one_pixel_is_a_picture():
    found = decode(encoded(Image.new("RGB", (1, 1), (1, 2, 3))), 256, "bilinear")
    assert found.pixels.tolist() == [[[1, 2, 3]]]


@pytest.mark.parametrize("name", list(bad_files()))
def test_a_bad_file_has_its_reason(name: str, capfd: pytest.CaptureFixture[str]):
    data, reason = bad_files()[name]
    with pytest.raises(BadPicture) as raised:
        decode(data, 256, "bilinear")
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", "")


def test_a_reason_is_one_line_that_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch):
    def refuse(data: io.BytesIO, **_: object):
        raise OSError(f"cannot read\n {data} here")

    monkeypatch.setattr(Image, "open", refuse)
    with pytest.raises(BadPicture, match=r"^it is damaged: cannot read here$"):
        whole(b"some bytes")


def test_more_pixels_than_the_limit_are_refused_before_any_is_decoded():
    peak = resident()
    with pytest.raises(BadPicture, match=f"it has more than {MOST_PIXELS:,} pixels"):
        whole(huge())
    assert resident() - peak < 64 << 20


def test_below_the_limit_pillows_own_warning_is_no_reason():
    found = decode(encoded(Image.new("1", (10_000, 10_000))), 16, "bilinear")
    assert found.pixels.shape == (16, 16, 3)
    assert (found.width, found.height) == (10_000, 10_000)


@pytest.mark.parametrize(("width", "height"), [(500, 375), (375, 500), (300, 300), (255, 900)])
def test_a_longer_shorter_side_is_resized_as_torchvision_does_on_pillow(width: int, height: int):
    image = noise(height, width)
    found = decode(encoded(image), 256, "lanczos").pixels
    rows, columns = stored_size(width, height, 256)
    assert found.shape == (rows, columns, 3)
    assert min(rows, columns) == min(256, width, height)
    expected = image.resize((columns, rows), Image.Resampling.LANCZOS)
    assert np.array_equal(found, pixels_of(expected))


def test_a_jpeg_below_four_times_the_side_is_decoded_in_full():
    data = encoded(noise(120, 150), "JPEG")
    full = Image.open(io.BytesIO(data)).resize((51, 41), Image.Resampling.BILINEAR)
    assert np.array_equal(decode(data, 41, "bilinear").pixels, pixels_of(full))


def test_a_larger_jpeg_is_decoded_smaller_and_shows_the_same():
    image = smooth(640, 800)
    found = decode(encoded(image, "JPEG", quality=95), 40, "bilinear")
    assert found.pixels.shape == (40, 50, 3)
    assert (found.width, found.height) == (800, 640)
    expected = image.resize((50, 40), Image.Resampling.BILINEAR)
    assert np.abs(found.pixels.astype(int) - pixels_of(expected)).max() <= 4


def test_a_whole_picture_is_upright_and_rgb_and_not_resized():
    """A JPEG of 800 x 640 is decoded at 1/8 for a side of 40."""
    jpeg = decode_whole(oriented(smooth(640, 800), 6, "JPEG", quality=95), 40)
    assert (jpeg.mode, jpeg.size) == ("RGB", (100, 80))
    grey = noise(90, 200).convert("L")
    png = decode_whole(oriented(grey, 8, "PNG"), 40)
    assert np.array_equal(pixels_of(png), pixels_of(grey.convert("RGB")))
    with pytest.raises(BadPicture, match="it is cut off"):
        decode_whole(encoded(smooth(40, 40), "JPEG")[:-200], 40)


def test_threads_decode_alike():
    data = [encoded(noise(30 + at, 40, at), "JPEG") for at in range(8)]
    expected = [decode(one, 24, "bilinear").pixels for one in data]
    found: dict[tuple[int, int], NDArray[np.uint8]] = {}

    def work(thread: int) -> None:
        for at, one in enumerate(data):
            found[thread, at] = decode(one, 24, "bilinear").pixels

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 32
    assert all(np.array_equal(pixels, expected[at]) for (_, at), pixels in found.items())


def resident() -> int:
    """Highest resident size so far, in bytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024
