"""A trained network in the forms that other programs load.

Each form holds the trunk and the first head, and answers as the network does here: what does not is
refused.
"""

from .graphs import write_onnx, write_program
from .script import script
from .weights import Weights, write_weights

__all__ = ["Weights", "script", "write_onnx", "write_program", "write_weights"]
