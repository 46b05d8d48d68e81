import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from clusterfit import models, objectives, tensors
from clusterfit.data import Augmentation, Batch, Crop, Draws, Packed, View
from clusterfit.errors import FileError, InputError, NonFiniteLoss
from clusterfit.models import Network
from clusterfit.objectives import Frozen, Given, Head, Loss, Objective
from clusterfit.training import Trainer

MakeTrainer = Callable[..., Trainer]


def saved(trainer: Trainer, folder: Path) -> bytes:
    path = folder / "saved.safetensors"
    trainer.save(str(path))
    return path.read_bytes()


def rates(steps: int) -> list[float]:
    return [0.05 * 0.95**step for step in range(steps)]


@pytest.mark.parametrize("nesterov", [False, True])
def test_steps_are_sgd_written_by_hand_in_float64(
    make_trainer: MakeTrainer, images: Tensor, labels: Tensor, nesterov: bool, tmp_path: Path
):
    """A batch of every image makes the order irrelevant, so that no draw matters."""
    trainer = make_trainer(batch_size=96, augmentation=Augmentation(), nesterov=nesterov)
    summaries = [trainer.run([rate]) for rate in (0.1, 0.02)]
    net = models.build("resnet10-small", {"fc": 5}, width=8, seed=7).double().train()
    pixels = (images.double().permute(0, 3, 1, 2) - 127.5) / 64
    momenta = [np.zeros(p.shape) for p in net.parameters()]
    losses: list[float] = []
    for rate in (0.1, 0.02):
        log_p = net(pixels)[0].log_softmax(1)
        target = F.one_hot(labels, 5) * 0.9 + 0.1 / 5
        loss = -(target * log_p).sum(1).mean()
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, list(net.parameters()))
        for i, (parameter, gradient) in enumerate(zip(net.parameters(), gradients, strict=True)):
            step = gradient.numpy() + 5e-4 * parameter.detach().numpy()
            momenta[i] = 0.9 * momenta[i] + step
            step = step + 0.9 * momenta[i] if nesterov else momenta[i]
            parameter.data -= rate * torch.from_numpy(step)
    trainer.save_network(str(tmp_path / "network.safetensors"))
    state = tensors.load(str(tmp_path / "network.safetensors"))
    for name, expected in net.state_dict().items():
        torch.testing.assert_close(state[name].double(), expected.double(), rtol=1e-4, atol=1e-5)
    assert [summary["loss"] for summary in summaries] == pytest.approx(losses, rel=1e-5)
    assert [summary["images"] for summary in summaries] == [96, 96]


PUZZLES = {
    "objective": "jigsaw",
    "given": {"permutations": 20, "hidden": 6},
    "heads": {"jigsaw": 6},
}


@pytest.mark.parametrize("stop", [0, 1, 3, 4, 5, 11])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("objective", [{}, PUZZLES], ids=["labels", "jigsaw"])
def test_a_resumed_run_is_bit_for_bit_the_one_that_never_stopped(
    make_trainer: MakeTrainer,
    tmp_path: Path,
    stop: int,
    precision: str,
    objective: dict[str, object],
):
    options = objective | {"precision": precision}
    whole = make_trainer(**options)
    whole.run(rates(13))
    first = make_trainer(**options)
    first.run(rates(13)[:stop])
    first.save(str(tmp_path / "stopped.safetensors"))
    second = make_trainer(**options)
    second.load(str(tmp_path / "stopped.safetensors"))
    assert second.step == stop
    second.run(rates(13)[stop:])
    assert saved(second, tmp_path) == saved(whole, tmp_path)


@pytest.mark.parametrize("objective", ["labels", "rotation"])
def test_an_epoch_measures_the_same_however_often_it_was_stopped(
    make_trainer: MakeTrainer, tmp_path: Path, objective: str
):
    options = {"objective": objective, "heads": {"fc": 4 if objective == "rotation" else 5}}
    options |= {"batch_size": 7}  # 13 steps
    whole = make_trainer(**options)
    first_epoch, second_epoch = whole.run(rates(13)), whole.run(rates(13))
    path = str(tmp_path / "stopped.safetensors")
    for stops in ([1], [4, 5, 12], [*range(1, 13)]):
        trainer = make_trainer(**options)
        trainer.run(rates(13))
        summary = first_epoch
        for start, end in itertools.pairwise([0, *stops, 13]):
            summary = trainer.run(rates(13)[start:end])
            assert summary["images"] == end * 7
            trainer.save(path)
            trainer = make_trainer(**options)
            trainer.load(path)
        assert summary == second_epoch != first_epoch


