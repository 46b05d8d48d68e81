"""JS functions as Python functions. They run on the thread that JS runs on, whoever calls."""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from typing import Any, NoReturn

from .crossing import close_crossings, cross
from .held import Held
from .interrupt import JS_THREAD
from .promise import close_promises

Invoke = Callable[[int, "tuple[Any, ...]", "dict[str, Any] | None"], Any]


def _refuse(*_: Any) -> NoReturn:
    raise RuntimeError("a JS function was called while JS was not there")


_invoke: Invoke = _refuse


def open_calls(invoke: Invoke) -> None:
    """From here on JS functions can be called, by way of this C function."""
    global _invoke
    _invoke = invoke


def close_calls() -> None:
    """From here on every call is refused, also those that wait: the JS functions are going away."""
    global _invoke
    _invoke = _refuse
    close_crossings()
    close_promises()


def js_function(ident: int, name: str) -> Callable[..., Any]:
    """A function that calls the JS function held under `ident`.

    Keyword arguments arrive in JS as a last, plain object. A Python thread that calls it waits
    until JS has run it.
    """
    held = Held(ident)

    # one frame and no object of its own: each would show in every call
    def function(*args: Any, **kwargs: Any) -> Any:
        if get_ident() != JS_THREAD:
            return cross(lambda: _invoke(held.ident, args, kwargs or None))
        return _invoke(held.ident, args, kwargs or None)

    function.__name__ = function.__qualname__ = name
    return function
