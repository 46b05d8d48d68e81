"""What the bridge asks of Python itself. Each JS isolate runs its own copy of this module."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import functools
import gc
import io
import signal
import struct
import sys
import threading
import traceback
import types
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any, ClassVar, NamedTuple

MAIN_THREAD = threading.get_ident()

# Importing `signal` takes SIGINT where nobody has it yet, and Ctrl-C would then raise
# KeyboardInterrupt in whatever JS calls next. Signals are Deno's.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


# --- errors


class JavaScriptError(Exception):
    """A JS error on its way through Python; `held` knows the JS error itself."""

    def __init__(self, message: str, ident: int) -> None:
        super().__init__(message)
        self.held = Held(ident)


class JobCancelled(BaseException):
    """Raised inside a job whose AbortSignal was triggered."""


def describe(
    error: BaseException,
) -> tuple[str, str, str, BaseException | None, int | None]:
    """Type, message, traceback text, cause, and the id of the JS error if it is one."""
    cls = type(error)
    name = cls.__qualname__
    if cls.__module__ not in ("builtins", "__main__", __name__):
        name = f"{cls.__module__}.{name}"
    try:
        message = str(error)
    except Exception as failure:
        message = f"<its __str__ raised {type(failure).__name__}>"
    try:
        text = "".join(traceback.format_exception(cls, error, error.__traceback__))
    except Exception:
        text = f"{name}: {message}\n"
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    held = error.held.ident if isinstance(error, JavaScriptError) else None
    return name, message, text, cause, held


# --- conversion


def plain_scalar(value: Any) -> Any:
    """The built-in value of an instance of a subclass, or of a numpy scalar; else the value."""
    # what the built-in type itself answers, past what a subclass overrides
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, (str, bytes)):
        return value.__getnewargs__()[0]
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        return value.item()
    return value


# --- iteration


def close_generator(iterator: Any) -> None:
    """What leaving a loop early means for a generator in JS: it is closed."""
    if isinstance(iterator, types.GeneratorType):
        iterator.close()


# --- JS values that Python keeps alive


_released: list[int] = []
_counter: memoryview | None = None


def open_mailbox(memory: memoryview) -> None:
    """From here on `memory` counts the values given back: JS looks there without calling Python."""
    global _counter
    _counter = memory.cast("i")


def close_mailbox() -> None:
    """From here on JS is left alone: its memory and its functions are going away."""
    global _counter, _invoke
    _counter = _invoke = None


def collect_mail() -> list[int]:
    """Ids of the values given back since the last time."""
    ids = _released.copy()
    del _released[: len(ids)]
    return ids


def _give_back(ident: int) -> None:
    if _counter is not None:
        _released.append(ident)
        _counter[0] = (_counter[0] + 1) & 0x7FFFFFFF


class Held:
    """One JS value, kept alive until this object dies."""

    __slots__ = ("_give_back", "ident")

    def __init__(self, ident: int) -> None:
        self.ident = ident
        self._give_back = _give_back  # globals may be gone when the interpreter ends

    def __del__(self) -> None:
        self._give_back(self.ident)


_invoke: Callable[[int, tuple[Any, ...], dict[str, Any]], Any] | None = None


def open_calls(invoke: Callable[[int, tuple[Any, ...], dict[str, Any]], Any]) -> None:
    """From here on JS functions can be called, by way of this C function."""
    global _invoke
    _invoke = invoke


class JsFunction:
    """A JS function. It runs on the thread that JS runs on, and nowhere else."""

    def __init__(self, ident: int, name: str) -> None:
        self._held = Held(ident)
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls it; keyword arguments arrive in JS as a last, plain object."""
        if threading.get_ident() != MAIN_THREAD:
            raise RuntimeError(
                f"the JS function {self.__name__!r} was called on a Python thread; "
                "JS functions can only be called on the thread that JS runs on"
            )
        if _invoke is None:
            raise RuntimeError(f"the JS function {self.__name__!r} was called after JS had ended")
        return _invoke(self._held.ident, args, kwargs)

    def __repr__(self) -> str:
        return f"<JS function {self.__name__!r}>"


class JsMemory:
    """Memory of a JS typed array, for numpy to take as it is."""

    def __init__(self, held: Held, address: int, typestr: str, shape: tuple[int, ...]) -> None:
        self.held = held
        self.__array_interface__ = {
            "data": (address, False),
            "typestr": typestr,
            "shape": shape,
            "version": 3,
        }


def array(ident: int, address: int, typestr: str, shape: Sequence[int]) -> Any:
    """An ndarray over the memory of a JS typed array, without a copy."""
    held = Held(ident)
    import numpy as np

    if 0 in shape:
        return np.empty(tuple(shape), typestr)
    return np.asarray(JsMemory(held, address, typestr, tuple(shape)))


# --- memory of Python objects


def export(value: Any) -> tuple[memoryview, str | None]:
    """The memory of an array-like, and the name of its dtype where the format does not tell it."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return _export_tensor(torch, value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        return memoryview(value), value.dtype.name
    try:
        return memoryview(value), None
    except TypeError:
        if not hasattr(value, "__dlpack__"):
            raise
    import numpy as np

    taken: Any = np.from_dlpack(value)
    return memoryview(taken), taken.dtype.name


def _export_tensor(torch: Any, tensor: Any) -> tuple[memoryview, str]:
    if tensor.device.type != "cpu":
        raise TypeError(
            f"the tensor is on {tensor.device}; only CPU memory can be viewed: call .cpu()"
        )
    name = str(tensor.dtype).removeprefix("torch.")
    plain = tensor.detach()
    if tensor.dtype is torch.bfloat16:
        plain = plain.view(torch.uint16)
    return memoryview(plain.numpy()), name


# --- jobs


class Progress:
    """Callable that writes its numbers into memory which JS reads without the GIL.

    Layout: int32 sequence number (odd while a write is under way), int32 count, float64 values.
    """

    def __init__(self, memory: memoryview) -> None:
        self._memory: memoryview | None = memory
        self._capacity = (memory.nbytes - 8) // 8
        self._sequence = 0
        self._lock = threading.Lock()

    def __call__(self, *numbers: float) -> None:
        """Replaces the numbers that JS sees next."""
        if len(numbers) > self._capacity:
            raise ValueError(
                f"progress() takes at most {self._capacity} numbers, got {len(numbers)}"
            )
        values = struct.pack(f"={len(numbers)}d", *numbers)
        with self._lock:
            memory = self._memory
            if memory is None:
                raise RuntimeError("progress() was called after its job had ended")
            self._sequence = (self._sequence + 2) & 0x7FFFFFFE
            memory[0:4] = struct.pack("=i", self._sequence | 1)
            memory[8 : 8 + len(values)] = values
            memory[0:8] = struct.pack("=ii", self._sequence, len(numbers))

    def close(self) -> None:
        """Lets go of the memory: later calls are refused."""
        with self._lock:
            self._memory = None


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


# --- start and end


def prepend_path(folders: list[str]) -> None:
    """Puts folders that are not on `sys.path` yet at its front, in this order."""
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]


def flush() -> None:
    """Writes out what Python has buffered for the standard streams."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # none, or closed
            stream.flush()


@atexit.register  # before any other handler, so that it runs after them
def _flush_files() -> None:
    """Writes out open files, also those that JS still holds and Python therefore does not close."""
    for value in gc.get_objects():
        if issubclass(type(value), (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)):
            with contextlib.suppress(OSError, ValueError):
                value.flush()
