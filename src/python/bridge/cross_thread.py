"""Cross-thread calls: what a Python thread has the JS thread call for it.

The calling thread waits without the GIL. The call is made when the event loop turns, or, where the
JS thread is blocked inside a Python call and the loop cannot turn, inside that wait (see
interrupt.py). Where even that is not possible the caller gets an error instead of waiting for ever.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from .interrupt import JS_THREAD, Watchdog, close_watchdog, open_watchdog
from .notifier import notify

_queue: deque[CrossThreadCall] = deque()
_lock = threading.RLock()  # a finalizer may post while its thread holds it
_wake: Callable[[], None] | None = None
_notified = False  # whether JS has been notified, and has not yet run the queue


def open_cross_thread_calls(wake: int, inside_call: memoryview) -> None:
    """From here on calls are possible: `wake` is a C function that has JS run the queued calls."""
    global _wake
    _wake = ctypes.CFUNCTYPE(None)(wake)
    open_watchdog(inside_call, run_queued_calls)


def close_cross_thread_calls() -> None:
    """Queued calls get an error, and so does every later one."""
    global _wake
    with _lock:
        _wake = None
        while _queue:
            _queue.popleft().fail(_ended())
    close_watchdog()


def on_js_thread() -> bool:
    """Whether the caller is on the thread that JS runs on."""
    return threading.get_ident() == JS_THREAD


def call_on_js_thread(function: Callable[[], Any]) -> Any:
    """The value of `function()`, called on the JS thread; its exception is raised here."""
    call = CrossThreadCall(function)
    if not _enqueue(call):
        raise _ended()
    return call.wait()


def post_to_js_thread(function: Callable[[], Any]) -> bool:
    """Has `function()` called on the JS thread, without waiting; whether that is still possible."""
    return _enqueue(CrossThreadCall(function))


def _enqueue(call: CrossThreadCall) -> bool:
    global _notified
    with _lock:
        if _wake is None:
            return False
        _queue.append(call)
        if not _notified:
            _notified = True
            try:
                notify(_wake_js)
            except BaseException:  # a job is cancelled just now
                _notified = False
                raise
        return True


def _wake_js() -> None:
    """Has JS run the queued calls, unless it has ended meanwhile."""
    wake = _wake
    if wake is not None:
        wake()


def run_queued_calls() -> None:
    """Makes the calls that are queued now. On the JS thread."""
    global _notified
    _notified = False
    for _ in range(len(_queue)):
        try:
            call = _queue.popleft()
        except IndexError:  # a call made here has run the queue itself
            return
        call.make()


def _ended() -> RuntimeError:
    return RuntimeError(
        "Cannot call a JS function from a Python thread: it needs JS to run, found that JS has "
        "ended. End the thread before JS does"
    )


class CrossThreadCall:
    """One call, queued or running."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function: Callable[[], Any] | None = function
        self._value: Any = None
        self._error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def make(self) -> None:
        """Makes the call, unless the caller has stopped waiting."""
        function, self._function = self._function, None
        if function is None:
            return
        try:
            self._value = function()
        except BaseException as error:
            self._error = error
        self._done.release()

    def fail(self, error: BaseException) -> None:
        """Ends the wait with an error, unless the call is running."""
        if self._function is not None:
            self._function = None
            self._error = error
            self._done.release()

    def wait(self) -> Any:
        """Waits for the value."""
        watchdog = Watchdog()
        try:
            while not self._done.acquire(timeout=watchdog.interval):
                if self._function is not None:
                    watchdog.check()
        finally:
            self._function = None
        if self._error is None:
            return self._value
        try:
            raise self._error
        finally:
            self._error = None  # it refers to this frame
