"""The module `__main__`, in which source given by JS runs.

A function called straight from JS has no Python frame below it. Builtins that read one get
`__main__`, as at the top level of a program. Processes that multiprocessing starts find there what
JS has defined: they run a file that repeats these definitions once a name is looked up.
"""

from __future__ import annotations

import ast
import atexit
import functools
import linecache
import shutil
import sys
import tempfile
import textwrap
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

KEPT: Final = 1000
"""How many sources of each kind are kept, for tracebacks and for other processes."""


def main_names() -> dict[str, Any]:
    """The globals of `__main__`."""
    return vars(sys.modules["__main__"])


def at_top_level(
    function: Callable[..., Any], *args: Any, **kwargs: Any
) -> Callable[[], Any] | None:
    """A call that does at the top level of `__main__` what `function(*args, **kwargs)` does.

    None where `function` is no builtin that looks at its caller's frame, or would not look there.
    """
    home = main_names()
    if function is eval or function is exec:
        globals_ = args[1] if len(args) > 1 else kwargs.get("globals")
        if not args or globals_ is not None:
            return None
        locals_ = args[2] if len(args) > 2 else kwargs.get("locals")
        more = {name: kwargs[name] for name in kwargs if name not in ("globals", "locals")}
        return functools.partial(function, args[0], home, locals_, **more)
    if args or kwargs:
        return None
    if function is globals or function is locals or function is vars:
        return main_names
    return functools.partial(sorted, home) if function is dir else None


class _Sources:
    """The latest sources of one kind. `linecache` has their lines, for tracebacks."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.count = 0

    def add(self, kind: str, text: str) -> str:
        """Its file name."""
        self.count += 1
        name = f"<python.{kind} {self.count}>"
        if len(self.texts) == KEPT:
            oldest = next(iter(self.texts))
            del self.texts[oldest]
            linecache.cache.pop(oldest, None)
        self.texts[name] = text
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        return name


_run = _Sources()
_evaluated = _Sources()


def add_statements(text: str) -> tuple[str, str]:
    """The text, less the indentation that all lines have, and its file name."""
    text = textwrap.dedent(text)
    return text, _run.add("run", text)


def add_expression(text: str) -> tuple[str, str]:
    """The text, as `eval` takes it, and its file name."""
    text = text.strip()
    return text, _evaluated.add("eval", text)


def as_function(expression: ast.Expression, names: list[str]) -> ast.Expression:
    """A function of these names: unlike locals of `eval`, inner functions see its parameters."""
    for name in names:
        if not name.isidentifier():
            raise ValueError(
                "Cannot evaluate with locals: it needs identifiers as their names, "
                f"found {name!r}. Rename it"
            )
    parameters = [ast.arg(name) for name in names]
    arguments = ast.arguments(
        posonlyargs=[], args=parameters, kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    function = ast.copy_location(ast.Lambda(arguments, expression.body), expression.body)
    return ast.fix_missing_locations(ast.Expression(function))


# --- other processes

_CHILD: Final = '''\
"""What python.run() has defined, for a process that looks up a name of `__main__`."""
import ast, linecache, sys

sources = {sources!r}
failures = []


def define(file, text, chosen):
    names = vars(sys.modules["__main__"])
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    body = ast.parse(text, file).body
    futures = [s for s in body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
    for index in chosen:
        try:
            module = ast.Module([*futures, body[index]], [])
            exec(compile(module, file, "exec", dont_inherit=True), names)
        except Exception as error:
            failures.append(f"{{file}}, line {{body[index].lineno}}: {{error!r}}")


def __getattr__(name):
    if not name.startswith("__"):
        while sources:
            define(*sources.pop(0))
        names = vars(sys.modules["__main__"])
        if name in names:
            return names[name]
    problem = f"Cannot find {{name!r}} in __main__: it needs python.run() to define it, found none"
    raise AttributeError("; ".join([problem, *failures]))
'''


class _Main(types.ModuleType):
    """`__main__`, with a file for the processes that multiprocessing starts."""

    @property
    def __file__(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        path = _file_of(tuple(_run.texts.items()))
        if path is None:
            raise AttributeError(
                "Cannot give __main__ a file: it needs definitions by python.run(), found none"
            )
        return path


def open_main() -> None:
    """From here on `__main__` can be found by other processes."""
    sys.modules["__main__"].__class__ = _Main


@functools.lru_cache(maxsize=1)
def _file_of(sources: tuple[tuple[str, str], ...]) -> str | None:
    """A new file with the definitions among these sources; None where there are none."""
    defining = [(name, text, chosen) for name, text in sources if (chosen := _definitions(text))]
    if not defining:
        return None
    path = _folder() / f"main_{len(list(_folder().iterdir())) + 1}.py"
    path.write_text(_CHILD.format(sources=defining), encoding="utf-8", errors="surrogatepass")
    return str(path)


@functools.cache
def _folder() -> Path:
    """A temporary folder, removed when Python ends."""
    folder = tempfile.mkdtemp(prefix="clusterfit-main-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _definitions(text: str) -> list[int]:
    """Which statements another process runs, too: those that define names and do nothing else."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return []
    return [index for index, statement in enumerate(body) if _defines(statement)]


def _defines(statement: ast.stmt) -> bool:
    if isinstance(
        statement,
        (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    ):
        return True
    if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.If, ast.Try)):
        return False
    return not any(isinstance(node, (ast.Call, ast.Await)) for node in ast.walk(statement))
