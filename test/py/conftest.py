"""Small random pictures and trainers that several tests share."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from clusterfit import nets
from clusterfit.training import Trainer

MakeTrainer = Callable[..., Trainer]


@pytest.fixture(scope="session")
def images() -> Tensor:
    """96 uint8 pictures of 16 x 16 pixels."""
    return torch.randint(
        0, 256, (96, 16, 16, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(1)
    )


@pytest.fixture(scope="session")
def labels() -> Tensor:
    """A class from 0 to 4 for each picture."""
    return torch.arange(96) % 5


@pytest.fixture
def make_trainer(images: Tensor, labels: Tensor) -> MakeTrainer:
    """Return a function that makes a trainer; keywords replace the defaults."""

    def make(**options: Any) -> Trainer:
        settings: dict[str, Any] = {
            "task": "classify",
            "batch_size": 20,
            "momentum": 0.9,
            "weight_decay": 5e-4,
            "nesterov": True,
            "label_smoothing": 0.1,
            "augmentation": {"shift": 2, "flip": True, "invert": 0.3, "colour": 0.2},
            "precision": "float32",
            "device": "cpu",
            "seed": 3,
            "threads": 1,
        } | options
        rotate = settings["task"] == "rotate"
        classes = settings.pop("classes", 4 if rotate else 5)
        given = settings.pop("labels", None if rotate else labels)
        net = nets.build("resnet10-small", classes, width=8, seed=7)
        return Trainer(net, images, given, **settings)

    return make
