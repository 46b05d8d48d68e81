"""The notifier thread: it notifies JS and waits for the event loop; other threads do not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

_notifications: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
_thread: threading.Thread | None = None
_lock = threading.RLock()  # a finalizer may notify while its thread holds it


def notify(notification: Callable[[], None]) -> None:
    """Has the thread call a C function, which returns once the event loop has run its callback."""
    global _thread
    _notifications.put(notification)
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_main, name="deno-notifier", daemon=True)
            _thread.start()


def stop_notifier() -> None:
    """Ends the thread, after the notifications that are queued."""
    _notifications.put(None)


def notifier_stopped() -> bool:
    """Whether no thread waits for the event loop any more."""
    return _thread is None or not _thread.is_alive()


def _main() -> None:
    while (notification := _notifications.get()) is not None:
        notification()
