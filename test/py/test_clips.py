"""Clips of rows that are held in memory: which frames they have, by hand."""

import pytest
import torch
from torch import Tensor

from clusterfit.data import Clips, Crop, Preprocessing, View, make
from clusterfit.errors import InputError
from clusterfit.seeds import generator


def shades(rows: int, frames: int) -> Tensor:
    """Every pixel of frame t of row n is 10 * n + t."""
    values = 10 * torch.arange(rows)[:, None] + torch.arange(frames)
    return values[:, :, None, None, None].expand(-1, -1, 4, 4, 3).to(torch.uint8).contiguous()


def frames_of(clips: Tensor) -> list[list[int]]:
    """Return the shade of each frame, which has to be the same in all pixels."""
    first = clips[:, :, 0, 0, 0]
    assert torch.equal(clips, first[:, :, None, None, None].expand_as(clips))
    return first.tolist()


def draws(purpose: str) -> torch.Generator:
    return generator(3, purpose, 0)


def test_one_clip_is_in_the_middle_and_several_are_spread_from_the_first_frame_to_the_last():
    source = make("clips", images=shades(3, 8))
    rows = torch.tensor([2, 0])
    assert source.rows == 3
    middle = source.batch(rows, View(frames=4), None)
    assert middle.dtype == torch.uint8
    assert frames_of(middle) == [[22, 23, 24, 25], [2, 3, 4, 5]]
    assert frames_of(source.batch(rows, View(frames=4, clips=2), None)) == [
        *([20, 21, 22, 23], [24, 25, 26, 27]),
        *([0, 1, 2, 3], [4, 5, 6, 7]),
    ]
    # 5 places for 3 clips: 0, 2, 4
    three = source.batch(rows[1:], View(frames=4, clips=3), None)
    assert [clip[0] for clip in frames_of(three)] == [0, 2, 4]
    # as many frames as there are leave one place
    assert frames_of(source.batch(rows[1:], View(frames=8, clips=2), None)) == [[*range(8)]] * 2


def test_six_clips_of_32_frames_are_spread_over_a_video_of_100():
    source = Clips(shades(1, 100))
    found = source.batch(torch.tensor([0]), View(frames=32, clips=6), None)
    # 68 * clip / 5, rounded
    assert [clip[0] for clip in frames_of(found)] == [0, 14, 27, 41, 54, 68]


def test_in_training_clips_begin_at_every_place_alike_by_draws_of_their_own():
    source = Clips(shades(1, 8))
    rows = torch.zeros(2000, dtype=torch.int64)
    found = frames_of(source.batch(rows, View(frames=4), draws))
    starts = [clip[0] for clip in found]
    assert all(clip == [*range(clip[0], clip[0] + 4)] for clip in found)
    counts = [starts.count(start) for start in range(5)]
    assert sum(counts) == 2000
    assert all(abs(count - 400) < 5 * 18 for count in counts)  # standard deviation 18
    assert frames_of(source.batch(rows, View(frames=4), draws)) == found


def test_a_view_of_another_size_resizes_every_frame():
    images = torch.randint(256, (2, 3, 4, 4, 3), dtype=torch.uint8, generator=draws("images"))
    found = Clips(images).batch(torch.tensor([1]), View(size=2, frames=3), None)
    assert found.shape == (1, 3, 2, 2, 3)
    packed = make("packed", images=images[1])
    expected = packed.batch(torch.arange(3), View(size=2), None)
    assert torch.equal(found[0], expected)


@pytest.mark.parametrize("view", [View(), View(frames=9), View(frames=0), View(clips=0, frames=4)])
def test_stills_and_more_frames_than_there_are_are_refused(view: View):
    with pytest.raises(InputError, match="it needs a view of 1 to 8 frames and of 1 clip or more"):
        Clips(shades(1, 8)).batch(torch.tensor([0]), view, None)


def test_regions_and_the_preprocessing_of_other_networks_are_refused():
    source, rows = Clips(shades(1, 8)), torch.tensor([0])
    own = Preprocessing(8, "bilinear", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    for view, crop in [
        (View(frames=4), Crop((0.5, 1.0), (1.0, 1.0))),
        (View(size=4, frames=4, preprocessing=own), None),
    ]:
        with pytest.raises(InputError, match="it needs whole frames, 4 x 4 pixels"):
            source.batch(rows, view, draws, crop)


def test_what_is_no_tensor_of_clips_is_refused():
    for images in [torch.zeros(2, 8, 4, 4, 3), torch.zeros(2, 4, 4, 3, dtype=torch.uint8)]:
        with pytest.raises(InputError, match="uint8 tensor N x T x H x W x 3, found torch"):
            Clips(images)
