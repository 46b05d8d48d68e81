import sys
import threading
from pathlib import Path

import pytest
import torch

from clusterfit.data import Crop
from clusterfit.data.regions import draw_regions
from clusterfit.seeds import generator

CROP = Crop((0.08, 1.0), (3 / 4, 4 / 3))
COUNT = 4_000


def drawn(heights: torch.Tensor, widths: torch.Tensor, crop: Crop = CROP) -> torch.Tensor:
    return torch.from_numpy(draw_regions(heights, widths, crop, generator(1, "crop", 0)))


def sized(height: int, width: int, count: int = COUNT) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.full((count,), height), torch.full((count,), width)


def test_regions_lie_inside_with_area_and_ratio_within_bounds_and_spread_over_them():
    left, top, right, bottom = drawn(*sized(300, 400)).unbind(1)
    width, height = right - left, bottom - top
    assert left.min() >= 0
    assert top.min() >= 0
    assert right.max() <= 400
    assert bottom.max() <= 300
    share, ratio = width * height / 120_000, width / height
    assert 0.08 <= share.min() < 0.1
    assert 0.95 < share.max() <= 1.0
    assert 0.75 - 1e-9 <= ratio.min() < 0.76
    assert 1.32 < ratio.max() <= 4 / 3 + 1e-9
    # the place is uniform in the room that is left, along both axes and independently
    across, down = left / (400 - width), top / (300 - height)
    for place in (across, down):
        assert abs(place.mean() - 0.5) < 0.02
        assert abs(place.var() - 1 / 12) < 0.01
    assert abs(torch.corrcoef(torch.stack([across, down]))[0, 1]) < 0.06


def test_a_small_area_is_uniform_and_the_ratios_logarithm_is_too():
    left, top, right, bottom = drawn(*sized(200, 200), Crop((0.1, 0.3), (0.5, 2.0))).unbind(1)
    share = (right - left) * (bottom - top) / 40_000
    assert abs(share.mean() - 0.2) < 0.005
    assert abs(share.var() - 0.2**2 / 12) < 3e-4
    assert abs(((right - left) / (bottom - top)).log().mean()) < 0.03


def test_where_no_try_fits_the_largest_region_in_the_centre_is_taken():
    expected = {(100, 1_000): [450 - 50 / 3, 0, 550 + 50 / 3, 100], (1_000, 90): [0, 440, 90, 560]}
    for (height, width), edges in expected.items():
        found = drawn(*sized(height, width, 3), Crop((0.9, 1.0), (3 / 4, 4 / 3)))
        torch.testing.assert_close(found, torch.tensor([edges] * 3, dtype=torch.float64))


def test_the_largest_square_lies_anywhere_where_that_is_asked_for():
    square = Crop((1.0, 1.0), (1.0, 1.0), anywhere=True)
    left, top, right, bottom = drawn(*sized(255, 400), square).unbind(1)
    assert torch.equal(top, torch.zeros(COUNT).double())
    assert torch.equal(bottom, torch.full((COUNT,), 255.0).double())
    torch.testing.assert_close(right - left, torch.full((COUNT,), 255.0).double())
    place = left / (400 - 255)  # uniform in the room that is left
    assert left.min() >= 0
    assert right.max() <= 400
    assert abs(place.mean() - 0.5) < 0.02
    assert abs(place.var() - 1 / 12) < 0.01
    whole = drawn(*sized(255, 255, 3), square)
    torch.testing.assert_close(whole, torch.tensor([[0.0, 0, 255, 255]] * 3).double())
    centred = drawn(*sized(255, 400, 3), Crop((1.0, 1.0), (1.0, 1.0)))
    torch.testing.assert_close(centred, torch.tensor([[72.5, 0, 327.5, 255]] * 3).double())


def test_an_images_region_does_not_depend_on_the_sizes_of_the_others_and_scales_with_its_own():
    heights, widths = torch.tensor([300, 30, 300]), torch.tensor([400, 900, 400])
    one = drawn(heights, widths)
    other = drawn(torch.tensor([300, 7, 150]), torch.tensor([400, 7, 200]))
    assert torch.equal(one[0], other[0])
    torch.testing.assert_close(one[2], other[2] * 2)


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_drawing_starts_no_threads():
    """As MKL does for each thread that calls it; those spin beside the ones that decode."""
    torch.set_num_threads(torch.get_num_threads())  # from then on
    started: list[set[str]] = []

    def threads() -> set[str]:
        return {task.name for task in Path("/proc/self/task").iterdir()}

    def draw() -> None:
        before = threads()
        drawn(*sized(300, 400, 32))
        started.append(threads() - before)

    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
    assert started == [set()]
