"""Memory shared between the two sides: typed arrays of JS, arrays of Python."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Sequence
from typing import Any

from .registry import JsHandle


class JsMemory:
    """Memory of a JS typed array, for numpy to take as it is."""

    def __init__(
        self, handle: JsHandle, address: int, typestr: str, shape: tuple[int, ...]
    ) -> None:
        self.handle = handle
        self.__array_interface__ = {
            "data": (address, False),
            "typestr": typestr,
            "shape": shape,
            "version": 3,
        }


def array(ident: int, address: int, typestr: str, shape: Sequence[int]) -> Any:
    """An ndarray over the memory of a JS typed array, without a copy."""
    handle = JsHandle(ident)
    import numpy as np

    if 0 in shape:
        return np.empty(tuple(shape), typestr)
    return np.asarray(JsMemory(handle, address, typestr, tuple(shape)))


def export(value: Any) -> tuple[memoryview, str | None, object]:
    """The memory of an array-like, and the name of its dtype where the format does not say it.

    The caller must keep all three: an object that has exported a buffer is not resized, except by
    numpy with `refcheck=False`; and that not where a weak reference points to the array: the third
    item is one.
    """
    memory, dtype = _exported(value)
    return memory, dtype, _reference_to_owner(memory)


def _reference_to_owner(memory: memoryview) -> object:
    """A weak reference to the ndarray that owns the memory, or None where none does."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    owner: Any = memory
    while True:
        if issubclass(type(owner), numpy.ndarray):
            base = numpy.ndarray.base.__get__(owner)
            if base is None:
                return weakref.ref(owner)
        elif isinstance(owner, memoryview):
            base = owner.obj
        else:
            return None
        owner = base


def _exported(value: Any) -> tuple[memoryview, str | None]:
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return _export_tensor(torch, value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        return memoryview(value), value.dtype.name
    try:
        return memoryview(value), None
    except TypeError as error:
        if not hasattr(value, "__dlpack__"):
            raise TypeError(
                f"Cannot view a {type(value).__name__}: it needs the buffer protocol or DLPack, "
                "found neither. Make an array of it first, for example with numpy.array"
            ) from error
    import numpy as np

    taken: Any = np.from_dlpack(value)
    return memoryview(taken), taken.dtype.name


def _export_tensor(torch: Any, tensor: Any) -> tuple[memoryview, str]:
    if tensor.device.type != "cpu":
        raise TypeError(
            f"Cannot view a tensor: it needs CPU memory, found {tensor.device}. Call .cpu() first"
        )
    name = str(tensor.dtype).removeprefix("torch.")
    plain = tensor.detach()
    if tensor.dtype is torch.bfloat16:
        plain = plain.view(torch.uint16)
    return memoryview(plain.numpy()), name
