"""The part of torchvision's models that clusterfit uses."""

from collections.abc import Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from torch import nn

from .resnet import ResNet

class Weights:
    url: str
    transforms: Any
    meta: Mapping[str, Any]

class WeightsEnum(Enum):
    value: Weights

class Encoder(nn.Module):
    layers: nn.Sequential

class VisionTransformer(nn.Module):
    encoder: Encoder

class SwinTransformer(nn.Module): ...

def list_models(module: ModuleType | None = None) -> list[str]: ...
def get_model(name: str, *, weights: None, **config: object) -> nn.Module: ...
def get_model_weights(name: str) -> type[WeightsEnum]: ...
def resnet18() -> ResNet: ...
