"""PyTorch's process-wide generator, for code of other libraries that takes no other."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import torch
from torch import Generator as Draws

_lock = threading.RLock()


@contextmanager
def drawing_from(draws: Draws) -> Generator[None]:
    """Seed the process-wide CPU generator by a draw from `draws`, and restore it at the end.

    The constructors of torchvision and timm draw weights from that generator and take no other.
    Nothing else of this package draws from it, and the lock keeps two constructions apart, so what
    is built does not depend on the thread or on what else runs. `torch.manual_seed` would seed the
    generators of every GPU too.
    """
    seed = int(torch.randint(2**63 - 1, (), generator=draws).item())
    with _lock:
        before = torch.get_rng_state()
        torch.default_generator.manual_seed(seed)
        try:
            yield
        finally:
            torch.set_rng_state(before)


@contextmanager
def nothing_drawn() -> Generator[list[str]]:
    """Give a list that names the process-wide CPU generator at the end if it was drawn from.

    It is restored then.
    """
    drawn: list[str] = []
    with _lock:
        before = torch.get_rng_state()
        try:
            yield drawn
        finally:
            if not torch.equal(before, torch.get_rng_state()):
                drawn.append("PyTorch's process-wide generator")
            torch.set_rng_state(before)
