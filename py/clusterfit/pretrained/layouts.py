"""How checkpoints of the field call the weights of a network.

A layout is one line in LAYOUTS: what comes before the names of the network's own weights. Another
spelling of these names is one function in SPELLINGS.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from .efficientnet import from_efficientnet_pytorch


class Layout(NamedTuple):
    """A kind of checkpoint: what it is called for people, and what stands before its names."""

    title: str
    prefix: str


LAYOUTS: tuple[Layout, ...] = (
    # of a teacher and its student, the teacher is the one that the authors evaluate
    Layout("DINO", "teacher.module.backbone."),
    Layout("DINO", "teacher.backbone."),
    Layout("DINO", "teacher."),
    Layout("DINO, the student", "student.module.backbone."),
    Layout("DINO, the student", "student.backbone."),
    # of a trained encoder and its running average, MoCo evaluates the trained one
    Layout("MoCo", "state_dict.module.encoder_q."),
    Layout("MoCo v3", "state_dict.module.base_encoder."),
    Layout("VISSL", "classy_state_dict.base_model.model.trunk._feature_blocks."),
    Layout("VISSL, a trunk", "model_state_dict._feature_blocks."),
    Layout("DistributedDataParallel, as of SwAV", "module."),
    Layout("DistributedDataParallel, as of SwAV", "state_dict.module."),
    # of weights and their running average, timm takes the average
    Layout("timm, averaged weights", "state_dict_ema."),
    Layout("timm, averaged weights", "model_ema."),
    Layout("a state_dict", "state_dict."),
    Layout("a state_dict", "model."),
    Layout("a state_dict", "state_dict.backbone."),
    Layout("a state_dict", "model.backbone."),
    Layout("a state_dict", "backbone."),
    Layout("a state_dict", ""),
    Layout("a network of clusterfit", "trunk."),
    # what `write_program` of this package wrote
    Layout("a program of clusterfit", "net.trunk."),
    Layout("a program of clusterfit", "net."),
)

Spelling = Callable[[str], str | None]

SPELLINGS: Mapping[str, Spelling] = {
    "": lambda name: name,
    "EfficientNet-PyTorch": from_efficientnet_pytorch,
}
"""By library: its name of a weight as timm spells it; None where it is none of that library's."""

HEADS = (
    "fc",
    "head",
    "heads",
    "classifier",
    "projection_head",
    "prototypes",
    "predictor",
    "mlp",
    "last_layer",
    "AuxLogits",
    "aux1",
    "aux2",
)
"""First parts of the names of weights behind the features."""
