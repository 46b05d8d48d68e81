"""Versions of Python and of the packages that results depend on, without importing them."""

import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = {
    "torch": ("torch",),
    "torchvision": ("torchvision",),
    "faiss": ("faiss-cpu", "faiss-gpu-cu12", "faiss-gpu", "faiss"),
    "numpy": ("numpy",),
    "safetensors": ("safetensors",),
    "timm": ("timm",),
    "transformers": ("transformers",),
    "pillow": ("pillow",),
    "av": ("av",),
    "scikit-learn": ("scikit-learn",),
}
"""Module: the names that it is installed under."""


def installed() -> dict[str, str]:
    """Return the version of Python and of each package that is there, in a fixed order."""
    found = {"python": platform.python_version()}
    for module, names in _PACKAGES.items():
        for name in names:
            try:
                found[module] = version(name)
            except PackageNotFoundError:
                continue
            break
    return found
