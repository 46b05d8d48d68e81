"""Awaitables of Python that JS waits for: they run on one asyncio loop, on a thread of its own."""

from __future__ import annotations

import atexit
import contextlib
import functools
import threading
import types
from collections.abc import AsyncIterator, Awaitable
from typing import TYPE_CHECKING, Any

from .courier import send
from .pending import begin, tell_end

if TYPE_CHECKING:
    import asyncio  # slow to import, so that only those pay who use it


class Loop:
    """An asyncio loop on a thread."""

    def __init__(self) -> None:
        import asyncio

        self.loop = asyncio.new_event_loop()
        self._open = True
        self._thread = threading.Thread(target=self._main, name="deno-asyncio", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cancels what still runs, and ends the thread."""
        self._open = False
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    def _main(self) -> None:
        import asyncio

        while self._open:
            # asyncio keeps the exceptions of tasks, but lets these two through as well
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
        atexit.register(_loop.close)
    return _loop.loop


class Awaited:
    """One awaitable on the loop."""

    def __init__(self, ident: int, awaitable: Awaitable[Any]) -> None:
        import asyncio

        self.value: Any = None
        self.error: BaseException | None = None
        self._task = asyncio.run_coroutine_threadsafe(self._run(ident, awaitable), _the_loop())

    async def _run(self, ident: int, awaitable: Awaitable[Any]) -> None:
        try:
            self.value = await awaitable
        except BaseException as error:
            inner = error.__traceback__ and error.__traceback__.tb_next
            self.error = error.with_traceback(inner)
        send(functools.partial(tell_end, ident))

    def cancel(self) -> None:
        """Raises `asyncio.CancelledError` where it waits."""
        self._task.cancel()


def start_awaiting(ident: int, awaitable: Awaitable[Any]) -> None:
    """Awaits it on the loop; JS is told when it has ended."""
    if not hasattr(type(awaitable), "__await__") and not _is_generator_coroutine(awaitable):
        raise TypeError(f"{type(awaitable).__name__!r} object is not awaitable")
    begin(ident, Awaited(ident, awaitable))


def _is_generator_coroutine(value: object) -> bool:
    return isinstance(value, types.GeneratorType) and bool(value.gi_code.co_flags & 0x100)


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
