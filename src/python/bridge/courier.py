"""A thread that tells JS things and waits for its event loop, so that nobody else has to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

_messages: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
_thread: threading.Thread | None = None
_lock = threading.RLock()  # a finalizer may send while its thread has it


def send(message: Callable[[], None]) -> None:
    """Has the thread call a C function that ends once JS has taken notice."""
    global _thread
    _messages.put(message)
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_main, name="deno-courier", daemon=True)
            _thread.start()


def dismiss_courier() -> None:
    """Ends the thread, once the event loop has answered."""
    _messages.put(None)


def courier_is_gone() -> bool:
    """Whether no thread is left that waits for the event loop to turn."""
    return _thread is None or not _thread.is_alive()


def _main() -> None:
    while (message := _messages.get()) is not None:
        message()
