"""Start and end of the interpreter."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import signal
import sys

# Importing `signal` installs a handler for SIGINT where there is none, and Ctrl-C would then raise
# KeyboardInterrupt in the next call from JS. Deno handles signals.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def prepend_path(folders: list[str]) -> None:
    """Puts folders that are not on `sys.path` yet at its front, in this order."""
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]


def flush() -> None:
    """Writes out what Python has buffered for the standard streams."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # none, or closed
            stream.flush()


@atexit.register  # before any other handler, so that it runs after them
def flush_files() -> None:
    """Writes out open files, also those that JS still holds and Python therefore does not close."""
    for value in gc.get_objects():
        if issubclass(type(value), (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)):
            with contextlib.suppress(OSError, ValueError):
                value.flush()
