"""What can go wrong because of what was asked or given: every error a user can act on.

A message says what was attempted, what is required, what was found and what to do.
"""


class ClusterfitError(ValueError):
    """The base of every error below."""


class InputError(ClusterfitError):
    """An argument or a tensor cannot be used as it is."""


class FileError(ClusterfitError):
    """A file cannot be read or written."""


class NonFiniteFeatures(ClusterfitError):
    """A feature is NaN or infinite."""


class NonFiniteLoss(ClusterfitError):
    """The loss, or a weight, became NaN or infinite while training."""


class Disagreement(ClusterfitError):
    """An exported file does not answer as the network that it was made of."""
