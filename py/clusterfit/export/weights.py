"""The weights as safetensors, by the names of the library that builds the network."""

from typing import TypedDict

from torch import Tensor

from .. import devices, models, tensors
from ..errors import Disagreement
from ..models.library import Classifier, library
from ..models.network import Network
from ..models.spec import parse
from .agreement import check_agreement
from .deployed import Deployed


class Weights(TypedDict):
    """What `write_weights` wrote.

    named: whether the names are those of the library's own network with as many outputs.
    arguments: what that is made by, beside its name and the number of outputs.
    """

    named: bool
    arguments: dict[str, int | str | bool]


def write_weights(net: Network, path: str, *, arch: str, size: int, threads: int) -> Weights:
    """Write the weights of the trunk and the first head.

    Those of a network of another library get its own names, if its own network, with a classifier
    in the place of our head, then answers as this one does. Else the trunk's are `trunk.<name>` and
    the head's `fc.<name>`, as everywhere here.

    Raises:
        FileError: the file cannot be written.
    """
    state = {
        name: value for name, value in models.state(net).items() if not name.startswith("heads.")
    }
    spec = parse(arch)
    if spec is None:
        tensors.save(path, state)
        return {"named": True, "arguments": {}}
    try:
        theirs = library(spec.library).classifier(spec, net.fc.out_features)
    except (TypeError, RuntimeError):  # the library has no such network
        theirs = None
    named = None
    if theirs is not None:
        with devices.threads(threads):
            named = _renamed(state, theirs, Deployed(net), size)
    tensors.save(path, state if named is None else named)
    arguments = theirs.arguments if theirs is not None and named is not None else {}
    return {"named": named is not None, "arguments": arguments}


def _renamed(
    state: dict[str, Tensor], theirs: Classifier, deployed: Deployed, size: int
) -> dict[str, Tensor] | None:
    """Return the state by the names of their network; None where that then answers otherwise."""
    prefixes = {"trunk.": "", "fc.": f"{theirs.head}."}
    named = {
        new + name.removeprefix(old): value
        for name, value in state.items()
        for old, new in prefixes.items()
        if name.startswith(old)
    }
    try:
        theirs.net.load_state_dict(named)
        check_agreement(
            deployed,
            lambda pixels_BCHW: (deployed(pixels_BCHW)[0], theirs.net(pixels_BCHW)),
            size,
            "the library's own network",
        )
    except (RuntimeError, Disagreement):  # a conv in the place of the head; a head of two layers
        return None
    return named
