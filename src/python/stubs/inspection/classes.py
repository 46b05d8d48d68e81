"""Classes: their attributes, how they are made, and what can be done with them."""

from __future__ import annotations

import dataclasses
import enum
import functools
import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any, get_origin

from .annotations import fields_of, instance_of, type_of
from .functions import doc_of, function_member, is_function, item_of, signature_of
from .identity import SILENT, bases_of, is_protocol, is_typed_dict, qualified_name
from .nodes import UNKNOWN, Node, attribute, class_of, signature_with, union_of
from .scope import Scope, evaluated, scope_of
from .values import type_of_value


def declaration_of(cls: Any, declared: set[type]) -> Node:
    """A class, as a type that is declared by its name."""
    node: Node = {"name": cls.__name__, "id": qualified_name(cls), "doc": doc_of(cls)}
    if is_typed_dict(cls):
        return node | {"kind": "typed_dict", "fields": fields_of(cls)}
    node["bases"] = bases_of(cls)
    members = [
        member
        for member in _members(cls, declared)
        if not member.pop("static") or member["type"]["kind"] not in ("callable", "class")
    ]
    keys = _keys(cls)
    if keys:
        values = [member.value for member in cls.__members__.values()]
        return node | {
            "kind": "enum",
            "members": [one for one in members if one["name"] not in (*keys, "name", "value")],
            "keys": keys,
            "values": union_of([type_of_value(value) for value in values]),
            "plain": next((node for base, node in _PLAIN.items() if issubclass(cls, base)), None),
        }
    return node | {
        "kind": "protocol" if is_protocol(cls) else "class",
        "open": any(base not in declared and base not in SILENT for base in cls.__mro__[1:]),
        "members": members,
        **_behaviour(cls),
    }


_PLAIN: dict[type, Node] = {
    int: {"kind": "scalar", "name": "number"},
    str: {"kind": "scalar", "name": "string"},
}


def class_member(name: str, cls: type, declared: set[type]) -> Node:
    """The class itself, as an attribute: how an instance is made, and its own attributes."""
    node = class_of(instance_of(cls))
    if cls in declared:
        node["signature"] = _constructor(cls)
        node["members"] = [one for one in _members(cls, declared) if one.pop("static")]
    return attribute(name, node)


def _keys(cls: Any) -> list[str]:
    """Names of the members of an Enum."""
    return [*cls.__members__] if issubclass(cls, enum.Enum) else []


def _constructor(cls: Any) -> Node | None:
    """What it takes to make an instance; None where Python cannot tell."""
    if issubclass(cls, enum.Enum):
        return signature_with({"name": "value", "type": UNKNOWN, "optional": False})
    if is_protocol(cls):
        return None
    for base in cls.__mro__:
        if base is object:
            return signature_with()
        for name in ("__init__", "__new__"):
            method = base.__dict__.get(name)
            method = method.__func__ if isinstance(method, staticmethod) else method
            if isinstance(method, types.FunctionType):
                return signature_of(method, scope_of(cls, base), bound=True)
        if "__init__" in base.__dict__ or "__new__" in base.__dict__:
            return None
    return None


def _behaviour(cls: Any) -> Node:
    """What can be done with an instance, beside asking for attributes."""
    behaviour: Node = {"call": None, "each": None, "enters": None, "get": None, "tuple": None}
    if hasattr(cls, "_fields") and issubclass(cls, tuple):
        behaviour["tuple"] = _tuple_fields(cls)
        return behaviour
    behaviour["call"] = _own_method(cls, "__call__")
    for iterate in filter(None, (_own_method(cls, f"__{name}__") for name in ("iter", "aiter"))):
        behaviour["each"] = item_of(iterate["returns"])
    enter, enter_later = (_own_method(cls, f"__{name}__") for name in ("enter", "aenter"))
    if enter is not None:
        behaviour["enters"] = enter["returns"]
    elif enter_later is not None:
        behaviour["enters"] = item_of(enter_later["returns"])
    item = _own_method(cls, "__getitem__")
    if item is not None:
        keys = [*item["only"], *item["named"]]
        behaviour["get"] = [keys[0]["type"] if keys else UNKNOWN, item["returns"]]
    return behaviour


def _own_method(cls: Any, name: str) -> Node | None:
    """The signature of a method that Python code defines."""
    method = getattr(cls, name, None)
    if not isinstance(method, types.FunctionType):
        return None
    return signature_of(method, scope_of(cls), bound=True)


def _tuple_fields(cls: Any) -> list[Node]:
    annotations = {
        name: type_of(annotation, scope_of(cls, base))
        for base in reversed(cls.__mro__)
        for name, annotation in inspect.get_annotations(base).items()
    }
    return [annotations.get(field, UNKNOWN) for field in cls._fields]


def _members(cls: Any, declared: set[type]) -> Iterator[Node]:
    """Public attributes, also of described bases; `static` where the class has them too."""
    seen = {name for name in dir(cls) if name.startswith("_")}
    for base in cls.__mro__:
        if base is not cls and base not in declared:
            continue
        scope = scope_of(cls, base)
        own: dict[str, Any] = {**vars(base)}
        for member in (
            *_annotated(base, scope),
            *(_member(name, value, scope, cls) for name, value in own.items()),
        ):
            if member["name"] not in seen and not member["name"].startswith("_"):
                seen.add(member["name"])
                yield member


def _annotated(cls: Any, scope: Scope) -> Iterator[Node]:
    for name, annotation in inspect.get_annotations(cls).items():
        value = evaluated(annotation, scope)
        if not isinstance(value, dataclasses.InitVar):
            node = attribute(name, type_of(value, scope), readonly=_is_frozen(cls))
            yield {**node, "static": get_origin(value) is typing.ClassVar}


def _member(name: str, value: Any, scope: Scope, cls: Any) -> Node:
    if name in _keys(cls):
        return {**attribute(name, instance_of(cls), readonly=True), "static": True}
    if isinstance(value, property):
        node = _returned(value.fget, scope)
        member = attribute(name, node, doc=doc_of(value), readonly=value.fset is None)
        return {**member, "static": False}
    if isinstance(value, functools.cached_property):
        function: Any = value.func
        node = _returned(function, scope)
        return {**attribute(name, node, doc=doc_of(function)), "static": False}
    if isinstance(value, (staticmethod, classmethod)):
        return {**function_member(name, getattr(cls, name), scope), "static": True}
    if inspect.isclass(value):
        return {**attribute(name, class_of(instance_of(value))), "static": True}
    if is_function(value):
        return {**function_member(name, value, scope, bound=True), "static": False}
    if inspect.isdatadescriptor(value):
        return {**attribute(name, UNKNOWN), "static": False}
    return {**attribute(name, type_of_value(value)), "static": True}


def _returned(function: Any, scope: Scope) -> Node:
    signature = signature_of(function, scope, bound=True)
    return signature["returns"] if signature else UNKNOWN


def _is_frozen(cls: Any) -> bool:
    parameters = getattr(cls, "__dataclass_params__", None)
    return issubclass(cls, tuple) or bool(parameters and parameters.frozen)
