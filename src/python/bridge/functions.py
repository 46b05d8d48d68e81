"""JS functions as Python callables. They run on the thread that JS runs on, whoever calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .courier import dismiss_courier
from .crossing import close_crossings, cross, on_js_thread
from .held import Held
from .promise import close_promises

Invoke = Callable[[int, tuple[Any, ...], dict[str, Any]], Any]

_invoke: Invoke | None = None


def open_calls(invoke: Invoke) -> None:
    """From here on JS functions can be called, by way of this C function."""
    global _invoke
    _invoke = invoke


def close_calls() -> None:
    """From here on every call is refused, also those that wait: the JS functions are going away."""
    global _invoke
    _invoke = None
    close_crossings()
    close_promises()
    dismiss_courier()


class JsFunction:
    """A JS function. A Python thread that calls it waits until JS has run it."""

    def __init__(self, ident: int, name: str) -> None:
        self._held = Held(ident)
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls it; keyword arguments arrive in JS as a last, plain object."""
        if on_js_thread():
            return self._call(args, kwargs)
        return cross(lambda: self._call(args, kwargs))

    def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if _invoke is None:
            raise RuntimeError(f"the JS function {self.__name__!r} was called after JS had ended")
        return _invoke(self._held.ident, args, kwargs)

    def __repr__(self) -> str:
        return f"<JS function {self.__name__!r}>"
