"""Files of the web, kept in the cache of the library whose they are."""

import hashlib
import os
import re
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

from ..errors import FileError

Progress = Callable[..., None]

_SECONDS = 10
"""To wait for an answer, and for each piece of it."""
_PIECE = 1 << 20


def fetch(url: str, path: Path, progress: Progress | None = None) -> Path:
    """Return `path`, fetched from `url` unless it is there: whole or not at all.

    A name that ends in eight hexadecimal digits or more is checked by them, as PyTorch's hub does:
    they begin the SHA-256. `progress(done, total)` counts bytes.

    Raises:
        FileError: there is no network, or what comes is something else.
    """
    if path.is_file():
        return path
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = _download(url, temporary, progress)
        expected = re.search(r"-([0-9a-f]{8,})\.\w+$", path.name)
        if expected and not digest.startswith(expected[1]):
            raise ValueError(f"{url} has SHA-256 {digest}, not {expected[1]}...")
        temporary.replace(path)
    except (OSError, HTTPException, ValueError) as error:
        raise FileError(
            f"Cannot fetch {url}: it needs the network, found {_reason(error)}. Fetch that file on "
            f"another machine and put it at {path}."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _download(url: str, path: Path, progress: Progress | None) -> str:
    digest = hashlib.sha256()
    with urllib.request.urlopen(url, timeout=_SECONDS) as answer, path.open("wb") as file:
        total = int(answer.headers.get("Content-Length") or 0)
        done = 0
        while piece := answer.read(_PIECE):
            file.write(piece)
            digest.update(piece)
            done += len(piece)
            if progress is not None:
                progress(done, max(total, done))
        if done < total:
            raise ValueError(f"{done:,} of {total:,} bytes")
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error).rstrip(".")
