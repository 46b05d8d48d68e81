import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from clusterfit.containers import video_frame
from clusterfit.data import Bad, Block, Picture, Piece, index
from clusterfit.data.decode import decode
from clusterfit.errors import FileError
from pictures import bad_files, encoded, huge, noise
from video_files import write_video

pytestmark = pytest.mark.filterwarnings(r"ignore:::PIL\.")


def piece(path: Path, offset: int | None = None, count: int | None = None) -> Piece:
    return {"file": str(path), "offset": offset, "bytes": count, "seconds": None}


def run(pieces: list[Piece], pixels: Path | None = None, **options: Any) -> Block:
    given: dict[str, Any] = {
        "side": 24,
        "interpolation": "bilinear",
        "start": 0,
        "threads": 2,
    } | options
    return index(pieces, pixels=None if pixels is None else str(pixels), **given)


def good(found: Picture | Bad) -> Picture:
    assert "sha256" in found
    return found


@pytest.fixture
def folder(tmp_path: Path) -> tuple[list[Piece], list[bytes]]:
    """Twelve good pictures of several sizes and forms."""
    forms = ["JPEG", "PNG", "WEBP"]
    data = [encoded(noise(20 + 3 * at, 50 - 2 * at, at), forms[at % 3]) for at in range(12)]
    pieces: list[Piece] = []
    for at, one in enumerate(data):
        path = tmp_path / f"Größe\n{at}"
        path.write_bytes(one)
        pieces.append(piece(path))
    return pieces, data


def test_each_picture_is_described(folder: tuple[list[Piece], list[bytes]]):
    pieces, data = folder
    block = run(pieces)
    assert (block["bytes"], block["sha256"]) == (0, hashlib.sha256().hexdigest())
    for at, (found, one) in enumerate(zip(block["pictures"], data, strict=True)):
        decoded = decode(one, 24, "bilinear")
        height, width = decoded.pixels.shape[:2]
        assert found == {
            "sha256": hashlib.sha256(one).hexdigest(),
            "bytes": len(one),
            "format": ["JPEG", "PNG", "WEBP"][at % 3],
            "width": 50 - 2 * at,
            "height": 20 + 3 * at,
            "stored_width": width,
            "stored_height": height,
            "note": "",
        }


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_pixels_are_written_one_after_the_other_whatever_the_threads(
    folder: tuple[list[Piece], list[bytes]], tmp_path: Path, threads: int
):
    pieces, data = folder
    path = tmp_path / "pixels.bin"
    block = run(pieces, path, threads=threads)
    expected = b"".join(decode(one, 24, "bilinear").pixels.tobytes() for one in data)
    assert path.read_bytes() == expected
    assert block["bytes"] == len(expected)
    assert block["sha256"] == hashlib.sha256(expected).hexdigest()


def test_blocks_go_on_from_a_byte_and_drop_what_is_behind_it(
    folder: tuple[list[Piece], list[bytes]], tmp_path: Path
):
    pieces, _ = folder
    whole, path = tmp_path / "whole.bin", tmp_path / "pixels.bin"
    run(pieces, whole)
    first = run(pieces[:5], path)
    with path.open("ab") as file:
        file.write(b"half of a block that a kill left" * 10_000)
    run(pieces[5:], path, start=first["bytes"])
    assert path.read_bytes() == whole.read_bytes()


def test_bad_pictures_have_a_reason_and_leave_no_pixels(tmp_path: Path):
    broken = bad_files()
    pieces: list[Piece] = []
    for name, (data, _) in broken.items():
        (tmp_path / name).write_bytes(data)
        pieces.append(piece(tmp_path / name))
    fine = tmp_path / "fine.png"
    fine.write_bytes(encoded(noise(9, 9)))
    gone, inside = tmp_path / "gone.png", tmp_path
    pieces += [piece(fine), piece(gone), piece(inside), piece(fine, 10_000, 50)]
    block = run(pieces, tmp_path / "pixels.bin")
    *reasons, kept, missing, folder, cut = block["pictures"]
    for found, (_, reason) in zip(reasons, broken.values(), strict=True):
        assert "reason" in found
        assert reason in found["reason"]
    assert missing == {"reason": "it cannot be read: No such file or directory"}
    assert folder == {"reason": "it cannot be read: Is a directory"}
    assert cut == {"reason": "it is cut off"}
    assert good(kept)["format"] == "PNG"
    assert (tmp_path / "pixels.bin").read_bytes() == np.asarray(noise(9, 9)).tobytes()


def test_a_piece_of_a_file_is_a_picture(tmp_path: Path):
    one, other = encoded(noise(5, 6, 1)), encoded(noise(7, 8, 2), "JPEG")
    shard = tmp_path / "shard.tar"
    shard.write_bytes(b"?" * 512 + one + b"?" * 99 + other + b"?")
    start = 512 + len(one) + 99
    found = run([piece(shard, start, len(other)), piece(shard, 512, len(one))])["pictures"]
    assert [good(entry)["sha256"] for entry in found] == [
        hashlib.sha256(data).hexdigest() for data in (other, one)
    ]


@pytest.mark.parametrize("threads", [1, 3])
def test_frames_of_videos_are_pictures(tmp_path: Path, threads: int):
    video = write_video(tmp_path / "a.avi", "mpeg4", 95)
    (tmp_path / "text.avi").write_text("no video")
    seconds = [at / 5 for at in range(45)]
    pieces: list[Piece] = [
        {"file": str(file), "offset": None, "bytes": None, "seconds": second}
        for file in (video, tmp_path / "text.avi")
        for second in seconds
    ]
    block = run(pieces, tmp_path / "pixels.bin", threads=threads)
    frames = [video_frame(video, second) for second in seconds]
    bilinear = Image.Resampling.BILINEAR
    small = [Image.fromarray(frame).resize((32, 24), bilinear) for frame in frames]
    assert (tmp_path / "pixels.bin").read_bytes() == b"".join(one.tobytes() for one in small)
    shown, broken = block["pictures"][:45], block["pictures"][45:]
    assert broken == [{"reason": "it is in a video that cannot be decoded"}] * 45
    digests = [hashlib.sha256(frame.tobytes()).hexdigest() for frame in frames]
    assert [good(found)["sha256"] for found in shown] == digests
    assert good(shown[0])["format"] == "video"


def test_progress_counts_pictures(folder: tuple[list[Piece], list[bytes]]):
    told: list[tuple[int, int]] = []
    run(folder[0], progress=lambda done, total: told.append((done, total)))
    assert told == [(at + 1, 12) for at in range(12)]


def test_where_pixels_cannot_be_written_nothing_is_taken_for_bad(
    folder: tuple[list[Piece], list[bytes]], tmp_path: Path
):
    with pytest.raises(FileError, match=r"Cannot write pixels to .*needs a writable folder"):
        run(folder[0], tmp_path / "nowhere" / "pixels.bin")


def test_many_bad_files_take_no_memory(tmp_path: Path):
    """Also those that say they are huge, and those that end in the middle of their pixels."""
    bomb, cut = tmp_path / "bomb.png", tmp_path / "cut.jpg"
    bomb.write_bytes(huge())
    cut.write_bytes(encoded(noise(500, 500), "JPEG")[:-50_000])
    pieces = [piece(bomb), piece(cut)] * 20
    run(pieces)
    before = private_bytes()
    for _ in range(10):
        assert all("reason" in found for found in run(pieces)["pictures"])
    assert private_bytes() - before < 16 << 20


def private_bytes() -> int:
    """RssAnon of this process; no more than 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) * 1024
