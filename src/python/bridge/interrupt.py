"""Whether the JS thread sleeps inside a Python call, and a knock that has it run something there.

A Python thread that waits for JS while JS waits for that thread (`thread.join()`, `queue.get()`,
a lock) would wait for ever. Waits in Python are interruptible: a signal has Python run its handler
within them, on the main thread, and then wait on. The signal is SIGURG: what it means by default is
nothing, and debuggers and C libraries leave it alone.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

JS_THREAD = threading.get_ident()

PATIENCE = 10.0
"""Seconds that a caller waits for a JS thread that sleeps and does not answer the knock."""

_inside: memoryview | None = None
_can_knock = False


def open_watch(inside: memoryview, serve: Callable[[], None]) -> None:
    """From here on `inside[0]` tells whether JS is in a Python call; a knock has it run `serve`."""
    global _inside, _can_knock
    _inside = inside.cast("i")
    with contextlib.suppress(AttributeError, ValueError):  # Windows; not the main thread
        signal.signal(signal.SIGURG, lambda _signal, _frame: serve())
        _can_knock = True


def close_watch() -> None:
    """From here on the memory is left alone."""
    global _inside
    _inside = None


class Watch:
    """Looks at the JS thread from time to time, on behalf of one caller that waits for it."""

    def __init__(self) -> None:
        self.interval = 0.005
        self._last = _look()
        self._asleep = 0.0

    def look(self) -> None:
        """Knocks if the JS thread has slept inside a call; raises if that has not helped."""
        last, now = self._last, _look()
        self._last = now
        self.interval = min(self.interval * 1.5, 0.2)
        elapsed = now.time - last.time
        if not (last.inside and now.inside) or now.cpu - last.cpu > elapsed / 10:
            self._asleep = 0.0
            return
        self._asleep += elapsed
        if self._asleep > PATIENCE:
            raise RuntimeError(
                "calling a JS function from a Python thread failed: JS itself waits, inside a "
                f"Python call, and for {PATIENCE:g} seconds neither returned nor could be "
                "interrupted; if it waits for this thread that would never end. Make that call a "
                "job: await python.job(fn, args)"
            )
        if _can_knock:
            signal.pthread_kill(JS_THREAD, signal.SIGURG)


class _Look(NamedTuple):
    time: float
    cpu: float
    inside: bool


def _look() -> _Look:
    """What the JS thread is at. Where its CPU time cannot be told, it counts as asleep."""
    if _inside is None:  # it may be gone
        return _Look(time.monotonic(), 0.0, inside=False)
    cpu = 0.0
    if hasattr(time, "pthread_getcpuclockid"):
        cpu = time.clock_gettime(time.pthread_getcpuclockid(JS_THREAD))
    return _Look(time.monotonic(), cpu, inside=_inside[0] != 0)
