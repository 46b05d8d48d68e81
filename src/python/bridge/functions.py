"""JS functions as Python functions. They run on the thread that JS runs on, whoever calls."""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from typing import Any, NoReturn

from .cross_thread import call_on_js_thread, close_cross_thread_calls
from .interrupt import JS_THREAD
from .promise import close_promises
from .registry import JsHandle

Invoke = Callable[[int, "tuple[Any, ...]", "dict[str, Any] | None"], Any]


def _refuse(*_: Any) -> NoReturn:
    raise RuntimeError(
        "Cannot call a JS function: it needs JS to run, found that JS has ended. "
        "Call it before JS ends"
    )


_invoke: Invoke = _refuse


def open_calls(invoke: Invoke) -> None:
    """From here on JS functions can be called, by way of this C function."""
    global _invoke
    _invoke = invoke


def close_calls() -> None:
    """From here on every call is refused, also those that wait: JS is about to end."""
    global _invoke
    _invoke = _refuse
    close_cross_thread_calls()
    close_promises()


def js_function(ident: int, name: str) -> Callable[..., Any]:
    """A function that calls the JS function registered under `ident`.

    Keyword arguments arrive in JS as a last, plain object. A Python thread that calls it waits
    until JS has run it.
    """
    handle = JsHandle(ident)

    # a plain function: one frame and no further object, which would cost time in every call
    def function(*args: Any, **kwargs: Any) -> Any:
        if get_ident() != JS_THREAD:
            return call_on_js_thread(lambda: _invoke(handle.ident, args, kwargs or None))
        return _invoke(handle.ident, args, kwargs or None)

    function.__name__ = function.__qualname__ = name
    return function
