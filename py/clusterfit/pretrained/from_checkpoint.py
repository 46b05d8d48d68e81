"""A foreign checkpoint, by explicit import."""

from collections.abc import Mapping
from pathlib import Path

from .checkpoint import read
from .guess import guess
from .network_file import Imported, Origin, write
from .preprocessing import given


def from_checkpoint(
    path: str,
    arch: str | None,
    out: str,
    *,
    preprocessing: Mapping[str, object],
) -> Imported:
    """Write the network of a checkpoint of PyTorch, weights alone, to `out`.

    `preprocessing` is what a user says of how images are read. Without `arch`, it is that of
    torchvision's architectures which has these very weights.

    Raises:
        FileError: the file is no checkpoint, would run code, or has another network's weights.
        InputError: several architectures, or none, have them.
    """
    found = read(path)
    reading = given(preprocessing)
    chosen = guess(found, path) if arch is None else arch
    origin = Origin(title=f"{Path(path).stem} ({chosen})", licence=None)
    return write(out, chosen, found, reading, origin, path=path)
