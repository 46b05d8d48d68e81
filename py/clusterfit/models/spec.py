"""Architectures of other libraries as strings: `<library>:<name>?<option>=<value>&...`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError

POOLS = ("token", "mean")
"""Of a vision transformer: its class token, or the mean of its patches."""


@dataclass(frozen=True)
class Spec:
    """An architecture of another library."""

    text: str
    library: str
    name: str
    options: Mapping[str, str]

    def check(self, known: Sequence[str]) -> None:
        """Check the names of the options, and the pooling.

        Raises:
            InputError: there is another option than those, or an unknown pooling.
        """
        unknown = [option for option in self.options if option not in known]
        if unknown:
            raise self.wrong(f"options among {', '.join(known)}", ", ".join(unknown))
        pool = self.options.get("pool")
        if pool is not None and pool not in POOLS:
            raise self.wrong(f"pool={' or pool='.join(POOLS)}", f"pool={pool}")

    @property
    def pool(self) -> str | None:
        """What a transformer's features are, if that is asked for."""
        return self.options.get("pool")

    @property
    def size(self) -> int | None:
        """Side in pixels that the network is laid out for, if that is asked for.

        Raises:
            InputError: it is no number of pixels.
        """
        text = self.options.get("size")
        if text is None:
            return None
        if not text.isdecimal() or int(text) == 0:
            raise self.wrong("size=<pixels>", f"size={text}")
        return int(text)

    def wrong(self, needed: str, found: str) -> InputError:
        """Return the error for an architecture that cannot be built as it is written."""
        return InputError(
            f"Cannot build {self.text}: it needs {needed}, found {found}. Write it "
            "<library>:<name>?<option>=<value>, with & between several options."
        )


def parse(text: str) -> Spec | None:
    """Return what an architecture of another library says; None for one of ours.

    Raises:
        InputError: an option is not written as `<option>=<value>`.
    """
    library, colon, rest = text.partition(":")
    if not colon:
        return None
    name, question, query = rest.partition("?")
    options: dict[str, str] = {}
    for part in query.split("&") if question else []:
        option, equals, value = part.partition("=")
        if not (option and equals and value):
            raise Spec(text, library, name, {}).wrong("<option>=<value>", repr(part))
        options[option] = value
    return Spec(text, library, name, options)
