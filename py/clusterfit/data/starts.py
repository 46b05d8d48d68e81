"""Where clips begin in their videos.

Shape suffixes: B videos of a batch, V clips of a video.
"""

import torch
from torch import Tensor

from .source import Draws
from .view import View


def clip_starts(places_B: Tensor, view: View, draws: Draws | None) -> Tensor:
    """Return the first frames of the clips of each video, int64 B x V on the CPU.

    A clip may begin at int64 `places_B` frames of its video, from 0 on, one at least. For training
    each is drawn by `draws("clip")` (temporal jitter), as a share of the video: clips of another
    length are drawn near it. Without draws one clip begins in the middle, and several at equal
    distances, the first and the last place among them.
    """
    last_B1 = places_B.cpu()[:, None] - 1
    if draws is not None:
        shape = (len(places_B), view.clips)
        shares_BV = torch.rand(shape, generator=draws("clip"), dtype=torch.float64)
        return (shares_BV * (last_B1 + 1)).long()
    if view.clips == 1:
        return last_B1 // 2
    gaps = view.clips - 1
    return (2 * torch.arange(view.clips) * last_B1 + gaps) // (2 * gaps)
