"""The end of Python where JS ends without `shutdown()`: everything except finalisation.

Finalising would stop threads in the middle of C code (torch ends the process with an abort then),
and everything that it frees is freed by the end of the process as well.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from .awaiting import close_loop
from .jobs import Worker
from .lifecycle import flush, flush_files

JOBS = 1.0
"""Seconds that the cancelled jobs get to end; the asyncio loop gets as many."""

THREADS = 5.0
"""Seconds that threads which are no daemons get, and pools of threads or processes."""

HANDLERS = 5.0
"""Seconds that all `atexit` handlers get together."""


def on_process_exit(status: int) -> None:
    """Ends Python with this process. `status` is the exit status that the process is about to have.

    At once where JS runs on the process's main thread. The isolates of `deno test` have threads of
    their own and come and go in one process: there it happens when the process exits.
    """
    if not _on_main_thread():
        _at_exit(lambda: (_end_threads(), _within(HANDLERS, _run_handlers)))
        return
    _end_threads()
    # handlers may need the thread that their modules were imported on, which is this one
    late = threading.Timer(HANDLERS, _end_regardless, [status])
    late.daemon = True
    late.start()
    _run_handlers()
    late.cancel()


def _end_threads() -> None:
    """What `Py_FinalizeEx` does first, in bounded time."""
    Worker.stop_all(JOBS)
    close_loop(JOBS)
    _within(THREADS, _join_threads)


def _join_threads() -> None:
    """What `threading._shutdown` does, which has to be called on the main thread, without limit."""
    atexits: list[Callable[[], Any]] = getattr(threading, "_threading_atexits", [])
    while atexits:
        atexits.pop()()
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread():
            thread.join()


def _run_handlers() -> None:
    """What `Py_FinalizeEx` does next. Python prints what handlers raise."""
    module: Any = atexit
    module._run_exitfuncs()
    flush()


def _end_regardless(status: int) -> None:
    """Ends the process although a handler still runs."""
    _within(1.0, flush_files)
    print(
        f"Python's atexit handlers did not end within {HANDLERS:g} seconds: the process ends "
        "without them.",
        file=sys.stderr,
        flush=True,
    )
    os._exit(status)


def _within(seconds: float, call: Callable[[], Any]) -> None:
    """Runs it on a thread of its own, and waits for that no longer than so many seconds."""
    thread = threading.Thread(target=call, name="deno-exit", daemon=True)
    thread.start()
    thread.join(seconds)


def _on_main_thread() -> bool:
    """Whether this is the thread that the process began with."""
    if sys.platform == "linux":
        return threading.get_native_id() == os.getpid()
    if sys.platform == "darwin":
        return ctypes.CDLL(None).pthread_main_np() == 1
    return True


_exits: list[Any] = []  # C functions: the process keeps their addresses


def _at_exit(call: Callable[[], object]) -> None:
    """Has it called when the process exits, before destructors of C++ libraries that are loaded."""

    def exiting(_argument: int | None) -> None:
        call()

    function = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(exiting)
    _exits.append(function)
    ctypes.CDLL(None).__cxa_atexit(function, None, None)
