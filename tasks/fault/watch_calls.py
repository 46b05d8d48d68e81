"""The functions of Python by which tensors are written, each with its faults."""

import contextlib
import errno
import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from clusterfit import tensors

Meet = Callable[[str, str], "list[str] | None"]


def watch(meet: Meet) -> None:
    """Put a function that asks `meet` first in the place of each.

    `meet` takes an operation and a path and returns a fault as [moment, effect], or None.
    """

    def put(module: Any, name: str, operation: str, path_of: Callable[..., str]) -> None:
        call = getattr(module, name)

        @functools.wraps(call)
        def watched(*args: Any, **kwargs: Any) -> Any:
            path = path_of(*args)
            fault = meet(operation, path)
            if fault is None:
                return call(*args, **kwargs)
            moment, effect = fault
            if moment != "before":
                with contextlib.suppress(FileNotFoundError):  # there was nothing to remove
                    call(*args, **kwargs)
            if moment == "middle":
                os.truncate(path, Path(path).stat().st_size // 2)
            return _strike(effect, path)

        setattr(module, name, watched)

    put(os, "replace", "rename", _second)
    put(os, "fsync", "sync", _opened)
    put(os, "unlink", "remove", _first)
    put(tensors, "save_file", "write", _second)


def _first(path: object) -> str:
    return str(path)


def _second(_from: object, path: object) -> str:
    return str(path)


def _opened(file: int) -> str:
    return str(Path(f"/proc/self/fd/{file}").readlink())


def _strike(effect: str, path: str) -> NoReturn:
    if effect == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
        signal.pause()
    code = getattr(errno, effect)
    raise OSError(code, os.strerror(code), path)
