"""The types that annotations stand for."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import inspect
import sys
import types
import typing
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from .identity import bases_of, is_protocol, is_typed_dict, qualified_name
from .nodes import NULL, UNKNOWN, Node, class_of, generic, signature_with, union_of
from .scope import Scope, evaluated, scope_of, type_parameters
from .tables import ARRAYS, DTYPES, GENERICS, SCALARS


def type_of(annotation: Any, scope: Scope) -> Node:
    """The type that an annotation stands for."""
    value = evaluated(annotation, scope)
    if any(value is one for one in _pending):  # a type that contains itself
        return _alias(value, UNKNOWN) if _is_alias(value) else UNKNOWN
    _pending.append(value)
    try:
        return _convert(value, scope)
    finally:
        _pending.pop()


_pending: list[Any] = []


def _convert(value: Any, scope: Scope) -> Node:
    if value is None:
        return NULL
    if isinstance(value, typing.TypeVar):
        if value.__constraints__:
            return union_of([type_of(one, scope) for one in value.__constraints__])
        return UNKNOWN if value.__bound__ is None else type_of(value.__bound__, scope)
    if isinstance(value, typing.NewType):
        return type_of(value.__supertype__, scope)
    if isinstance(value, dataclasses.InitVar):
        return type_of(value.type, scope)
    if _is_alias(value):
        inner = Scope(vars(sys.modules[value.__module__]), type_parameters(value), scope.owner)
        return _alias(value, type_of(value.__value__, inner))
    origin = get_origin(value)
    if origin is not None:
        return _convert_generic(origin, get_args(value), value, scope)
    if inspect.isclass(value):
        return type_of_class(value)
    return _special(str(getattr(value, "_name", getattr(value, "__name__", ""))), scope)


def _is_alias(value: Any) -> bool:
    """Whether a value comes from `type X = ...`."""
    return type(value).__name__ == "TypeAliasType"


def _alias(value: Any, node: Node) -> Node:
    return {"kind": "alias", "id": f"{value.__module__}.{value.__name__}", "type": node}


def _special(name: str, scope: Scope) -> Node:
    if name in ("NoReturn", "Never"):
        return {"kind": "never"}
    if name == "LiteralString":
        return {"kind": "scalar", "name": "string"}
    if name == "Self" and scope.owner is not None:
        return instance_of(scope.owner)
    return UNKNOWN


def _convert_generic(origin: Any, arguments: tuple[Any, ...], value: Any, scope: Scope) -> Node:
    def nodes(values: Iterable[Any]) -> list[Node]:
        return [type_of(one, scope) for one in values]

    first = type_of(arguments[0], scope) if arguments else UNKNOWN
    if origin in (typing.Union, types.UnionType):
        return union_of(nodes(arguments))
    if origin is typing.Literal:
        return union_of([_literal(one) for one in arguments])
    if origin is typing.Annotated:
        if first["kind"] == "array":
            return first | {"dtype": next(filter(None, map(_dtype, value.__metadata__)), None)}
        return first
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return generic("Tuple", [{"kind": "many", "of": first}])
        if value == tuple[()]:
            arguments = ()
        elif not arguments:
            return type_of_class(tuple)
        return generic("Tuple", [{"kind": "tuple", "of": nodes(arguments)}])
    if origin is collections.abc.Callable:
        return _convert_callable(arguments, scope)
    if origin is type:
        return class_of(first)
    if str(getattr(origin, "_name", "")) in (*_MARKS, "ClassVar", "Final", "Unpack"):
        return first
    if str(getattr(origin, "_name", "")) in ("TypeGuard", "TypeIs"):
        return {"kind": "scalar", "name": "boolean"}
    if _is_alias(origin):
        return type_of(origin, scope)
    if origin in GENERICS:
        name, chosen = GENERICS[origin]
        given = nodes(arguments) + [UNKNOWN] * 3
        return generic(name, given[chosen])
    if inspect.isclass(origin) and qualified_name(origin) == "numpy.ndarray":
        dtypes = [_dtype(one) for argument in arguments[1:] for one in get_args(argument)]
        return {"kind": "array", "name": "NDArray", "dtype": next(iter(dtypes), None)}
    return type_of_class(origin) if inspect.isclass(origin) else UNKNOWN


def _convert_callable(arguments: tuple[Any, ...], scope: Scope) -> Node:
    taken, returned = arguments or (Ellipsis, Any)
    signature = signature_with()
    if isinstance(taken, list):
        for annotation in typing.cast("list[Any]", taken):
            entry = {"name": "_", "type": type_of(annotation, scope), "optional": False}
            signature["only"].append(entry)
    else:
        signature["rest"] = signature["more"] = UNKNOWN
    signature["returns"] = type_of(returned, scope)
    return {"kind": "callable", "signature": signature}


def type_of_class(cls: type) -> Node:
    """The type of the instances of a class."""
    if cls in SCALARS:
        return {"kind": "scalar", "name": SCALARS[cls]}
    if cls in (object, Any, inspect.Parameter.empty):
        return UNKNOWN
    if cls is tuple:
        return generic("Tuple", [{"kind": "many", "of": UNKNOWN}])
    if cls is collections.abc.Callable:
        return _convert_callable((), Scope({}))
    if cls is type:
        return class_of(UNKNOWN)
    if cls in GENERICS:
        name, chosen = GENERICS[cls]
        return generic(name, ([UNKNOWN] * 3)[chosen])
    qualified = qualified_name(cls)
    if qualified in ARRAYS:
        return {"kind": "array", "name": ARRAYS[qualified], "dtype": None}
    return instance_of(cls)


def instance_of(cls: type) -> Node:
    """An instance of a class that has no name in typed.ts."""
    node: Node = {
        "kind": "instance",
        "id": qualified_name(cls),
        "bases": bases_of(cls),
        "protocol": is_protocol(cls),
    }
    if is_typed_dict(cls):
        node["fields"] = fields_of(cls)
    return node


def fields_of(cls: Any) -> list[Node]:
    """Keys of a TypedDict. `Required` and `NotRequired` say more than the total of the class."""
    scope = scope_of(cls)
    fields: list[Node] = []
    for name, annotation in cls.__annotations__.items():
        value = evaluated(annotation, scope)
        marks: list[str] = []
        while str(getattr(get_origin(value), "_name", "")) in _MARKS:
            marks.append(get_origin(value)._name)
            value = evaluated(get_args(value)[0], scope)
        required = name in cls.__required_keys__
        if "Required" in marks or "NotRequired" in marks:
            required = "Required" in marks
        fields.append({"name": name, "type": type_of(value, scope), "required": required})
    return fields


_MARKS = ("Required", "NotRequired", "ReadOnly")


def _literal(value: Any) -> Node:
    if isinstance(value, enum.Enum):
        return instance_of(type(value))
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return {"kind": "scalar", "name": "bytes"}
    if isinstance(value, int) and abs(value) >= 1 << 53:
        return {"kind": "scalar", "name": "number"}
    return {"kind": "literal", "value": value}


def _dtype(value: Any) -> str | None:
    """Numpy's name of an element type, if it is exact."""
    name = value if isinstance(value, str) else getattr(value, "__name__", None) or str(value)
    name = name.removeprefix("torch.").rstrip("_")
    return name if name in DTYPES else None
