"""Promises of JS in Python."""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import TYPE_CHECKING, Any

from .cross_thread import on_js_thread
from .interrupt import Watchdog

if TYPE_CHECKING:
    from concurrent.futures import Future  # slow to import, as is asyncio


class Promise:
    """What an async JS function gives: `await` it in asyncio code, or call `result()` on a thread.

    JS settles it when its event loop turns, so that waiting on the thread of JS is refused. A
    rejection that nobody waited for goes to `sys.unraisablehook`.
    """

    def __init__(self) -> None:
        from concurrent.futures import Future

        self._future: Future[Any] = Future()
        self._waited_for = False
        _open.add(self)

    def resolve(self, value: Any) -> None:
        """Ends the wait with a value."""
        if self in _open:
            _open.remove(self)
            self._future.set_result(value)

    def reject(self, error: BaseException) -> None:
        """Ends the wait with an exception."""
        if self in _open:
            _open.remove(self)
            self._future.set_exception(error)

    def abandon(self) -> None:
        """Ends the wait, if there is one, because JS has ended."""
        self._waited_for = True
        self.reject(
            RuntimeError(
                "Cannot wait for a JS promise: it needs JS to settle it, found that JS has ended. "
                "Await it before JS ends"
            )
        )

    def done(self) -> bool:
        """Whether JS has settled it."""
        return self._future.done()

    def result(self, timeout: float | None = None) -> Any:
        """The value, waited for, or the rejection; `TimeoutError` after `timeout` seconds."""
        from concurrent.futures import TimeoutError as Unsettled

        self._begin_wait()
        watchdog = Watchdog()
        end = None if timeout is None else monotonic() + timeout
        while not self._future.done():
            left = watchdog.interval if end is None else min(watchdog.interval, end - monotonic())
            if left <= 0:
                raise TimeoutError(f"JS did not settle its promise within {timeout} seconds")
            try:
                return self._future.result(left)
            except Unsettled:
                if not self._future.done():
                    watchdog.check()
        return self._future.result()

    def __await__(self) -> Generator[Any, None, Any]:
        return self._wait().__await__()

    async def _wait(self) -> Any:
        import asyncio

        self._begin_wait()
        watchdog = Watchdog()
        future = asyncio.wrap_future(self._future)
        while not future.done():
            await asyncio.wait([future], timeout=watchdog.interval)
            if not future.done():
                watchdog.check()
        return future.result()

    def _begin_wait(self) -> None:
        self._waited_for = True
        if on_js_thread() and not self._future.done():
            raise RuntimeError(
                "Cannot wait for a JS promise here: it needs another thread, found the JS thread, "
                "where the wait would never end. Run the call that waits as a job: "
                "await python.job(fn, args)"
            )

    def __repr__(self) -> str:
        return f"<JS Promise, {'settled' if self.done() else 'pending'}>"

    def __del__(self) -> None:
        error = None if self._waited_for or not self.done() else self._future.exception()
        if error is not None:
            raise error


_open: set[Promise] = set()


def close_promises() -> None:
    """Ends every wait: JS settles nothing any more."""
    for promise in list(_open):
        promise.abandon()
