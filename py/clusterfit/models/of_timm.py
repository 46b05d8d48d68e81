"""timm's networks: every architecture that `timm.create_model` makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Generator, Tensor, nn

from .. import vision  # timm imports torchvision
from ..extras import need
from ..seeds import generator
from .global_generator import drawing_from
from .library import ASKED, LAST_LAYER, Classifier, Reader
from .spec import Spec

assert vision
timm: Any = need("timm", "timm")

_OPTIONS = ("pool", "size", "drop_path")
_POOLS = {"token": "token", "mean": "avg"}


@dataclass(frozen=True)
class TimmReader:
    """Asks a model of timm by the methods that all of them have."""

    size: int

    def pooled(self, trunk: Any, pixels_BCHW: Tensor) -> Tensor:
        """Return the features before the classifier."""
        return trunk.forward_head(trunk.forward_features(pixels_BCHW), pre_logits=True)

    def layers(self, trunk: Any, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Give the layers that timm lists as features; tokens are put on their grid."""
        if not hasattr(trunk, "forward_intermediates"):
            yield LAST_LAYER, self.pooled(trunk, pixels_BCHW)
            return
        last, maps = trunk.forward_intermediates(pixels_BCHW, output_fmt="NCHW")
        for described, outputs_BCHW in zip(trunk.feature_info, maps, strict=True):
            yield described["module"], outputs_BCHW
        yield LAST_LAYER, trunk.forward_head(last, pre_logits=True)


class Timm:
    """The library."""

    def lay_out(
        self, spec: Spec, draws: Generator, config: Mapping[str, object] | None
    ) -> tuple[nn.Module, Reader]:
        """Make timm's modules, by timm's initialisation."""
        spec.check(_OPTIONS)
        if not timm.is_model(spec.name.split(".")[0]):
            raise spec.wrong("a model that timm lists (`timm.list_models()`)", spec.name)
        try:
            with drawing_from(draws):
                trunk = timm.create_model(spec.name, **_arguments(spec))
        except (TypeError, RuntimeError, AssertionError) as error:
            raise spec.wrong("what timm can make", str(error)) from error
        if spec.pool is not None:
            if not getattr(trunk, "num_prefix_tokens", 0):
                raise spec.wrong("a network with a class token for pool", f"pool={spec.pool}")
            trunk.reset_classifier(0, _POOLS[spec.pool])
        size = spec.size or trunk.pretrained_cfg["input_size"][-1]
        return trunk, TimmReader(size)

    def classifier(self, spec: Spec, outputs: int) -> Classifier | None:
        """Make timm's model; what `pool` asks for leaves its norms where they are."""
        arguments: dict[str, int | str | bool] = {}
        if spec.size is not None:
            arguments["img_size"] = spec.size
        if spec.pool is not None:
            arguments |= {"global_pool": _POOLS[spec.pool], "fc_norm": False}
        name = spec.name.split(".")[0]
        with drawing_from(generator(0, "weights")):
            net = timm.create_model(name, num_classes=outputs, **arguments)
        head = net.pretrained_cfg["classifier"]
        return Classifier(net.eval(), head, arguments) if isinstance(head, str) else None

    def source(self, spec: Spec) -> Sequence[str]:
        """Return the call of timm."""
        arguments = ", ".join(f"{name}={value!r}" for name, value in _arguments(spec).items())
        return [
            "import timm",
            f"net = timm.create_model({spec.name!r}, {arguments}).eval()",
            *([f"net.reset_classifier(0, {_POOLS[spec.pool]!r})"] if spec.pool else []),
        ]

    def asked(self, spec: Spec) -> Sequence[str]:
        """Return the call of `net`."""
        return ASKED


def _arguments(spec: Spec) -> dict[str, object]:
    arguments: dict[str, object] = {"num_classes": 0}
    if spec.size is not None:
        arguments["img_size"] = spec.size
    drop_path = spec.options.get("drop_path")
    if drop_path is not None:
        try:
            arguments["drop_path_rate"] = float(drop_path)
        except ValueError as error:
            raise spec.wrong("drop_path=<probability>", f"drop_path={drop_path}") from error
    return arguments


def models() -> Sequence[str]:
    """Return the names of all architectures."""
    return timm.list_models()


LIBRARY = Timm()
