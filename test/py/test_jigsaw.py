from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from clusterfit import models, objectives, tensors
from clusterfit.data import Augmentation, Batch, Packed, View
from clusterfit.errors import InputError, NonFiniteLoss
from clusterfit.models.network import initialise
from clusterfit.objectives.jigsaw import Jigsaw
from clusterfit.objectives.permutations import choose_permutations
from clusterfit.objectives.puzzle import cut_puzzle, normalise_each
from clusterfit.seeds import generator
from clusterfit.training import Trainer

MakeTrainer = Callable[..., Trainer]
Array = NDArray[np.float64]
PUZZLES = {
    "objective": "jigsaw",
    "given": {"permutations": 20, "hidden": 6},
    "heads": {"jigsaw": 6},
}


def draws(purpose: str) -> torch.Generator:
    return generator(5, purpose, 0)


def noise(height: int, width: int, count: int = 2) -> Tensor:
    """Normalised random images, count x 3 x height x width."""
    drawn = torch.randint(0, 256, (count, 3, height, width), generator=draws("noise"))
    return (drawn.float() - 127.5) / 64


def distances(chosen: Tensor) -> Array:
    """Return the Hamming distance of every pair."""
    pairs = (chosen[:, None] != chosen[None]).sum(2).numpy().astype(np.float64)
    return pairs[np.triu_indices(len(chosen), 1)]


def test_two_thousand_permutations_are_far_from_each_other():
    chosen = choose_permutations(2000, seed=0)
    assert chosen.dtype == torch.int64
    assert chosen.sort(1).values.equal(torch.arange(9).expand(2000, 9))
    assert len(chosen.unique(dim=0)) == 2000
    far = distances(chosen)
    assert far.mean() >= 7.9
    assert far.min() >= 2


def test_each_permutation_is_as_far_as_any_from_those_before_it():
    every = np.array(list(permutations(range(9))))
    chosen = choose_permutations(12, seed=3).numpy()
    for count in range(1, 12):
        means = np.mean([(every != before).sum(1) for before in chosen[:count]], axis=0)
        taken = (every[:, None] == chosen[None, :count]).all(2).any(1)
        found = np.mean([(chosen[count] != before).sum() for before in chosen[:count]])
        assert found == pytest.approx(means[~taken].max())


def test_permutations_are_those_of_the_seed():
    first = choose_permutations(30, seed=0)
    assert first.equal(choose_permutations(30, seed=0))
    assert first[:10].equal(choose_permutations(10, seed=0))
    assert not first.equal(choose_permutations(30, seed=1))


def normalised(patch: Array) -> Array:
    """Return C x p x p with mean 0 and deviation 1 in each channel, in float64."""
    centred = patch - patch.mean((1, 2), keepdims=True)
    return centred / np.sqrt((centred**2).mean((1, 2), keepdims=True))


def places_of(patch: Array, image: Array) -> list[tuple[int, int]]:
    """Return from where in the image, top and left, a normalised patch may be."""
    side = patch.shape[-1]
    found: list[tuple[int, int]] = []
    for top in range(image.shape[1] - side + 1):
        for left in range(image.shape[2] - side + 1):
            window = image[:, top : top + side, left : left + side]
            if np.abs(normalised(window) - patch).max() < 1e-3:
                found.append((top, left))
    return found


@pytest.mark.parametrize(
    ("height", "width", "cell", "patch"),
    [(33, 33, 11, 8), (48, 48, 16, 12), (34, 40, 11, 8), (12, 12, 4, 3)],
)
def test_patches_lie_in_their_cells_of_the_largest_square(
    height: int, width: int, cell: int, patch: int
):
    images = noise(height, width, 1).repeat(6, 1, 1, 1)
    puzzles = cut_puzzle(images, draws("puzzle")).double().numpy()
    assert puzzles.shape == (6, 9, 3, patch, patch)
    starts: list[set[tuple[int, int]]] = []
    moves: set[tuple[int, int]] = set()
    for puzzle in puzzles:
        squares = {
            (top, left)
            for top in range(height - 3 * cell + 1)
            for left in range(width - 3 * cell + 1)
        }
        for at, piece in enumerate(puzzle):
            ((top, left),) = places_of(piece, images[0].double().numpy())
            inside = {
                (y, x)
                for y, x in squares
                if 0 <= top - y - at // 3 * cell <= cell - patch
                and 0 <= left - x - at % 3 * cell <= cell - patch
            }
            squares &= inside
            moves.add((top, left))
        assert squares, "no 3 x 3 cells of that size hold these patches"
        starts.append(squares)
    assert len(moves) > 9, "patches move in their cells"
    if height == width == 3 * cell:
        assert all(square == {(0, 0)} for square in starts)
    else:
        assert not set.intersection(*starts), "the square moves in the image"


