"""Forking a process that runs JS is refused, with an error that gives the reason.

Only the thread that forks exists in the child. Every lock that another thread held (of V8, of Deno,
of the memory allocator, of a BLAS) stays locked there for ever, and locks on files are shared with
the parent. `subprocess` runs a new program at once and is not affected.
"""

from __future__ import annotations

import multiprocessing.context
import os
from typing import Any, NoReturn


def _refuse() -> NoReturn:
    raise RuntimeError(
        "Cannot fork this process: it needs to have one thread, found several, because it runs JS: "
        "a forked child would have only one of them, and the locks that the others hold (file "
        "locks included) would stay locked there. Start processes by spawn or forkserver, for "
        "example with multiprocessing.get_context('spawn'); functions for them must come from a "
        "module that can be imported, or from python.run()"
    )


def refuse_fork() -> None:
    """From here on processes are started by spawn, unless asked otherwise, and never by fork."""
    if not hasattr(os, "fork"):
        return
    import posix

    for module in (os, posix):
        for name in ("fork", "forkpty"):
            setattr(module, name, _refuse)
    # As set_start_method() does, but a program can still set another one.
    contexts: Any = multiprocessing.context
    contexts._default_context._default_context = contexts._concrete_contexts["spawn"]
