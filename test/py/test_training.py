import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from clusterfit import nets, tensors
from clusterfit.errors import FileError, InputError, NonFiniteLoss
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
    trainer = make_trainer(batch_size=96, augmentation={}, nesterov=nesterov)
    summary = trainer.run([0.1, 0.02])
    net = nets.build("resnet10-small", 5, width=8, seed=7).double().train()
    pixels = (images.double().permute(0, 3, 1, 2) - 127.5) / 64
    momenta = [np.zeros(p.shape) for p in net.parameters()]
    losses: list[float] = []
    for rate in (0.1, 0.02):
        log_p = net(pixels).log_softmax(1)
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
    assert summary["loss"] == pytest.approx(np.mean(losses), rel=1e-5)
    assert summary["images"] == 192


@pytest.mark.parametrize("stop", [0, 1, 3, 4, 5, 11])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_resumed_run_is_bit_for_bit_the_one_that_never_stopped(
    make_trainer: MakeTrainer, tmp_path: Path, stop: int, precision: str
):
    whole = make_trainer(precision=precision)
    whole.run(rates(13))
    first = make_trainer(precision=precision)
    first.run(rates(13)[:stop])
    first.save(str(tmp_path / "stopped.safetensors"))
    second = make_trainer(precision=precision)
    second.load(str(tmp_path / "stopped.safetensors"))
    assert second.step == stop
    second.run(rates(13)[stop:])
    assert saved(second, tmp_path) == saved(whole, tmp_path)


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
    trainer = make_trainer(batch_size=32, classes=96, labels=torch.arange(96))
    epochs: list[list[int]] = [[], []]
    for epoch in epochs:
        for _ in range(3):
            epoch += trainer.batch()[1].tolist()
            trainer.run([0.0])
    assert sorted(epochs[0]) == sorted(epochs[1]) == list(range(96))
    assert epochs[0] != epochs[1]


def test_an_epoch_leaves_out_the_incomplete_batch(make_trainer: MakeTrainer):
    assert make_trainer(batch_size=32).steps_per_epoch == 3
    assert make_trainer(batch_size=40).steps_per_epoch == 2
    assert make_trainer(batch_size=1000).steps_per_epoch == 1


@pytest.mark.parametrize(("rotations", "images_a_step"), [("one", 20), ("all", 80)])
def test_rotation_labels_say_how_the_images_were_turned(
    make_trainer: MakeTrainer, images: Tensor, rotations: str, images_a_step: int
):
    trainer = make_trainer(task="rotate", augmentation={}, rotations=rotations)
    identify = make_trainer(classes=96, labels=torch.arange(96))
    pixels, turns = trainer.batch()
    chosen = identify.batch()[1].repeat(images_a_step // 20)
    assert len(pixels) == len(turns) == images_a_step
    assert set(turns.tolist()) == {0, 1, 2, 3}
    for image, label, index in zip(pixels, turns.tolist(), chosen.tolist(), strict=True):
        source = (images[index].double().numpy() - 127.5) / 64
        turned = np.rot90(source, label).transpose(2, 0, 1)
        np.testing.assert_array_equal(image.double().numpy(), turned)


def test_rotations_are_drawn_evenly_and_anew_for_each_step(make_trainer: MakeTrainer):
    trainer = make_trainer(task="rotate", batch_size=96, augmentation={})
    counts: list[list[int]] = []
    for _ in range(20):
        counts.append(trainer.batch()[1].bincount(minlength=4).tolist())
        trainer.run([0.0])
    assert len({tuple(count) for count in counts}) > 10
    assert all(380 < total < 580 for total in np.sum(counts, axis=0))


def test_training_learns(make_trainer: MakeTrainer):
    trainer = make_trainer(augmentation={}, label_smoothing=0.0)
    first = last = trainer.run([0.05] * 4)
    for _ in range(20):
        last = trainer.run([0.05] * 4)
    assert last["loss"] < first["loss"] / 3
    assert last["accuracy"] > 0.9


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
    with pytest.raises(NonFiniteLoss, match=rf"went astray at step {at + 1} "):
        trainer.run(learning_rates)
    assert (tmp_path / "saved.safetensors").read_bytes() == before


def test_weights_that_become_infinite_at_the_last_step_are_noticed(make_trainer: MakeTrainer):
    with pytest.raises(NonFiniteLoss, match=r"step 1 \(learning rate inf\): the weights became"):
        make_trainer().run([float("inf")])


def test_a_checkpoint_of_another_network_is_refused(make_trainer: MakeTrainer, tmp_path: Path):
    path = str(tmp_path / "a.safetensors")
    make_trainer(task="rotate").save(path)
    with pytest.raises(FileError, match="it belongs to another network"):
        make_trainer().load(path)
    tensors.save(path, {"step": torch.tensor(3)})
    with pytest.raises(FileError, match="it belongs to another network"):
        make_trainer().load(path)


def test_labels_that_do_not_fit_are_refused(make_trainer: MakeTrainer, labels: Tensor):
    with pytest.raises(InputError, match="labels 0 to 4: the network has the classes 0 to 3"):
        make_trainer(classes=4)
    with pytest.raises(InputError, match="int64, one for each of 96 images"):
        make_trainer(labels=labels[:-1])
    with pytest.raises(InputError, match="int64, one for each of 96 images"):
        make_trainer(labels=labels.int())
    with pytest.raises(InputError, match="needs a label for each image"):
        make_trainer(labels=None)
    with pytest.raises(InputError, match="takes no labels and a network of 4 classes"):
        make_trainer(task="rotate", labels=labels)
    with pytest.raises(InputError, match="takes no labels and a network of 4 classes"):
        make_trainer(task="rotate", classes=5)
    with pytest.raises(InputError, match="batch size has to be at least 1"):
        make_trainer(batch_size=0)
