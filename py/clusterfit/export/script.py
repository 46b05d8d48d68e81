"""`load.py`: plain Python that loads exported weights which no library knows by a name."""

from ..models import BACKBONES
from ..models.library import library
from ..models.source import IMPORT_TORCHVISION
from ..models.spec import parse
from ..registry import find

_SCRIPT = '''"""Loads the network of this folder: `from load import load`."""

from pathlib import Path

import safetensors.torch
import torch

{imports}


def load() -> torch.nn.Module:
    """Return it in evaluation mode: pixels [B, 3, S, S], normalised, to logits.

    With `net.fc = torch.nn.Identity()` it gives its features instead.
    """
    state = safetensors.torch.load_file(Path(__file__).with_name("{weights}"))
    {source}
    return net.eval()
'''

_OWN = """\
for name, value in state.items():  # the sizes are those of the file
    module, _, parameter = name.rpartition(".")
    owner = net.get_submodule(module)
    trained = isinstance(getattr(owner, parameter), torch.nn.Parameter)
    setattr(owner, parameter, torch.nn.Parameter(value) if trained else value)"""

_FOREIGN = """\
outputs, features = state["fc.weight"].shape
parts = {"trunk": net, "fc": torch.nn.Linear(features, outputs)}
net = torch.nn.Sequential(OrderedDict(parts))
net.load_state_dict(state)"""


def script(arch: str, *, weights: str, width: int | None = None) -> str:
    """Return a module whose `load()` gives the network with the weights in the file `weights`.

    Raises:
        InputError: an unknown `arch`.
    """
    spec = parse(arch)
    if spec is None:
        backbone = find(BACKBONES, "architecture", arch)
        lines = [*backbone.source(width or backbone.width), *_OWN.splitlines()]
    else:
        lines = [
            "from collections import OrderedDict",
            "",
            *library(spec.library).source(spec),
            *_FOREIGN.splitlines(),
        ]
    return _SCRIPT.format(
        imports="\n".join(IMPORT_TORCHVISION),
        source="\n    ".join(lines).replace("\n    \n", "\n\n"),
        weights=weights,
    )
