"""Features of images at named layers of a network."""

import math
from collections.abc import Callable, Mapping
from typing import Literal, TypedDict

import torch
import torch.nn.functional as F
from torch import Tensor

from . import devices, scratch
from .data.augmentation import normalise
from .data.source import Source
from .data.view import View
from .errors import InputError
from .models.network import Network, check_view, choose_layer
from .tiles import tiles

PAPER_BUDGET = 9216
"""How many numbers the paper pools each layer to, at most: "about 9000" (supplement D)."""

PAPER_WINDOWS = {
    (64, 112, 112): (10, 10, 4),
    (256, 56, 56): (16, 8, 0),
    (512, 28, 28): (13, 5, 0),
    (1024, 14, 14): (8, 3, 0),
    (2048, 7, 7): (6, 1, 0),
}
"""Layer C x H x W of a ResNet-50 at 224 pixels: kernel, stride and padding (Goyal et al., 2019)."""


class Output(TypedDict):
    """Features to extract: of which layer, and how many numbers at most (None: its average)."""

    layer: str
    budget: int | None


def extract(
    net: Network,
    source: Source,
    outputs: Mapping[str, Output],
    *,
    view: View,
    rows: Tensor | None,
    batch_size: int,
    precision: Literal["float32", "bfloat16"],
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> dict[str, Tensor]:
    """Compute float32 R x D features of int64 R rows (None: every row), on the CPU.

    `outputs` gives the features to compute by the name of the result. A layer of C channels is
    averaged to the largest s x s grid with C * s * s within its budget (section 4 of the paper
    takes about 9,000 numbers from each layer); without one over all pixels, which at the last layer
    gives the penultimate features. Those of several clips of a row are averaged. The rows are read
    and computed `batch_size` at a time, without augmentation. The network is put in evaluation
    mode. `progress(done, total)` counts rows.

    Raises:
        InputError: an unknown layer, a budget below its channels, rows that are not there, or a
            view of stills for a network of clips.
    """
    rows_R = torch.arange(source.rows) if rows is None else rows
    _check_rows(rows_R, source)
    if not outputs:
        raise InputError("Cannot extract features: it needs an output, found none. Name a layer.")
    check_view(net, view, "extract features")
    wanted = {choose_layer(net, output["layer"], "extract") for output in outputs.values()}
    last = [name for name in net.layer_sizes if name in wanted][-1]
    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    total = len(rows_R)
    features: dict[str, Tensor] = {}
    devices.repeatable(device)
    net.to(device).eval()
    with devices.threads(threads), torch.inference_mode():
        for start in range(0, total, batch_size):
            rows_B = rows_R[start : start + batch_size]
            images_BHWC = source.batch(rows_B, view, None).to(device)
            pixels = normalise(images_BHWC, dtype, view.preprocessing).movedim(-1, 1)
            with torch.autocast(pixels.device.type, dtype, dtype != torch.float32):
                for layer, values in net.layers(pixels):
                    for name, output in outputs.items():
                        if output["layer"] == layer:
                            pooled_BD = average(pool(values.float(), output["budget"]), view.clips)
                            kept = features.setdefault(name, torch.empty(total, pooled_BD.shape[1]))
                            kept[start : start + batch_size] = pooled_BD
                    if layer == last:
                        break
            if progress is not None:
                progress(min(start + batch_size, total), total)
    return features


def average(pooled_VD: Tensor, clips: int) -> Tensor:
    """Average the features of the clips of a row, which follow each other: V = B * clips to B."""
    return pooled_VD if clips == 1 else pooled_VD.view(-1, clips, pooled_VD.shape[1]).mean(1)


def pool(outputs_BCHW: Tensor, budget: int | None) -> Tensor:
    """Average-pool to B x (C * s * s), with the largest s that fits `budget`; None means s = 1.

    The layers of a ResNet-50 at 224 pixels are pooled by PAPER_WINDOWS where PAPER_BUDGET is the
    budget: to 9216, 9216, 8192, 9216 and 8192 numbers, by windows that overlap, and with the zeros
    beyond the edge of the first one.

    Raises:
        InputError: the budget is below C.
    """
    channels, height, width = outputs_BCHW.shape[1:]
    window = PAPER_WINDOWS.get((channels, height, width))
    if budget == PAPER_BUDGET and window is not None:
        return F.avg_pool2d(outputs_BCHW, *window).flatten(1)
    side = 1
    if budget is not None:
        side = min(math.isqrt(budget // channels), height, width)
        if side == 0:
            raise InputError(
                f"Cannot pool {channels} channels: it needs a budget of at least {channels} "
                f"numbers, found {budget}. Give a larger one."
            )
    return F.adaptive_avg_pool2d(outputs_BCHW, side).flatten(1)


def l2_normalise(features_ND: Tensor, folder: str | None = None) -> Tensor:
    """Return x / (||x||_2 + 1e-5) for each float32 row x, as the paper's appendix D states.

    Computed in float64 and rounded once: the square of a float32 may not fit into float32. Many
    rows are returned in a file of `folder` (see `scratch`).

    Raises:
        FileError: the folder has no room for them.
    """
    rows, columns = features_ND.shape
    normalised_ND = scratch.empty(rows, columns, features_ND.device, folder)
    for tile in tiles(features_ND, features_ND.shape[1]):
        exact_TD = unit_rows(features_ND[tile])
        normalised_ND[tile] = exact_TD
        del exact_TD  # before the next one is made: memory stays that of one tile
    return normalised_ND


def unit_rows(features_ND: Tensor) -> Tensor:
    """Return x / (||x||_2 + 1e-5) for each row x, in float64."""
    exact_ND = features_ND.double()
    return exact_ND / (exact_ND.square().sum(1, keepdim=True).sqrt() + 1e-5)


def _check_rows(rows_R: Tensor, source: Source) -> None:
    if rows_R.dtype != torch.int64 or rows_R.dim() != 1 or len(rows_R) == 0:
        raise InputError(
            f"Cannot extract features of these rows: it needs a non-empty int64 vector, found "
            f"{rows_R.dtype} of shape {tuple(rows_R.shape)}. Give the numbers of rows."
        )
    low, high = (int(value.item()) for value in rows_R.aminmax())
    if low < 0 or high >= source.rows:
        raise InputError(
            f"Cannot extract features of these rows: it needs rows 0 to {source.rows - 1:,}, found "
            f"{low:,} to {high:,}. Give rows of this source."
        )
