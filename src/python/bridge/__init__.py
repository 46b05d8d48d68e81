"""What the bridge asks of Python: the names that JS uses. Each JS isolate runs its own copy."""

from .awaiting import close_async_generator, next_of, start_awaiting
from .conversion import close_generator, plain_scalar
from .courier import courier_is_gone
from .crossing import open_crossings, serve
from .errors import JavaScriptError, describe
from .functions import JsFunction, close_calls, open_calls
from .held import close_mailbox, collect_mail, open_mailbox
from .jobs import start_job
from .life import flush, prepend_path
from .memory import array, export
from .pending import cancel, open_pending, outcome
from .promise import Promise

__all__ = [
    "JavaScriptError",
    "JsFunction",
    "Promise",
    "array",
    "cancel",
    "close_async_generator",
    "close_calls",
    "close_generator",
    "close_mailbox",
    "collect_mail",
    "courier_is_gone",
    "describe",
    "export",
    "flush",
    "next_of",
    "open_calls",
    "open_crossings",
    "open_mailbox",
    "open_pending",
    "outcome",
    "plain_scalar",
    "prepend_path",
    "serve",
    "start_awaiting",
    "start_job",
]
