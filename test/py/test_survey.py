"""What a video holds, against a full decode by PyAV; and why some cannot be used."""

from pathlib import Path

import pytest

from clusterfit.containers.survey import BadVideo, survey
from video_files import every_frame, write_sound, write_video


def cut(path: str, share: float) -> str:
    data = Path(path).read_bytes()
    short = Path(path).with_stem("cut")
    short.write_bytes(data[: int(share * len(data))])
    return str(short)


def test_a_video_is_counted_frame_by_frame(tmp_path: Path):
    found = survey(write_video(tmp_path / "a.mp4", "mpeg4", 30))
    assert found == ("mpeg4", 64, 48, 30, 10.0, found.keys, ())
    numbers = [number for number, _ in found.keys]
    assert numbers[0] == 0
    assert max(b - a for a, b in zip(numbers, [*numbers[1:], 30], strict=True)) <= 12
    # ticks of 1/10240 s
    assert [time for _, time in found.keys] == [1024 * number for number in numbers]


def test_one_frame_is_a_video_without_a_rate(tmp_path: Path):
    found = survey(write_video(tmp_path / "a.mp4", "libx264", 1))
    assert (found.frames, found.rate, found.keys) == (1, 0.0, ())


def test_a_file_without_an_index_has_no_places_to_begin_at(tmp_path: Path):
    path = write_video(tmp_path / "a.ts", "libx264", 30)
    found = survey(path)
    assert (found.frames, found.keys) == (len(every_frame(path)), ())


def test_frames_at_uneven_times_are_told(tmp_path: Path):
    times = [0, 100, 200, 300, 700, 800, 1600]
    found = survey(write_video(tmp_path / "a.mkv", "libx264", 7, times=times))
    assert found.notes == ("frames at uneven times",)
    assert found.rate == pytest.approx(6 / 1.6, abs=1e-3)


def test_a_turned_video_has_the_size_of_an_upright_frame(tmp_path: Path):
    found = survey(write_video(tmp_path / "a.mp4", "libx264", 5, rotation=90))
    assert (found.width, found.height, found.notes) == (48, 64, ("turned upright",))


def test_what_ends_before_its_header_says_is_cut_off(tmp_path: Path):
    avi = cut(write_video(tmp_path / "a.avi", "mpeg4"), 0.6)
    with pytest.raises(BadVideo, match=r"^it is cut off: \d+ of 95 frames$"):
        survey(avi)
    mkv = cut(write_video(tmp_path / "a.mkv", "libx264"), 0.6)
    with pytest.raises(BadVideo, match=r"^it is cut off: \d\.\d of 9\.5 s$"):
        survey(mkv)
    fast = write_video(tmp_path / "a.mp4", "libx264", header={"movflags": "faststart"})
    with pytest.raises(BadVideo, match=r"^it (is cut off|cannot be decoded from frame \d+ on)"):
        survey(cut(fast, 0.8))
    with pytest.raises(BadVideo, match=r"^it cannot be opened as a video: invalid data"):
        survey(cut(write_video(tmp_path / "b.mp4", "libx264"), 0.3))


def test_damage_in_the_middle_is_found(tmp_path: Path):
    path = Path(write_video(tmp_path / "a.mp4", "libx264"))
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + 1500
    data[middle : middle + 200] = bytes(200)
    path.write_bytes(data)
    with pytest.raises(BadVideo, match=r"^it cannot be decoded from frame \d+ on$"):
        survey(str(path))


def test_what_is_no_video_says_so(tmp_path: Path):
    (tmp_path / "text.mp4").write_text("Dear diary")
    with pytest.raises(BadVideo, match=r"^it cannot be opened as a video: invalid data"):
        survey(str(tmp_path / "text.mp4"))
    with pytest.raises(BadVideo, match=r"^it has no video stream$"):
        survey(write_sound(tmp_path / "sound.mp4"))
    with pytest.raises(BadVideo, match=r"^it cannot be opened as a video: no such file"):
        survey(str(tmp_path / "gone.mp4"))
