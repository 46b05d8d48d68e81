"""The Python functions that JS calls. Each JS isolate loads its own copy of this package."""

from .awaiting import close_async_generator, next_of, start_awaiting
from .contexts import enter, enter_async, leave, leave_async
from .conversion import close_generator, dumped, listed, plain_scalar
from .cross_thread import open_cross_thread_calls, run_queued_calls
from .display import display_data
from .errors import JavaScriptError, describe
from .forking import refuse_fork
from .functions import close_calls, js_function, open_calls
from .jobs import start_job
from .lifecycle import flush, prepend_path
from .main import (
    add_expression,
    add_statements,
    as_function,
    at_top_level,
    main_names,
    open_main,
)
from .memory import array, export
from .notifier import notifier_stopped, stop_notifier
from .pending import cancel, close_pending, open_pending, outcome
from .process_exit import on_process_exit
from .promise import Promise
from .registry import close_registry, open_registry, take_released
from .unraisable import report_to

__all__ = [
    "JavaScriptError",
    "Promise",
    "add_expression",
    "add_statements",
    "array",
    "as_function",
    "at_top_level",
    "cancel",
    "close_async_generator",
    "close_calls",
    "close_generator",
    "close_pending",
    "close_registry",
    "describe",
    "display_data",
    "dumped",
    "enter",
    "enter_async",
    "export",
    "flush",
    "js_function",
    "leave",
    "leave_async",
    "listed",
    "main_names",
    "next_of",
    "notifier_stopped",
    "on_process_exit",
    "open_calls",
    "open_cross_thread_calls",
    "open_main",
    "open_pending",
    "open_registry",
    "outcome",
    "plain_scalar",
    "prepend_path",
    "refuse_fork",
    "report_to",
    "run_queued_calls",
    "start_awaiting",
    "start_job",
    "stop_notifier",
    "take_released",
]
