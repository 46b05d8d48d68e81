"""torchvision's networks for classification."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Generator, Tensor, nn

from ..seeds import generator
from ..vision import classifiers
from .drawn import DrawnDropout
from .global_generator import drawing_from
from .library import ASKED, LAST_LAYER, Classifier, Reader
from .spec import Spec

_OPTIONS = ("pool", "size")
_CLASSIFIERS = ("fc", "classifier", "heads", "head")
"""What torchvision calls the last module of a network."""
_CONTAINERS = ("features", "layers", "blocks", "trunk_output")
"""Modules that end the trunk: their children are its layers."""
_NO_LAYERS = (
    nn.BatchNorm2d,
    nn.ReLU,
    DrawnDropout,
    nn.MaxPool2d,
    nn.AvgPool2d,
    nn.AdaptiveAvgPool2d,
)
_WITH_AUXILIARIES = ("inception_v3", "googlenet")
_REGNETS = "regnet_"
_USUAL_SIZE = {"inception_v3": 299}
"""Side in pixels; all others were made for 224."""


@dataclass(frozen=True)
class TorchvisionReader:
    """Asks a network of torchvision, its layers by hooks."""

    size: int
    mean: bool
    """Of a vision transformer: the mean of its patches, not the class token."""

    def pooled(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Tensor:
        """Return the input of the classifier."""
        *_, (_, pooled_BD) = self._run(trunk, pixels_BCHW, [])
        return pooled_BD

    def layers(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Give the outputs of the trunk's modules that are maps; tokens are put on their grid."""
        return self._run(trunk, pixels_BCHW, _stages(trunk))

    def _run(
        self, trunk: nn.Module, pixels_BCHW: Tensor, names: Sequence[str]
    ) -> Iterator[tuple[str, Tensor]]:
        found: dict[str, Tensor] = {}
        kept = [*names, *(["encoder"] if self.mean else [])]

        def keep(name: str) -> Any:
            def hook(module: nn.Module, given: Any, outputs: object) -> None:
                if isinstance(outputs, Tensor):
                    found[name] = outputs.clone()  # what follows may work in place

            return hook

        hooks = [trunk.get_submodule(name).register_forward_hook(keep(name)) for name in kept]
        try:
            pooled_BD: Tensor = trunk(pixels_BCHW)
        finally:
            for hook in hooks:
                hook.remove()
        if self.mean:
            pooled_BD = found.pop("encoder")[:, 1:].mean(1)
        for name, outputs in found.items():
            outputs_BCHW = _map(trunk, outputs)
            if outputs_BCHW is not None:
                yield name, outputs_BCHW
        yield LAST_LAYER, pooled_BD


class Torchvision:
    """The library."""

    def lay_out(
        self, spec: Spec, draws: Generator, config: Mapping[str, object] | None
    ) -> tuple[nn.Module, Reader]:
        """Make torchvision's modules, by torchvision's initialisation."""
        spec.check(_OPTIONS)
        if spec.name not in models():
            raise spec.wrong(f"one of {', '.join(models())}", spec.name)
        with drawing_from(draws):
            trunk = classifiers.get_model(spec.name, weights=None, **_arguments(spec))
        transformer = isinstance(trunk, classifiers.VisionTransformer)
        if not transformer and spec.options:
            raise spec.wrong("no options, as only vit_... takes them", ", ".join(spec.options))
        trunk.set_submodule(classifier_of(trunk), nn.Identity())
        size = spec.size or _USUAL_SIZE.get(spec.name, 224)
        return trunk, TorchvisionReader(size, transformer and spec.pool == "mean")

    def classifier(self, spec: Spec, outputs: int) -> Classifier | None:
        """Make torchvision's network; the mean of patches is no network of its own."""
        if spec.pool == "mean":
            return None
        arguments = _arguments(spec)
        with drawing_from(generator(0, "weights")):
            net = classifiers.get_model(spec.name, weights=None, num_classes=outputs, **arguments)
        return Classifier(net.eval(), classifier_of(net), arguments)

    def source(self, spec: Spec) -> Sequence[str]:
        """Return the call of torchvision."""
        arguments = "".join(f", {name}={value!r}" for name, value in _arguments(spec).items())
        made = f"net = torchvision.models.get_model({spec.name!r}, weights=None{arguments}).eval()"
        classifier = "fc" if spec.name.startswith(_REGNETS) else classifier_of(_on_meta(spec.name))
        lines = [made, f"net.set_submodule({classifier!r}, torch.nn.Identity())"]
        if spec.pool == "mean":
            patches = "lambda module, given, tokens: tokens[:, 1:].mean(1, keepdim=True)"
            lines.append(f"net.encoder.register_forward_hook({patches})")
        return lines

    def asked(self, spec: Spec) -> Sequence[str]:
        """Return the call of `net`."""
        return ASKED


