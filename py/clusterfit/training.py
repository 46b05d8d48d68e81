"""Stochastic gradient descent on an objective, resumable at any step bit for bit."""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Literal

import torch
from torch import Generator, Tensor, nn

from . import models, tensors
from .data.augmentation import Augmentation
from .data.batch import Batch
from .data.batches import Batches
from .data.source import Source
from .data.view import View
from .devices import repeatable, threads
from .errors import FileError, InputError, NonFiniteLoss
from .models.network import Network, check_view, initialise
from .objectives.objective import Objective
from .seeds import generator
from .tally import Summary, Tally

Precision = Literal["float32", "bfloat16"]
Progress = Callable[..., None]

_STEPS_BETWEEN_CHECKS = 8


class Trainer:
    """A network, its optimiser and its place in the data.

    The place is one number, `step`, of which all that is read and drawn depends: see `Batches`. So
    a trainer that was saved and loaded goes on exactly as one that was not, and the batches do not
    depend on the device, the precision or the threads.
    """

    def __init__(
        self,
        net: Network,
        source: Source,
        objective: Objective,
        *,
        view: View,
        batch_size: int,
        momentum: float,
        weight_decay: float,
        nesterov: bool,
        label_smoothing: float,
        augmentation: Augmentation,
        precision: Precision,
        device: str,
        seed: int,
        threads: int,
    ) -> None:
        """Prepare to train `net` (which is moved to `device` and changed in place).

        Args:
            net: what to train, from `models.build`.
            source: the rows to train on.
            objective: what to minimise.
            view: how `net` reads a row: one clip.
            batch_size: rows taken from the source in one step, at most all.
            momentum: of SGD, as in torch.optim.SGD.
            weight_decay: of every parameter.
            nesterov: as in torch.optim.SGD.
            label_smoothing: as in torch.nn.functional.cross_entropy.
            augmentation: what happens to the images.
            precision: of the forward and backward pass; weights and sums stay float32.
            device: as PyTorch names it.
            seed: of batches and of what the source and the objective draw.
            threads: CPU threads of a `run`. They wait for each other by spinning: on CPUs shared
                with other work, several trainers of one thread each get far more done.

        Raises:
            InputError: the network, the source and the objective do not fit each other.
        """
        _check_heads(net, objective)
        _check_clips([view, *(frozen.view for frozen in objective.frozen)])
        for network, shown in [(net, view), *objective.frozen]:
            check_view(network, shown, "train")
        if batch_size < 1:
            raise InputError(
                f"Cannot train: it needs a batch size of at least 1, found {batch_size}. "
                "Give a larger one."
            )
        self._device = torch.device(device)
        repeatable(self._device)
        objective.prepare(source.rows, self._device)
        self._seed = seed
        self._step = 0
        net.set_draws(self._draws)
        self._net = net.to(device)
        self._objective = objective
        self._trained: dict[str, nn.Module] = {"net": self._net}
        self._parameters = dict(net.named_parameters())
        own = objective.own_layers
        if own is not None:
            initialise(own.to_empty(device="cpu"), generator(seed, "objective"))
            self._trained["objective"] = own.to(device)
            self._parameters |= dict(own.named_parameters("objective"))
        frozen = (network.view for network in objective.frozen)
        self._views = [view, *(other for other in frozen if other != view)]
        self._dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
        self._batches = Batches(
            source,
            view,
            batch_size=batch_size,
            seed=seed,
            device=self._device,
            augmentation=augmentation,
            dtype=self._dtype,
            label_smoothing=label_smoothing,
        )
        self._threads = threads
        self._tally = Tally(objective.metrics)
        self._optimiser = torch.optim.SGD(
            self._parameters.values(),
            momentum=momentum,
            weight_decay=weight_decay,
            nesterov=nesterov,
            fused=True,
        )
        for parameter in self._parameters.values():
            momenta = {"momentum_buffer": torch.zeros_like(parameter)} if momentum else {}
            self._optimiser.state[parameter] = momenta

    @property
    def step(self) -> int:
        """How many steps were trained so far."""
        return self._step

    @property
    def steps_per_epoch(self) -> int:
        """How many whole batches there are in the source."""
        return self._batches.per_epoch

    def run(self, learning_rates: Sequence[float], progress: Progress | None = None) -> Summary:
        """Train one step for each learning rate; return the means of the epoch so far.

        All steps of the latest step's epoch count, whether this trainer made them or the one whose
        checkpoint was loaded. `progress(done, total, loss)` is called every few steps with the
        latest batch's loss.

        Raises:
            NonFiniteLoss: the loss or a weight became NaN or infinite. The trainer is of no
                further use; what was saved before is good.
        """
        total = len(learning_rates)
        latest: list[Tensor] = []
        for layers in self._trained.values():
            layers.train()
        for network, _ in self._objective.frozen:
            network.to(self._device).eval()
        batches = self._batches.between(self._step, self._step + total, self._views)
        with threads(self._threads), closing(batches):
            for done, (learning_rate, batch) in enumerate(
                zip(learning_rates, batches, strict=True), start=1
            ):
                if self._step % self.steps_per_epoch == 0:
                    self._tally.clear()
                with torch.autocast(self._device.type, self._dtype, self._dtype != torch.float32):
                    loss = self._objective.loss(self._net, batch, self._draws)
                loss.mean.backward()
                self._optimiser.param_groups[0]["lr"] = learning_rate
                self._optimiser.step()
                self._optimiser.zero_grad()
                self._step += 1
                self._tally.add(loss)
                latest.append(loss.mean.detach())
                if done % _STEPS_BETWEEN_CHECKS == 0 or done == total:
                    self._check(torch.stack(latest), learning_rates[done - len(latest) : done])
                    latest.clear()
                    if progress is not None:
                        progress(done, total, loss.mean.item())
        return self._tally.summary()

    def save(self, path: str) -> None:
        """Write a checkpoint: weights, batch-norm statistics, momentum and step.

        The objective's own layers are in it, too; within an epoch also what that measured so far.
        """
        weights = {
            f"{part}.{name}": value
            for part, layers in self._trained.items()
            for name, value in models.state(layers).items()
        }
        momenta = {
            f"momentum.{name}": self._optimiser.state[parameter]["momentum_buffer"].cpu()
            for name, parameter in self._parameters.items()
            if "momentum_buffer" in self._optimiser.state[parameter]
        }
        tally = self._tally.state() if self._step % self.steps_per_epoch else {}
        tensors.save(path, weights | momenta | tally | {"step": torch.tensor(self._step)})

    def load(self, path: str) -> None:
        """Go on from a checkpoint of a trainer that was made with the same arguments.

        Raises:
            FileError: the file is not whole, or belongs to another network or optimiser.
        """
        saved = tensors.load(path)
        try:
            for part, layers in self._trained.items():
                prefix = f"{part}."
                layers.load_state_dict(
                    {key[len(prefix) :]: saved[key] for key in saved if key.startswith(prefix)}
                )
            for name, parameter in self._parameters.items():
                for momentum in self._optimiser.state[parameter].values():
                    momentum.copy_(saved[f"momentum.{name}"])
            self._step = int(saved["step"].item())
            if self._step % self.steps_per_epoch:
                self._tally.load(saved, self._device)
        except (RuntimeError, KeyError) as error:
            raise FileError(
                f"Cannot go on from the checkpoint {path}: it needs one of this network, found one "
                f"of another ({error}). Name one that this training wrote, or start it again."
            ) from error

    def save_network(self, path: str) -> None:
        """Write the network alone, for `models.load`."""
        tensors.save(path, models.state(self._net))

    def batch(self) -> Batch:
        """Return what the objective is given at the next step."""
        return self._batches.at(self._step)

    def _draws(self, purpose: str) -> Generator:
        """Return the generator of the present step for that purpose."""
        return generator(self._seed, purpose, self._step)

    def _check(self, losses: Tensor, learning_rates: Sequence[float]) -> None:
        """Raise NonFiniteLoss unless the latest losses, and the weights now, are finite."""
        finite = losses.isfinite()
        if not finite.all():
            index = int(finite.int().argmin().item())
            needed, found = "a finite loss", f"{losses[index].item()}"
        elif not all(parameter.isfinite().all() for parameter in self._parameters.values()):
            index = len(losses) - 1
            needed, found = "finite weights", "NaN or infinity"
        else:
            return
        step = self._step - len(losses) + index + 1
        raise NonFiniteLoss(
            f"Cannot go on training: it needs {needed}, found {found} after step {step:,} "
            f"(learning rate {learning_rates[index]:g}). Train with a lower learning rate, a "
            "longer warm-up or float32; the last good checkpoint is kept."
        )


def _check_heads(net: Network, objective: Objective) -> None:
    wanted = objective.heads(net)
    found = [head.out_features for head in net.all_heads]
    fits = len(found) == len(wanted) and all(
        outputs == head.outputs if head.exact else outputs >= head.outputs
        for outputs, head in zip(found, wanted, strict=True)
    )
    if not fits:
        needed = [f"{'' if head.exact else 'at least '}{head.outputs}" for head in wanted]
        raise InputError(
            f"Cannot train this network: it needs heads of [{', '.join(needed)}] outputs, found "
            f"{found}. Build the network with such heads."
        )


def _check_clips(views: Sequence[View]) -> None:
    for view in views:
        if view.clips != 1:
            raise InputError(
                f"Cannot train on {view.clips} clips of a row: it needs views of 1 clip. "
                "Give such a view; only extraction averages clips."
            )
