"""Context managers that JS enters and leaves."""

from __future__ import annotations

from typing import Any, cast


def enter(manager: Any) -> Any:
    """What `with manager as value` does first."""
    _special(manager, "__exit__")
    return _special(manager, "__enter__")(manager)


def leave(manager: Any, error: BaseException | None) -> bool:
    """What `with` does last; whether the error is suppressed."""
    exit_ = _special(manager, "__exit__")
    if error is None:
        exit_(manager, None, None, None)
        return False
    try:
        raise error
    except BaseException:
        return bool(exit_(manager, type(error), error, error.__traceback__))


async def enter_async(manager: Any) -> Any:
    """What `async with manager as value` does first."""
    _special(manager, "__aexit__")
    return await _special(manager, "__aenter__")(manager)


async def leave_async(manager: Any, error: BaseException | None) -> bool:
    """What `async with` does last; whether the error is suppressed."""
    exit_ = _special(manager, "__aexit__")
    if error is None:
        await exit_(manager, None, None, None)
        return False
    try:
        raise error
    except BaseException:
        return bool(await exit_(manager, type(error), error, error.__traceback__))


def _special(manager: Any, name: str) -> Any:
    """The method of the manager's type, as Python looks it up."""
    cls = cast("type[Any]", type(manager))
    method = getattr(cls, name, None)
    if method is None:
        raise TypeError(
            f"Cannot use a {cls.__qualname__!r} object as a context manager: it needs {name}, "
            "found none. Use `with` for a context manager, `asyncWith` for an asynchronous one"
        )
    return method
