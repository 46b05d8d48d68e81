"""Rows, where their pixels come from, and how a network reads them.

A source is one file here, and one line in SOURCES.
"""

from collections.abc import Callable

from torch import Tensor

from ..registry import find
from .augmentation import Augmentation
from .batch import Batch
from .blur import Blur
from .clips import Clips
from .colours import ColourJitter
from .files import PictureFiles
from .index import Bad, Block, Picture, index
from .index_videos import Video, VideoBlock, index_videos
from .packed import Packed
from .pieces import Piece
from .pixels import MappedPixels
from .source import Crop, Draws, Source
from .videos import Videos
from .view import Preprocessing, View

__all__ = [
    "SOURCES",
    "Augmentation",
    "Bad",
    "Batch",
    "Block",
    "Blur",
    "Clips",
    "ColourJitter",
    "Crop",
    "Draws",
    "MappedPixels",
    "Packed",
    "Picture",
    "PictureFiles",
    "Piece",
    "Preprocessing",
    "Source",
    "Video",
    "VideoBlock",
    "Videos",
    "View",
    "index",
    "index_videos",
    "make",
]

SOURCES: dict[str, Callable[..., Source]] = {
    "clips": Clips,
    "files": PictureFiles,
    "packed": Packed,
    "pixels": MappedPixels,
    "videos": Videos,
}


def make(name: str, **given: Tensor | str | int | None) -> Source:
    """Make the source of that name, of what its class is made of.

    Raises:
        InputError: there is no such source, or it cannot be made of that.
    """
    return find(SOURCES, "source", name)(**given)
