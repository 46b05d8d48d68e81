"""Vision networks of the Hugging Face transformers library, as teachers.

Their names, "hf:<model type>", do not say what they are: the config kept beside the weights does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from torch import Generator, Tensor, nn

from .. import vision  # transformers' vision models import torchvision
from ..errors import InputError
from ..extras import need
from .global_generator import drawing_from
from .library import LAST_LAYER, Classifier, Reader
from .spec import Spec

assert vision
transformers: Any = need("transformers", "transformers")

_OPTIONS = ("pool",)


@dataclass(frozen=True)
class TransformersReader:
    """Asks a model of transformers, by its hidden states."""

    size: int
    patch: int | None
    """Side of a patch in pixels; None where hidden states are maps."""
    pool: str | None

    def pooled(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Tensor:
        """Return the pooler's output, or as asked the class token or the mean of the patches."""
        return self._pooled(trunk(pixel_values=pixels_BCHW), pixels_BCHW)

    def layers(self, trunk: nn.Module, pixels_BCHW: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Give the hidden states that are maps, or tokens on a grid of patches."""
        given = trunk(pixel_values=pixels_BCHW, output_hidden_states=True)
        states = getattr(given, "reshaped_hidden_states", None) or given.hidden_states or ()
        for number, state in enumerate(states):
            if state.dim() == 4:
                yield f"hidden_states.{number}", state
            elif self.patch is not None:
                yield f"hidden_states.{number}", self._patches(state, pixels_BCHW)
        yield LAST_LAYER, self._pooled(given, pixels_BCHW)

    def _pooled(self, given: Any, pixels_BCHW: Tensor) -> Tensor:
        if self.pool == "token":
            return self._class_token(given.last_hidden_state, pixels_BCHW)
        if self.pool == "mean":
            return self._patches(given.last_hidden_state, pixels_BCHW).mean((2, 3))
        pooled = getattr(given, "pooler_output", None)
        if pooled is None:
            raise InputError(
                "Cannot take the features of this network: it needs a pooler, found none in it. "
                "Say what its features are: ?pool=token or ?pool=mean."
            )
        return pooled.flatten(1)

    def _class_token(self, tokens_BTC: Tensor, pixels_BCHW: Tensor) -> Tensor:
        if tokens_BTC.shape[1] == self._patches(tokens_BTC, pixels_BCHW)[0, 0].numel():
            raise InputError(
                "Cannot take the class token of this network: it needs one, found patches alone. "
                "Take ?pool=mean, or leave it out for what its pooler gives."
            )
        return tokens_BTC[:, 0]

    def _patches(self, tokens_BTC: Tensor, pixels_BCHW: Tensor) -> Tensor:
        """Return the tokens of patches as B x C x rows x columns; class and registers lead."""
        rows, columns = (side // (self.patch or 1) for side in pixels_BCHW.shape[-2:])
        patches_BPC = tokens_BTC[:, tokens_BTC.shape[1] - rows * columns :]
        return patches_BPC.mT.reshape(len(patches_BPC), -1, rows, columns)


class Transformers:
    """The library."""

    def lay_out(
        self, spec: Spec, draws: Generator, config: Mapping[str, object] | None
    ) -> tuple[nn.Module, Reader]:
        """Make the library's modules as `config` says."""
        spec.check(_OPTIONS)
        if config is None:
            raise spec.wrong("a teacher's file with its config, as it is only loaded", "none")
        described = transformers.AutoConfig.for_model(**dict(config))
        with drawing_from(draws):
            trunk = transformers.AutoModel.from_config(described)
        size, patch = getattr(described, "image_size", 224), getattr(described, "patch_size", None)
        tokens = isinstance(patch, int) and hasattr(described, "num_attention_heads")
        if spec.pool and not tokens:
            raise spec.wrong("a transformer of patches for pool", f"pool={spec.pool}")
        return trunk, TransformersReader(int(size), patch if tokens else None, spec.pool)

    def classifier(self, spec: Spec, outputs: int) -> Classifier | None:
        """Make none: teachers do not leave here."""
        return None

    def source(self, spec: Spec) -> Sequence[str]:
        """Return the calls of transformers; the config is in the metadata of the file."""
        return [
            "import json, transformers",
            "with safetensors.safe_open(path, 'pt') as file:",
            "    config = json.loads(file.metadata()['clusterfit'])['config']",
            "config = transformers.AutoConfig.for_model(**config)",
            "net = transformers.AutoModel.from_config(config).eval()",
        ]

    def asked(self, spec: Spec) -> Sequence[str]:
        """Return the call of `net`, and what is taken of its answer."""
        features = {
            None: "given.pooler_output.flatten(1)",
            "token": "given.last_hidden_state[:, 0]",
            "mean": "given.last_hidden_state[:, -patches:].mean(1)",
        }[spec.pool]
        return [
            "given = torch.func.functional_call(net, trunk, (), {'pixel_values': images})",
            *(
                ["patches = (images.shape[-1] // config.patch_size) ** 2"]
                if spec.pool == "mean"
                else []
            ),
            f"features = {features}",
        ]


LIBRARY = cast(Any, Transformers())
