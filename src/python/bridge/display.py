"""What a notebook shows of an object: the display methods that IPython calls, without IPython."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any, cast

from .errors import describe

_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
}

_LONGEST = 10_000  # characters of a repr: a notebook keeps in its file what it shows

_Bundle = dict[str, Any]  # MIME type -> data


def display_data(value: object) -> str:
    """A MIME bundle of the object as JSON, in which bytes are base64.

    `text/plain` is always there. What raises, or gives what JSON cannot hold, is left out, and a
    line of `text/plain` says so.
    """
    bundle: _Bundle = {}
    failures: list[str] = []
    for name, make in _forms(value):
        try:
            made = {mime: _as_json(data) for mime, data in make().items() if data is not None}
        except Exception as error:
            kind, message, *_ = describe(error)
            failures.append(f"<{name} raised {kind}: {message}>")
        else:
            bundle = made | bundle  # of two that give a type, the first has it
    bundle["text/plain"] = "\n".join([*filter(None, [bundle.get("text/plain")]), *failures])
    return json.dumps(bundle)


def _forms(value: object) -> Iterator[tuple[str, Callable[[], _Bundle]]]:
    """What can show the object: its name, and a function that gives data by MIME type."""
    yield "_repr_mimebundle_", partial(_mimebundle, value)
    for name, mime in _METHODS.items():
        yield name, partial(_ask_for, mime, value, name)
    figure = sys.modules.get("matplotlib.figure")  # where it is not imported, no object is one
    if figure is not None and isinstance(value, figure.Figure):
        yield "savefig", partial(_figure, value)
    yield "__repr__", partial(_text, value)


def _ask(value: object, name: str, **options: None) -> Any:
    """What the method of that name gives; None where its class has none, as with the class itself.

    Data may come with metadata behind it, which is dropped: the kernel has no place for it.
    """
    method = getattr(value, name, None) if hasattr(type(value), name) else None
    if method is None:
        return None
    shown = method(**options)
    return cast("Any", shown[0]) if isinstance(shown, tuple) else shown


def _mimebundle(value: object) -> _Bundle:
    return _ask(value, "_repr_mimebundle_", include=None, exclude=None) or {}


def _ask_for(mime: str, value: object, name: str) -> _Bundle:
    return {mime: _ask(value, name)}


def _figure(figure: Any) -> _Bundle:
    """A PNG of a matplotlib figure, for which IPython has a function of its own, too."""
    file = BytesIO()
    figure.savefig(file, format="png", bbox_inches="tight")
    return {"image/png": file.getvalue()}


def _text(value: object) -> _Bundle:
    text = repr(value)
    return {"text/plain": text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."}


def _as_json(data: Any) -> Any:
    """The data as JSON has it: text, base64 of bytes, or a copy of what `json` can write."""
    if isinstance(data, bytes):
        return base64.b64encode(data).decode("ascii")
    return data if isinstance(data, str) else json.loads(json.dumps(data, allow_nan=False))
