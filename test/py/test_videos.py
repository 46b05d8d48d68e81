from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from clusterfit import extras
from clusterfit.containers import video_durations, video_frame
from clusterfit.errors import FileError, InputError
from video_files import RATE, every_frame, write_video

FORMS = [
    ("a.mp4", "libx264"),
    ("a.avi", "mpeg4"),
    ("a.mkv", "libx264"),
    ("a.webm", "libvpx"),
    ("a.mov", "mpeg4"),
    ("a.mpg", "mpeg2video"),
]


@pytest.mark.parametrize(("name", "codec"), FORMS)
def test_the_frame_at_a_second_is_the_one_that_is_shown_then(tmp_path: Path, name: str, codec: str):
    path = write_video(tmp_path / name, codec)
    assert video_durations([path]) == [pytest.approx(9.5, abs=0.11)]
    wanted = {0.0: 0, 0.05: 0, 1.0: 10, 1.99: 19, 5.0: 50, 9.0: 90, 9.4: 94, 1000.0: 94}
    every = every_frame(path)
    for second, number in wanted.items():
        assert np.array_equal(video_frame(path, second), every[number])


@pytest.mark.parametrize(("name", "codec"), FORMS)
def test_a_frame_is_the_same_whatever_was_read_before(tmp_path: Path, name: str, codec: str):
    path = write_video(tmp_path / name, codec)
    other = write_video(tmp_path / f"other-{name}", codec, 5)
    every = every_frame(path)
    for second in [9.0, 3.0, 3.0, 3.5, 8.0, 0.0, 2.0, 4.0, 4.1, 1.0]:
        assert np.array_equal(video_frame(path, second), every[round(second * RATE)])
        if second == 8.0:
            assert np.array_equal(video_frame(other, 0.3), every_frame(other)[3])


def test_threads_do_not_share_a_video(tmp_path: Path):
    path = write_video(tmp_path / "a.mp4", "libx264")
    every = every_frame(path)
    seconds = [number / RATE for number in range(95)]
    with ThreadPoolExecutor(4) as pool:
        frames = list(pool.map(video_frame, [path] * 95, seconds))
    assert all(np.array_equal(frame, every[number]) for number, frame in enumerate(frames))


def test_frames_stand_as_the_phone_was_held(tmp_path: Path):
    upright = video_frame(write_video(tmp_path / "a.mp4", "libx264", 1, rotation=0), 0)
    turned = video_frame(write_video(tmp_path / "b.mp4", "libx264", 1, rotation=90), 0)
    assert upright[:20, :28].mean() > 200  # the bright corner: top left
    assert turned.shape == (64, 48, 3)
    assert turned[36:, :20].mean() > 200  # turned counter-clockwise: bottom left
    assert turned[:28].mean() < 50


def test_what_cannot_be_read_has_no_length_and_says_why(tmp_path: Path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all")
    good = write_video(tmp_path / "a.mp4", "libx264", 5)
    told: list[tuple[int, int]] = []
    paths = [str(broken), good, str(tmp_path / "gone.mp4")]
    durations = video_durations(paths, lambda done, total: told.append((done, total)))
    assert durations == [None, pytest.approx(0.5), None]
    assert told == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(FileError, match=r"Cannot read the video .*broken.mp4"):
        video_frame(str(broken), 0)
    with pytest.raises(FileError, match=r"gone.mp4"):
        video_frame(str(tmp_path / "gone.mp4"), 0)


def test_a_package_that_is_missing_is_named_with_what_installs_it():
    with pytest.raises(InputError, match=r"needs the Python package no_such.*--with av"):
        extras.need("no_such", "av")
