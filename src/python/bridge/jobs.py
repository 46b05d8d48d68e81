"""Long calls on Python threads."""

from __future__ import annotations

import atexit
import ctypes
import functools
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, ClassVar, NamedTuple

from .errors import JobCancelled, caught
from .main import at_top_level
from .pending import begin, notify_end
from .progress import Progress


class Job:
    """One call on a Python thread. At most one `JobCancelled` is ever sent to it."""

    def __init__(self, call: Callable[[], Any], progress: Progress | None) -> None:
        self.call: Callable[[], Any] | None = call
        self.progress = progress
        self.value: Any = None
        self.error: BaseException | None = None
        self.thread_id: int | None = None
        self.cancelled = False
        self.lock = threading.Lock()

    def run(self) -> None:
        """Runs the call and keeps its value or its error. Raises nothing but a late cancel."""
        try:
            self.thread_id = threading.get_ident()
            if self.cancelled:
                raise JobCancelled
            assert self.call is not None
            self.value = self.call()
        except BaseException:
            self.error = caught()
        finally:
            self.call = None
            with self.lock:
                self.thread_id = None
            if self.progress is not None:
                self.progress.close()

    def cancel(self) -> None:
        """Sends `JobCancelled`, unless that was done before or the call has ended."""
        if self.cancelled:
            return
        self.cancelled = True
        with self.lock:  # while it is held here, a running thread cannot end
            if self.thread_id is not None:
                _raise_in(self.thread_id, JobCancelled)

    def abandon(self) -> None:
        """The same, and from here on no progress."""
        if self.progress is not None:
            self.progress.close()
        self.cancel()


def _raise_in(thread_id: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread_id),
        ctypes.py_object(error) if error is not None else None,
    )


class Worker:
    """A thread that runs one job after another; idle ones wait for the next.

    Threads are reused because starting one, and filling its memory pools and caches, takes time.
    """

    _all: ClassVar[list[Worker]] = []
    _idle: ClassVar[list[Worker]] = []

    def __init__(self) -> None:
        self._queue: SimpleQueue[QueuedJob | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="deno-job", daemon=True)
        self._thread.start()
        self._all.append(self)

    @classmethod
    def take(cls) -> Worker:
        """An idle worker, or a new one."""
        return cls._idle.pop() if cls._idle else cls()

    @classmethod
    def stop_all(cls, seconds: float | None = None) -> None:
        """Ends the threads. With `seconds`, waits at most so long, and only for those at work."""
        until = None if seconds is None else time.monotonic() + seconds
        while cls._all:
            worker = cls._all.pop()
            worker._queue.put(None)
            if until is None:
                worker._thread.join()
            elif worker not in cls._idle:
                worker._thread.join(max(0.0, until - time.monotonic()))

    def run(self, queued: QueuedJob) -> None:
        """Queues a job and returns at once."""
        self._queue.put(queued)

    def _main(self) -> None:
        while self._serve(self._queue.get()):
            pass

    def _serve(self, queued: QueuedJob | None) -> bool:
        if queued is None:
            return False
        try:
            queued.job.run()
            if queued.job.cancelled:
                _raise_in(threading.get_ident(), None)
        except JobCancelled:  # it came when the call had just ended
            pass
        self._idle.append(self)
        notify_end(queued.ident)
        return True


class QueuedJob(NamedTuple):
    """A job, and the id by which JS is notified of its end."""

    job: Job
    ident: int


atexit.register(Worker.stop_all)


def start_job(
    ident: int,
    memory: memoryview | None,
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    """Starts `fn(*args, **kwargs)` on a thread; JS is notified when it has ended."""
    progress = None
    if memory is not None:
        progress = kwargs["progress"] = Progress(memory)
    call = at_top_level(fn, *args, **kwargs) or functools.partial(fn, *args, **kwargs)
    job = Job(call, progress)
    worker = Worker.take()
    begin(ident, job)
    worker.run(QueuedJob(job, ident))
