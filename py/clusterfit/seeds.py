"""One independent random generator for each named purpose."""

import hashlib

import torch
from torch import Generator


def generator(seed: int, *purpose: str | int) -> Generator:
    """Return a new CPU generator that depends on `seed` and `purpose` only.

    Draws for one purpose (the order of epoch 3, the augmentation of step 700) never shift the
    draws for another, so a position in training is fully given by its step number.
    """
    key = "/".join(str(part) for part in (seed, *purpose))
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest) >> 1)
