"""The rows of one training step."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from functools import cached_property

import torch
from torch import Tensor

from .augmentation import Augmentation, augment
from .source import Draws, Source
from .view import View


class Batch:
    """Rows that each network of an objective reads through its own view.

    rows_B: int64 rows of the source, on the device. label_smoothing: of the step's cross-entropies,
    as in torch.nn.functional.cross_entropy. Nothing is read before it is asked for.
    """

    def __init__(
        self,
        source: Source,
        rows_B: Tensor,
        view: View,
        draws: Draws,
        *,
        augmentation: Augmentation,
        dtype: torch.dtype,
        label_smoothing: float,
    ) -> None:
        self.rows_B = rows_B
        self.label_smoothing = label_smoothing
        self._source = source
        self._view = view
        self._draws = draws
        self._augmentation = augmentation
        self._dtype = dtype
        self._ahead: list[tuple[View, Future[Tensor]]] = []

    def read(self, pool: Executor, views: Sequence[View]) -> None:
        """Begin to read the images through these views, in `pool`."""
        self._ahead = [(view, pool.submit(self._read, view)) for view in views]

    def images(self) -> Tensor:
        """Return uint8 images through the view of the trained network, not augmented.

        They are B x H x W x 3, of clips B x F x H x W x 3.
        """
        return self._images(self._view)

    def augment(self, images: Tensor, scale: float = 1.0, view: View | None = None) -> Tensor:
        """Return them augmented and normalised, B x 3 x ...: the same draws at every call.

        `scale` is their size over that of the trained network's images: shifts grow with it.
        `view`: of the network that reads them, where it is another one.
        """
        draws = self._draws("augmentation")
        preprocessing = (view or self._view).preprocessing
        return augment(images, self._augmentation, draws, self._dtype, scale, preprocessing)

    @cached_property
    def pixels(self) -> Tensor:
        """What the trained network reads: float B x 3 x H x W, of clips B x 3 x F x H x W."""
        return self.augment(self.images())

    def pixels_through(self, view: View) -> Tensor:
        """Return what a network with that view reads: the same rows, augmented by the same draws.

        A teacher then answers for the very image that its student sees (Beyer et al., Knowledge
        distillation: a good teacher is patient and consistent, CVPR 2022).
        """
        if view == self._view:
            return self.pixels
        images = self._images(view)
        scale = images.shape[-2] / self.pixels.shape[-1]
        return self.augment(images, scale, view)

    def _images(self, view: View) -> Tensor:
        """Return the images through a view, read now unless that was begun before."""
        for known, images in self._ahead:
            if known == view:
                return images.result()
        return self._read(view)

    def _read(self, view: View) -> Tensor:
        """Return the images through a view, the region of each drawn for this batch."""
        return self._source.batch(self.rows_B, view, self._draws, self._augmentation.crop)
