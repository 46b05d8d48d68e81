"""The index of videos: what it says of each, and the file of places to begin at."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clusterfit.containers.survey import survey
from clusterfit.data import index_videos
from clusterfit.errors import FileError
from video_files import write_frames, write_sound, write_video


def test_each_video_is_told_or_the_reason_why_it_is_bad(tmp_path: Path):
    good = write_video(tmp_path / "a.mp4", "libx264", 30)
    (tmp_path / "empty.mp4").touch()
    folder = write_frames(tmp_path / "7", 5)
    paths = [
        *(str(tmp_path / "empty.mp4"), good, write_sound(tmp_path / "sound.mp4"), folder),
        str(tmp_path / "gone.mp4"),
    ]
    told: list[tuple[int, int]] = []
    block = index_videos(
        paths, keys=None, start=0, progress=lambda done, total: told.append((done, total))
    )
    data = Path(good).read_bytes()
    frames = b"".join(path.read_bytes() for path in sorted(Path(folder).iterdir()))
    sizes = {"width": 20, "height": 12, "stored_width": 20, "stored_height": 12}
    assert block["videos"] == [
        {"reason": "it is empty"},
        {
            **{"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "format": "h264"},
            **{"width": 64, "height": 48, "stored_width": 64, "stored_height": 48, "note": ""},
            **{"frames": 30, "rate": 10.0, "keys": len(survey(good).keys)},
        },
        {"reason": "it has no video stream"},
        {
            **{"sha256": hashlib.sha256(frames).hexdigest(), "bytes": len(frames), **sizes},
            **{"format": "JPEG", "note": "", "frames": 5, "rate": 0.0, "keys": 0},
        },
        {"reason": "it cannot be read: No such file or directory"},
    ]
    assert told == [(done + 1, 5) for done in range(5)]


def test_the_file_of_keys_is_the_same_whatever_the_threads_and_goes_on_behind_what_is_there(
    tmp_path: Path,
):
    paths = [write_video(tmp_path / f"{at}.mp4", "libx264", 15 + 10 * at) for at in range(4)]
    wanted = np.array([key for path in paths for key in survey(path).keys])
    for threads in (1, 3):
        file = tmp_path / f"keys-{threads}.bin"
        block = index_videos(paths, keys=str(file), start=0, threads=threads)
        assert np.array_equal(np.fromfile(file, "<i8").reshape(-1, 2), wanted)
        assert block["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    first = index_videos(paths[:2], keys=str(tmp_path / "two.bin"), start=0)
    index_videos(paths[2:], keys=str(tmp_path / "two.bin"), start=first["bytes"])
    assert np.array_equal(np.fromfile(tmp_path / "two.bin", "<i8").reshape(-1, 2), wanted)


def test_folders_of_frames_that_are_no_video_say_why(tmp_path: Path):
    (tmp_path / "none").mkdir()
    mixed = write_frames(tmp_path / "mixed", 2)
    Image.new("RGB", (30, 12)).save(Path(mixed) / "00003.jpg")
    broken = write_frames(tmp_path / "broken", 2)
    (Path(broken) / "00002.jpg").write_bytes(b"no picture")
    block = index_videos([str(tmp_path / "none"), mixed, broken], keys=None, start=0)
    reasons = [video["reason"] for video in block["videos"] if "reason" in video]
    assert reasons[:2] == ["it has no frame (*.jpg)", "its frames are of several sizes"]
    assert reasons[2].startswith("a frame of it is bad: ")


def test_a_file_of_keys_that_cannot_be_written_says_what_helps(tmp_path: Path):
    with pytest.raises(FileError, match=r"^Cannot write places in videos to .*space, and"):
        index_videos([], keys=str(tmp_path / "no folder" / "keys.bin"), start=0)
