from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from clusterfit import models, objectives
from clusterfit.data import Augmentation, Batch, Packed, View
from clusterfit.errors import InputError
from clusterfit.models import Network
from clusterfit.objectives import Frozen, Loss, Objective
from clusterfit.objectives.rotation import Rotation
from clusterfit.seeds import generator

Array = NDArray[np.float64]
ROWS = torch.tensor([7, 3, 90, 12, 55, 8])


def draws(purpose: str) -> torch.Generator:
    return generator(5, purpose, 0)


def network(*outputs: int, width: int = 8, seed: int = 7) -> Network:
    heads = {f"head{at}": count for at, count in enumerate(outputs)}
    return models.build("resnet10-small", heads, width=width, seed=seed)


def loss_of(
    objective: Objective, net: Network, images: Tensor, view: View | None = None, **options: Any
) -> Loss:
    settings: dict[str, Any] = {
        "augmentation": Augmentation(),
        "dtype": torch.float32,
        "label_smoothing": 0.0,
    } | options
    objective.prepare(len(images), torch.device("cpu"))
    batch = Batch(Packed(images), ROWS, view or View(), draws, **settings)
    return objective.loss(net, batch, draws)


def exact_pixels(images: Tensor) -> Tensor:
    return (images.double().permute(0, 3, 1, 2) - 127.5) / 64


def exact_logits(net: Network, images: Tensor) -> list[Array]:
    with torch.no_grad():
        return [logits.numpy() for logits in deepcopy(net).double()(exact_pixels(images))]


def softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def cross_entropy(logits: Array, labels: Tensor, smoothing: float = 0.0) -> float:
    classes = logits.shape[1]
    target = np.eye(classes)[labels.numpy()] * (1 - smoothing) + smoothing / classes
    return float(-(target * np.log(softmax(logits))).sum(1).mean())


