import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from clusterfit import data, features, models
from clusterfit.data import Augmentation, Batch, Crop, Draws, Packed, Preprocessing, View
from clusterfit.data.augmentation import normalise
from clusterfit.errors import InputError
from clusterfit.seeds import generator


def draws(purpose: str) -> torch.Generator:
    return generator(3, purpose, 0)


def resize_by_hand(pixels: np.ndarray, size: int) -> np.ndarray:
    """Weigh the pixels of one axis by triangles of the output's width, then the other one."""
    count = pixels.shape[0]
    scale = count / size
    reach = max(scale, 1.0)
    centres = (np.arange(size)[:, None] + 0.5) * scale
    weights = np.maximum(0, 1 - np.abs(np.arange(count) + 0.5 - centres) / reach)
    weights /= weights.sum(1, keepdims=True)
    return np.einsum("yh,xw,hwc->yxc", weights, weights, pixels)


@pytest.mark.parametrize("size", [5, 8, 16, 31, 48])
def test_a_view_of_another_size_is_bilinear_with_antialias(images: Tensor, size: int):
    rows = torch.tensor([5, 0, 5])
    found = Packed(images).batch(rows, View(size=size), None)
    assert found.dtype == torch.uint8
    for image, row in zip(found, rows.tolist(), strict=True):
        expected = resize_by_hand(images[row].double().numpy(), size)
        # rounded once, from float32
        assert np.abs(image.double().numpy() - expected).max() <= 0.5 + 1e-3


def test_a_view_as_stored_is_what_is_stored(images: Tensor):
    rows = torch.tensor([5, 0, 5])
    for view in (View(), View(size=16)):
        assert torch.equal(Packed(images).batch(rows, view, None), images[rows])


@pytest.mark.parametrize("view", [View(clips=6), View(frames=8), View(clips=0)])
def test_stills_have_no_clips(images: Tensor, view: View):
    with pytest.raises(InputError, match=r"it needs a view of 1 clip and no frames, found . clips"):
        Packed(images).batch(torch.tensor([0]), view, None)


def test_of_images_that_are_not_square_the_centre_is_cut_out():
    images = torch.arange(2 * 4 * 8 * 3, dtype=torch.uint8).view(2, 4, 8, 3)
    source = Packed(images)
    assert torch.equal(source.batch(torch.tensor([1]), View(), None), images[1:])
    assert torch.equal(source.batch(torch.tensor([1]), View(size=4), None), images[1:, :, 2:6])


