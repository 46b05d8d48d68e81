"""The batches of a training, step by step.

Shape suffixes: N rows of the source, B of a batch.
"""

from collections.abc import Generator, Sequence

import torch

from ..seeds import generator
from .ahead import read_ahead
from .augmentation import Augmentation
from .batch import Batch
from .clips import Clips
from .packed import Packed
from .source import Source
from .view import View


class Batches:
    """What each step reads: epoch e is the permutation drawn from (seed, e), cut into batches.

    The incomplete last one is left out. Step s draws all else from (seed, purpose, s), so a batch
    does not depend on those before it.
    """

    def __init__(
        self,
        source: Source,
        view: View,
        *,
        batch_size: int,
        seed: int,
        device: torch.device,
        augmentation: Augmentation,
        dtype: torch.dtype,
        label_smoothing: float,
    ) -> None:
        """Take at most all rows of the source in a batch; the rest is as of `Trainer`."""
        self._source = source
        self._view = view
        self._batch_size = min(batch_size, source.rows)
        self._seed = seed
        self._device = device
        self._augmentation = augmentation
        self._dtype = dtype
        self._label_smoothing = label_smoothing
        self._epoch = -1
        self._order_N = torch.empty(0, dtype=torch.int64)

    @property
    def per_epoch(self) -> int:
        """How many whole batches there are in the source."""
        return self._source.rows // self._batch_size

    def at(self, step: int) -> Batch:
        """Return the batch of one step."""
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self._epoch:
            draws = generator(self._seed, "order", epoch)
            order_N = torch.randperm(self._source.rows, generator=draws)
            self._order_N, self._epoch = order_N.to(self._device), epoch
        start = position * self._batch_size
        return Batch(
            self._source,
            self._order_N[start : start + self._batch_size],
            self._view,
            lambda purpose: generator(self._seed, purpose, step),
            augmentation=self._augmentation,
            dtype=self._dtype,
            label_smoothing=self._label_smoothing,
        )

    def between(self, start: int, end: int, views: Sequence[View]) -> Generator[Batch]:
        """Yield the batches of the steps from `start` to before `end`.

        They are read ahead, through these views, unless the source is in memory.
        """
        batches = (self.at(step) for step in range(start, end))
        return read_ahead(batches, [] if isinstance(self._source, Packed | Clips) else views)
