"""Packages that only some runs need: imported when they are first used."""

import importlib
from types import ModuleType

from .errors import InputError


def need(package: str, extra: str) -> ModuleType:
    """Import `package`, which the extra of that name installs.

    Raises:
        InputError: it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise InputError(
            f"Cannot go on: it needs the Python package {package}, found none. Install it with "
            f"`deno task setup --with {extra}`."
        ) from error
