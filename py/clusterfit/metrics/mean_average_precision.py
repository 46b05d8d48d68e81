"""Mean average precision, as of the PASCAL VOC challenge since 2010."""

import torch
from torch import Tensor

from ..errors import InputError
from ..labels import as_multiple, judged


def mean_average_precision(scores_NC: Tensor, labels: Tensor) -> float:
    """Return the mean of `average_precision` over the classes that some row has, in percent.

    Of each class the rows are left out in which it is difficult to see.

    Raises:
        InputError: the labels are of other classes than the scores, or no row has any.
    """
    classes = scores_NC.shape[1]
    positive_NC = as_multiple(labels, classes, "measure mAP")
    present = [c for c in range(classes) if positive_NC[:, c].any()]
    if not present:
        raise InputError(
            f"Cannot measure mAP: it needs a row with a label, found none in {len(labels):,} rows. "
            "Give rows that have labels."
        )
    found: list[float] = []
    for c in present:
        judged_N = judged(labels, c)
        found.append(average_precision(scores_NC[judged_N, c], positive_NC[judged_N, c]))
    return 100 * sum(found) / len(found)


def average_precision(scores_N: Tensor, positive_N: Tensor) -> float:
    """Return the area under the precision-recall envelope of one class, from 0 to 1.

    Going down the scores gives a recall and a precision at each of them (rows of one score come
    together). The envelope at a recall is the largest precision at that recall or a higher one.
    Some row has to be positive.
    """
    sorted_N, order_N = scores_N.sort(descending=True)
    hits_N = positive_N[order_N].cumsum(0).double()
    last_N = torch.ones_like(positive_N)
    last_N[:-1] = sorted_N[:-1] != sorted_N[1:]
    ends_T = last_N.nonzero().squeeze(1)
    hits_T = hits_N[ends_T]
    precision_T = hits_T / (ends_T + 1)
    envelope_T = precision_T.flip(0).cummax(0).values.flip(0)
    gained_T = hits_T.diff(prepend=hits_T.new_zeros(1)) / hits_T[-1]
    return (gained_T * envelope_T).sum().item()