def test_a_checkpoint_at_the_end_of_an_epoch_holds_nothing_of_it(
    make_trainer: MakeTrainer, tmp_path: Path
):
    trainer = make_trainer()
    for steps, expected in ((3, 3), (1, None)):
        trainer.run(rates(steps))
        saved(trainer, tmp_path)
        tally = tensors.load(str(tmp_path / "saved.safetensors")).get("tally.losses")
        assert (None if tally is None else len(tally)) == expected


def test_the_same_seed_gives_the_same_bytes_whatever_runs_beside_it(
    make_trainer: MakeTrainer, tmp_path: Path
):
    alone = make_trainer()
    alone.run(rates(12))
    together = [make_trainer(), make_trainer(seed=4)]
    workers = [threading.Thread(target=trainer.run, args=(rates(12),)) for trainer in together]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert saved(together[0], tmp_path) == saved(alone, tmp_path)
    assert saved(together[1], tmp_path) != saved(alone, tmp_path)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_two_threads_give_the_same_bytes_every_time(
    make_trainer: MakeTrainer, tmp_path: Path, precision: str
):
    first, again = (make_trainer(threads=2, precision=precision) for _ in range(2))
    first.run(rates(3))
    again.run(rates(3))
    assert saved(first, tmp_path) == saved(again, tmp_path)


def test_every_image_is_seen_once_an_epoch_in_a_new_order(make_trainer: MakeTrainer):
    trainer = make_trainer(batch_size=32)
    epochs: list[list[int]] = [[], []]
    for epoch in epochs:
        for _ in range(3):
            epoch += trainer.batch().rows_B.tolist()
            trainer.run([0.0])
    assert sorted(epochs[0]) == sorted(epochs[1]) == list(range(96))
    assert epochs[0] != epochs[1]


def test_augmentation_is_drawn_from_the_seed_and_the_step(
    make_trainer: MakeTrainer, images: Tensor
):
    """Images that are all the same differ by nothing else."""
    source = Packed(images[:1].repeat(96, 1, 1, 1))

    def pixels(seed: int, step: int) -> Tensor:
        trainer = make_trainer(source=source, seed=seed)
        trainer.run([0.0] * step)
        return trainer.batch().pixels

    assert torch.equal(pixels(3, 0), pixels(3, 0))
    assert torch.equal(pixels(3, 2), pixels(3, 2))
    assert not torch.equal(pixels(3, 0), pixels(4, 0))
    assert not torch.equal(pixels(3, 0), pixels(3, 2))


def test_an_epoch_leaves_out_the_incomplete_batch(make_trainer: MakeTrainer):
    assert make_trainer(batch_size=32).steps_per_epoch == 3
    assert make_trainer(batch_size=40).steps_per_epoch == 2
    assert make_trainer(batch_size=1000).steps_per_epoch == 1


def test_training_learns(make_trainer: MakeTrainer):
    trainer = make_trainer(augmentation=Augmentation(), label_smoothing=0.0)
    first = last = trainer.run([0.05] * 4)
    for _ in range(20):
        last = trainer.run([0.05] * 4)
    assert last["loss"] < first["loss"] / 3
    assert last["metrics"]["accuracy"] > 0.9


def test_progress_ends_with_the_last_step_and_its_loss(make_trainer: MakeTrainer):
    seen: list[tuple[float, ...]] = []
    make_trainer().run(rates(11), progress=lambda *now: seen.append(now))
    assert [now[:2] for now in seen] == [(8, 11), (11, 11)]
    assert all(0 < now[2] < 10 for now in seen)


@pytest.mark.parametrize("at", [2, 9, 11])
def test_a_loss_that_becomes_nan_stops_and_keeps_the_checkpoint(
    make_trainer: MakeTrainer, tmp_path: Path, at: int
):
    trainer = make_trainer()
    before = saved(trainer, tmp_path)
    learning_rates = [0.01] * 12
    learning_rates[at - 1] = float("inf")
    with pytest.raises(
        NonFiniteLoss, match=rf"needs a finite loss, found nan after step {at + 1} "
    ):
        trainer.run(learning_rates)
    assert (tmp_path / "saved.safetensors").read_bytes() == before