def test_packed_images_are_preprocessed_as_torchvision_does_on_pillow(images: Tensor):
    own = Preprocessing(20, "bicubic", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    found = Packed(images).batch(torch.tensor([5, 0]), View(18, preprocessing=own), None)
    for image, row in zip(found, (5, 0), strict=True):
        resized = Image.fromarray(images[row].numpy()).resize((20, 20), Image.Resampling.BICUBIC)
        assert np.array_equal(image.numpy(), np.asarray(resized)[1:19, 1:19])


def test_a_crop_shows_every_view_the_same_region(images: Tensor):
    """The images are a ramp, so that pixels say where they come from."""
    ramp = torch.arange(0, 256, 4, dtype=torch.uint8).view(1, 1, 64, 1).expand(8, 64, 64, 3)
    rows, crop = torch.arange(8), Crop((0.1, 0.5), (0.7, 1.4))
    small, large = (Packed(ramp).batch(rows, View(size), draws, crop) for size in (16, 32))
    ends = [(part[:, 0, 0, 0].int(), part[:, 0, -1, 0].int()) for part in (small, large)]
    for one, other in zip(*ends, strict=True):
        assert (one - other).abs().max() <= 4
    assert len(set(ends[0][0].tolist())) > 4
    stored = Packed(ramp).batch(rows, View(), draws, crop)
    assert stored.shape == ramp.shape
    assert not torch.equal(stored, ramp)
    assert torch.equal(stored, Packed(ramp).batch(rows, View(), draws, crop))


@pytest.mark.parametrize(
    "wrong",
    [
        torch.zeros(2, 4, 4, 3),
        torch.zeros(2, 3, 4, 4, dtype=torch.uint8),
        torch.zeros(0, 4, 4, 3, dtype=torch.uint8),
        torch.zeros(4, 4, 3, dtype=torch.uint8),
    ],
)
def test_anything_but_uint8_nhwc_is_refused(wrong: Tensor):
    with pytest.raises(InputError, match="needs a non-empty uint8 tensor N x H x W x 3, found"):
        Packed(wrong)


class Magnified:
    """Images of which a view of 3 times the size repeats each pixel."""

    def __init__(self, images: Tensor) -> None:
        self._images = images
        self.rows = len(images)

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        times = 3 if view.size == 48 else 1
        images = self._images[rows_B]
        return images.repeat_interleave(times, 1).repeat_interleave(times, 2)


def batch_of(images: Tensor, augmentation: Augmentation) -> Batch:
    return Batch(
        Magnified(images),
        torch.tensor([7, 3, 9]),
        View(size=16),
        draws,
        augmentation=augmentation,
        dtype=torch.float32,
        label_smoothing=0.0,
    )


def test_networks_of_one_view_read_the_same_pixels(images: Tensor):
    batch = batch_of(images, Augmentation(shift=2, flip=True))
    assert batch.pixels_through(View(size=16)) is batch.pixels


def test_a_larger_view_reads_the_same_rows_augmented_alike(images: Tensor):
    batch = batch_of(images, Augmentation(shift=2, flip=True, invert=0.5, colour=0.1))
    expected = batch.pixels.repeat_interleave(3, 2).repeat_interleave(3, 3)
    assert torch.equal(batch.pixels_through(View(size=48)), expected)


@pytest.mark.parametrize("size", [16, 48])
def test_a_teacher_reads_the_region_that_its_student_reads(images: Tensor, size: int):
    ramp = torch.arange(0, 96, 3, dtype=torch.uint8)[:, None, None].expand(32, 32, 3)
    augmentation = Augmentation(crop=Crop((0.1, 0.4), (0.7, 1.4)), flip=True)
    batch = Batch(
        Packed(torch.stack([ramp, ramp.transpose(0, 1), ramp.flip(0)])),
        torch.tensor([0, 1, 2, 0, 1, 2]),
        View(size=24),
        draws,
        augmentation=augmentation,
        dtype=torch.float32,
        label_smoothing=0.0,
    )
    read = [batch.pixels, batch.pixels_through(View(size=size))]
    means = [pixels.mean((1, 2, 3)) * 64 for pixels in read]
    assert (means[0] - means[1]).abs().max() < 1
    assert len(means[0].round().unique()) > 4
    assert read[0].shape[-1] == 24
    assert read[1].shape[-1] == size


class Crops:
    """Each row is an image that is shown in as many views as asked for, brighter each time."""

    rows = 5

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        assert draws is None
        shades = rows_B[:, None] * 10 + torch.arange(view.clips)
        side = view.size or 16
        return shades.flatten().to(torch.uint8)[:, None, None, None].repeat(1, side, side, 3)


def test_features_of_several_clips_of_a_row_are_averaged(monkeypatch: pytest.MonkeyPatch):
    """And a source is one object of the registry."""
    monkeypatch.setitem(data.SOURCES, "crops", Crops)
    source = data.make("crops")
    net = models.build("resnet10-small", {"fc": 5}, width=4, seed=0)
    found = features.extract(
        net,
        source,
        {"deep": {"layer": "res5", "budget": None}, "grid": {"layer": "res2", "budget": 16}},
        view=View(clips=6),
        rows=torch.tensor([4, 1, 2]),
        batch_size=2,
        precision="float32",
        device="cpu",
        threads=1,
    )
    for at, row in enumerate([4, 1, 2]):
        shades = torch.arange(6, dtype=torch.uint8) + 10 * row
        pixels = normalise(shades[:, None, None, None].repeat(1, 16, 16, 3)).permute(0, 3, 1, 2)
        outputs = dict(net.double().layers(pixels.double()))
        torch.testing.assert_close(
            found["deep"][at].double(), outputs["res5"].mean((0, 2, 3)), rtol=1e-4, atol=1e-5
        )
        grid = outputs["res2"].unflatten(2, (2, 4)).unflatten(4, (2, 4)).mean((0, 3, 5)).flatten()
        torch.testing.assert_close(found["grid"][at].double(), grid, rtol=1e-4, atol=1e-5)


def test_an_unknown_source_lists_the_known_ones():
    with pytest.raises(
        InputError,
        match=r"the source 'shards': it needs one of clips, files, packed, pixels, videos\. ",
    ):
        data.make("shards")
