"""A trained network in the forms that other programs load.

Each form holds the trunk and the first head, and answers as the network does here: what does not is
refused.
"""

from .files import write_onnx, write_program, write_weights
from .script import script

__all__ = ["script", "write_onnx", "write_program", "write_weights"]
