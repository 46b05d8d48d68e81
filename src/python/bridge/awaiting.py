"""Awaitables of Python that JS waits for: they run on one asyncio loop, on a thread of its own."""

from __future__ import annotations

import atexit
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
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._main, name="deno-asyncio", daemon=True)
        self._thread.start()
        self._started.wait()

    def _main(self) -> None:
        import asyncio

        asyncio.run(self._live())

    async def _live(self) -> None:
        import asyncio

        self.loop = asyncio.get_running_loop()
        self._end = self.loop.create_future()
        self._started.set()
        await self._end

    def close(self) -> None:
        """Cancels what still runs, and ends the thread."""
        self.loop.call_soon_threadsafe(self._end.set_result, None)
        self._thread.join()


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
