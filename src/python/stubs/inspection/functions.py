"""Parameters and results."""

from __future__ import annotations

import contextlib
import functools
import inspect
from typing import Any

from .annotations import type_of
from .nodes import NULL, UNKNOWN, Node, attribute, generic, signature_with, union_of
from .scope import Scope, type_parameters


def signature_of(function: Any, scope: Scope, *, bound: bool = False) -> Node | None:
    """Parameters and result, without `self` where `bound`; None where Python cannot tell."""
    try:
        found = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    plain: Any = inspect.unwrap(function)
    while isinstance(plain, functools.partial):
        plain = plain.func
    plain = getattr(plain, "__func__", plain)
    names = getattr(plain, "__globals__", {})
    if not names.get("__builtins__"):  # as that of a NamedTuple's constructor
        names = scope.globals
    scope = Scope(names, {**scope.locals, **type_parameters(plain)}, scope.owner)
    node = signature_with()
    parameters = list(found.parameters.values())
    if bound and parameters and parameters[0].kind in _BY_POSITION:
        del parameters[0]
    for parameter in parameters:
        kind = type_of(parameter.annotation, scope)
        optional = parameter.default is not inspect.Parameter.empty
        if parameter.default is None and kind != UNKNOWN:
            kind = union_of([kind, NULL])
        entry: Node = {"name": parameter.name, "type": kind, "optional": optional}
        if parameter.kind is parameter.POSITIONAL_ONLY:
            node["only"].append(entry)
        elif parameter.kind is parameter.VAR_POSITIONAL:
            node["rest"] = kind
        elif parameter.kind is parameter.VAR_KEYWORD:
            node["more"] = kind
        else:
            positional = parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            node["named"].append({**entry, "positional": positional})
    node["returns"] = _result(function, plain, type_of(found.return_annotation, scope))
    return node


_BY_POSITION = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)


def _result(function: Any, plain: Any, annotated: Node) -> Node:
    """What a call gives: not what is annotated, where the function is no ordinary one."""
    code: Any = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is not None and plain is not function and code.co_filename == contextlib.__file__:
        name = "ContextManager"
        if inspect.isasyncgenfunction(plain):
            name = "AsyncContextManager"
        return generic(name, [item_of(annotated)])
    if inspect.iscoroutinefunction(plain):
        return generic("Awaitable", [annotated])
    return annotated


def item_of(node: Node) -> Node:
    """What an iterator or an awaitable gives."""
    return node["of"][0] if node["kind"] == "generic" else UNKNOWN


def is_function(value: Any) -> bool:
    """Whether a value is there to be called, and is not a class."""
    return callable(value) and (
        inspect.isroutine(value)
        or isinstance(value, functools.partial)
        or inspect.isroutine(getattr(value, "__wrapped__", None))
    )


def function_member(name: str, function: Any, scope: Scope, *, bound: bool = False) -> Node:
    """A function as an attribute."""
    node = {"kind": "callable", "signature": signature_of(function, scope, bound=bound)}
    return attribute(name, node, doc=doc_of(function))


def doc_of(value: Any) -> str | None:
    """The docstring that somebody wrote."""
    text = value.__dict__.get("__doc__") if inspect.isclass(value) else value.__doc__
    if not isinstance(text, str) or isinstance(value, functools.partial):
        return None
    if inspect.isclass(value) and (
        text.startswith(f"{value.__name__}(") or text == "An enumeration."
    ):
        return None  # by dataclass, NamedTuple or Enum
    return inspect.cleandoc(text)
