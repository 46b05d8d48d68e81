"""Files of repositories on the Hugging Face hub, from its cache where they are there."""

import importlib
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from ..errors import FileError


def fetch(
    repository: str, names: tuple[str, ...], revision: str | None = None, *, then: str
) -> Path:
    """Return the first of these files that the repository has, from the hub or its cache.

    `then`: how a file that is fetched by hand is named, for people: "timm:<name>@a.safetensors".

    Raises:
        FileError: the repository has none of them, or there is no network and no copy in the cache.
    """
    hub: Any = importlib.import_module("huggingface_hub")
    errors: Any = importlib.import_module("huggingface_hub.errors")
    for name in names:
        kept = hub.try_to_load_from_cache(repository, name, revision=revision)
        if isinstance(kept, str):
            return Path(kept)
    found = f"none of {', '.join(names)} there"
    for name in names:
        try:
            _ask(hub.hf_hub_url(repository, name, revision=revision))
            return Path(hub.hf_hub_download(repository, name, revision=revision))
        except HTTPError as error:
            if error.code == 404:
                continue
            found = f"{error.code} {error.reason}"
        except (errors.HfHubHTTPError, OSError, ValueError, RuntimeError) as error:
            found = _first_line(error)
        break
    cache = importlib.import_module("huggingface_hub.constants").HF_HUB_CACHE
    raise FileError(
        f"Cannot fetch {names[0]} of {repository}: it needs https://huggingface.co or a copy in "
        f"{cache}, found {found}. Fetch https://huggingface.co/{repository}/resolve/"
        f"{revision or 'main'}/{names[0]} on another machine, and write {then} (docs/NETWORKS.md)."
    )


def _ask(url: str) -> None:
    """Fail where nobody answers: the hub's client tries for half a minute."""
    with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=10):
        pass


def _first_line(error: Exception) -> str:
    lines = [
        line.strip() for line in str(getattr(error, "reason", error)).splitlines() if line.strip()
    ]
    return lines[0].rstrip(".") if lines else type(error).__name__
