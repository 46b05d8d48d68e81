"""How the C library's allocator treats what tensors free."""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_MMAP_FROM = 32 << 20
"""The most that glibc takes for a thread's heap: larger blocks are always mapped."""


def keep_freed() -> bool:
    """Let malloc keep freed memory for the next tensor, in the whole process.

    By default glibc hands blocks of a few megabytes back to the kernel again and again, which
    zeroes them page by page the next time. How often depends on the thread and on what was
    allocated before, so that the same work takes up to a few percent longer on one thread than on
    another. Returns False where the C library has no `mallopt` (macOS, Windows) or refuses.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    settings = ((_M_MMAP_THRESHOLD, _MMAP_FROM), (_M_TRIM_THRESHOLD, 2 * _MMAP_FROM))
    return all(mallopt(parameter, value) == 1 for parameter, value in settings)
