"""Python awaitables that JS awaits: they run on one asyncio loop, on a thread of its own."""

from __future__ import annotations

import atexit
import contextlib
import functools
import threading
import types
from collections.abc import AsyncIterator, Awaitable
from typing import TYPE_CHECKING, Any

from .errors import caught
from .notifier import notify
from .pending import begin, notify_end

if TYPE_CHECKING:
    import asyncio  # slow to import: only where it is used


class Loop:
    """An asyncio loop on a thread."""

    def __init__(self) -> None:
        import asyncio

        self.loop = asyncio.new_event_loop()
        self._open = True
        self._thread = threading.Thread(target=self._main, name="deno-asyncio", daemon=True)
        self._thread.start()

    def close(self, seconds: float | None) -> None:
        """Cancels what still runs and waits so long for the thread to end; None: without limit."""
        self._open = False
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(seconds)

    def _main(self) -> None:
        import asyncio

        while self._open:
            # asyncio stores the exceptions of tasks, but raises these two out of the loop as well
            with contextlib.suppress(SystemExit, KeyboardInterrupt):
                self.loop.run_forever()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.wait(tasks) if tasks else asyncio.sleep(0))
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


_loop: Loop | None = None


def _the_loop() -> asyncio.AbstractEventLoop:
    global _loop
    if _loop is None:
        _loop = Loop()
    return _loop.loop


@atexit.register
def close_loop(seconds: float | None = None) -> None:
    """Ends the loop, if there is one."""
    global _loop
    loop, _loop = _loop, None
    if loop is not None:
        loop.close(seconds)


class Awaited:
    """One awaitable on the loop."""

    def __init__(self, ident: int, awaitable: Awaitable[Any]) -> None:
        self.value: Any = None
        self.error: BaseException | None = None
        self._ident = ident
        self._future: asyncio.Future[Any] | None = None
        self._loop = _the_loop()
        self._loop.call_soon_threadsafe(self._begin, awaitable)

    def cancel(self) -> None:
        """Raises `asyncio.CancelledError` where it waits."""
        self._loop.call_soon_threadsafe(lambda: self._future and self._future.cancel())

    abandon = cancel

    def _begin(self, awaitable: Awaitable[Any]) -> None:
        import asyncio

        try:
            self._future = asyncio.ensure_future(awaitable)
        except BaseException as error:  # not an awaitable, or one of another loop
            self._end(error)
        else:
            self._future.add_done_callback(self._take)

    def _take(self, future: asyncio.Future[Any]) -> None:
        try:
            self.value = future.result()
        except BaseException:
            self._end(caught())
        else:
            self._end(None)

    def _end(self, error: BaseException | None) -> None:
        self.error = error
        notify(functools.partial(notify_end, self._ident))


def start_awaiting(ident: int, awaitable: Awaitable[Any]) -> None:
    """Awaits it on the loop; JS is notified when it has ended."""
    begin(ident, Awaited(ident, awaitable))


async def next_of(iterator: AsyncIterator[Any]) -> tuple[Any] | None:
    """The next item, or None at the end."""
    try:
        return (await iterator.__anext__(),)
    except StopAsyncIteration:
        return None


async def close_async_generator(iterator: Any) -> None:
    """What leaving a `for await` early means for an async generator: it is closed."""
    if isinstance(iterator, types.AsyncGeneratorType):
        await iterator.aclose()
