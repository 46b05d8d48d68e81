"""Long calls on Python threads."""

from __future__ import annotations

import atexit
import ctypes
import functools
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, ClassVar, NamedTuple

from .errors import JobCancelled
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
        except BaseException as error:
            inner = error.__traceback__ and error.__traceback__.tb_next
            self.error = error.with_traceback(inner)
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


_jobs: dict[int, Job] = {}


def _raise_in(thread_id: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread_id),
        ctypes.py_object(error) if error is not None else None,
    )


class Worker:
    """A thread that runs one job after another; idle ones wait for the next.

    What a thread has warmed up (its memory, its caches) is not paid for again by every call.
    """

    _idle: ClassVar[list[Worker]] = []

    def __init__(self) -> None:
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="deno-job", daemon=True)
        self._thread.start()

    @classmethod
    def take(cls) -> Worker:
        """An idle worker, or a new one."""
        return cls._idle.pop() if cls._idle else cls()

    @classmethod
    def dismiss_idle(cls) -> None:
        """Ends the threads that wait for a job."""
        while cls._idle:
            worker = cls._idle.pop()
            worker._orders.put(None)
            worker._thread.join()

    def run(self, order: Order) -> None:
        """Hands over a job and returns at once."""
        self._orders.put(order)

    def _main(self) -> None:
        while self._serve(self._orders.get()):
            pass

    def _serve(self, order: Order | None) -> bool:
        if order is None:
            return False
        try:
            try:
                order.job.run()
            finally:
                _raise_in(threading.get_ident(), None)
        except JobCancelled:  # it came when the call had just ended
            pass
        self._idle.append(self)
        order.notify(order.ident)
        return True


class Order(NamedTuple):
    """A job, and whom to tell that it has ended."""

    job: Job
    ident: int
    notify: Callable[[int], None]


atexit.register(Worker.dismiss_idle)


def start(
    ident: int,
    notify: int,
    memory: memoryview | None,
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    """Starts `fn(*args, **kwargs)` on a thread; `notify` (a C function) is called at its end."""
    progress = None
    if memory is not None:
        progress = kwargs["progress"] = Progress(memory)
    job = Job(functools.partial(fn, *args, **kwargs), progress)
    done = ctypes.CFUNCTYPE(None, ctypes.c_uint64)(notify)  # releases the GIL while JS runs
    worker = Worker.take()
    _jobs[ident] = job
    worker.run(Order(job, ident, done))


def cancel(ident: int) -> None:
    """Raises `JobCancelled` in a job that still runs."""
    job = _jobs.get(ident)
    if job is not None:
        job.cancel()


def outcome(ident: int) -> tuple[BaseException | None, Any]:
    """Error or value of a job that has ended."""
    job = _jobs.pop(ident)
    return job.error, job.value
