"""RotNet: tell by how many quarter turns an image was turned (Gidaris et al., ICLR 2018)."""

from collections.abc import Sequence
from typing import Literal

import torch
from torch import Generator, Tensor

from ..data.augmentation import rotate
from ..data.batch import Batch
from ..data.source import Draws
from ..models.network import Network
from .cross_entropy import count_correct, cross_entropy
from .objective import Frozen, Given, Head, Loss, Objective

Rotations = Literal["one", "all"]


class Rotation:
    """The cross-entropy of four rotations.

    Images are turned before they are augmented. `rotations` are "one" drawn for each image, or
    "all" four of each: the batch is then four times as large.
    """

    metrics: Sequence[str] = ("accuracy",)
    own_layers = None
    frozen: Sequence[Frozen] = ()

    def __init__(self, rotations: Rotations = "one") -> None:
        self._rotations = rotations

    def heads(self, net: Network) -> Sequence[Head]:
        """One of 4 outputs."""
        return (Head(4, exact=True),)

    def prepare(self, rows: int, device: torch.device) -> None:
        """There is nothing to prepare."""

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Turn, augment, and compare with the turns."""
        images, turns_B = self.turn(batch.images(), draws("rotation"))
        (logits_BC,) = net(batch.augment(images))
        logits_BC = logits_BC.float()
        mean = cross_entropy(logits_BC, turns_B, batch)
        return Loss(mean, len(turns_B), {"accuracy": count_correct(logits_BC, turns_B)})

    def turn(self, images: Tensor, draws: Generator) -> tuple[Tensor, Tensor]:
        """Return turned images or clips, and the int64 number of quarter turns of each.

        A batch is in random order already, so its first images are left as they are, the next
        ones turned once, and so on: only how many get each rotation is drawn.

        Raises:
            InputError: the images are not square.
        """
        batch = len(images)
        if self._rotations == "all":
            images = torch.cat([images] * 4)
            counts = torch.full((4,), batch)
        else:
            counts = torch.randint(4, (batch,), generator=draws).bincount(minlength=4)
        turns = torch.arange(4).repeat_interleave(counts).to(images.device)
        return rotate(images, [int(count) for count in counts]), turns


def make_rotation(given: Given) -> Objective:
    """Make it of no labels and no networks. Option: rotations, "one" (default) or "all".

    Raises:
        InputError: there is something else.
    """
    given.check(labels=0, networks=0, options=["rotations"])
    match given.options.get("rotations", "one"):
        case "one" | "all" as rotations:
            return Rotation(rotations)
        case _:
            raise given.wrong("rotations", '"one" or "all"')
