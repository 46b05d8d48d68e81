"""Pictures of any size: mapped from one file, and decoded from their own."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from clusterfit import data
from clusterfit.data import Crop, Piece, Preprocessing, Source, View, index
from clusterfit.data.decode import decode
from clusterfit.data.files import WHOLE
from clusterfit.data.fit import FILTERS, interpolation_of
from clusterfit.data.regions import draw_regions
from clusterfit.errors import FileError, InputError
from clusterfit.seeds import generator
from pictures import encoded, noise, oriented

SIDE = 24
HALF = (0.5, 0.5, 0.5)
VIEWS = [
    View(16),
    View(40),
    View(20, preprocessing=Preprocessing(SIDE, "bicubic", HALF, HALF)),
    View(20, preprocessing=Preprocessing(22, "lanczos", HALF, HALF)),
]
CROP = Crop((0.2, 1.0), (0.7, 1.4))


def draws(purpose: str) -> torch.Generator:
    return generator(3, purpose, 0)


class Folder:
    """Pictures as an index of them leaves them: packed, and as files. Every third is in a shard."""

    def __init__(self, path: Path) -> None:
        self.images = [noise(20 + 5 * at, 70 - 3 * at, at) for at in range(9)]
        self.bytes = [
            oriented(image, 1 + at % 8, "PNG") if at % 2 else encoded(image, "JPEG")
            for at, image in enumerate(self.images)
        ]
        self.paths = [path / f"{at}-é.bin" for at in range(9)]
        shard = path / "shard.tar"
        self.pieces: list[Piece] = []
        with shard.open("wb") as file:
            for at, one in enumerate(self.bytes):
                if at % 3:
                    self.paths[at].write_bytes(one)
                    whole = str(self.paths[at]), None, None
                else:
                    whole = str(shard), file.tell(), len(one)
                    file.write(one)
                keys = dict(zip(("file", "offset", "bytes"), whole, strict=True))
                self.pieces.append({**keys, "seconds": None})  # pyright: ignore[reportArgumentType]
        self.pixels = path / "pixels.bin"
        block = index(
            self.pieces, side=SIDE, interpolation="bilinear", pixels=str(self.pixels), start=0
        )
        found = [one for one in block["pictures"] if "sha256" in one]
        assert len(found) == 9
        self.heights = torch.tensor([one["stored_height"] for one in found])
        self.widths = torch.tensor([one["stored_width"] for one in found])

    def packed(self, threads: int | None = None) -> Source:
        areas = 3 * self.heights * self.widths
        return data.make(
            "pixels",
            pixels=str(self.pixels),
            offsets=areas.cumsum(0) - areas,
            heights=self.heights,
            widths=self.widths,
            threads=threads,
        )

    def decoded(self, row: int, side: int | None) -> Image.Image:
        return Image.fromarray(decode(self.bytes[row], side, "bilinear").pixels)

    def files(self) -> Source:
        names = sorted({piece["file"] for piece in self.pieces})
        paths = [name.encode() for name in names]
        return data.make(
            "files",
            paths=letters(b"".join(paths)),
            ends=torch.tensor([len(path) for path in paths]).cumsum(0),
            files=torch.tensor([names.index(piece["file"]) for piece in self.pieces]),
            offsets=torch.tensor(
                [WHOLE if piece["offset"] is None else piece["offset"] for piece in self.pieces]
            ),
            lengths=torch.tensor([len(one) for one in self.bytes]),
            digests=torch.stack([letters(hashlib.sha256(one).digest()) for one in self.bytes]),
            heights=self.heights,
            widths=self.widths,
            side=SIDE,
            interpolation="bilinear",
        )


def letters(text: bytes) -> Tensor:
    return torch.tensor(list(text), dtype=torch.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("pictures"))


ROWS = torch.tensor([4, 0, 8, 3, 4])


@pytest.mark.parametrize("view", VIEWS)
def test_packed_or_decoded_on_the_fly_a_row_has_the_same_pixels(folder: Folder, view: View):
    packed = folder.packed().batch(ROWS, view, draws)
    assert packed.shape == (5, view.size, view.size, 3)
    assert torch.equal(packed, folder.files().batch(ROWS, view, draws))
    assert torch.equal(packed, folder.packed(threads=1).batch(ROWS, view, draws))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("packed", [True, False])
def test_a_drawn_region_is_resized_once_of_what_is_kept_or_of_what_is_decoded(
    folder: Folder, view: View, packed: bool
):
    """Row 8 is kept smaller than it is, row 5 is stored turned too, row 0 is kept as it is."""
    rows = torch.tensor([8, 5, 0])
    regions = draw_regions(folder.heights[rows], folder.widths[rows], CROP, draws("crop"))
    source = folder.packed() if packed else folder.files()
    found = source.batch(rows, view, draws, CROP)
    assert torch.equal(found, source.batch(rows, view, draws, CROP))
    for at, row in enumerate(rows.tolist()):
        kept = folder.decoded(row, SIDE)
        image = kept if packed else folder.decoded(row, None)
        box = regions[at] * np.tile(np.array(image.size) / kept.size, 2)
        size = found.shape[2], found.shape[1]
        resampling = FILTERS[interpolation_of(view)]
        if packed:
            expected = image.resize(size, resampling, tuple(box.tolist()))
        else:
            left, top, right, bottom = (round(edge) for edge in box.tolist())
            expected = image.crop((left, top, right, bottom)).resize(size, resampling)
        difference = found[at].numpy().astype(int) - np.asarray(expected).astype(int)
        assert np.abs(difference).max() <= (0 if packed else 1)


def test_a_view_of_the_indexed_side_is_a_cut_of_the_resized_picture(folder: Folder):
    """As an evaluation of timm or torchvision on Pillow has it; row 5 is stored turned."""
    found = folder.packed().batch(torch.tensor([5]), VIEWS[2], None)[0]
    image = folder.images[5]
    height, width = int(folder.heights[5]), int(folder.widths[5])
    resized = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
    top, left = round((height - 20) / 2), round((width - 20) / 2)
    assert np.array_equal(found.numpy(), resized[top : top + 20, left : left + 20])


def test_with_a_crop_each_row_of_a_batch_shows_another_region(folder: Folder):
    source = folder.packed()
    cropped = source.batch(ROWS, View(16), draws, CROP)
    assert torch.equal(cropped, folder.packed(threads=1).batch(ROWS, View(16), draws, CROP))
    assert not torch.equal(cropped[0], cropped[4])  # one picture, drawn twice
    assert torch.equal(cropped, source.batch(ROWS, View(16), draws, CROP))
    whole = source.batch(ROWS, View(16), None, CROP)
    assert torch.equal(whole, source.batch(ROWS, View(16), None))


def test_pictures_of_several_sizes_are_not_shown_as_they_are_stored(folder: Folder):
    with pytest.raises(InputError, match=r"it needs images of one size, found heights from 20"):
        folder.packed().batch(ROWS, View(), None)


def test_pictures_of_one_size_are(tmp_path: Path):
    pixels = torch.arange(3 * 2 * 5 * 3, dtype=torch.uint8).view(3, 2, 5, 3)
    (tmp_path / "pixels.bin").write_bytes(pixels.numpy().tobytes())
    source = data.make(
        "pixels",
        pixels=str(tmp_path / "pixels.bin"),
        offsets=torch.tensor([0, 30, 60]),
        heights=torch.full((3,), 2),
        widths=torch.full((3,), 5),
    )
    assert source.rows == 3
    assert torch.equal(source.batch(torch.tensor([2, 0]), View(), None), pixels[[2, 0]])


def test_stills_have_no_clips(folder: Folder):
    with pytest.raises(InputError, match="it needs a view of 1 clip"):
        folder.files().batch(ROWS, View(16, clips=2), None)


@pytest.mark.parametrize("change", ["changed", "shorter", "gone"])
@pytest.mark.parametrize("row", [4, 6])
def test_a_file_that_changed_or_vanished_is_named(tmp_path: Path, row: int, change: str):
    """Row 4 is a file of its own, row 6 is in a shard."""
    own = Folder(tmp_path)
    source, piece = own.files(), own.pieces[row]
    path = Path(piece["file"])
    if change == "gone":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        at = (piece["offset"] or 0) + 100
        content[at] ^= 1
        path.write_bytes(content if change == "changed" else content[:at])
    with pytest.raises(FileError) as raised:
        source.batch(torch.tensor([row]), View(16), None)
    message = str(raised.value)
    assert f"Cannot read {path}" in message
    assert ("at byte" in message) == (row == 6)
    whole_file_is_short = change == "shorter" and row == 4
    found = "another" if change == "changed" or whole_file_is_short else "none: it "
    assert f"it needs the picture that was indexed, found {found}" in message
    assert source.batch(torch.tensor([1]), View(16), None).shape == (1, 16, 16, 3)


@pytest.mark.parametrize("count", [None, 29])
def test_a_file_of_pixels_that_is_short_or_missing_is_refused(tmp_path: Path, count: int | None):
    path = tmp_path / "pixels.bin"
    if count is not None:
        path.write_bytes(bytes(count))
    found = "none" if count is None else "one of 29"
    with pytest.raises(FileError, match=f"it needs a file of 30 bytes, found {found}"):
        data.make(
            "pixels",
            pixels=str(path),
            offsets=torch.tensor([0]),
            heights=torch.tensor([2]),
            widths=torch.tensor([5]),
        )
