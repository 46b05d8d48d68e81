"""The share of rows whose highest score is that of their label."""

from torch import Tensor

from ..labels import check_single


def top1(scores_NC: Tensor, labels: Tensor) -> float:
    """Return the percentage of rows where the score of the int64 label is the largest.

    Of equal scores the first class counts.

    Raises:
        InputError: a row may have several labels.
    """
    check_single(labels, scores_NC.shape[1], "measure top-1")
    right = int((scores_NC.argmax(1) == labels).sum())
    return 100 * right / len(labels)
