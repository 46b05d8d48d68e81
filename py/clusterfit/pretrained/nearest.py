"""The word that was probably meant."""

import difflib
from collections.abc import Sequence


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word most like `word`; None where none is like it."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.75)
    return found[0] if found else None