def test_weights_that_become_infinite_at_the_last_step_are_noticed(make_trainer: MakeTrainer):
    with pytest.raises(
        NonFiniteLoss, match=r"needs finite weights, .* step 1 \(learning rate inf\)"
    ):
        make_trainer().run([float("inf")])


def test_a_checkpoint_of_another_network_is_refused(make_trainer: MakeTrainer, tmp_path: Path):
    path = str(tmp_path / "a.safetensors")
    make_trainer(objective="rotation", heads={"fc": 4}).save(path)
    with pytest.raises(FileError, match="it needs one of this network"):
        make_trainer().load(path)
    tensors.save(path, {"step": torch.tensor(3)})
    with pytest.raises(FileError, match="it needs one of this network"):
        make_trainer().load(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"heads": {"fc": 4}}, r"it needs heads of \[at least 5\] outputs, found \[4\]"),
        ({"heads": {"a": 5, "b": 5}}, r"outputs, found \[5, 5\]"),
        ({"objective": "rotation"}, r"it needs heads of \[4\] outputs, found \[5\]"),
        ({"batch_size": 0}, "needs a batch size of at least 1, found 0"),
        ({"view": View(clips=6)}, "Cannot train on 6 clips of a row: it needs views of 1 clip"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    make_trainer: MakeTrainer, options: dict[str, object], message: str
):
    with pytest.raises(InputError, match=message):
        make_trainer(**options)


class Recorder:
    """An objective that keeps what it is given: the labels objective of `rows_B` modulo 5."""

    metrics = ("above", "below")
    own_layers = None

    def __init__(self, *frozen: Frozen) -> None:
        self.frozen = frozen
        self.prepared: list[tuple[int, torch.device]] = []
        self.draws: list[list[int]] = []
        self.training: list[tuple[bool, ...]] = []

    def heads(self, net: Network) -> list[Head]:
        return [Head(5, exact=True)]

    def prepare(self, rows: int, device: torch.device) -> None:
        self.prepared.append((rows, device))

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        first, again, other = (
            int(torch.randint(1 << 40, (), generator=draws(purpose)))
            for purpose in ("this", "this", "that")
        )
        assert first == again
        self.draws.append([first, other])
        self.training.append((net.training, *(network.training for network, _ in self.frozen)))
        (logits_BC,) = net(batch.pixels)
        mean = F.cross_entropy(logits_BC.float(), batch.rows_B % 5)
        images = len(batch.rows_B)
        step = torch.tensor(len(self.draws))
        return Loss(mean, images, {"above": step * images, "below": -step * images})


def test_an_objective_is_one_object_of_the_registry_and_gets_what_the_protocol_says(
    make_trainer: MakeTrainer, monkeypatch: pytest.MonkeyPatch
):
    teacher = models.build("resnet10-small", {"fc": 2}, width=4, seed=0).train()
    recorder = Recorder(Frozen(teacher, View()))

    def make(given: Given) -> Objective:
        return recorder

    monkeypatch.setitem(objectives.OBJECTIVES, "recorder", make)
    trainer = make_trainer(objective="recorder")
    summary = trainer.run(rates(4))
    assert recorder.prepared == [(96, torch.device("cpu"))]
    assert recorder.training == [(True, False)] * 4
    assert len({tuple(drawn) for drawn in recorder.draws}) == 4
    assert all(first != other for first, other in recorder.draws)
    assert summary["images"] == 80
    assert summary["metrics"] == {"above": 2.5, "below": -2.5}


def test_a_trainer_reads_rows_and_images_from_any_source(make_trainer: MakeTrainer, images: Tensor):
    class Backwards:
        """The images in the opposite order."""

        rows = 96

        def batch(
            self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
        ) -> Tensor:
            assert draws is not None
            assert view == View(size=8)
            return Packed(images).batch(95 - rows_B, view, None)

    batch = make_trainer(source=Backwards(), view=View(size=8), augmentation=Augmentation()).batch()
    expected = Packed(images.flip(0)).batch(batch.rows_B, View(size=8), None)
    assert torch.equal(batch.images(), expected)
    assert batch.pixels.shape == (20, 3, 8, 8)
