"""torchvision's networks, also where its compiled extension does not fit the installed PyTorch.

torchvision registers shapes for two compiled operators as it is imported, whether or not they
could be loaded. Networks for classification use neither: declaring them is enough.
"""

import importlib

import torch

try:
    importlib.import_module("torchvision")
except RuntimeError:
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

from torchvision import models as classifiers
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.ops import StochasticDepth

__all__ = ["BasicBlock", "Bottleneck", "ResNet", "StochasticDepth", "classifiers"]
