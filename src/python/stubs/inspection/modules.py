"""Modules: what they publish, as JSON for stubs.ts."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import types
import typing
from collections.abc import Iterator
from typing import Any, get_origin

from .annotations import instance_of, type_of
from .classes import class_member, declaration_of
from .functions import doc_of, function_member, is_function
from .identity import is_typed_dict, qualified_name
from .nodes import UNKNOWN, Node, attribute
from .scope import Scope
from .tables import SCALARS
from .values import type_of_value


def inspect_modules(names: list[str]) -> str:
    """Describe modules, as JSON."""
    modules = [importlib.import_module(name) for name in names]
    published = [(module, list(_public(module))) for module in modules]
    declared = {
        value
        for module, members in published
        for _, value in members
        if inspect.isclass(value) and _is_declared_in(module, value)
    }
    return json.dumps([_module(module, members, declared) for module, members in published])


def _public(module: types.ModuleType) -> Iterator[tuple[str, Any]]:
    """Names of `__all__`, or what the module itself defines without a leading underscore."""
    names: Any = getattr(module, "__all__", None)
    if names is None:
        own = _bound_in_source(module)
        names = [
            name
            for name, value in vars(module).items()
            if not name.startswith("_") and (name in own or _belongs(module, value))
        ]
    for name in dict.fromkeys(names):
        if hasattr(module, name):
            yield name, getattr(module, name)


def _bound_in_source(module: types.ModuleType) -> set[str]:
    """Names that the source defines rather than imports; of a module in C, its constants."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return {name for name, value in vars(module).items() if type(value) in SCALARS}
    names: set[str] = set()
    pending: list[ast.AST] = [tree]
    while pending:
        for child in ast.iter_child_nodes(pending.pop()):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.add(child.name)
            elif isinstance(child, ast.Name):
                if isinstance(child.ctx, ast.Store):
                    names.add(child.id)
            elif not isinstance(child, (ast.Lambda, ast.comprehension)):
                pending.append(child)
    return names


def _belongs(module: types.ModuleType, value: Any) -> bool:
    """Whether a value says that it is the module's, or of a package's own submodules."""
    home = getattr(value, "__module__", None)
    if not isinstance(home, str) or isinstance(value, types.ModuleType):
        return False
    inside = hasattr(module, "__path__") and home.startswith(f"{module.__name__}.")
    return home == module.__name__ or inside


def _is_declared_in(module: types.ModuleType, cls: type) -> bool:
    return _belongs(module, cls) or cls.__name__ in getattr(module, "__all__", ())


def _module(
    module: types.ModuleType, published: list[tuple[str, Any]], declared: set[type]
) -> Node:
    scope = Scope(vars(module))
    annotations: dict[str, Any] = getattr(module, "__annotations__", {})
    members: list[Node] = []
    declarations: list[Node] = []
    for name, value in published:
        if inspect.isclass(value) and get_origin(value) is None:
            if value in declared and value.__name__ == name:
                declarations.append(declaration_of(value, declared))
            elif name not in getattr(module, "__all__", ()):
                identity = (
                    f"{module.__name__}.{name}" if value in declared else qualified_name(value)
                )
                declarations.append(_alias(name, identity, instance_of(value)))
            if not is_typed_dict(value):
                members.append(class_member(name, value, declared))
        elif _is_typing(value):
            if not isinstance(value, typing.TypeVar) and type(value).__name__ != "ParamSpec":
                node = type_of(value, scope)
                node = node["type"] if node["kind"] == "alias" else node
                declarations.append(_alias(name, f"{module.__name__}.{name}", node))
        elif is_function(value):
            members.append(function_member(name, value, scope))
        else:
            node = type_of(annotations.get(name, Any), scope)
            members.append(attribute(name, type_of_value(value) if node == UNKNOWN else node))
    return {
        "name": module.__name__,
        "doc": doc_of(module),
        "members": members,
        "declarations": declarations,
    }


def _alias(name: str, identity: str, node: Node) -> Node:
    return {"kind": "alias", "name": name, "id": identity, "doc": None, "type": node}


def _is_typing(value: Any) -> bool:
    """Whether a value is there for annotations only."""
    return (
        get_origin(value) is not None
        or isinstance(value, (typing.TypeVar, typing.NewType, types.UnionType))
        or type(value).__name__ in ("TypeAliasType", "ParamSpec")
        or value is Any
    )
