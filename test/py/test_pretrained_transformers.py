"""Vision networks of transformers, saved in a folder by the test."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from clusterfit import models, pretrained, tensors, vision
from clusterfit.data.augmentation import normalise
from clusterfit.errors import FileError, InputError

assert vision

SMALL: dict[str, Any] = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "image_size": 32,
    "patch_size": 16,
}


def saved(folder: Path, *, classifier: bool = False) -> Any:
    config = transformers.ViTConfig(**SMALL)
    kind = transformers.AutoModelForImageClassification if classifier else transformers.AutoModel
    net = kind.from_config(config).eval()
    net.save_pretrained(folder)
    reading = {"size": {"shortest_edge": 36}, "crop_size": {"height": 32, "width": 32}}
    reading |= {"do_center_crop": True, "resample": 3}
    reading |= {"image_mean": [0.5] * 3, "image_std": [0.25] * 3}
    (folder / "preprocessor_config.json").write_text(json.dumps(reading))
    return net


@pytest.mark.parametrize("pool", [None, "token", "mean"])
def test_features_are_those_of_the_library_and_of_the_snippet(tmp_path: Path, pool: str | None):
    theirs = saved(tmp_path)
    out = str(tmp_path / "out.safetensors")
    done = pretrained.from_transformers(str(tmp_path), pool, out, preprocessing=None)
    assert done["arch"] == ("hf:vit" if pool is None else f"hf:vit?pool={pool}")
    assert tensors.metadata(out)["size"] == 32
    net = models.load(done["arch"], out)
    draws = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (2, 32, 32, 3), dtype=torch.uint8, generator=draws)
    images = normalise(pixels).permute(0, 3, 1, 2)
    given = theirs(pixel_values=images)
    tokens = given.last_hidden_state
    expected = {None: given.pooler_output, "token": tokens[:, 0], "mean": tokens[:, 1:].mean(1)}
    torch.testing.assert_close(net.embed(images), expected[pool])
    layers = dict(net.layers(images))
    assert list(layers) == ["hidden_states.0", "hidden_states.1", "hidden_states.2", "pooled"]
    assert layers["hidden_states.2"].shape == (2, 16, 2, 2)

    tensors.save(f"{tmp_path}/pixels", {"pixels": pixels})
    code = models.snippet(done["arch"], {"unused": 2}, path=out)
    script = (
        "import safetensors.torch\n"
        f"pixels = safetensors.torch.load_file('{tmp_path}/pixels')['pixels']\n{code}\n"
        "features = features.detach().contiguous()\n"
        f"safetensors.torch.save_file({{'features': features}}, '{tmp_path}/features')"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-I", "-c", script], check=True)
    found = tensors.load(f"{tmp_path}/features")["features"]
    torch.testing.assert_close(found, expected[pool])


def test_a_pooler_that_was_not_trained_is_no_feature(tmp_path: Path):
    saved(tmp_path, classifier=True)
    out = str(tmp_path / "out.safetensors")
    with pytest.raises(FileError, match=r"2 missing \(pooler\..*pool=token or \?pool=mean"):
        pretrained.from_transformers(str(tmp_path), None, out, preprocessing=None)
    pretrained.from_transformers(str(tmp_path), "mean", out, preprocessing=None)


def test_without_a_preprocessor_config_it_is_asked_how_images_are_read(tmp_path: Path):
    saved(tmp_path)
    (tmp_path / "preprocessor_config.json").unlink()
    with pytest.raises(InputError, match="found no such file in preprocessor_config"):
        pretrained.from_transformers(str(tmp_path), None, str(tmp_path / "o"), preprocessing=None)


def test_an_architecture_of_transformers_is_never_trained_here():
    with pytest.raises(InputError, match="a teacher's file with its config"):
        models.build("hf:vit", {"fc": 2}, seed=0)
