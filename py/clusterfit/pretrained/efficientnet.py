"""EfficientNet-PyTorch's names as timm's."""

import re

_STEM = {"_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2"}
_TYPED = {
    # the first stage has depth-wise separable blocks, the others inverted residual ones
    False: {
        "_depthwise_conv": "conv_dw",
        "_bn1": "bn1",
        "_project_conv": "conv_pw",
        "_bn2": "bn2",
    },
    True: {
        "_expand_conv": "conv_pw",
        "_bn0": "bn1",
        "_depthwise_conv": "conv_dw",
        "_bn1": "bn2",
        "_project_conv": "conv_pwl",
        "_bn2": "bn3",
    },
}
_SQUEEZE = {"_se_reduce": "se.conv_reduce", "_se_expand": "se.conv_expand"}
_DEPTHS = (1, 2, 2, 3, 3, 4, 1)
"""Blocks of each stage of B0, and of Lite0, which is B0 without squeezing."""


def from_efficientnet_pytorch(name: str) -> str | None:
    """Return timm's name of a weight of B0 or Lite0; None where that library has no such name."""
    if name.startswith("_fc."):
        return f"classifier.{name.removeprefix('_fc.')}"
    module, _, rest = name.partition(".")
    if module in _STEM:
        return f"{_STEM[module]}.{rest}"
    found = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(.+)", name)
    if found is None:
        return None
    number, module, rest = int(found[1]), found[2], found[3]
    if number >= sum(_DEPTHS):
        return None
    stage = 0
    while number >= _DEPTHS[stage]:
        number -= _DEPTHS[stage]
        stage += 1
    inner = (_TYPED[stage > 0] | _SQUEEZE).get(module)
    return None if inner is None else f"blocks.{stage}.{number}.{inner}.{rest}"
