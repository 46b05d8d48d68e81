"""What is called here; torchvision is installed without types."""

from collections.abc import Callable, Sequence

from PIL.Image import Image
from torch import Tensor

class Compose:
    def __init__(self, transforms: Sequence[Callable[..., Tensor | Image]]) -> None: ...
    def __call__(self, inpt: Image) -> Tensor: ...

class RandomResizedCrop:
    def __init__(
        self,
        size: int,
        scale: tuple[float, float],
        ratio: tuple[float, float],
        antialias: bool,
    ) -> None: ...
    def __call__(self, inpt: Image) -> Image: ...

class RandomHorizontalFlip:
    def __call__(self, inpt: Image) -> Image: ...

class PILToTensor:
    def __call__(self, inpt: Image) -> Tensor: ...