def test_an_image_of_255_pixels_gives_the_patches_of_the_paper():
    """Cells of 85 and patches of 64 that reach every edge of their cells."""
    height = width = 255
    down = torch.arange(height).double()[:, None].expand(height, width)
    across = torch.arange(width).double()[None].expand(height, width)
    # a patch's mean tells its place; it is normalised away, so it is told by a curved ramp's slope
    curved = torch.stack([down.square(), across.square(), down]).float() / 1000
    puzzles = cut_puzzle(curved.expand(200, 3, height, width), draws("puzzle")).double().numpy()
    assert puzzles.shape == (200, 9, 3, 64, 64)
    # of (t + i)^2 normalised over i the curvature over the slope gives t; both axes alike
    steps = np.arange(64) - 31.5
    for channel, axis in ((0, 2), (1, 1)):
        ramps = puzzles[:, :, channel].mean(axis + 1)
        fits = np.polynomial.polynomial.polyfit(steps, ramps.reshape(-1, 64).T, 2)
        middles = fits[1] / (2 * fits[2])
        starts = np.round(middles - 31.5).astype(int).reshape(200, 9)
        cells = np.arange(9) // 3 if channel == 0 else np.arange(9) % 3
        inside = starts - 85 * cells
        assert inside.min() == 0
        assert inside.max() == 21


def test_a_patch_is_normalised_by_itself_and_a_uniform_one_is_zero():
    patches = torch.stack(
        [torch.full((8, 8, 3), 1.9921875), torch.rand(8, 8, 3, generator=draws("patch"))]
    )
    patches[1, :, :, 2] = 0.5
    found = normalise_each(patches)
    assert not found[0].count_nonzero()
    expected = normalised(patches[1].movedim(2, 0)[:2].double().numpy())
    np.testing.assert_allclose(found[1].movedim(2, 0)[:2].numpy(), expected, rtol=1e-4, atol=1e-5)
    assert not found[1, :, :, 2].count_nonzero()
    faint = torch.zeros(1, 8, 8, 3)
    faint[0, 0, 0] = 1 / 64  # one level at one pixel
    assert normalise_each(faint).abs().max() == pytest.approx(63 / 64, rel=1e-5)


def test_the_loss_is_that_of_shuffled_patches_in_float64(images: Tensor):
    options = {"permutations": 20, "hidden": 6, "seed": 4}
    made = objectives.make("jigsaw", [], [], options)
    assert isinstance(made, Jigsaw)
    net = models.build("resnet10-small", {"jigsaw": 6}, width=4, seed=7)
    assert made.heads(net) == ((6, True),)
    initialise(made.own_layers.to_empty(device="cpu"), draws("own"))
    made.prepare(96, torch.device("cpu"))
    rows = torch.tensor([7, 3, 90, 12, 55])
    batch = Batch(
        Packed(images),
        rows,
        View(),
        draws,
        augmentation=Augmentation(flip=True),
        dtype=torch.float32,
        label_smoothing=0.1,
    )
    loss = made.loss(net, batch, draws)

    drawn = draws("jigsaw")
    puzzles = cut_puzzle(batch.pixels, drawn).double()
    labels = torch.randint(20, (5,), generator=drawn).numpy()
    orders = choose_permutations(20, seed=4).numpy()
    exact = net.double()
    rows_of_units: list[Array] = []
    with torch.no_grad():
        for puzzle, label in zip(puzzles, labels, strict=True):
            for place in orders[label]:
                (units,) = exact(puzzle[place][None])
                rows_of_units.append(units[0].numpy())
    units = np.array(rows_of_units)
    spread = np.sqrt(units.var(0) + 1e-5)  # batch norm over all patches of the batch
    active = np.maximum((units - units.mean(0)) / spread, 0).reshape(5, 54)
    head = made.own_layers.fc.double()
    logits = active @ head.weight.detach().numpy().T + head.bias.detach().numpy()
    log_p = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    target = np.eye(20)[labels] * 0.9 + 0.1 / 20
    assert loss.mean.item() == pytest.approx(-(target * log_p).sum(1).mean(), rel=1e-4)
    assert loss.sums["accuracy"].item() == (logits.argmax(1) == labels).sum()
    assert loss.images == 5


