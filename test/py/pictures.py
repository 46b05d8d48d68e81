"""Files of pictures as people have them, also broken ones."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ORIENTATION = 0x0112

# What was done to the upright picture by a camera that says "orientation n".
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def noise(height: int, width: int, seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def smooth(height: int, width: int, seed: int = 0) -> Image.Image:
    """A picture that JPEG keeps nearly as it is."""
    return noise(4, 4, seed).resize((width, height), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def oriented(image: Image.Image, orientation: int, form: str, **options: Any) -> bytes:
    """The file of a camera that was held so."""
    turn = STORED[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = image if turn is None else image.transpose(turn)
    return encoded(stored, form, exif=exif, **options)


def grey16(values: NDArray[np.uint16]) -> Image.Image:
    return Image.fromarray(values)


def huge() -> bytes:
    """30,000 x 30,000 black pixels in 110 kB, made without ever holding them."""
    side = 30_000
    row = bytes(1 + side // 8)
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    chunks = (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", packed)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in (*chunks, (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bad_files() -> dict[str, tuple[bytes, str]]:
    """Name -> bytes, and a part of the reason why they are no picture."""
    picture = noise(40, 60)
    jpeg, progressive = encoded(picture, "JPEG"), encoded(picture, "JPEG", progressive=True)
    corrupt = bytearray(encoded(picture))
    corrupt[len(corrupt) // 2] ^= 0xFF
    return {
        "empty.jpg": (b"", "it is empty"),
        "zeros.jpg": (bytes(4_096), "nothing but zeros"),
        "text.jpg": ("A text called .jpg, with an é.\n".encode(), "it is text"),
        "page.jpg": (b"<!DOCTYPE html><html>404</html>", "it is a web page"),
        "lfs.jpg": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        "drawing.png": (b"<?xml version='1.0'?><svg xmlns='...'/>", "it is an SVG"),
        "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "it is HEIC"),
        "film.jpg": (b"\0\0\0\x18ftypisom\0\0\0\0", "it is a video"),
        "paper.png": (b"%PDF-1.7\n%\xe2\xe3", "it is a PDF"),
        "cut.jpg": (jpeg[: len(jpeg) // 2], "it is cut off"),
        "cut_progressive.jpg": (progressive[:-300], "it is cut off"),
        "cut.png": (encoded(picture)[:-2_000], "it is cut off"),
        "cut.webp": (encoded(picture, "WEBP")[:-200], "it is cut off"),
        "cut.avif": (encoded(picture, "AVIF")[:-200], "it is"),
        "cut.gif": (encoded(picture, "GIF")[:900], "it is cut off"),
        "cut.tif": (encoded(picture, "TIFF")[:3_000], "it is"),
        "header.jpg": (jpeg[:3] + b"\x01" * 200, "it is"),
        "corrupt.png": (bytes(corrupt), "it is damaged"),
        "float.tif": (
            encoded(Image.fromarray(np.ones((3, 3), np.float32)), "TIFF"),
            "it is 32-bit grey",
        ),
        "random.jpg": (np.random.default_rng(1).bytes(500), "format is not known"),
    }


def write_folder(path: str, count: int, bad_share: float) -> None:
    """Write `count` files in ten folders, that share of them bad in every way.

    A good file is the same whatever the share: of the same names and bytes.
    """
    forms = ["JPEG", "JPEG", "PNG", "WEBP", "GIF", "TIFF"]
    broken = [data for data, _ in bad_files().values()]
    every = round(1 / bad_share) if bad_share else count + 1
    for at in range(count):
        folder = Path(path, f"class {at % 10}")
        folder.mkdir(parents=True, exist_ok=True)
        if at % every == every - 1:
            data = broken[at // every % len(broken)]
        else:
            image = smooth(60 + at % 50, 100 - at % 45, at)
            data = oriented(image, 1 + at % 8, forms[at % len(forms)])
        (folder / f"{at:05}.jpg").write_bytes(data)
