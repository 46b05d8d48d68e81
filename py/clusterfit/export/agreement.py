"""Whether a written file answers as the network does."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from ..errors import Disagreement
from ..seeds import generator
from .deployed import OUTPUTS, Deployed

BATCHES = (1, 2, 7)
"""Images at once that are tried: a graph may hold on to the number that it was traced with."""
TOLERANCE = 1e-4
"""How far an output may be off, as a part of the largest one where that is above 1."""

Answer = Callable[[Tensor], Sequence[Tensor]]
"""Normalised pixels to features and logits."""


def check_agreement(deployed: Deployed, answer: Answer, size: int, form: str) -> None:
    """Ask both about the same random pictures of `size` x `size` pixels.

    Raises:
        Disagreement: outputs differ in their shape or by more than TOLERANCE, or are not finite.
    """
    for batch in BATCHES:
        # Uniform from -2 to 2: what pixels of 0 to 255 are once they are normalised.
        pixels_BCHW = torch.rand(batch, 3, size, size, generator=generator(0, "export", batch))
        pixels_BCHW = 4 * pixels_BCHW - 2
        with torch.inference_mode():
            expected = deployed(pixels_BCHW)
            found = answer(pixels_BCHW)
        for name, own_BD, other_BD in zip(OUTPUTS, expected, found, strict=True):
            difference = _difference(own_BD, other_BD)
            if not difference <= TOLERANCE:
                raise Disagreement(
                    f"Cannot export to {form}: it needs the {name} that PyTorch gives, within "
                    f"{TOLERANCE:g}, found {difference:.2g} between them for {batch} images. "
                    "Leave this form out, and report it with the network's architecture."
                )


def _difference(own_BD: Tensor, other_BD: Tensor) -> float:
    """Return the largest difference, in units of the largest output where that is above 1."""
    if own_BD.shape != other_BD.shape:
        return float("inf")
    scale = max(1.0, own_BD.abs().max().item())
    return (own_BD.double() - other_BD.double()).abs().max().item() / scale
