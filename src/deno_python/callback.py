"""The Python callables for JS functions."""

from __future__ import annotations

import functools
import keyword
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import inspect  # slow to import: only for a signature


class Callback(functools.partial["Any"]):
    """A JS function. Its signature is that of the function, keyword arguments first.

    It is not a Python function, which would become a bound method as an attribute of a class.
    """

    written: list[str]
    """Names of the parameters, none for patterns; `=` behind optional ones, `*` before the rest."""

    def __get__(self, instance: object, owner: object = None) -> Any:
        return self

    def __repr__(self) -> str:
        return f"<JS callback {self.__name__}>"

    @property
    def __name__(self) -> str:
        return self.func.__name__

    @property
    def __signature__(self) -> inspect.Signature:
        return signature_of(self.written)


class Method(Callback):
    """A JS function that is bound to its instance, which it gets after the keyword arguments."""

    def __get__(self, instance: object, owner: object = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    @property
    def __signature__(self) -> inspect.Signature:
        return signature_of(self.written[1:] or ["self"])


def callback(function: Callable[..., Any], written: list[str], is_method: bool) -> Callback:
    """The callable for a function of the bridge."""
    made = (Method if is_method else Callback)(function)
    made.written = written
    return made


class Default:
    """A default value that only JS knows."""

    def __repr__(self) -> str:
        return "..."


DEFAULT = Default()


def signature_of(written: list[str]) -> inspect.Signature:
    """The signature of a JS function.

    A parameter goes by its position, as a letter, where it has no name that Python could use, or
    one that begins with an underscore, by which JS marks unused ones. In Python all
    that follow an optional parameter are optional.
    """
    import inspect

    names = [text.strip("*=") for text in written]
    usable = [_is_usable(name) and names.index(name) == at for at, name in enumerate(names)]
    taken = {name for name, use in zip(names, usable, strict=True) if use}
    parameters: list[inspect.Parameter] = []
    default: Any = inspect.Parameter.empty
    for at, text in enumerate(written):
        name = names[at] if usable[at] else _letter(at, taken)
        if text.startswith("*"):
            parameters.append(inspect.Parameter(name, inspect.Parameter.VAR_POSITIONAL))
            continue
        if text.endswith("="):
            default = DEFAULT
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(inspect.Parameter(name, kind, default=default))
    return inspect.Signature(parameters)


def _is_usable(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_")


def _letter(position: int, taken: set[str]) -> str:
    name = chr(ord("a") + position) if position < 26 else f"parameter{position}"
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def thrown(cause: BaseException) -> RuntimeError:
    """What a callback raises whose JS function throws; `cause` is the bridge's exception for it."""
    error = RuntimeError(f"a JS callback threw {cause}")
    error.__cause__ = cause
    return error
