"""Exceptions of the bridge, and the description of any exception for JS."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import cast

from .registry import JsHandle


class JavaScriptError(Exception):
    """A JS error while it passes through Python; `handle` keeps the JS error itself alive."""

    def __init__(self, message: str, ident: int) -> None:
        super().__init__(message)
        self.handle = JsHandle(ident)


class JobCancelled(BaseException):
    """Raised inside a job whose AbortSignal was triggered."""


def caught() -> BaseException:
    """The exception being handled, without the caller's frame. No method of its class is called."""
    _, error, trace = sys.exc_info()
    assert error is not None
    inner: TracebackType | None = trace and trace.tb_next
    return BaseException.with_traceback(error, inner)


def describe(
    error: BaseException,
) -> tuple[str, str, str, BaseException | None, int | None]:
    """Type, message, traceback text, cause, and the id of the JS error if it is one."""
    cls = type(error)
    name, module = (type.__getattribute__(cls, of) for of in ("__qualname__", "__module__"))
    if module not in ("builtins", "__main__", __name__):
        name = f"{module}.{name}"
    try:
        message = str(error)
    except BaseException as failure:
        message = f"<its __str__ raised {type(failure).__name__}>"
    try:
        text = "".join(traceback.format_exception(cls, error, error.__traceback__))
    except BaseException:
        text = f"{name}: {message}\n"
    cause, context, suppressed = (
        object.__getattribute__(error, of)
        for of in ("__cause__", "__context__", "__suppress_context__")
    )
    if cause is None and not suppressed:
        cause = context
    is_js = issubclass(cls, JavaScriptError)
    ident = cast("JavaScriptError", error).handle.ident if is_js else None
    return name, message, text, cause, ident