def correct(logits: Array, labels: Tensor) -> int:
    return int((logits.argmax(1) == labels.numpy()).sum())


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_labels_is_the_sum_of_the_heads_cross_entropies(images: Tensor, smoothing: float):
    labels = [torch.arange(96) % 5, torch.arange(96) // 10 % 3, torch.arange(96) % 4]
    net = network(5, 3, 4)
    loss = loss_of(
        objectives.make("labels", labels, [], {}), net, images, label_smoothing=smoothing
    )
    logits = exact_logits(net, images[ROWS])
    pairs = list(zip(logits, (each[ROWS] for each in labels), strict=True))
    expected = sum(cross_entropy(*pair, smoothing) for pair in pairs)
    assert loss.mean.item() == pytest.approx(expected, rel=1e-5)
    assert loss.images == 6
    assert loss.sums["accuracy"].item() == pytest.approx(np.mean([correct(*p) for p in pairs]))


def test_gradients_of_several_heads_are_the_sum_of_each_alone(images: Tensor):
    """Of the trunk; each head's own are those that it has alone (paper, supplement E)."""
    labels = [torch.arange(96) % 5, torch.arange(96) // 10 % 3]
    net = network(5, 3)
    loss_of(objectives.make("labels", labels, [], {}), net, images).mean.backward()
    exact = deepcopy(net).double()
    alone: list[dict[str, Tensor]] = []
    for at, each in enumerate(labels):
        exact.zero_grad()
        logits = exact(exact_pixels(images[ROWS]))[at]
        log_p = logits - logits.exp().sum(1, keepdim=True).log()
        (-log_p[torch.arange(6), each[ROWS]].mean()).backward()
        alone.append(
            {name: p.grad.clone() for name, p in exact.named_parameters() if p.grad is not None}
        )
    for name, parameter in net.named_parameters():
        expected = sum(gradients[name] for gradients in alone if name in gradients)
        assert isinstance(expected, Tensor)
        assert parameter.grad is not None
        torch.testing.assert_close(parameter.grad.double(), expected, rtol=1e-3, atol=1e-6)
    assert ["fc.weight" in gradients for gradients in alone] == [True, False]


def test_rotation_turns_before_it_augments_and_tells_the_turns(images: Tensor):
    """A shift does not commute with a turn, so that the order shows."""
    net = network(4)
    options = Augmentation(shift=3)
    loss = loss_of(objectives.make("rotation", [], [], {}), net, images, augmentation=options)
    counts = torch.randint(4, (6,), generator=draws("rotation")).bincount(minlength=4)
    turns = torch.arange(4).repeat_interleave(counts)
    offsets = torch.randint(7, (2, 6), generator=draws("augmentation")) - 3
    shifted: list[Array] = []
    for image, turn, (dy, dx) in zip(images[ROWS], turns.tolist(), offsets.T.tolist(), strict=True):
        turned = np.rot90(image.numpy(), turn)
        rows = np.clip(np.arange(16) + dy, 0, 15)
        columns = np.clip(np.arange(16) + dx, 0, 15)
        shifted.append(turned[rows][:, columns])
    (logits,) = exact_logits(net, torch.from_numpy(np.stack(shifted)))
    assert loss.mean.item() == pytest.approx(cross_entropy(logits, turns), rel=1e-5)
    assert loss.sums["accuracy"].item() == correct(logits, turns)
    assert loss.images == 6


@pytest.mark.parametrize(("rotations", "copies"), [("one", 1), ("all", 4)])
def test_rotation_labels_say_how_the_images_were_turned(
    images: Tensor, rotations: Any, copies: int
):
    turned, turns = Rotation(rotations).turn(images, draws("rotation"))
    assert len(turned) == len(turns) == 96 * copies
    assert set(turns.tolist()) == {0, 1, 2, 3}
    for image, turn, source in zip(
        turned, turns.tolist(), images.repeat(copies, 1, 1, 1), strict=True
    ):
        np.testing.assert_array_equal(image.numpy(), np.rot90(source.numpy(), turn))


def test_rotations_are_drawn_evenly_and_anew_for_each_step(images: Tensor):
    counts: list[list[int]] = []
    for step in range(20):
        _, turns = Rotation().turn(images, generator(5, "rotation", step))
        counts.append(turns.bincount(minlength=4).tolist())
    assert len({tuple(count) for count in counts}) > 10
    assert all(380 < total < 580 for total in np.sum(counts, axis=0))


@pytest.mark.parametrize("options", [{}, {"temperature": 3, "alpha": 0.4}])
def test_distillation_is_hintons(images: Tensor, options: dict[str, float]):
    """The soft term is the teacher's cross-entropy with the student, less the teacher's entropy."""
    labels = torch.arange(96) % 5
    student, teacher = network(5), network(5, 3, width=4, seed=1)
    with torch.no_grad():  # answers so far apart that their divergence is not the same both ways
        student.fc.weight.mul_(40)
        teacher.fc.weight.mul_(100)
    frozen = [Frozen(teacher, View())]
    loss = loss_of(objectives.make("distillation", [labels], frozen, options), student, images)
    temperature, alpha = options.get("temperature", 20), options.get("alpha", 0.75)
    (logits,) = exact_logits(student, images[ROWS])
    told = softmax(exact_logits(teacher, images[ROWS])[0] / temperature)
    soft = (told * (np.log(told) - np.log(softmax(logits / temperature)))).sum(1).mean()
    student_told = softmax(logits / temperature)
    other_way = (student_told * (np.log(student_told) - np.log(told))).sum(1).mean()
    assert abs(other_way - soft) > 0.01 * soft
    hard = cross_entropy(logits, labels[ROWS])
    expected = alpha * temperature**2 * soft + (1 - alpha) * hard
    assert loss.mean.item() == pytest.approx(expected, rel=1e-4)
    assert loss.sums["accuracy"].item() == correct(logits, labels[ROWS])


def test_distillation_smooths_the_hard_labels_only(images: Tensor):
    labels = torch.arange(96) % 5
    student, teacher = network(5), network(5, width=4, seed=1)

    def distil(alpha: float, smoothing: float) -> float:
        options = {"alpha": alpha}
        made = objectives.make("distillation", [labels], [Frozen(teacher, View())], options)
        return loss_of(made, student, images, label_smoothing=smoothing).mean.item()

    assert distil(1.0, 0.3) == distil(1.0, 0.0)
    (logits,) = exact_logits(student, images[ROWS])
    expected = cross_entropy(logits, labels[ROWS], 0.3)
    assert distil(0.0, 0.3) == pytest.approx(expected, rel=1e-5)


def cosine(a: Array, b: Array) -> Array:
    return (a * b).sum(1) / np.sqrt((a**2).sum(1) * (b**2).sum(1))


@pytest.mark.parametrize("layer", ["res5", "res3"])
def test_regression_is_the_squared_distance_to_the_normalised_features(images: Tensor, layer: str):
    student, teacher = network(2), network(2, seed=1)
    made = objectives.make("regression", [], [Frozen(teacher, View())], {"layer": layer})
    loss = loss_of(made, student, images)
    found, wanted = (
        dict(net.double().layers(exact_pixels(images[ROWS])))[layer].mean((2, 3)).detach().numpy()
        for net in (student, teacher)
    )
    wanted = wanted / (np.sqrt((wanted**2).sum(1, keepdims=True)) + 1e-5)
    assert loss.mean.item() == pytest.approx(((found - wanted) ** 2).sum(1).mean(), rel=1e-4)
    assert loss.sums["cosine"].item() == pytest.approx(cosine(found, wanted).sum(), rel=1e-4)


def test_regression_maps_features_of_another_size_by_the_first_head(images: Tensor):
    student, teacher = network(32, width=8), network(2, width=4, seed=1)
    made = objectives.make("regression", [], [Frozen(teacher, View())], {})
    (head,) = made.heads(student)
    assert head == (32, True)
    loss = loss_of(made, student, images)
    (found,) = exact_logits(student, images[ROWS])
    wanted = teacher.double().embed(exact_pixels(images[ROWS])).detach().numpy()
    wanted = wanted / (np.sqrt((wanted**2).sum(1, keepdims=True)) + 1e-5)
    assert loss.mean.item() == pytest.approx(((found - wanted) ** 2).sum(1).mean(), rel=1e-4)


FROZEN = [
    ("distillation", [torch.arange(96) % 5], 5),
    ("regression", [], 32),
]


@pytest.mark.parametrize(("name", "labels", "outputs"), FROZEN)
def test_gradients_flow_to_the_student_only(
    images: Tensor, name: str, labels: Sequence[Tensor], outputs: int
):
    student, teacher = network(outputs).train(), network(5, width=4, seed=1)
    before = {key: value.clone() for key, value in teacher.state_dict().items()}
    made = objectives.make(name, labels, [Frozen(teacher, View())], {})
    loss_of(made, student, images).mean.backward()
    gradients = [parameter.grad for parameter in student.parameters()]
    assert all(gradient is not None and gradient.abs().max() > 0 for gradient in gradients)
    assert all(parameter.grad is None for parameter in teacher.parameters())
    for key, value in teacher.state_dict().items():
        assert torch.equal(value, before[key])


def pixels_given_to(*nets: Network) -> list[Tensor]:
    """A list that fills as the networks are called."""
    given: list[Tensor] = []
    for net in nets:
        stem = net.get_submodule("conv1")
        stem.register_forward_hook(lambda _, inputs, __: given.append(inputs[0]))
    return given


@pytest.mark.parametrize(("name", "labels", "outputs"), FROZEN)
def test_a_teacher_reads_the_rows_through_its_own_view(
    images: Tensor, name: str, labels: Sequence[Tensor], outputs: int
):
    """A teacher of 16 pixels beside a student of 8 is one whose answers are those at 16."""
    student, teacher = network(outputs), network(5, width=4, seed=1)
    asked = pixels_given_to(teacher)
    made = objectives.make(name, labels, [Frozen(teacher, View(size=16))], {})
    loss_of(made, student, images, View(size=8))
    assert torch.equal(asked[0].double(), exact_pixels(images[ROWS]))


@pytest.mark.parametrize(("name", "labels", "outputs"), FROZEN)
def test_a_teacher_sees_what_its_student_sees_where_their_views_are_one(
    images: Tensor, name: str, labels: Sequence[Tensor], outputs: int
):
    student, teacher = network(outputs), network(5, width=4, seed=1)
    asked = pixels_given_to(student, teacher)
    made = objectives.make(name, labels, [Frozen(teacher, View())], {})
    loss_of(made, student, images, augmentation=Augmentation(shift=2, flip=True, colour=0.2))
    assert asked[0] is asked[1]


def test_what_an_objective_cannot_be_made_of_is_refused():
    labels, teacher = torch.arange(96) % 5, Frozen(network(5), View())
    for name, given, networks, options, message in [
        ("moco", [], [], {}, "objective 'moco': it needs one of rotation, jigsaw, labels, distil"),
        (
            "rotation",
            [labels],
            [],
            {},
            "needs 0 label tensors and 0 frozen networks, found 1 and 0",
        ),
        ("labels", [], [], {}, "it needs 1 or more label tensors and 0 frozen networks, found 0"),
        ("distillation", [labels], [], {}, "1 label tensors and 1 frozen networks, found 1 and 0"),
        ("regression", [labels], [teacher], {}, "needs 0 label tensors and 1 frozen networks"),
        ("labels", [labels.int()], [], {}, "it needs int64 labels N, found torch.int32"),
        ("labels", [labels - 1], [], {}, "it needs labels from 0, found -1"),
        ("rotation", [], [], {"turns": "all"}, r"options among \[rotations\], found turns"),
        (
            "rotation",
            [],
            [],
            {"rotations": 4},
            'its option rotations needs "one" or "all", found 4',
        ),
        ("distillation", [labels], [teacher], {"alpha": 2}, "alpha needs a number from 0 to 1"),
        (
            "distillation",
            [labels],
            [teacher],
            {"temperature": "hot"},
            "needs a number, found 'hot'",
        ),
        ("distillation", [labels], [teacher], {"temperature": 0}, "needs a finite number above 0"),
        ("regression", [], [teacher], {"layer": "res9"}, "at 'res9': it needs a layer among conv1"),
    ]:
        with pytest.raises(InputError, match=message):
            objectives.make(name, given, networks, options)


def test_what_does_not_fit_the_student_or_the_rows_is_refused():
    labels, teacher = torch.arange(96) % 5, Frozen(network(7, width=4), View())
    distillation = objectives.make("distillation", [labels], [teacher], {})
    assert distillation.heads(network(5)) == ((7, True),)
    with pytest.raises(InputError, match="a label for each of 95 rows, found 96 labels"):
        distillation.prepare(95, torch.device("cpu"))
    regression = objectives.make("regression", [], [teacher], {"layer": "res3"})
    with pytest.raises(InputError, match=r"at res3: it needs 8 channels there, .* found 16"):
        regression.heads(network(5))
    assert regression.heads(network(5, 3, width=4)) == [(5, True), (3, True)]
