"""What Python knows of the types of modules: `inspect_modules` tells it to stubs.ts."""

from .modules import inspect_modules

__all__ = ["inspect_modules"]
