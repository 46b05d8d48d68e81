"""A classifier of frozen features."""

from collections.abc import Sequence
from typing import Protocol, TypedDict

from torch import Tensor


class Fitted(TypedDict):
    """What a probe found.

    scores: float64 N x C for each of the other feature sets. evaluations: how often the loss and
    its gradient were computed. converged: whether the gradient came within the tolerance.
    """

    scores: list[Tensor]
    evaluations: int
    converged: bool


class Probe(Protocol):
    """Fits a classifier and scores other rows with it."""

    def __call__(
        self,
        features: Tensor,
        labels: Tensor,
        others: Sequence[Tensor],
        *,
        classes: int,
        cost: float,
        device: str,
        threads: int,
        folder: str | None = None,
        max_iterations: int = 200,
    ) -> Fitted:
        """Fit features and labels, and score other features.

        Args:
            features: float32 N x D.
            labels: int64 N, or uint8 N x C where a row may have several.
            others: float32 N x D each.
            classes: C; a class that no row of `labels` has is never preferred to one that some has.
            cost: inverse strength of the penalty.
            device: as PyTorch names it.
            threads: CPU threads.
            folder: for what is as large as the features (see `scratch`).
            max_iterations: of the optimiser.

        Raises:
            InputError: the labels do not fit the features, or are of a kind that it does not take.
            NonFiniteFeatures: a feature is NaN or infinite.
        """
        ...
