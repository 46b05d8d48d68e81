"""Where annotations were written, and what they are there.

Annotations are looked at one by one: one that cannot be evaluated (a name that exists for type
checkers only) is unknown, and spoils no other.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Mapping
from typing import Any, NamedTuple, cast


class Scope(NamedTuple):
    """Where an annotation was written."""

    globals: dict[str, Any]
    locals: Mapping[str, Any] = {}
    owner: type | None = None


def scope_of(cls: type, base: type | None = None) -> Scope:
    """Where the body of a class, or of its base, was written."""
    written = base or cls
    module = sys.modules.get(written.__module__)
    names = {**type_parameters(written), **vars(written)}
    return Scope(vars(module) if module else {}, names, cls)


def type_parameters(value: Any) -> dict[str, Any]:
    """What `class C[T]` and `def f[T]` bring into scope, by name."""
    parameters = getattr(value, "__type_params__", ())
    if not isinstance(parameters, tuple):  # of the class of such types itself
        return {}
    return {one.__name__: one for one in cast("tuple[Any, ...]", parameters)}


def evaluated(annotation: Any, scope: Scope) -> Any:
    """What an annotation is: `Any` where that cannot be found out."""
    names = scope.globals
    if isinstance(annotation, typing.ForwardRef):
        module = getattr(annotation, "__forward_module__", None)
        found = sys.modules.get(module) if isinstance(module, str) else module
        names = vars(found) if found else names
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    try:
        return evaluated(eval(annotation, names, dict(scope.locals)), scope)
    except Exception:
        return Any