def skeletons() -> Iterator[tuple[str, nn.Module]]:
    """Give the name and the trunk of each architecture, with the shapes of its weights alone.

    RegNets are left out: they compute their shapes by tensors, which then have no values either.
    """
    for name in models():
        if not name.startswith(_REGNETS):
            yield name, _skeleton(name)


def _skeleton(name: str) -> nn.Module:
    """Return the trunk of an architecture, with the shapes of its weights and no values."""
    trunk = _on_meta(name)
    trunk.set_submodule(classifier_of(trunk), nn.Identity())
    return trunk


def classifier_of(net: nn.Module) -> str:
    """Return the name of the module that makes logits: the last layer with weights."""
    child = next(name for name in _CLASSIFIERS if hasattr(net, name))
    modules: dict[str, nn.Module] = dict(net.named_modules())  # pyright: ignore[reportUnknownArgumentType]
    return [
        name
        for name, module in modules.items()
        if name.split(".")[0] == child and isinstance(module, nn.Linear | nn.Conv2d)
    ][-1]


def _on_meta(name: str) -> nn.Module:
    unvalued = {"init_weights": False} if name in _WITH_AUXILIARIES else {}  # SciPy draws these
    arguments = _arguments(Spec(name, "torchvision", name, {})) | unvalued
    with torch.device("meta"):
        return classifiers.get_model(name, weights=None, **arguments)


def models() -> Sequence[str]:
    """Return the names of all architectures."""
    return classifiers.list_models(module=classifiers)


def _arguments(spec: Spec) -> dict[str, int | str | bool]:
    arguments: dict[str, int | str | bool] = {}
    if spec.size is not None and spec.name.startswith("vit_"):
        arguments["image_size"] = spec.size
    if spec.name in _WITH_AUXILIARIES:
        arguments |= {"aux_logits": False, "init_weights": True}
    return arguments


def _stages(trunk: nn.Module) -> list[str]:
    """Return the names of the modules that may be layers."""
    if isinstance(trunk, classifiers.VisionTransformer):
        return [f"encoder.layers.{name}" for name, _ in trunk.encoder.layers.named_children()]
    names: list[str] = []
    for name, child in trunk.named_children():
        if name in _CONTAINERS:
            names += [f"{name}.{inner}" for inner, _ in child.named_children()]
            break
        names.append(name)
    return [name for name in names if not isinstance(trunk.get_submodule(name), _NO_LAYERS)]


def _map(trunk: nn.Module, outputs: Tensor) -> Tensor | None:
    """Return outputs as B x C x H x W, if they are a map."""
    if isinstance(trunk, classifiers.VisionTransformer):
        side = round((outputs.shape[1] - 1) ** 0.5)  # the first is the class token
        return outputs[:, 1:].mT.view(len(outputs), -1, side, side)
    if outputs.dim() != 4:
        return None
    return outputs.movedim(-1, 1) if isinstance(trunk, classifiers.SwinTransformer) else outputs


LIBRARY = Torchvision()
