"""Clips of videos: which frames they have, and which square of them."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit.containers.numbered import numbered_frames
from clusterfit.containers.survey import survey
from clusterfit.data import Crop, Preprocessing, Source, View, index_videos, make
from clusterfit.errors import FileError, InputError
from clusterfit.seeds import generator
from video_files import write_frames, write_video


def open_videos(folder: Path, paths: list[str], threads: int | None = None) -> Source:
    """Index videos, and open them as a run does."""
    keys = str(folder / "keys.bin")
    block = index_videos(paths, keys=keys, start=0)
    good = [video for video in block["videos"] if "reason" not in video]
    assert len(good) == len(paths)

    def column(name: str) -> Tensor:
        return torch.tensor([video[name] for video in good])

    letters = "".join(paths).encode()
    return make(
        "videos",
        keys=keys,
        key_counts=column("keys"),
        paths=torch.frombuffer(bytearray(letters), dtype=torch.uint8),
        ends=torch.tensor([len(path.encode()) for path in paths]).cumsum(0),
        lengths=column("bytes"),
        frames=column("frames"),
        heights=column("height"),
        widths=column("width"),
        threads=threads,
    )


def draws(purpose: str) -> torch.Generator:
    return generator(3, purpose, 0)


def write_exact(path: Path, frames: int) -> str:
    """Write a video that gives back the very greys."""
    return write_video(path, "ffv1", frames, pixels="bgr0")


def numbers_of(clips: Tensor) -> list[list[int]]:
    """Return the number of each frame, which its grey tells."""
    return [[round(frame.float().mean().item() / 2) for frame in clip] for clip in clips]


def one(*rows: int) -> Tensor:
    return torch.tensor(rows)


def test_clips_are_spread_over_a_video_as_the_paper_does(tmp_path: Path):
    source = open_videos(tmp_path, [write_exact(tmp_path / "a.mkv", 100)])
    clips = source.batch(one(0), View(size=14, frames=32, clips=6), None)
    assert (clips.shape, clips.dtype) == ((6, 32, 14, 14, 3), torch.uint8)
    # 68 * clip / 5, rounded
    assert numbers_of(clips) == [[*range(s, s + 32)] for s in (0, 14, 27, 41, 54, 68)]
    middle = source.batch(one(0), View(size=14, frames=8), None)
    assert numbers_of(middle) == [[*range(46, 54)]]


def test_a_video_shorter_than_a_clip_begins_again(tmp_path: Path):
    source = open_videos(tmp_path, [write_exact(tmp_path / "a.mkv", 5)])
    for view, draw in [(View(size=14, frames=12, clips=2), None), (View(14, frames=12), draws)]:
        clips = source.batch(one(0), view, draw)
        assert numbers_of(clips) == [[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]] * view.clips


def test_in_training_clips_begin_anywhere_and_teachers_see_what_their_students_see(
    tmp_path: Path,
):
    paths = [write_exact(tmp_path / f"{at}.mkv", 30 + at) for at in range(3)]
    source = open_videos(tmp_path, paths)
    rows = one(*[2, 0, 1] * 150)
    student = numbers_of(source.batch(rows, View(size=14, frames=8), draws))
    assert numbers_of(source.batch(rows, View(size=14, frames=8), draws)) == student
    starts = [clip[0] for clip in student]
    assert all(clip == [*range(clip[0], clip[0] + 8)] for clip in student)
    assert (min(starts[1::3]), max(starts[1::3])) == (0, 22)  # 30 frames
    shares = torch.rand(450, 1, generator=draws("clip"), dtype=torch.float64).flatten()
    places = torch.tensor([25, 23, 24] * 150)
    assert starts == (shares * places).long().tolist()
    teacher = numbers_of(source.batch(rows, View(size=14, frames=16), draws))
    assert [clip[0] for clip in teacher] == (shares * (places - 8)).long().tolist()


def patches(folder: Path) -> tuple[str, np.ndarray]:
    """Return a folder of 3 frames of noise, 96 x 48, and its first frame at 73 x 36 pixels."""
    from PIL import Image

    (folder / "noise").mkdir()
    noise = np.random.default_rng(1).integers(0, 256, (6, 12, 3), np.uint8)
    image = Image.fromarray(noise).resize((96, 48), Image.Resampling.BILINEAR)
    for number in range(3):
        image.save(folder / "noise" / f"{number}.jpg", quality=95)
    with Image.open(folder / "noise" / "0.jpg") as stored:
        resized = stored.resize((74, 37), Image.Resampling.BILINEAR)
    return str(folder / "noise"), np.asarray(resized)


def test_the_square_lies_in_the_centre_or_for_training_at_the_same_random_place_in_all_frames(
    tmp_path: Path,
):
    path, whole = patches(tmp_path)
    source = open_videos(tmp_path, [path])
    view = View(size=32, frames=3)  # 32 * 8 / 7 is 37
    (centre,) = source.batch(one(0), view, None).numpy()
    assert all(np.array_equal(frame, whole[2:34, 21:53]) for frame in centre)
    rows = torch.zeros(60, dtype=torch.int64)
    shares = torch.rand(60, 2, generator=draws("crop"), dtype=torch.float64)
    tops, lefts = (shares * torch.tensor([6, 43])).long().T.tolist()
    for clip, top, left in zip(source.batch(rows, view, draws), tops, lefts, strict=True):
        square = whole[top : top + 32, left : left + 32]
        assert all(np.array_equal(frame, square) for frame in clip.numpy())
    assert (min(tops), max(tops)) == (0, 5)
    assert min(lefts) < 4
    assert max(lefts) > 38


def test_the_preprocessing_of_another_network_says_to_what_frames_are_resized(tmp_path: Path):
    path = write_video(tmp_path / "a.mp4", "libx264", 12)
    source = open_videos(tmp_path, [path])
    own = Preprocessing(24, "bicubic", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    view = View(size=16, frames=2, preprocessing=own)
    (clip,) = source.batch(one(0), view, None)
    keys = survey(path).keys
    for frame, wanted in zip(
        clip.numpy(), numbered_frames(path, keys, [5, 6], (24, 32), "bicubic"), strict=True
    ):
        assert np.array_equal(frame, wanted[4:20, 8:24])
    with pytest.raises(InputError, match="Cannot cut 25 x 25 pixels out of videos"):
        source.batch(one(0), view._replace(size=25), None)


def test_a_batch_is_the_same_whatever_the_threads(tmp_path: Path):
    paths = [
        write_video(tmp_path / "a.mp4", "libx264", 50),
        write_video(tmp_path / "b.webm", "libvpx-vp9", 20, times=[37 * n for n in range(20)]),
        write_video(tmp_path / "c.mp4", "libx264", 40, rotation=90),
        write_frames(tmp_path / "frames", 9),
    ]
    rows = one(3, 1, 0, 2, 2, 0, 1, 3)
    alone, many = (open_videos(tmp_path, paths, threads) for threads in (1, 4))
    for view, draw in [(View(size=20, frames=8), draws), (View(20, 3, frames=8), None)]:
        assert torch.equal(alone.batch(rows, view, draw), many.batch(rows, view, draw))


def test_other_views_and_regions_are_refused(tmp_path: Path):
    source = open_videos(tmp_path, [write_frames(tmp_path / "frames", 9)])
    for view in [View(size=8), View(frames=4), View(8, clips=0, frames=4), View(8, frames=0)]:
        with pytest.raises(InputError, match="it needs a view of 1 frame and 1 clip or more"):
            source.batch(one(0), view, None)
    with pytest.raises(InputError, match="Cannot draw regions of videos"):
        source.batch(one(0), View(8, frames=4), draws, Crop((0.5, 1.0), (1.0, 1.0)))


def test_a_video_that_changed_after_its_index_is_named(tmp_path: Path):
    path = write_video(tmp_path / "a.mp4", "libx264", 20)
    folder = write_frames(tmp_path / "frames", 9)
    source = open_videos(tmp_path, [path, folder])
    view = View(size=8, frames=4)
    write_video(tmp_path / "a.mp4", "libx264", 19)
    with pytest.raises(FileError, match=r"a\.mp4: it needs the one of [\d,]+ bytes that was"):
        source.batch(one(0), view, None)
    (Path(folder) / "00001.jpg").unlink()
    with pytest.raises(FileError, match="frames: it needs its 9 frames as indexed, found 8"):
        source.batch(one(1), view, None)
    (tmp_path / "keys.bin").write_bytes(b"")
    with pytest.raises(FileError, match=r"keys\.bin: it needs a file of 16 bytes, found one of 0"):
        make_again(tmp_path)


def make_again(folder: Path) -> Source:
    none = torch.zeros(1, dtype=torch.int64)
    columns = dict.fromkeys(["paths", "ends", "lengths", "frames", "heights", "widths"], none)
    return make("videos", keys=str(folder / "keys.bin"), key_counts=none + 1, **columns)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="it reads Linux's own counts")
def test_memory_stays_flat_over_many_clips(tmp_path: Path):
    paths = [write_video(tmp_path / f"{at}.mp4", "libx264", 60, size=(320, 240)) for at in range(4)]
    source = open_videos(tmp_path, paths, 2)
    view = View(size=112, frames=8)

    def read(clips: int) -> int:
        for step in range(clips // 4):
            source.batch(one(0, 1, 2, 3), view, lambda use: generator(3, use, step))  # noqa: B023
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    before = read(100)
    assert read(500) - before < 16 << 20
