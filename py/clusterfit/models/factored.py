"""3D convolutions in two steps: one over the pixels of each frame, one over the frames of a pixel.

They are nn.Conv3d to whoever looks at them; computed are 2D ones, on views of the same memory. In
bfloat16, oneDNN 3.12 (PyTorch 2.13) has 3D kernels for these shapes that leave gradients unset (two
frames) and write past their memory (a single pixel); its 2D kernels are those of the networks of
stills.

Shape suffixes: B clips, N frames of all clips, C channels, F frames, H x W = P pixels. BCFHW lies
in memory as BFHWC.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SpatialConv(nn.Conv3d):
    """1 x k x k, of each frame by itself; k is odd."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int) -> None:
        kernel, padding = (1, size, size), (0, size // 2, size // 2)
        super().__init__(inputs, outputs, kernel, (1, stride, stride), padding, bias=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002, D102
        batch, frames = input.shape[0], input.shape[2]
        outputs_NCHW = F.conv2d(
            input.transpose(1, 2).flatten(0, 1),
            self.weight[:, :, 0],
            stride=self.stride[1:],
            padding=self.padding[1:],
        )
        return outputs_NCHW.view(batch, frames, *outputs_NCHW.shape[1:]).transpose(1, 2)


class TemporalConv(nn.Conv3d):
    """3 x 1 x 1, over the frames of each pixel."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__(inputs, outputs, (3, 1, 1), (stride, 1, 1), (1, 0, 0), bias=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002, D102
        outputs_BCFP = F.conv2d(
            input.flatten(3), self.weight[..., 0], stride=(self.stride[0], 1), padding=(1, 0)
        )
        return outputs_BCFP.view(*outputs_BCFP.shape[:3], *input.shape[3:])


class SubsamplingConv(nn.Conv3d):
    """1 x 1 x 1 of every `stride`-th frame, row and column.

    As `SubsampledConv2d` it is one of stride 1 on what it reads.
    """

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__(inputs, outputs, 1, stride, bias=False)

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002, D102
        frames, rows, columns = self.stride
        read = input[:, :, ::frames, ::rows, ::columns]
        read = read.contiguous(memory_format=torch.channels_last_3d)
        outputs_BCFP = F.conv2d(read.flatten(3), self.weight[..., 0])
        return outputs_BCFP.view(*outputs_BCFP.shape[:3], *read.shape[3:])
