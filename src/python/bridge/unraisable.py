"""Errors that nobody can catch: those of finalizers, and those that end a thread.

Python prints them. JS can handle them instead: at the next turn of the event loop, because a
finalizer may run at any point of other code.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from .cross_thread import post_to_js_thread

Handler = Callable[[BaseException, str], None]


def report_to(handler: Handler | None) -> None:
    """Passes such errors to a JS function, or, with None, has Python print them again."""
    sys.unraisablehook = sys.__unraisablehook__
    threading.excepthook = threading.__excepthook__
    if handler is None:
        return

    def unraisable(args: Any) -> None:
        if args.exc_value is None:
            sys.__unraisablehook__(args)
            return
        where = args.err_msg or "Exception ignored in"
        if args.object is not None:  # from CPython 3.14 on the message often names it
            where += f": {args.object!r}"
        _post(handler, args.exc_value, where, lambda: sys.__unraisablehook__(args))

    def thread_ended(args: Any) -> None:
        if args.exc_value is None or args.exc_type is SystemExit:
            threading.__excepthook__(args)
            return
        name = args.thread.name if args.thread is not None else threading.get_ident()
        where = f"Exception in thread {name}"
        _post(handler, args.exc_value, where, lambda: threading.__excepthook__(args))

    sys.unraisablehook = unraisable
    threading.excepthook = thread_ended


def _post(handler: Handler, error: BaseException, where: str, show: Callable[[], object]) -> None:
    if not post_to_js_thread(lambda: handler(error, where)):
        show()
