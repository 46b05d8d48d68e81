"""Pictures from their bytes, by one decoder for all: Pillow.

It lets the GIL go, so threads decode side by side. Colour profiles are not applied, as in what
networks are commonly trained on.
"""

import re
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from .fit import Pixels, resize_image, resized_shape
from .view import Interpolation

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "JPEG2000", "PPM", "ICO")
"""Tried in this order; others are not, such as EPS, for which Pillow would start a program."""

MOST_PIXELS = 178_956_970
"""Where Pillow itself takes a picture for a decompression bomb: half a gigabyte, decoded."""

# What is odd about a picture is a note here, and the limit above is the one that counts.
warnings.filterwarnings("ignore", module=r"PIL\.")


class BadPicture(Exception):
    """A picture cannot be used. The message is the reason, as `bad.csv` gives it."""


class Decoded(NamedTuple):
    """A picture as it is used, and what its file says.

    pixels: uint8 height x width x 3, turned as EXIF says, over white where it is transparent.
    format: as Pillow names it.
    width, height: of the whole picture, turned, in pixels.
    notes: what was done that may surprise, or is wrong and does not matter.
    """

    pixels: Pixels
    format: str
    width: int
    height: int
    notes: tuple[str, ...]


def decode(data: bytes, side: int | None, interpolation: Interpolation) -> Decoded:
    """Decode one picture; where its shorter side is longer than `side`, resize that to `side`.

    A JPEG over four times as large is decoded at 1/2, 1/4 or 1/8 of its size, at least twice what
    is asked for: several times as fast, and hardly to be told from the full size.

    Raises:
        BadPicture: it cannot be decoded, or only in part.
    """
    with _reasons(data), _open(data) as image:
        upright = _upright(image, side)
        size = stored_size(upright.width, upright.height, side)
        return Decoded(
            pixels=resize_image(upright.image, size, interpolation),
            format=image.format or "",
            width=upright.width,
            height=upright.height,
            notes=upright.notes,
        )


def decode_whole(data: bytes, side: int | None) -> Image.Image:
    """Decode one picture as `decode` does, in RGB, and do not resize it.

    Raises:
        BadPicture: it cannot be decoded, or only in part.
    """
    with _reasons(data), _open(data) as image:
        return _upright(image, side).image


def stored_size(width: int, height: int, side: int | None) -> tuple[int, int]:
    """Return the height and width at which `decode` gives a picture of that size."""
    if side is None or min(width, height) <= side:
        return height, width
    return resized_shape(height, width, side)


@contextmanager
def _reasons(data: bytes) -> Generator[None]:
    """Turn whatever decoders raise for these bytes into BadPicture."""
    try:
        yield
    except BadPicture:
        raise
    except MemoryError as error:
        raise BadPicture("it needs more memory than there is") from error
    except Exception as error:  # decoders raise whatever a broken file leads them to
        if "truncated" in str(error).lower() or _is_short_riff(data):
            raise BadPicture("it is cut off") from error
        raise BadPicture(f"it is damaged: {_told(error)}") from error


def _open(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=_formats(data))
    except UnidentifiedImageError as error:
        raise BadPicture(_what_it_is(data)) from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def _formats(data: bytes) -> tuple[str, ...]:
    """TGA alone is known by its end: anything might be one without it."""
    return ("TGA",) if data[-18:].startswith(b"TRUEVISION-XFILE") else FORMATS


class _Upright(NamedTuple):
    """A picture in RGB, turned as EXIF says, before it is resized; the rest is as of Decoded."""

    image: Image.Image
    width: int
    height: int
    notes: tuple[str, ...]


