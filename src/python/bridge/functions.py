"""JS functions as Python callables."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from .held import Held

JS_THREAD = threading.get_ident()

_invoke: Callable[[int, tuple[Any, ...], dict[str, Any]], Any] | None = None


def open_calls(invoke: Callable[[int, tuple[Any, ...], dict[str, Any]], Any]) -> None:
    """From here on JS functions can be called, by way of this C function."""
    global _invoke
    _invoke = invoke


def close_calls() -> None:
    """From here on every call is refused: the JS functions are going away."""
    global _invoke
    _invoke = None


class JsFunction:
    """A JS function. It runs on the thread that JS runs on, and nowhere else."""

    def __init__(self, ident: int, name: str) -> None:
        self._held = Held(ident)
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls it; keyword arguments arrive in JS as a last, plain object."""
        if threading.get_ident() != JS_THREAD:
            raise RuntimeError(
                f"the JS function {self.__name__!r} was called on a Python thread; "
                "JS functions can only be called on the thread that JS runs on"
            )
        if _invoke is None:
            raise RuntimeError(f"the JS function {self.__name__!r} was called after JS had ended")
        return _invoke(self._held.ident, args, kwargs)

    def __repr__(self) -> str:
        return f"<JS function {self.__name__!r}>"
