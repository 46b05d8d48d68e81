"""How good scores are."""

from typing import Protocol

from torch import Tensor


class Metric(Protocol):
    """A number from 0 to 100 for scores."""

    def __call__(self, scores_NC: Tensor, labels: Tensor) -> float:
        """Return, in percent, how well float64 scores N x C tell the labels.

        Labels are int64 N, or uint8 N x C where a row may have several. The larger the score of a
        class, the more the row is taken to have it. The number depends on no order of the rows.

        Raises:
            InputError: the metric is none of such labels.
        """
        ...