def _upright(image: Image.Image, side: int | None) -> _Upright:
    width, height = image.size
    frames = _frames(image)
    if side is not None and image.format in ("JPEG", "MPO"):
        image.draft(None, (2 * side, 2 * side))
    image.load()
    turn, turned_note = _turn(image)
    upright, colour_note = _colours(image)
    if turn is not None:
        upright = upright.transpose(turn)
    if turn in _SIDEWAYS:
        width, height = height, width
    notes = (
        f"first of {frames} frames" if frames > 1 else "",
        colour_note,
        turned_note,
    )
    return _Upright(upright, width, height, tuple(note for note in notes if note))


def _frames(image: Image.Image) -> int:
    try:
        return getattr(image, "n_frames", 1)
    except Exception:  # a later frame is broken; the first is what counts
        return 1


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each of EXIF's orientations."""

_SIDEWAYS = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}

_ORIENTATION = 0x0112


def _turn(image: Image.Image) -> tuple[Image.Transpose | None, str]:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1)), ""
    except Exception:  # a broken EXIF or XMP block takes nothing from the pixels
        return None, "unreadable EXIF ignored"


def _colours(image: Image.Image) -> tuple[Image.Image, str]:
    """Return it as RGB, over white where it is transparent, and what to say of that."""
    if image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PPM"):
        wide = np.asarray(image).astype(np.uint32)
        narrow = ((wide * 255 + 32_767) // 65_535).astype(np.uint8)
        return Image.fromarray(narrow).convert("RGB"), "16-bit grey scaled"
    if image.mode in ("I", "F"):
        raise BadPicture("it is 32-bit grey, and nothing says which values are black and white")
    if image.has_transparency_data:
        drawn = image.convert("RGBA")
        lowest, _ = drawn.getchannel("A").getextrema()
        if lowest != 255:
            paper = Image.new("RGBA", drawn.size, "white")
            return Image.alpha_composite(paper, drawn).convert("RGB"), "alpha over white"
        return drawn.convert("RGB"), ""
    if image.mode == "RGB":  # converting would copy it
        return image, ""
    return image.convert("RGB"), "CMYK as RGB" if image.mode == "CMYK" else ""


def _told(error: Exception) -> str:
    """What a decoder says, on one line, without the address of an object: the same each time."""
    return " ".join(re.sub(r"<[^<>]* at 0x[0-9a-f]+>", "", str(error)).split())


def _too_large() -> BadPicture:
    return BadPicture(f"it has more than {MOST_PIXELS:,} pixels: make it smaller")


def _is_short_riff(data: bytes) -> bool:
    """Whether it is a WebP that lacks some of the bytes that its header counts."""
    return data[:4] == b"RIFF" and len(data) < 8 + int.from_bytes(data[4:8], "little")


_STARTS = {
    b"\xff\xd8\xff": "it is damaged: a JPEG whose header is broken",
    b"\x89PNG": "it is damaged: a PNG whose header is broken",
    b"%PDF": "it is a PDF",
    b"PK\x03\x04": "it is an archive",
    b"\x1f\x8b": "it is an archive",
    b"version https://git-lfs": "it is a pointer of Git LFS: fetch the file itself",
}

_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def _what_it_is(data: bytes) -> str:
    """Say what bytes are that no decoder takes."""
    if not data.strip(b"\0"):
        return "it holds nothing but zeros" if data else "it is empty"
    for start, reason in _STARTS.items():
        if data.startswith(start):
            return reason
    if data[4:8] == b"ftyp":
        if data[8:12] in _HEIC:
            return "it is HEIC, which is not decoded here: convert it, as by magick a.heic a.jpg"
        if data[8:12] in (b"avif", b"avis"):
            return "it is damaged: an AVIF whose header is broken"
        return "it is a video"
    head = data[:1024].lower()
    if b"<svg" in head:
        return "it is an SVG: render it first"
    if b"<html" in head or b"<!doctype html" in head:
        return "it is a web page"
    if not head.translate(None, _TEXT):
        return "it is text"
    return "its format is not known"


_TEXT = bytes({*range(32, 127), *range(128, 256), *b"\t\n\r\f"})
