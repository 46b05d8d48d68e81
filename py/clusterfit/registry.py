"""Members of a package by name: one file and one line in its dictionary each."""

from collections.abc import Mapping
from typing import TypeVar

from .errors import InputError

Member = TypeVar("Member")


def find(members: Mapping[str, Member], kind: str, name: str) -> Member:
    """Return the member of that name.

    Raises:
        InputError: there is none; the message lists those that there are.
    """
    if name in members:
        return members[name]
    raise InputError(
        f"Cannot use the {kind} {name!r}: it needs one of {', '.join(members)}. "
        "Choose one of them, or add it to its package."
    )
