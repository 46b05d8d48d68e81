"""What the bridge asks of Python: the names that JS uses. Each JS isolate runs its own copy."""

from .conversion import close_generator, plain_scalar
from .errors import JavaScriptError, describe
from .functions import JsFunction, close_calls, open_calls
from .held import close_mailbox, collect_mail, open_mailbox
from .jobs import cancel, outcome, start
from .life import flush, prepend_path
from .memory import array, export

__all__ = [
    "JavaScriptError",
    "JsFunction",
    "array",
    "cancel",
    "close_calls",
    "close_generator",
    "close_mailbox",
    "collect_mail",
    "describe",
    "export",
    "flush",
    "open_calls",
    "open_mailbox",
    "outcome",
    "plain_scalar",
    "prepend_path",
    "start",
]
