"""Videos that are folders of pictures, one a frame, as Something-Something V1 is published."""

import hashlib
from collections.abc import Generator, Iterable
from pathlib import Path

from ..containers.survey import BadVideo, Survey
from ..errors import FileError
from .decode import BadPicture, decode, decode_whole
from .fit import Pixels, resize_image
from .pieces import read_bytes
from .view import Interpolation


def frame_files(folder: str) -> list[Path]:
    """Return the frames of a video in their order: `*.jpg`, by name."""
    return sorted(Path(folder).glob("*.jpg"))


def survey_folder(folder: str) -> tuple[Survey, str, int]:
    """Decode every frame; return what they are, the SHA-256 of their bytes, and how many bytes.

    Raises:
        BadVideo: there is none, one cannot be decoded, or they are of several sizes.
    """
    whole = hashlib.sha256()
    total = 0
    sizes: set[tuple[int, int]] = set()
    files = frame_files(folder)
    for file in files:
        try:
            data = _bytes_of(file)
            decoded = decode(data, None, "bilinear")
        except BadPicture as error:
            raise BadVideo(f"a frame of it is bad: {error}") from error
        whole.update(data)
        total += len(data)
        sizes.add((decoded.width, decoded.height))
    if len(sizes) != 1:
        raise BadVideo("its frames are of several sizes" if files else "it has no frame (*.jpg)")
    ((width, height),) = sizes
    survey = Survey("JPEG", width, height, len(files), rate=0.0, keys=(), notes=())
    return survey, whole.hexdigest(), total


def folder_frames(
    folder: str,
    count: int,
    numbers: Iterable[int],
    shape: tuple[int, int],
    interpolation: Interpolation,
) -> Generator[Pixels]:
    """Yield frames of `count` by their numbers, from 0 on, resized to the height and width `shape`.

    Raises:
        FileError: there are not that many frames, or one cannot be decoded.
    """
    files = frame_files(folder)
    if len(files) != count:
        raise _changed(folder, f"its {count} frames", f"{len(files)}")
    for number in numbers:
        try:
            image = decode_whole(_bytes_of(files[number]), None)
        except BadPicture as error:
            raise _changed(str(files[number]), "the frame", f"none: {error}") from error
        yield resize_image(image, shape, interpolation)


def _changed(path: str, needed: str, found: str) -> FileError:
    return FileError(
        f"Cannot read {path}: it needs {needed} as indexed, found {found}. Put back what was "
        "there, or start a new run, which indexes the videos again."
    )


def _bytes_of(file: Path) -> bytes:
    return read_bytes({"file": str(file), "offset": None, "bytes": None, "seconds": None})
