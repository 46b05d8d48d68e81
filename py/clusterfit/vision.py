"""What is used of torchvision, also where its compiled extension does not fit PyTorch.

torchvision registers shapes for two compiled operators as it is imported, whether or not they
could be loaded. Nothing here uses either: declaring them is enough.
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
from torchvision.transforms import v2 as transforms
from torchvision.transforms.v2 import functional

__all__ = [
    "BasicBlock",
    "Bottleneck",
    "ResNet",
    "StochasticDepth",
    "classifiers",
    "functional",
    "transforms",
]
