"""Labels of rows, and how well logits tell them."""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.batch import Batch
from ..errors import InputError


class RowLabels:
    """int64 labels from 0, one for each row of a source."""

    def __init__(self, labels_N: Tensor, name: str) -> None:
        """Take labels for an objective called `name`.

        Raises:
            InputError: they are no int64 vector, or one is negative.
        """
        if labels_N.dtype != torch.int64 or labels_N.dim() != 1 or len(labels_N) == 0:
            raise InputError(
                f"Cannot train by {name}: it needs int64 labels N, found {labels_N.dtype} of shape "
                f"{tuple(labels_N.shape)}. Give one label for each row."
            )
        low, high = (int(value.item()) for value in labels_N.aminmax())
        if low < 0:
            raise InputError(
                f"Cannot train by {name}: it needs labels from 0, found {low}. "
                "Number the classes from 0."
            )
        self.classes = high + 1
        self._labels_N = labels_N
        self._name = name

    def prepare(self, rows: int, device: torch.device) -> None:
        """Move them to `device`.

        Raises:
            InputError: there are not so many as rows.
        """
        if len(self._labels_N) != rows:
            raise InputError(
                f"Cannot train by {self._name}: it needs a label for each of {rows:,} rows, found "
                f"{len(self._labels_N):,} labels. Give the labels of this source."
            )
        self._labels_N = self._labels_N.to(device)

    def of(self, batch: Batch) -> Tensor:
        """Return the int64 B labels of a batch."""
        return self._labels_N.index_select(0, batch.rows_B)


def cross_entropy(logits_BC: Tensor, labels_B: Tensor, batch: Batch) -> Tensor:
    """Return the mean cross-entropy in nats, with the batch's label smoothing."""
    return F.cross_entropy(logits_BC, labels_B, label_smoothing=batch.label_smoothing)


def count_correct(logits_BC: Tensor, labels_B: Tensor) -> Tensor:
    """Return how many logits are largest, of equals first, at the label."""
    return (logits_BC.detach().argmax(1) == labels_B).sum()
