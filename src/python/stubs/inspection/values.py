"""The types of values that nobody has annotated."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable
from typing import Any, cast

from .annotations import instance_of, type_of_class
from .functions import is_function, signature_of
from .nodes import NULL, UNKNOWN, Node, class_of, generic, union_of
from .scope import Scope
from .tables import GENERICS


def type_of_value(value: Any, depth: int = 3) -> Node:
    """The type of a value that nobody has annotated."""
    cls = cast("Any", type(value))
    if value is None:
        return NULL
    if depth == 0:
        return UNKNOWN
    if cls is tuple:
        nodes = [type_of_value(one, depth - 1) for one in value]
        if len(nodes) > 4 and union_of(nodes)["kind"] != "union":
            return generic("Tuple", [{"kind": "many", "of": nodes[0]}])
        return generic("Tuple", [{"kind": "tuple", "of": nodes}])
    if cls in (list, set, frozenset):
        return generic(GENERICS[cls][0], [_of_all(value, depth)])
    if cls is dict:
        return generic("Dict", [_of_all(value, depth), _of_all(value.values(), depth)])
    if cls is types.ModuleType:
        return instance_of(cls)
    if inspect.isclass(value):
        return class_of(instance_of(value))
    if is_function(value):
        return {"kind": "callable", "signature": signature_of(value, Scope({}))}
    return type_of_class(cls)


def _of_all(values: Iterable[Any], depth: int) -> Node:
    found = [type_of_value(one, depth - 1) for one in values]
    if isinstance(values, (set, frozenset)):
        found.sort(key=str)  # their order is not the same on every run
    return union_of(found) if found else UNKNOWN