def test_permutations_and_places_are_drawn_anew_at_each_step(images: Tensor):
    seen = {
        (
            tuple(torch.randint(20, (5,), generator=drawn).tolist()),
            float(cut_puzzle(noise(33, 33), drawn).sum()),
        )
        for drawn in (generator(5, "jigsaw", step) for step in range(8))
    }
    assert len(seen) == 8


def saved(trainer: Trainer, folder: Path) -> dict[str, Tensor]:
    trainer.save(str(folder / "saved.safetensors"))
    return tensors.load(str(folder / "saved.safetensors"))


def test_the_own_layers_are_trained_with_the_network_and_are_no_part_of_it(
    make_trainer: MakeTrainer, tmp_path: Path
):
    trainer = make_trainer(**PUZZLES)
    before = saved(trainer, tmp_path)
    own = {name for name in before if name.startswith("objective.")}
    assert own == {
        *("objective.bn.weight", "objective.bn.bias", "objective.fc.weight", "objective.fc.bias"),
        *("objective.bn.running_mean", "objective.bn.running_var"),
        "objective.bn.num_batches_tracked",
    }
    assert before["objective.fc.weight"].shape == (20, 54)
    bound = 1 / np.sqrt(54)
    assert before["objective.fc.weight"].abs().max() <= bound
    assert before["objective.fc.weight"].std() == pytest.approx(bound / np.sqrt(3), rel=0.1)
    trainer.run([0.05])
    after = saved(trainer, tmp_path)
    assert all(not torch.equal(before[name], after[name]) for name in own)
    for name in ("objective.fc.weight", "fc.weight"):
        assert after[f"momentum.{name}"].count_nonzero()
    trainer.save_network(str(tmp_path / "network.safetensors"))
    net = models.load("resnet10-small", str(tmp_path / "network.safetensors"), width=8)
    assert [head.out_features for head in net.all_heads] == [6]


def test_weights_of_the_own_layers_are_those_of_the_seed(make_trainer: MakeTrainer, tmp_path: Path):
    first, again, other = (
        saved(make_trainer(**PUZZLES, seed=seed), tmp_path)["objective.fc.weight"]
        for seed in (3, 3, 4)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_own_layers_that_become_infinite_are_noticed(make_trainer: MakeTrainer):
    """A bias of -inf leaves the loss finite, as long as no puzzle is of that permutation."""
    options = PUZZLES | {"given": {"permutations": 300, "hidden": 6}, "label_smoothing": 0.0}
    trainer = make_trainer(**options)
    own = trainer._objective.own_layers  # pyright: ignore[reportPrivateUsage]
    assert own is not None
    with torch.no_grad():
        own.get_parameter("fc.bias")[0] = -float("inf")
    with pytest.raises(NonFiniteLoss, match="it needs finite weights"):
        trainer.run([0.01])


def test_a_network_learns_puzzles(make_trainer: MakeTrainer):
    """All of one image, so that each patch tells where it is from."""
    picture = torch.randint(0, 256, (33, 33, 3), dtype=torch.uint8, generator=draws("picture"))
    images = picture.repeat(96, 1, 1, 1)
    trainer = make_trainer(
        **PUZZLES, source=Packed(images), augmentation=Augmentation(), label_smoothing=0.0
    )
    first = last = trainer.run([0.05] * 4)
    for _ in range(12):
        last = trainer.run([0.05] * 4)
    assert last["loss"] < first["loss"] / 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"permutations": 1}, "permutations needs a whole number from 2 to 362,880, found 1"),
        ({"permutations": 362_881}, "from 2 to 362,880, found 362881"),
        ({"permutations": 2.5}, "a whole number from 2 to 362,880, found 2.5"),
        ({"hidden": 1}, "its option hidden needs a whole number from 2 up, found 1"),
        ({"patches": 9}, r"options among \[permutations, hidden, seed\], found patches"),
    ],
)
def test_what_no_puzzle_can_be_made_of_is_refused(options: dict[str, float], message: str):
    with pytest.raises(InputError, match=message):
        objectives.make("jigsaw", [], [], options)


def test_images_that_are_too_small_are_refused():
    with pytest.raises(InputError, match="a shorter side of 6 pixels or more, found 5"):
        cut_puzzle(noise(5, 8), draws("puzzle"))
    assert cut_puzzle(noise(6, 8), draws("puzzle")).shape == (2, 9, 3, 2, 2)
