"""Labels of rows: one class a row, or several.

Where a row may have several, uint8 N x C has 0 (not there), 1 (there) or 2: there, but so difficult
to see that it is not judged (PASCAL VOC). What is difficult trains as if it were not there, and is
left out where its class is tested.
"""

import torch
from torch import Tensor

from .errors import InputError

DIFFICULT = 2


def is_single(labels: Tensor) -> bool:
    """Whether each row has one label: int64 N, and not uint8 N x C."""
    return labels.dtype == torch.int64 and labels.dim() == 1


def check_single(labels: Tensor, classes: int, attempt: str) -> None:
    """Raise InputError unless `labels` are int64 N in 0 .. classes - 1; `attempt` needs them."""
    if not is_single(labels) or len(labels) == 0:
        raise InputError(
            f"Cannot {attempt}: it needs one int64 label a row, found {labels.dtype} of shape "
            f"{tuple(labels.shape)}. Choose what takes such labels."
        )
    low, high = (int(value.item()) for value in labels.aminmax())
    if low < 0 or high >= classes:
        raise InputError(
            f"Cannot {attempt}: it needs labels 0 to {classes - 1:,}, found {low:,} to {high:,}. "
            "Give the number of classes of these labels."
        )


def as_multiple(labels: Tensor, classes: int, attempt: str) -> Tensor:
    """Return bool N x C: which classes each row has, also where each has one; difficult ones not.

    Raises:
        InputError: they are labels of neither kind, or of other classes; `attempt` needs them.
    """
    if is_single(labels):
        check_single(labels, classes, attempt)
        return torch.nn.functional.one_hot(labels, classes).bool()
    if labels.dtype != torch.uint8 or labels.dim() != 2 or labels.shape[1] != classes:
        raise InputError(
            f"Cannot {attempt}: it needs int64 labels N, or uint8 labels N x {classes}, found "
            f"{labels.dtype} of shape {tuple(labels.shape)}. Convert them."
        )
    most = int(labels.max()) if labels.numel() > 0 else 0
    if most > DIFFICULT:
        raise InputError(
            f"Cannot {attempt}: it needs uint8 labels of 0, 1 and {DIFFICULT}, found {most}. "
            "Convert them."
        )
    return labels == 1


def judged(labels: Tensor, of: int) -> Tensor:
    """Return bool N: by which rows a class is tested: those where it is not difficult."""
    if is_single(labels):
        return torch.ones(len(labels), dtype=torch.bool)
    return labels[:, of] != DIFFICULT
