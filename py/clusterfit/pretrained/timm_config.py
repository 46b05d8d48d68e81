"""What timm keeps of each set of weights: where they are, how they read images, their licence."""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import vision  # timm imports torchvision
from ..errors import InputError
from ..extras import need
from .nearest import nearest

assert vision


def timm() -> Any:
    """Return the module, of which pyright knows no types."""
    return need("timm", "timm")


def pretrained_config(name: str) -> Mapping[str, Any]:
    """Return timm's `pretrained_cfg` of "<model>.<tag>"; without a tag, the default one's.

    Raises:
        InputError: timm has no such model, or no such tag of it.
    """
    model, _, tag = name.partition(".")
    if not timm().is_model(model):
        raise _wrong(name, "a model of `timm.list_models()`", model, timm().list_models())
    known = [found.partition(".")[2] for found in timm().list_pretrained(f"{model}.*")]
    if tag and tag not in known:
        raise _wrong(name, f"a tag among [{', '.join(known)}]", tag, known)
    found = timm().get_pretrained_cfg(name)
    return {} if found is None else found.to_dict()


def _wrong(name: str, needed: str, found: str, known: Sequence[str]) -> InputError:
    near = nearest(found, known)
    advice = "Name one of them." if near is None else f"Did you mean {near}?"
    return InputError(f"Cannot take timm's {name}: it needs {needed}, found {found}. {advice}")
