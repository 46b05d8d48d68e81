"""Frames by their numbers, against a full decode by PyAV."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.reformatter import Interpolation

from clusterfit.containers import numbered
from clusterfit.containers.numbered import numbered_frames
from clusterfit.containers.survey import survey
from clusterfit.errors import FileError
from video_files import write_video

FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "h264.mp4": ("libx264", {}),
    "open-groups.mp4": ("libx264", {"options": {"x264-params": "open-gop=1:scenecut=0"}}),
    "every-frame-a-key.mp4": ("libx264", {"options": {"x264-params": "keyint=1"}}),
    "short-groups.mp4": ("libx264", {"options": {"x264-params": "keyint=2:bframes=3"}}),
    "hevc.mkv": ("libx265", {"options": {"x265-params": "log-level=none"}}),
    "mpeg4.avi": ("mpeg4", {}),
    "b-frames.avi": ("mpeg4", {"options": {"bf": "2"}}),
    "h264.avi": ("libx264", {}),
    "vp8.webm": ("libvpx", {"options": {"auto-alt-ref": "1", "lag-in-frames": "16"}}),
    "vp9.webm": ("libvpx-vp9", {}),
    "uneven.mkv": ("libx264", {"times": [20 * n + 7 * n * n % 19 for n in range(95)]}),
    "mpeg2.mpg": ("mpeg2video", {"options": {"bf": "2"}}),
    "h264.ts": ("libx264", {}),
    "motion-jpeg.mov": ("mjpeg", {"pixels": "yuvj420p"}),
}


def resized(path: str, height: int, width: int) -> list[np.ndarray]:
    """Decode all of a video and resize each frame."""
    how = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
    with av.open(path) as container:
        return [
            frame.reformat(width, height, "rgb24", interpolation=how).to_ndarray()
            for frame in container.decode(video=0)
        ]


def read(path: str, numbers: list[int], shape: tuple[int, int] = (24, 32)) -> list[np.ndarray]:
    return list(numbered_frames(path, survey(path).keys, numbers, shape, "bilinear"))


@pytest.mark.parametrize("name", FORMS)
def test_the_frame_of_each_number_is_that_of_a_full_decode(tmp_path: Path, name: str):
    codec, more = FORMS[name]
    path = write_video(tmp_path / name, codec, **more)
    every = resized(path, 24, 32)
    keys = survey(path).keys
    for number in range(95):
        (frame,) = numbered_frames(path, keys, [number], (24, 32), "bilinear")
        assert np.array_equal(frame, every[number]), number


@pytest.mark.parametrize("name", FORMS)
def test_several_are_read_in_one_go(tmp_path: Path, name: str):
    codec, more = FORMS[name]
    path = write_video(tmp_path / name, codec, **more)
    every = resized(path, 24, 32)
    for numbers in ([*range(95)], [0, 1, 40, 41, 42, 90, 94], [11, 12, 13, 36, 37, 60]):
        for number, frame in zip(numbers, read(path, numbers), strict=True):
            assert np.array_equal(frame, every[number]), number


def test_only_what_lies_behind_a_key_frame_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = write_video(tmp_path / "a.mp4", "mpeg4")
    keys = survey(path).keys
    (key,) = [number for number, _ in keys if 80 <= number <= 90][-1:]
    counted = count_decoded(monkeypatch)
    assert len(list(numbered_frames(path, keys, [0, key + 1], (48, 64), "bilinear"))) == 2
    assert counted() <= 1 + 1 + 2  # the first, one that waits in the decoder, the key and the next


def count_decoded(monkeypatch: pytest.MonkeyPatch):
    """Count the frames that are decoded from now on."""
    reader = numbered._Reader  # pyright: ignore[reportPrivateUsage]
    frames = 0

    class Counting:
        def __init__(self, container: Any) -> None:
            self._container = container

        def __getattr__(self, name: str) -> Any:
            return getattr(self._container, name)

        def decode(self, stream: Any) -> Any:
            nonlocal frames
            for frame in self._container.decode(stream):
                frames += 1
                yield frame

    begin = reader._begin  # pyright: ignore[reportPrivateUsage]

    def counting(self: Any) -> None:
        begin(self)
        self._container = Counting(self._container)
        self._frames = self._container.decode(self._stream)

    monkeypatch.setattr(reader, "_begin", counting)
    return lambda: frames


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_frames_are_turned_upright(tmp_path: Path, degrees: int):
    path = write_video(tmp_path / "a.mp4", "libx264", 3, rotation=degrees)
    shape = (32, 24) if degrees in (90, 270) else (24, 32)
    (frame,) = read(path, [1], shape)
    assert frame.shape == (*shape, 3)
    lying = resized(path, 24, 32)[1]
    assert np.array_equal(frame, np.rot90(lying, degrees // 90))


def test_a_file_that_is_another_one_is_refused(tmp_path: Path):
    path = write_video(tmp_path / "a.mp4", "libx264")
    keys = survey(path).keys
    write_video(tmp_path / "a.mp4", "libx264", 40)
    with pytest.raises(FileError, match=r"Cannot read the video .*a\.mp4: it needs the one that"):
        list(numbered_frames(path, keys, [94], (24, 32), "bilinear"))
    Path(path).unlink()
    with pytest.raises(FileError, match="no such file"):
        list(numbered_frames(path, keys, [94], (24, 32), "bilinear"))


def test_threads_read_one_video_side_by_side_and_start_no_others(tmp_path: Path):
    path = write_video(tmp_path / "a.mp4", "libx264")
    every = resized(path, 24, 32)
    before = threading.active_count()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: read(path, [number])[0], range(0, 95, 5)))
    assert threading.active_count() == before
    assert all(np.array_equal(frame, every[5 * at]) for at, frame in enumerate(found))
