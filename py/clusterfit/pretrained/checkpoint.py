"""Tensors of a file that somebody else wrote, by dotted names. Code in it never runs."""

import pickle
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import cast

import torch
from torch import Tensor

from .. import tensors
from ..errors import FileError
from . import program


def read(path: str) -> dict[str, Tensor]:
    """Return the tensors of a file that safetensors, `torch.save` or `torch.export.save` wrote.

    Dictionaries in dictionaries become names with dots: "state_dict.module.conv1.weight".

    Raises:
        FileError: there is no such file, it is not whole, or it is no file of weights alone.
    """
    if path.endswith(".safetensors"):
        return tensors.load(path)
    if path.endswith(".pt2"):
        return program.read(path)
    try:
        # a plain record of options, in the checkpoints of MoCo and DINO; it runs nothing
        with torch.serialization.safe_globals([Namespace]):
            found = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise FileError(
            f"Cannot import {path}: it needs a file of weights alone, found one that would run "
            f"code when it is opened, or no checkpoint at all ({_first_line(error)}). Nothing of "
            "it was run. Ask its author for a safetensors file, or for the state_dict alone."
        ) from error
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise FileError(
            f"Cannot import {path}: it needs a whole checkpoint of PyTorch, found "
            f"{_first_line(error)}. Fetch the file again."
        ) from error
    flat = dict(_flatten(found, ""))
    if not flat:
        raise FileError(
            f"Cannot import {path}: it needs tensors by name, found a "
            f"{type(found).__name__} without any. Give a file that holds a state_dict."
        )
    return flat


def _flatten(value: object, name: str) -> Iterator[tuple[str, Tensor]]:
    if isinstance(value, Tensor):
        yield name, value.detach()
    elif isinstance(value, Mapping):
        for key, inner in cast(Mapping[object, object], value).items():
            yield from _flatten(inner, f"{name}.{key}" if name else str(key))


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines()]
    told = next((line for line in lines if "Unsupported" in line or "GLOBAL" in line), None)
    return (told or next((line for line in lines if line), type(error).__name__)).rstrip(".")
