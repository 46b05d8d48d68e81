"""The part of torchvision's operators that clusterfit uses."""

from torch import nn

class StochasticDepth(nn.Module):
    p: float
    mode: str
