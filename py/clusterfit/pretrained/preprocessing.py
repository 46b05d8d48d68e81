"""How images become what a pre-trained network reads, from what its library says of its weights."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast, get_args

from ..data.view import Interpolation
from ..errors import InputError


class Reading(NamedTuple):
    """What `View` has of a network that was trained elsewhere, and its side in pixels.

    notes: where its own library does it otherwise than we can, for people.
    """

    size: int
    resize: int
    interpolation: Interpolation
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    notes: tuple[str, ...] = ()


SQUASHED = (
    "its library squeezes images to a square; here the shorter side is resized and the centre is "
    "cut out"
)

_PILLOW: dict[int, Interpolation] = {1: "lanczos", 2: "bilinear", 3: "bicubic"}


def of_timm(config: Mapping[str, Any], size: int | None) -> Reading:
    """Return what a `pretrained_cfg` of timm says, for images of another `size` if one is given.

    Raises:
        InputError: it does not say how images are read, or in a way that we cannot.
    """
    missing = [key for key in ("input_size", "interpolation", "mean", "std") if not config.get(key)]
    if missing:
        raise unknown("what timm keeps of these weights", missing)
    side = size or int(config["input_size"][-1])
    squashed = config.get("crop_mode") == "squash"
    resize = side if squashed else math.floor(side / float(config.get("crop_pct") or 1))
    return Reading(
        side,
        max(resize, side),
        _interpolation(config["interpolation"]),
        _three(config["mean"]),
        _three(config["std"]),
        (SQUASHED,) if squashed else (),
    )


def of_transformers(config: Mapping[str, Any]) -> Reading:
    """Return what a `preprocessor_config.json` says.

    Raises:
        InputError: it does not say how images are read, or in a way that we cannot.
    """
    size, crop = config.get("size"), config.get("crop_size")
    shorter = _shorter_side(size)
    side = _shorter_side(crop) if crop and config.get("do_center_crop") else shorter
    mean: Sequence[float] = config.get("image_mean") or ()
    std: Sequence[float] = config.get("image_std") or ()
    if not config.get("do_normalize", True):
        mean, std = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    missing = [
        name
        for name, value in (("size", side), ("image_mean", mean), ("image_std", std))
        if not value
    ]
    if missing or side is None or shorter is None:
        raise unknown("preprocessor_config.json", missing or ["size"])
    resample = config.get("resample")
    if resample not in _PILLOW:
        raise unknown("preprocessor_config.json", [f"resample (found {resample})"])
    squashed = isinstance(size, Mapping) and "height" in size
    return Reading(
        side,
        max(shorter, side),
        _PILLOW[resample],
        _three(mean),
        _three(std),
        (SQUASHED,) if squashed else (),
    )


def of_torchvision(transforms: Any, *, transforms_input: bool) -> Reading:
    """Return what the `transforms()` of weights of torchvision does.

    transforms_input: the network itself turns ImageNet's mean and deviation into 0.5 and 0.5, as
        GoogLeNet and Inception do. Ours read these at once.
    """
    half = (0.5, 0.5, 0.5)
    return Reading(
        int(transforms.crop_size[0]),
        int(transforms.resize_size[0]),
        _interpolation(transforms.interpolation.value),
        half if transforms_input else _three(transforms.mean),
        half if transforms_input else _three(transforms.std),
    )


def given(values: Mapping[str, Any]) -> Reading:
    """Return what a user wrote: size, resize, interpolation, mean and std.

    Raises:
        InputError: it is something else.
    """
    expected = ("size", "resize", "interpolation", "mean", "std")
    if sorted(values) != sorted(expected):
        raise InputError(
            f"Cannot read images so: it needs {', '.join(expected)}, found "
            f"{', '.join(values) or 'nothing'}. Give each of them."
        )
    return Reading(
        int(values["size"]),
        int(values["resize"]),
        _interpolation(values["interpolation"]),
        _three(values["mean"]),
        _three(values["std"]),
    )


def unknown(place: str, missing: Sequence[str]) -> InputError:
    """Return the error for weights of which nobody says how images are read."""
    return InputError(
        "Cannot tell how this network reads images: it needs its size, interpolation, mean and "
        f"deviation, found no {', '.join(missing)} in {place}. Say it with "
        "--set preprocessing=<file.json> or =imagenet (docs/NETWORKS.md)."
    )


def _shorter_side(value: object) -> int | None:
    if isinstance(value, int):
        return value
    if not isinstance(value, Mapping):
        return None
    sides = cast(Mapping[str, int], value)
    if "shortest_edge" in sides:
        return sides["shortest_edge"]
    return sides["height"] if sides.get("height") == sides.get("width") else None


def _interpolation(name: object) -> Interpolation:
    for known in get_args(Interpolation):
        if name == known:
            return known
    raise InputError(
        f"Cannot resize images so: it needs one of {', '.join(get_args(Interpolation))}, found "
        f"{name}. Say how they are resized with --set preprocessing=<file.json>."
    )


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) != 3:
        raise InputError(
            "Cannot read images so: it needs a mean and a deviation of red, green and blue, found "
            f"{list(values)}. Give three numbers each."
        )
    red, green, blue = (float(value) for value in values)
    return red, green, blue
