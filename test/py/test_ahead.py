"""Batches that are read while the network trains."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from torch import Tensor

from clusterfit import models, objectives
from clusterfit.data import Augmentation, Batch, Crop, Draws, Packed, View
from clusterfit.data.ahead import DEPTH
from clusterfit.errors import FileError, NonFiniteLoss
from clusterfit.objectives import Frozen
from clusterfit.training import Trainer

MakeTrainer = Callable[..., Trainer]


class Slow:
    """The images of `Packed`, not in memory as far as the trainer knows; it notes what is read."""

    def __init__(self, images: Tensor) -> None:
        self._images = Packed(images)
        self.rows = len(images)
        self.read: list[tuple[list[int], int | None]] = []
        self.on_read: Callable[[int], None] = lambda at: None

    def batch(
        self, rows_B: Tensor, view: View, draws: Draws | None, crop: Crop | None = None
    ) -> Tensor:
        self.read.append((rows_B.tolist(), view.size))
        self.on_read(len(self.read))
        return self._images.batch(rows_B, view, draws, crop)


def readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("reader")]


def bytes_of(trainer: Trainer, folder: Path) -> bytes:
    trainer.save(str(folder / "saved.safetensors"))
    return (folder / "saved.safetensors").read_bytes()


@pytest.mark.parametrize("runs", [[11], [1, 4, 6]])
def test_what_is_read_ahead_is_what_would_be_read_in_its_turn(
    make_trainer: MakeTrainer,
    images: Tensor,
    labels: Tensor,
    tmp_path: Path,
    runs: list[int],
):
    def trainer(source: Packed | Slow) -> Trainer:
        teacher = models.build("resnet10-small", {"fc": 5}, width=4, seed=0)
        frozen = [Frozen(teacher, View(size=24)), Frozen(teacher, View(size=12))]
        return make_trainer(
            source=source,
            objective=objectives.make("distillation", [labels], frozen[:1], {}),
            view=View(size=12),
            augmentation=Augmentation(crop=Crop((0.2, 1.0), (0.7, 1.4)), flip=True),
        )

    plain, slow = trainer(Packed(images)), Slow(images)
    ahead = trainer(slow)
    for steps in runs:
        plain.run([0.05] * steps)
        ahead.run([0.05] * steps)
    assert bytes_of(ahead, tmp_path) == bytes_of(plain, tmp_path)
    assert len(slow.read) == 2 * 11
    assert [size for _, size in slow.read] == [12, 24] * 11
    assert not readers()


def test_the_next_batches_are_read_while_this_one_is_trained_on(
    make_trainer: MakeTrainer, images: Tensor, monkeypatch: pytest.MonkeyPatch
):
    """The first step waits until the last batch that may be read ahead was asked for."""
    slow, asked = Slow(images), threading.Event()
    trainer = make_trainer(source=slow)
    slow.on_read = lambda at: asked.set() if at == 1 + DEPTH else None
    pixels = Batch.augment
    most: list[int] = []

    def augment(batch: Batch, images_BHWC: Tensor) -> Tensor:
        assert asked.wait(30)
        most.append(len(slow.read) - len(most))
        return pixels(batch, images_BHWC)

    monkeypatch.setattr(Batch, "augment", augment)
    trainer.run([0.05] * 9)
    assert len(most) == 9
    assert max(most) <= 1 + DEPTH


def test_rows_in_memory_are_read_by_the_thread_that_trains(
    make_trainer: MakeTrainer, images: Tensor, monkeypatch: pytest.MonkeyPatch
):
    threads: set[str] = set()
    read = Packed.batch

    def batch(*given: object) -> Tensor:
        threads.add(threading.current_thread().name)
        return read(*given)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Packed, "batch", batch)
    make_trainer().run([0.05] * 3)
    assert threads == {threading.current_thread().name}


def test_a_picture_that_cannot_be_read_ends_the_run_and_the_thread(
    make_trainer: MakeTrainer, images: Tensor
):
    slow = Slow(images)

    def fail(at: int) -> None:
        if at == 6:
            raise FileError("Cannot read a.jpg")

    slow.on_read = fail
    trainer = make_trainer(source=slow)
    with pytest.raises(FileError, match=r"Cannot read a\.jpg"):
        trainer.run([0.05] * 9)
    assert trainer.step == 5
    assert not readers()


def test_a_run_that_fails_reads_no_further(make_trainer: MakeTrainer, images: Tensor):
    slow = Slow(images)
    with pytest.raises(NonFiniteLoss):
        make_trainer(source=slow).run([float("inf")] * 100)
    assert not readers()
    assert len(slow.read) <= 8 + 1 + DEPTH
