"""What the steps of an epoch measured."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import torch
from torch import Tensor

from .objectives.objective import Loss

PREFIX = "tally."


class Summary(TypedDict):
    """Means over the images of an epoch so far: the loss and the metrics; and how many."""

    loss: float
    images: int
    metrics: dict[str, float]


class Tally:
    """The losses and sums of an epoch so far.

    They are kept as they were added, so that an epoch that was stopped within ends with the same
    means, bit for bit, as one that was not.
    """

    def __init__(self, metrics: Sequence[str]) -> None:
        self._metrics = metrics
        self.clear()

    def clear(self) -> None:
        """Begin an epoch."""
        self._losses: list[Tensor] = []
        self._images = 0
        self._sums = {name: torch.zeros((), dtype=torch.float64) for name in self._metrics}

    def add(self, loss: Loss) -> None:
        """Add what one step measured; nothing waits for the device."""
        self._losses.append(loss.mean.detach().float())
        self._images += loss.images
        for name, value in self._sums.items():
            self._sums[name] = value.to(loss.mean.device) + loss.sums[name]

    def summary(self) -> Summary:
        """Return the means, in float64."""
        return {
            "loss": self._all_losses().double().mean().item(),
            "images": self._images,
            "metrics": {
                name: value.item() / max(self._images, 1) for name, value in self._sums.items()
            },
        }

    def state(self) -> dict[str, Tensor]:
        """Return all of it, on the CPU, for `load`."""
        sums = {f"{PREFIX}sum.{name}": value.cpu() for name, value in self._sums.items()}
        images = torch.tensor(self._images)
        return {f"{PREFIX}losses": self._all_losses().cpu(), f"{PREFIX}images": images} | sums

    def load(self, saved: Mapping[str, Tensor], device: torch.device) -> None:
        """Go on from a `state`, on `device`.

        Raises:
            KeyError: it has none, or one of other metrics.
        """
        self._losses = [*saved[f"{PREFIX}losses"].to(device)]
        self._images = int(saved[f"{PREFIX}images"].item())
        self._sums = {name: saved[f"{PREFIX}sum.{name}"] for name in self._metrics}

    def _all_losses(self) -> Tensor:
        return torch.stack(self._losses) if self._losses else torch.zeros(0)
