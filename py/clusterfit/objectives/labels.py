"""Labels of rows: clusters, hashtags, classes; or several kinds of them at once."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..data.batch import Batch
from ..data.source import Draws
from ..models.network import Network
from .cross_entropy import RowLabels, count_correct, cross_entropy
from .objective import Frozen, Given, Head, Loss, Objective


class Labels:
    """The sum of the heads' cross-entropies, each with labels of its own (paper, supplement E).

    The accuracy is the mean over the heads.
    """

    metrics: Sequence[str] = ("accuracy",)
    own_layers = None
    frozen: Sequence[Frozen] = ()

    def __init__(self, labels: Sequence[Tensor]) -> None:
        """Take int64 N labels for each head.

        Raises:
            InputError: they are something else.
        """
        self._labels = [RowLabels(labels_N, "labels") for labels_N in labels]

    def heads(self, net: Network) -> Sequence[Head]:
        """One for each kind of labels, with an output for each class that occurs."""
        return [Head(labels.classes, exact=False) for labels in self._labels]

    def prepare(self, rows: int, device: torch.device) -> None:
        """Move the labels to `device`.

        Raises:
            InputError: there are not so many labels as rows.
        """
        for labels in self._labels:
            labels.prepare(rows, device)

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Compare the logits of each head with its labels."""
        means: list[Tensor] = []
        correct: list[Tensor] = []
        for logits_BC, labels in zip(net(batch.pixels), self._labels, strict=True):
            logits_BC, labels_B = logits_BC.float(), labels.of(batch)
            means.append(cross_entropy(logits_BC, labels_B, batch))
            correct.append(count_correct(logits_BC, labels_B))
        accuracy = torch.stack(correct).double().mean()
        return Loss(torch.stack(means).sum(), len(batch.rows_B), {"accuracy": accuracy})


def make_labels(given: Given) -> Objective:
    """Make it of the labels of one or more heads, in the order of the heads. No options.

    Raises:
        InputError: there is something else.
    """
    given.check(labels=None, networks=0)
    return Labels(given.labels)
