"""Vision networks of the hub, or of a folder that transformers saved: safetensors only."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from .. import vision  # transformers' vision models import torchvision
from ..errors import FileError
from ..extras import need
from ..models.global_generator import drawing_from
from ..seeds import generator
from . import hub
from .network_file import Imported, Origin, write
from .preprocessing import given, of_transformers, unknown

assert vision

_CONFIG, _READING, _WEIGHTS = "config.json", "preprocessor_config.json", "model.safetensors"
_PLACES = ("_name_or_path", "transformers_version")
"""Of a config: what says where it was and not what the network is."""


def from_transformers(
    place: str,
    pool: str | None,
    out: str,
    *,
    preprocessing: Mapping[str, object] | None,
) -> Imported:
    """Write the network of a repository or a folder to `out`; of two towers the vision one.

    pool: "token" for the class token, "mean" for the mean of the patches, None for what its pooler
    gives. `preprocessing` is what a user says of how images are read; without it its
    preprocessor_config.json does.

    Raises:
        FileError: a file of it is missing, or it lacks weights.
        InputError: nobody says how images are read.
    """
    folder = _folder(place, [_WEIGHTS] if preprocessing else [_READING, _WEIGHTS])
    if preprocessing is None:
        reading = of_transformers(_json(folder / _READING))
    else:
        reading = given(preprocessing)
    trunk = _load(folder, pool)
    config = json.loads(trunk.config.to_json_string(use_diff=False))
    kept = {name: value for name, value in config.items() if name not in _PLACES}
    arch = f"hf:{trunk.config.model_type}" + (f"?pool={pool}" if pool else "")
    origin = Origin(title=f"{Path(place).name if folder == Path(place) else place}", licence=None)
    return write(out, arch, trunk.state_dict(), reading, origin, path=place, config=kept)


def _folder(place: str, names: Sequence[str]) -> Path:
    """Return the folder with these files and the config, fetched where they are on the hub."""
    if Path(place).is_absolute():
        return Path(place)
    then = f"hf:<folder of {', '.join([*names, _CONFIG])}>"
    for name in names:
        hub.fetch(place, (name,), then=then)
    return hub.fetch(place, (_CONFIG,), then=then).parent


def _load(folder: Path, pool: str | None) -> Any:
    transformers: Any = need("transformers", "transformers")
    transformers.logging.set_verbosity_error()  # what it would tell is checked below
    transformers.logging.disable_progress_bar()
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        with drawing_from(generator(0, "unused")):
            trunk, info = transformers.AutoModel.from_pretrained(
                folder,
                config=getattr(config, "vision_config", config),
                use_safetensors=True,
                local_files_only=True,
                output_loading_info=True,
            )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise FileError(
            f"Cannot take the network {folder}: it needs {_CONFIG} and {_WEIGHTS} of a vision "
            f"network that transformers knows, found {str(error).splitlines()[0]}. Name another."
        ) from error
    missing = [name for name in info["missing_keys"] if not (pool and "pooler" in name)]
    if missing:
        raise FileError(
            f"Cannot take the network {folder}: it needs all weights, found {len(missing)} missing "
            f"({', '.join(sorted(missing)[:5])}). Where its pooler was not trained, say what its "
            "features are: ?pool=token or ?pool=mean."
        )
    for name in info["missing_keys"]:
        trunk.get_parameter(name).data.zero_()  # of a pooler that is not asked
    return trunk


def _json(path: Path) -> Mapping[str, Any]:
    try:
        return cast(Mapping[str, Any], json.loads(path.read_text()))
    except (OSError, ValueError):
        raise unknown(path.name, ["such file"]) from None
