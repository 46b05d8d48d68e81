"""Networks that were trained elsewhere, as files of ours: weights alone, and what they are."""

from .from_checkpoint import from_checkpoint
from .from_efficientnet import from_efficientnet
from .from_folder import from_folder
from .from_timm import from_timm
from .from_torchvision import from_torchvision
from .from_transformers import from_transformers
from .network_file import Imported

__all__ = [
    "Imported",
    "from_checkpoint",
    "from_efficientnet",
    "from_folder",
    "from_timm",
    "from_torchvision",
    "from_transformers",
]
