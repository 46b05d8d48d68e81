"""`load.py`: plain Python that loads exported weights which no library knows by a name."""

from ..models import BACKBONES
from ..models.source import IMPORT_TORCHVISION
from ..registry import find

_SCRIPT = '''"""Loads the network of this folder: `from load import load`. It needs {needs}."""

from pathlib import Path

import safetensors.torch
import torch
{imports}


def load() -> torch.nn.Module:
    """Return it in evaluation mode: pixels [B, 3, S, S], normalised, to logits.

    With `net.fc = torch.nn.Identity()` it gives its features instead.
    """
    {source}
    state = safetensors.torch.load_file(Path(__file__).with_name("{weights}"))
    missing = set(net.state_dict()) ^ set(state)
    assert not missing, missing
    for name, value in state.items():  # the sizes are those of the file
        module, _, parameter = name.rpartition(".")
        owner = net.get_submodule(module)
        trained = isinstance(getattr(owner, parameter), torch.nn.Parameter)
        setattr(owner, parameter, torch.nn.Parameter(value) if trained else value)
    return net.eval()
'''


def script(arch: str, *, weights: str, width: int | None = None) -> str:
    """Return a module whose `load()` gives the network with the weights in the file `weights`.

    Raises:
        InputError: an unknown `arch`.
    """
    backbone = find(BACKBONES, "architecture", arch)
    lines = backbone.source(width or backbone.width)
    return _SCRIPT.format(
        needs="torch, torchvision and safetensors",
        imports="\n".join(IMPORT_TORCHVISION),
        source="\n    ".join(lines),
        weights=weights,
    )
