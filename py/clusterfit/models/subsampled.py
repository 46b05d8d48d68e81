"""A convolution without a fault of oneDNN."""

import torch.nn.functional as F
from torch import Tensor, nn

BLOCK_CHANNELS = 16
"""Below this, oneDNN damages memory: its widest block of channels, AVX-512's."""


class SubsampledConv2d(nn.Conv2d):
    """A strided 1x1 convolution, computed by one of stride 1 on the pixels that it reads.

    Outputs and gradients are those of nn.Conv2d, in channels-last memory too. There oneDNN 3.12
    (PyTorch 2.13) computes the weights' gradient of a strided one in a scratchpad that is too
    small, and writes past its end, where the inputs have fewer channels than a block of its
    kernel (https://github.com/uxlfoundation/oneDNN/issues/6035): with AVX2 2 to 7 channels in
    float32, with AVX-512 2 to 15 on larger images (56 pixels in float32, 80 in bfloat16).
    test_onednn.py fails as soon as that is mended.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002, D102
        rows, columns = self.stride
        return F.conv2d(input[:, :, ::rows, ::columns], self.weight, self.bias)
