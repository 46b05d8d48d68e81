"""Numbers that a Python thread writes and JS reads without the GIL."""

from __future__ import annotations

import struct
import threading


class Progress:
    """Callable that writes its numbers into memory which JS reads without the GIL.

    Layout: int32 sequence number (odd while a write is under way), int32 count, float64 values.
    """

    def __init__(self, memory: memoryview) -> None:
        self._memory: memoryview | None = memory
        self._capacity = (memory.nbytes - 8) // 8
        self._sequence = 0
        self._lock = threading.Lock()

    def __call__(self, *numbers: float) -> None:
        """Replaces the numbers that JS sees next."""
        if len(numbers) > self._capacity:
            raise ValueError(
                f"Cannot report progress: it needs at most {self._capacity} numbers, "
                f"found {len(numbers)}. Pass the most important ones"
            )
        values = struct.pack(f"={len(numbers)}d", *numbers)
        with self._lock:
            memory = self._memory
            if memory is None:
                raise RuntimeError(
                    "Cannot report progress: it needs a running job, found that it has ended. "
                    "Call progress() only inside the job"
                )
            self._sequence = (self._sequence + 2) & 0x7FFFFFFE
            memory[0:4] = struct.pack("=i", self._sequence | 1)
            memory[8 : 8 + len(values)] = values
            memory[0:8] = struct.pack("=ii", self._sequence, len(numbers))

    def close(self) -> None:
        """Stops using the memory: later calls are refused."""
        with self._lock:
            self._memory = None
