"""What the bridge asks of Python: the names that JS uses. Each JS isolate runs its own copy."""

from .awaiting import close_async_generator, next_of, start_awaiting
from .contexts import enter, enter_async, leave, leave_async
from .conversion import close_generator, dumped, listed, plain_scalar
from .courier import courier_is_gone, dismiss_courier
from .crossing import open_crossings, serve
from .ending import end_with_process
from .errors import JavaScriptError, describe
from .forking import refuse_fork
from .functions import close_calls, js_function, open_calls
from .held import close_mailbox, collect_mail, open_mailbox
from .jobs import start_job
from .life import flush, prepend_path
from .main import (
    add_expression,
    add_statements,
    as_function,
    at_top_level,
    main_names,
    open_main,
)
from .memory import array, export
from .pending import cancel, close_pending, open_pending, outcome
from .promise import Promise
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
    "close_mailbox",
    "close_pending",
    "collect_mail",
    "courier_is_gone",
    "describe",
    "dismiss_courier",
    "dumped",
    "end_with_process",
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
    "open_calls",
    "open_crossings",
    "open_mailbox",
    "open_main",
    "open_pending",
    "outcome",
    "plain_scalar",
    "prepend_path",
    "refuse_fork",
    "report_to",
    "serve",
    "start_awaiting",
    "start_job",
]
