"""Calls that a Python thread has the JS thread make for it.

The calling thread waits without the GIL. The call is made when the event loop turns, or, where the
JS thread is asleep inside a Python call and the loop cannot turn, inside that sleep (see
interrupt.py). Where even that is not possible the caller gets an error, rather than a wait without
end.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from .courier import send
from .interrupt import JS_THREAD, Watch, close_watch, open_watch

_waiting: deque[Crossing] = deque()
_lock = threading.RLock()  # a finalizer may post while its thread has it
_wake: Callable[[], None] | None = None
_woken = False  # whether JS has been told, and has not yet served


def open_crossings(wake: int, inside: memoryview) -> None:
    """From here on calls can cross: `wake` is a C function that has JS call `serve`."""
    global _wake
    _wake = ctypes.CFUNCTYPE(None)(wake)
    open_watch(inside, serve)


def close_crossings() -> None:
    """Calls that wait get an error, and so does every later one."""
    global _wake
    with _lock:
        _wake = None
        while _waiting:
            _waiting.popleft().fail(_ended())
    close_watch()


def on_js_thread() -> bool:
    """Whether the caller is on the thread that JS runs on."""
    return threading.get_ident() == JS_THREAD


def cross(call: Callable[[], Any]) -> Any:
    """The value of `call()`, made on the JS thread; its exception is raised here."""
    crossing = Crossing(call)
    if not _queue(crossing):
        raise _ended()
    return crossing.wait()


def post(call: Callable[[], Any]) -> bool:
    """Has `call()` made on the JS thread some time; whether that is still possible."""
    return _queue(Crossing(call))


def _queue(crossing: Crossing) -> bool:
    global _woken
    with _lock:
        if _wake is None:
            return False
        _waiting.append(crossing)
        if not _woken:
            _woken = True
            try:
                send(_tell)
            except BaseException:  # a job is cancelled just now
                _woken = False
                raise
        return True


def _tell() -> None:
    """Has JS call `serve`, unless it has ended meanwhile."""
    wake = _wake
    if wake is not None:
        wake()


def serve() -> None:
    """Makes the calls that wait now. On the JS thread."""
    global _woken
    _woken = False
    for _ in range(len(_waiting)):
        try:
            crossing = _waiting.popleft()
        except IndexError:  # a call that was served had others served inside
            return
        crossing.make()


def _ended() -> RuntimeError:
    return RuntimeError("a JS function was called on a Python thread after JS had ended")


class Crossing:
    """One call under way."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call: Callable[[], Any] | None = call
        self._value: Any = None
        self._error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def make(self) -> None:
        """Makes the call, unless the one who waited has left."""
        call, self._call = self._call, None
        if call is None:
            return
        try:
            self._value = call()
        except BaseException as error:
            self._error = error
        self._done.release()

    def fail(self, error: BaseException) -> None:
        """Ends the wait with an error, unless the call is being made."""
        if self._call is not None:
            self._call = None
            self._error = error
            self._done.release()

    def wait(self) -> Any:
        """Waits for the value."""
        watch = Watch()
        try:
            while not self._done.acquire(timeout=watch.interval):
                if self._call is not None:
                    watch.look()
        finally:
            self._call = None
        if self._error is None:
            return self._value
        try:
            raise self._error
        finally:
            self._error = None  # it refers to this frame
