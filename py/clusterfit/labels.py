"""Labels of rows: one class a row, or several."""

import torch
from torch import Tensor

from .errors import InputError


def is_single(labels: Tensor) -> bool:
    """Whether each row has one label: int64 N, and not uint8 N x C of 0 and 1."""
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
    """Return bool N x C: which classes each row has, also where each has one.

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
    return labels.bool()
