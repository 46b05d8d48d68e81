"""Whether the JS thread is blocked inside a Python call, and a signal that interrupts its wait.

A Python thread that waits for JS while JS waits for that thread (`thread.join()`, `queue.get()`,
a lock) would wait for ever. Waits in Python are interruptible: a signal has Python run its handler
within them, on the main thread, and then wait on. The signal is SIGURG: by default it does nothing,
and debuggers and C libraries do not use it.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

JS_THREAD = threading.get_ident()

TIMEOUT = 10.0
"""Seconds that a caller waits for a JS thread that is blocked and does not handle the signal."""

_inside_call: memoryview | None = None
_can_interrupt = False


def open_watchdog(inside_call: memoryview, handler: Callable[[], None]) -> None:
    """From here on `inside_call[0]` says if JS is in a Python call; the signal calls `handler`."""
    global _inside_call, _can_interrupt
    _inside_call = inside_call.cast("i")
    with contextlib.suppress(AttributeError, ValueError):  # Windows; not the main thread
        signal.signal(signal.SIGURG, lambda _signal, _frame: handler())
        _can_interrupt = True


def close_watchdog() -> None:
    """From here on the memory of JS is not read."""
    global _inside_call
    _inside_call = None


class Watchdog:
    """Checks the JS thread from time to time, on behalf of one caller that waits for it."""

    def __init__(self) -> None:
        self.interval = 0.005
        self._last = _sample()
        self._blocked = 0.0

    def check(self) -> None:
        """Interrupts the JS thread if it is blocked inside a call; raises after TIMEOUT seconds."""
        last, now = self._last, _sample()
        self._last = now
        self.interval = min(self.interval * 1.5, 0.2)
        elapsed = now.time - last.time
        if not (last.inside_call and now.inside_call) or now.cpu - last.cpu > elapsed / 10:
            self._blocked = 0.0
            return
        self._blocked += elapsed
        if self._blocked > TIMEOUT:
            raise RuntimeError(
                "Cannot call a JS function from a Python thread: it needs JS to return from its "
                "Python call or to be interrupted in it, found it blocked there for "
                f"{TIMEOUT:g} seconds, perhaps waiting for this thread. Make that call a job: "
                "await python.job(fn, args)"
            )
        if _can_interrupt:
            signal.pthread_kill(JS_THREAD, signal.SIGURG)


class _Sample(NamedTuple):
    time: float
    cpu: float
    inside_call: bool


def _sample() -> _Sample:
    """The state of the JS thread. Where its CPU time is unknown, it counts as blocked."""
    if _inside_call is None:  # the JS thread may have ended
        return _Sample(time.monotonic(), 0.0, inside_call=False)
    cpu = 0.0
    if hasattr(time, "pthread_getcpuclockid"):
        cpu = time.clock_gettime(time.pthread_getcpuclockid(JS_THREAD))
    return _Sample(time.monotonic(), cpu, inside_call=_inside_call[0] != 0)
