"""Clips of videos, decoded each time they are read.

Shape suffixes: N videos of the set, B of a batch, V clips of a video, F frames of a clip, U frames
that the clips of a video show, K key frames, H x W pixels, C = 3 channels.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..containers.numbered import numbered_frames
from ..devices import cpus
from ..errors import FileError, InputError
from .fit import Pixels, interpolation_of, resized_shape
from .frame_folders import folder_frames
from .source import Crop, Draws
from .squares import Corner, draw_corners, place, shorter_side
from .starts import clip_starts
from .view import View


class Videos:
    """Videos, files or folders of frames, as `index_videos` found them.

    The pixels of a batch do not depend on the threads: each video is read by one of them, by
    numbers that were drawn before.
    """

    def __init__(
        self,
        keys: str,
        key_counts: Tensor,
        paths: Tensor,
        ends: Tensor,
        lengths: Tensor,
        frames: Tensor,
        heights: Tensor,
        widths: Tensor,
        threads: int | None = None,
    ) -> None:
        """Take what the index says of each video; only `keys` is opened yet.

        Args:
            keys: the file that `index_videos` wrote; it is mapped into memory.
            key_counts: int64 N, how many of its places are in each video.
            paths: uint8, the absolute paths in UTF-8, one after the other.
            ends: int64 N, where each path ends in `paths`.
            lengths: int64 N, the bytes of each video.
            frames: int64 N, how many each shows.
            heights: int64 N, of a frame that stands upright.
            widths: likewise.
            threads: that decode (None: one a CPU).

        Raises:
            FileError: the file of keys is not as long as it has to be.
        """
        self._key_ends_N = key_counts.cumsum(0).numpy()
        self._keys_K2 = _mapped(Path(keys), int(self._key_ends_N[-1]))
        self._letters, self._ends_N = paths.numpy(), ends.numpy()
        self._lengths_N = lengths.numpy()
        self._frames_N = frames
        self._heights_N, self._widths_N = heights.numpy(), widths.numpy()
        self._pool = ThreadPoolExecutor(threads or cpus(), "videos")

    @property
    def rows(self) -> int:
        """How many videos there are."""
        return len(self._frames_N)

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        """Return uint8 (B * V) x F x H x W x 3, on the device of `rows_B`; see `Source.batch`.

        A clip is F frames that follow each other; `clip_starts` says which. A video of fewer frames
        is shown again from its beginning until there are F (Hara et al., CVPR 2018, loop, too).
        Frames are resized, the shorter side to 8/7 of the view's size or to what its preprocessing
        says, and one square is cut out of all frames of a row: for training at a place drawn by
        `draws("crop")`, else in the centre.

        Raises:
            InputError: the view is of stills or has no size, or regions are asked for.
            FileError: a video is not the one that was indexed.
        """
        frames, size = _check(view, crop)
        rows: list[int] = rows_B.cpu().numpy().tolist()
        places_B = (self._frames_N[rows] - frames + 1).clamp(min=1)
        starts_BV = clip_starts(places_B, view, draws).numpy()
        corners_B = draw_corners(len(rows), draws)
        clips_BVFHWC = np.empty((len(rows), view.clips, frames, size, size, 3), np.uint8)

        def fill(at: int) -> None:
            numbers_VF = starts_BV[at][:, None] + np.arange(frames)
            clips_BVFHWC[at] = self._read(rows[at], numbers_VF, view, size, corners_B[at])

        for _ in self._pool.map(fill, range(len(rows))):
            pass
        return torch.from_numpy(clips_BVFHWC).flatten(0, 1).to(rows_B.device)

    def _read(
        self,
        row: int,
        numbers_VF: NDArray[np.int64],
        view: View,
        size: int,
        corner: Corner | None,
    ) -> Pixels:
        """Return the frames of these numbers, V x F x size x size x 3; each is decoded once."""
        height, width = int(self._heights_N[row]), int(self._widths_N[row])
        shape = resized_shape(height, width, shorter_side(view, size))
        top, left = place(shape, size, corner)
        numbers_U, places_VF = np.unique(numbers_VF % int(self._frames_N[row]), return_inverse=True)
        shown_UHWC = np.empty((len(numbers_U), size, size, 3), np.uint8)
        for at, frame_HWC in enumerate(self._frames(row, numbers_U.tolist(), shape, view)):
            shown_UHWC[at] = frame_HWC[top : top + size, left : left + size]
        return shown_UHWC[places_VF.reshape(numbers_VF.shape)]

    def _frames(
        self, row: int, numbers: list[int], shape: tuple[int, int], view: View
    ) -> Generator[Pixels]:
        """Yield the frames of these numbers, which rise, resized to height and width `shape`."""
        start = int(self._ends_N[row - 1]) if row else 0
        path = self._letters[start : self._ends_N[row]].tobytes().decode()
        interpolation = interpolation_of(view)
        if Path(path).is_dir():
            count = int(self._frames_N[row])
            return folder_frames(path, count, numbers, shape, interpolation)
        _check_length(Path(path), int(self._lengths_N[row]))
        first = int(self._key_ends_N[row - 1]) if row else 0
        keys: list[tuple[int, int]] = self._keys_K2[first : self._key_ends_N[row]].tolist()
        return numbered_frames(path, keys, numbers, shape, interpolation)


def _check(view: View, crop: Crop | None) -> tuple[int, int]:
    """Return the frames and the size of a view, checked."""
    if not view.frames or view.frames < 1 or view.clips < 1 or view.size is None:
        raise InputError(
            "Cannot read videos: it needs a view of 1 frame and 1 clip or more, and of a size, "
            f"found frames {view.frames}, {view.clips} clips and size {view.size}. Change the view."
        )
    if crop is not None:
        raise InputError(
            "Cannot draw regions of videos: it needs squares of one size, found a crop. Leave it "
            "out: a square at a random place is cut out of each video."
        )
    return view.frames, view.size


def _mapped(path: Path, count: int) -> NDArray[np.int64]:
    """Map the file of so many keys, which may be none: int64 K x 2."""
    found = path.stat().st_size if path.exists() else None
    if found != 16 * count:
        raise FileError(
            f"Cannot read where videos begin from {path}: it needs a file of {16 * count:,} bytes, "
            f"found {'none' if found is None else f'one of {found:,}'}. Index the videos again."
        )
    if count == 0:
        return np.zeros((0, 2), np.int64)
    return np.memmap(path, np.int64, "r", shape=(count, 2))


def _check_length(path: Path, wanted: int) -> None:
    found = path.stat().st_size if path.exists() else None
    if found != wanted:
        raise FileError(
            f"Cannot read the video {path}: it needs the one of {wanted:,} bytes that was "
            f"indexed, found {'none' if found is None else f'one of {found:,}'}. Put it back, or "
            "start a new run, which indexes the videos again."
        )
