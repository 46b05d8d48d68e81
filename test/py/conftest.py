"""Small random images and trainers that several tests share."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from clusterfit import models, objectives
from clusterfit.data import Augmentation, Packed, View
from clusterfit.training import Trainer

MakeTrainer = Callable[..., Trainer]


@pytest.fixture(scope="session")
def images() -> Tensor:
    """96 uint8 images of 16 x 16 pixels."""
    return torch.randint(
        0, 256, (96, 16, 16, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(1)
    )


@pytest.fixture(scope="session")
def labels() -> Tensor:
    """A class from 0 to 4 for each image."""
    return torch.arange(96) % 5


@pytest.fixture
def make_trainer(images: Tensor, labels: Tensor) -> MakeTrainer:
    """Return a function that makes a trainer; keywords replace the defaults."""

    def make(**options: Any) -> Trainer:
        settings: dict[str, Any] = {
            "view": View(),
            "batch_size": 20,
            "momentum": 0.9,
            "weight_decay": 5e-4,
            "nesterov": True,
            "label_smoothing": 0.1,
            "augmentation": Augmentation(shift=2, flip=True, invert=0.3, colour=0.2),
            "precision": "float32",
            "device": "cpu",
            "seed": 3,
            "threads": 1,
        } | options
        objective = settings.pop("objective", "labels")
        if isinstance(objective, str):
            given = settings.pop("labels", [labels] if objective == "labels" else [])
            named = settings.pop("given", {})
            objective = objectives.make(objective, given, [], named)
        heads = settings.pop("heads", {"fc": 5})
        source = settings.pop("source", Packed(images))
        net = models.build("resnet10-small", heads, width=8, seed=7)
        return Trainer(net, source, objective, **settings)

    return make
