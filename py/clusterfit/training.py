"""Stochastic gradient descent on images held in memory, resumable at any step bit for bit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypedDict

import torch
import torch.nn.functional as F
from torch import Tensor

from . import nets, tensors
from .devices import threads
from .errors import FileError, InputError, NonFiniteLoss
from .images import Augmentation, augment, check, rotate
from .nets import Net
from .seeds import generator

Precision = Literal["float32", "bfloat16"]
Task = Literal["classify", "rotate"]
Rotations = Literal["one", "all"]
Progress = Callable[..., None]

_STEPS_BETWEEN_CHECKS = 8


class Summary(TypedDict):
    """Means over the images of one `run`: cross-entropy in nats, share correct, and how many."""

    loss: float
    accuracy: float
    images: int


class Trainer:
    """A network, its optimiser and its place in the data.

    The place is one number, `step`: epoch e is the permutation drawn from (seed, e), cut into
    `steps_per_epoch` batches (the incomplete last one is left out), and step s augments with
    draws from (seed, s). So a trainer that was saved and loaded goes on exactly as one that was
    not, and the batches do not depend on the device, the precision or the threads.
    """

    def __init__(
        self,
        net: Net,
        images: Tensor,
        labels: Tensor | None,
        *,
        task: Task,
        batch_size: int,
        momentum: float,
        weight_decay: float,
        nesterov: bool,
        label_smoothing: float,
        augmentation: Mapping[str, float | bool],
        precision: Precision,
        device: str,
        seed: int,
        threads: int,
        rotations: Rotations = "one",
    ) -> None:
        """Prepare to train `net` (which is moved to `device` and changed in place).

        Args:
            net: what to train, from `nets.build`.
            images: uint8 N x H x W x 3.
            labels: int64 N in 0 .. classes - 1 for "classify"; None for "rotate".
            task: "classify" by labels, or "rotate": tell by how many quarter turns an image was
                turned (Gidaris et al., 2018), which takes a network of 4 classes.
            batch_size: images taken from the set in one step, at most N.
            momentum: of SGD, as in torch.optim.SGD.
            weight_decay: of every parameter.
            nesterov: as in torch.optim.SGD.
            label_smoothing: as in torch.nn.functional.cross_entropy.
            augmentation: fields of `images.Augmentation`.
            precision: of the forward and backward pass; weights and sums stay float32.
            device: as PyTorch names it.
            seed: of batches, augmentation and rotations.
            threads: CPU threads of a `run`. They wait for each other by spinning: on CPUs shared
                with other work, several trainers of one thread each get far more done.
            rotations: for "rotate", "one" random rotation of each image, or "all" four of them.

        Raises:
            InputError: the images, the labels and the network do not fit each other.
        """
        check(images)
        if task == "classify":
            _check_labels(labels, len(images), net.fc.out_features)
        elif labels is not None or net.fc.out_features != 4:
            raise InputError("The task rotate takes no labels and a network of 4 classes.")
        if batch_size < 1:
            raise InputError(f"The batch size has to be at least 1, but is {batch_size}.")
        self._net = net.to(device)
        self._images = images.to(device)
        self._labels = None if labels is None else labels.to(device)
        self._batch_size = min(batch_size, len(images))
        self._label_smoothing = label_smoothing
        self._augmentation = Augmentation(**augmentation)  # pyright: ignore[reportArgumentType]
        self._dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
        self._device = torch.device(device)
        self._seed = seed
        self._threads = threads
        self._rotations = rotations
        self._step = 0
        self._epoch = -1
        self._order_N = torch.empty(0, dtype=torch.int64)
        self._optimiser = torch.optim.SGD(
            net.parameters(),
            momentum=momentum,
            weight_decay=weight_decay,
            nesterov=nesterov,
            fused=True,
        )
        for parameter in net.parameters():
            momenta = {"momentum_buffer": torch.zeros_like(parameter)} if momentum else {}
            self._optimiser.state[parameter] = momenta

    @property
    def step(self) -> int:
        """How many steps were trained so far."""
        return self._step

    @property
    def steps_per_epoch(self) -> int:
        """How many whole batches there are in the images."""
        return len(self._images) // self._batch_size

    def run(self, learning_rates: Sequence[float], progress: Progress | None = None) -> Summary:
        """Train one step for each learning rate.

        `progress(done, total, loss)` is called every few steps with the latest batch's loss.

        Raises:
            NonFiniteLoss: the loss or a weight became NaN or infinite. The trainer is of no
                further use; what was saved before is good.
        """
        total = len(learning_rates)
        device = self._device
        losses = torch.zeros(total, device=device)
        correct = torch.zeros((), dtype=torch.int64, device=device)
        images = 0
        checked = 0
        self._net.train()
        with threads(self._threads):
            for done, learning_rate in enumerate(learning_rates, start=1):
                pixels, labels = self.batch()
                with torch.autocast(device.type, self._dtype, self._dtype != torch.float32):
                    logits = self._net(pixels).float()
                loss = F.cross_entropy(logits, labels, label_smoothing=self._label_smoothing)
                loss.backward()
                self._optimiser.param_groups[0]["lr"] = learning_rate
                self._optimiser.step()
                self._optimiser.zero_grad()
                self._step += 1
                losses[done - 1] = loss.detach()
                correct += (logits.detach().argmax(1) == labels).sum()
                images += len(labels)
                if done % _STEPS_BETWEEN_CHECKS == 0 or done == total:
                    self._check(losses[checked:done], learning_rates[checked:done])
                    checked = done
                    if progress is not None:
                        progress(done, total, losses[done - 1].item())
        return {
            "loss": losses.double().mean().item(),
            "accuracy": correct.item() / max(images, 1),
            "images": images,
        }

    def save(self, path: str) -> None:
        """Write a checkpoint: weights, batch-norm statistics, momentum and step."""
        network = {f"net.{name}": value for name, value in nets.state(self._net).items()}
        momenta = {
            f"momentum.{name}": self._optimiser.state[parameter]["momentum_buffer"].cpu()
            for name, parameter in self._net.named_parameters()
            if "momentum_buffer" in self._optimiser.state[parameter]
        }
        tensors.save(path, network | momenta | {"step": torch.tensor(self._step)})

    def load(self, path: str) -> None:
        """Go on from a checkpoint of a trainer that was made with the same arguments.

        Raises:
            FileError: the file is not whole, or belongs to another network or optimiser.
        """
        saved = tensors.load(path)
        network = {key[4:]: value for key, value in saved.items() if key.startswith("net.")}
        try:
            self._net.load_state_dict(network)
            for name, parameter in self._net.named_parameters():
                for momentum in self._optimiser.state[parameter].values():
                    momentum.copy_(saved[f"momentum.{name}"])
            self._step = int(saved["step"].item())
        except (RuntimeError, KeyError) as error:
            raise FileError(
                f"Cannot go on from the checkpoint {path}: it belongs to another network "
                f"({error}). Go on from one that this training wrote, or start it again."
            ) from error

    def save_network(self, path: str) -> None:
        """Write the network alone, for `nets.load`."""
        tensors.save(path, nets.state(self._net))

    def batch(self) -> tuple[Tensor, Tensor]:
        """Return the float B x 3 x H x W images and int64 B labels of the next step."""
        epoch, position = divmod(self._step, self.steps_per_epoch)
        if epoch != self._epoch:
            draws = generator(self._seed, "order", epoch)
            order_N = torch.randperm(len(self._images), generator=draws)
            self._order_N, self._epoch = order_N.to(self._device), epoch
        start = position * self._batch_size
        chosen_B = self._order_N[start : start + self._batch_size]
        images_BHWC = self._images.index_select(0, chosen_B)
        draws = generator(self._seed, "augmentation", self._step)
        if self._labels is None:
            images_BHWC, labels_B = self._turn(images_BHWC)
        else:
            labels_B = self._labels.index_select(0, chosen_B)
        return augment(images_BHWC, self._augmentation, draws, self._dtype), labels_B

    def _turn(self, images_BHWC: Tensor) -> tuple[Tensor, Tensor]:
        """Turn the images; the label is the number of quarter turns.

        A batch is in random order already, so its first images are left as they are, the next
        ones turned once, and so on: only how many get each rotation is drawn.
        """
        batch = len(images_BHWC)
        if self._rotations == "all":
            images_BHWC = images_BHWC.repeat(4, 1, 1, 1)
            counts = torch.full((4,), batch)
        else:
            draws = generator(self._seed, "rotation", self._step)
            counts = torch.randint(4, (batch,), generator=draws).bincount(minlength=4)
        labels = torch.arange(4).repeat_interleave(counts).to(images_BHWC.device)
        return rotate(images_BHWC, [int(count) for count in counts]), labels

    def _check(self, losses: Tensor, learning_rates: Sequence[float]) -> None:
        """Raise NonFiniteLoss unless the latest losses, and the weights now, are finite."""
        finite = losses.isfinite()
        if not finite.all():
            index = int(finite.int().argmin().item())
            what, value = "loss", losses[index].item()
        elif not all(parameter.isfinite().all() for parameter in self._net.parameters()):
            index, what, value = len(losses) - 1, "weights", "not finite"
        else:
            return
        step = self._step - len(losses) + index + 1
        raise NonFiniteLoss(
            f"Training went astray at step {step:,} (learning rate {learning_rates[index]:g}): "
            f"the {what} became {value}. The last good checkpoint is kept. "
            "Try a lower learning rate, a longer warm-up or float32."
        )


def _check_labels(labels: Tensor | None, images: int, classes: int) -> None:
    if labels is None:
        raise InputError("The task classify needs a label for each image, but got none.")
    if labels.dtype != torch.int64 or labels.shape != (images,):
        raise InputError(
            f"Cannot train on these labels: they have to be int64, one for each of {images:,} "
            f"images, but are {labels.dtype} of shape {tuple(labels.shape)}."
        )
    low, high = (int(value.item()) for value in labels.aminmax())
    if low < 0 or high >= classes:
        raise InputError(
            f"Cannot train on labels {low} to {high}: the network has the classes "
            f"0 to {classes - 1}."
        )
