"""Exceptions of the bridge, and how JS learns about any exception."""

from __future__ import annotations

import traceback

from .held import Held


class JavaScriptError(Exception):
    """A JS error on its way through Python; `held` knows the JS error itself."""

    def __init__(self, message: str, ident: int) -> None:
        super().__init__(message)
        self.held = Held(ident)


class JobCancelled(BaseException):
    """Raised inside a job whose AbortSignal was triggered."""


def describe(
    error: BaseException,
) -> tuple[str, str, str, BaseException | None, int | None]:
    """Type, message, traceback text, cause, and the id of the JS error if it is one."""
    cls = type(error)
    name = cls.__qualname__
    if cls.__module__ not in ("builtins", "__main__", __name__):
        name = f"{cls.__module__}.{name}"
    try:
        message = str(error)
    except Exception as failure:
        message = f"<its __str__ raised {type(failure).__name__}>"
    try:
        text = "".join(traceback.format_exception(cls, error, error.__traceback__))
    except Exception:
        text = f"{name}: {message}\n"
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    held = error.held.ident if isinstance(error, JavaScriptError) else None
    return name, message, text, cause, held
