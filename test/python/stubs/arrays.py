"""Arrays of numpy and torch, with their dtype where it is annotated."""

from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Floats = npt.NDArray[np.float32]


def arrays(
    a: np.ndarray,
    b: npt.NDArray[np.int64],
    c: npt.NDArray[np.bool_],
    d: npt.NDArray[np.floating[Any]],
    e: np.ndarray[Any, np.dtype[np.uint8]],
    f: Floats,
    g: np.float32,
) -> npt.NDArray[np.float64]:
    return a


def tensors(
    a: Tensor,
    b: Annotated[Tensor, torch.bfloat16],
    c: Annotated[Tensor, "N D", "float32"],
    d: list[Tensor],
) -> Annotated[Tensor, torch.float32] | None:
    return a
