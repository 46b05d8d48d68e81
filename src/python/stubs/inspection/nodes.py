"""The plain data that types are told in: nodes.ts says its shape."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]


UNKNOWN: Node = {"kind": "unknown"}


NULL: Node = {"kind": "scalar", "name": "null"}


def generic(name: str, of: list[Node]) -> Node:
    """A type of typed.ts that takes others."""
    return {"kind": "generic", "name": name, "of": of}


def union_of(nodes: list[Node]) -> Node:
    """Each member once, in the order given; `Any` in it leaves nothing to say."""
    flat: list[Node] = []
    for node in nodes:
        for one in node["of"] if node["kind"] == "union" else [node]:
            if one == UNKNOWN:
                return UNKNOWN
            if one not in flat:
                flat.append(one)
    if not flat:
        return {"kind": "never"}
    return flat[0] if len(flat) == 1 else {"kind": "union", "of": flat}


def attribute(name: str, node: Node, *, doc: str | None = None, readonly: bool = False) -> Node:
    """An attribute of a module or of an object."""
    return {"name": name, "doc": doc, "type": node, "readonly": readonly}


def signature_with(*only: Node) -> Node:
    """A signature with these positional-only parameters, and no other."""
    return {"only": [*only], "named": [], "rest": None, "more": None, "returns": UNKNOWN}


def class_of(instance: Node) -> Node:
    """A class itself, of whose making nothing is known yet."""
    return {"kind": "class", "of": instance, "signature": None, "members": []}
