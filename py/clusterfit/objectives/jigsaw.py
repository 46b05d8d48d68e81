"""Jigsaw: tell how the patches of an image were shuffled (Noroozi and Favaro, ECCV 2016)."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..data.batch import Batch
from ..data.source import Draws
from ..errors import InputError
from ..models.network import Network
from .cross_entropy import count_correct, cross_entropy
from .objective import Frozen, Given, Head, Loss, Objective
from .permutations import ALL, PATCHES, choose_permutations
from .puzzle import cut_puzzle

PERMUTATIONS = 2000
HIDDEN = 1000
"""What the paper takes: "2000 permutations as used in [22]", whose head has 1000 units a patch."""


class PuzzleHead(nn.Module):
    """From nine patches' outputs of the network's head to the logits of the permutations."""

    def __init__(self, hidden: int, permutations: int) -> None:
        super().__init__()
        self.bn = nn.BatchNorm1d(hidden)
        self.fc = nn.Linear(PATCHES * hidden, permutations)

    def forward(self, outputs_PD: Tensor) -> Tensor:
        """Return logits B x permutations of P = 9 B outputs, the patches of an image in order."""
        return self.fc(self.bn(outputs_PD).relu().view(-1, PATCHES * outputs_PD.shape[1]))


class Jigsaw:
    """The cross-entropy of the permutation by which an image's nine patches were shuffled.

    The network sees each patch alone. Its head makes `hidden` numbers of the patch's features;
    batch norm over all patches of the batch, ReLU, the nine one after the other, and a linear layer
    that tells the permutation (Goyal et al., ICCV 2019, whose models the paper takes). Puzzles are
    made of augmented images.
    """

    metrics: Sequence[str] = ("accuracy",)
    frozen: Sequence[Frozen] = ()

    def __init__(
        self, *, permutations: int = PERMUTATIONS, hidden: int = HIDDEN, seed: int = 0
    ) -> None:
        """Choose the permutations, a set that `seed` decides."""
        self._hidden = hidden
        self._permutations_M9 = choose_permutations(permutations, seed)
        with torch.device("meta"):
            self.own_layers = PuzzleHead(hidden, permutations)

    def heads(self, net: Network) -> Sequence[Head]:
        """One for a patch.

        Raises:
            InputError: the network reads clips.
        """
        if net.frames is not None:
            raise InputError(
                "Cannot train by jigsaw: it needs a network of stills, found one of clips. Train "
                "it by rotations or by labels."
            )
        return (Head(self._hidden, exact=True),)

    def prepare(self, rows: int, device: torch.device) -> None:
        """Move the permutations to `device`."""
        self._permutations_M9 = self._permutations_M9.to(device)

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Shuffle each image's patches and compare with the permutations."""
        drawn = draws("jigsaw")
        pixels_BCHW = batch.pixels
        images, permutations = len(pixels_BCHW), len(self._permutations_M9)
        puzzle_B9CHW = cut_puzzle(pixels_BCHW, drawn)
        labels_B = torch.randint(permutations, (images,), generator=drawn).to(pixels_BCHW.device)
        order_B9 = self._permutations_M9[labels_B]
        rows_B1 = torch.arange(images, device=order_B9.device)[:, None]
        patches_PCHW = puzzle_B9CHW[rows_B1, order_B9].flatten(0, 1)
        (outputs_PD,) = net(patches_PCHW.to(pixels_BCHW.dtype, memory_format=torch.channels_last))
        logits_BM = self.own_layers(outputs_PD.float()).float()
        mean = cross_entropy(logits_BM, labels_B, batch)
        return Loss(mean, images, {"accuracy": count_correct(logits_BM, labels_B)})


def make_jigsaw(given: Given) -> Objective:
    """Make it of no labels and no networks.

    Options: permutations (2000), hidden (1000) units a patch, seed (0) of the permutations.

    Raises:
        InputError: there is something else.
    """
    given.check(labels=0, networks=0, options=["permutations", "hidden", "seed"])
    permutations = given.whole("permutations", PERMUTATIONS, least=2, most=ALL)
    hidden = given.whole("hidden", HIDDEN, least=2)
    return Jigsaw(permutations=permutations, hidden=hidden, seed=given.whole("seed", 0, least=0))
