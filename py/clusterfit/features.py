"""Features of images at named stages of a network."""

import math
from collections.abc import Callable, Mapping
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from . import devices, nets
from .errors import InputError, NonFiniteFeatures
from .images import check, normalise
from .nets import Net
from .tiles import tiles

STAGES = ("conv1", "res2", "res3", "res4", "res5")


def extract(
    net: Net,
    images: Tensor,
    layers: Mapping[str, int | None],
    *,
    batch_size: int,
    precision: Literal["float32", "bfloat16"],
    device: str,
    threads: int,
    progress: Callable[..., None] | None = None,
) -> dict[str, Tensor]:
    """Compute float32 N x D features of uint8 N x H x W x 3 images, on the CPU.

    `layers` maps stages (conv1, res2 to res5) to the most numbers a feature may have there, or to
    None for the global average (the penultimate layer, at res5). A stage of C channels is
    averaged to the largest s x s grid with C * s * s within that budget (section 4 of the paper
    takes about 9,000 numbers from each layer). The network is used in evaluation mode, without
    augmentation. `progress(done, total)` counts images.

    Raises:
        InputError: an unknown stage, or a budget below its number of channels.
    """
    check(images)
    unknown = sorted(set(layers) - set(STAGES))
    if unknown or not layers:
        raise InputError(f"Cannot extract at {unknown}: choose among {', '.join(STAGES)}.")
    last = max(layers, key=STAGES.index)
    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    total = len(images)
    features: dict[str, Tensor] = {}
    was_training = net.training
    net.to(device).eval()
    with devices.threads(threads), torch.inference_mode():
        for start in range(0, total, batch_size):
            pixels_BHWC = images[start : start + batch_size].to(device)
            pixels_BCHW = normalise(pixels_BHWC, dtype).permute(0, 3, 1, 2)
            with torch.autocast(pixels_BCHW.device.type, dtype, dtype != torch.float32):
                for name, outputs_BCHW in nets.stages(net, pixels_BCHW):
                    if name in layers:
                        pooled_BD = pool(outputs_BCHW.float(), layers[name])
                        kept = features.setdefault(name, torch.empty(total, pooled_BD.shape[1]))
                        kept[start : start + batch_size] = pooled_BD
                    if name == last:
                        break
            if progress is not None:
                progress(min(start + batch_size, total), total)
    net.train(was_training)
    return features


def pool(outputs_BCHW: Tensor, budget: int | None) -> Tensor:
    """Average-pool to B x (C * s * s), with the largest s that fits `budget`; None means s = 1.

    Raises:
        InputError: the budget is below C.
    """
    channels, height, width = outputs_BCHW.shape[1:]
    side = 1
    if budget is not None:
        side = min(math.isqrt(budget // channels), height, width)
        if side == 0:
            raise InputError(
                f"Cannot pool {channels} channels into {budget} numbers: "
                f"the budget has to be at least {channels}."
            )
    return F.adaptive_avg_pool2d(outputs_BCHW, side).flatten(1)


def l2_normalise(features_ND: Tensor) -> Tensor:
    """Return x / (||x||_2 + 1e-5) for each float32 row x, as the paper's appendix D states.

    Computed in float64 and rounded once: the square of a float32 may not fit into float32.
    """
    normalised_ND = torch.empty_like(features_ND)
    for tile in tiles(features_ND, features_ND.shape[1]):
        exact_TD = features_ND[tile].double()
        normalised_ND[tile] = exact_TD / (exact_TD.square().sum(1, keepdim=True).sqrt() + 1e-5)
    return normalised_ND


def check_finite(features_ND: Tensor, attempt: str) -> None:
    """Raise NonFiniteFeatures, saying that `attempt` is impossible, unless all are finite."""
    low_N, high_N = torch.aminmax(features_ND, dim=1)
    bad_N = (low_N.isfinite() & high_N.isfinite()).logical_not()
    if bad_N.any():
        raise NonFiniteFeatures(
            f"Cannot {attempt} features that are NaN or infinite: {int(bad_N.sum()):,} of "
            f"{len(bad_N):,} rows are, the first is row {int(bad_N.int().argmax()):,}. "
            "Train the network that made them again, with a lower learning rate."
        )
