"""Weights of programs of torch.export: read as plain numbers, and nothing of the program run."""

import json
import pickle
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from clusterfit import export, models, pretrained, tensors
from clusterfit.errors import FileError
from clusterfit.pretrained.program import read

CONFIG = "data/weights/model_weights_config.json"
READING = {
    **{"size": 64, "resize": 72, "interpolation": "bilinear"},
    **{"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
}


class Evil:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark: Path = mark

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.mkdir, (self.mark,)


class Odd(nn.Module):
    """Weights that share numbers, have none, or lie in another order; buffers of both kinds."""

    def __init__(self) -> None:
        super().__init__()
        self.whole: nn.Parameter = nn.Parameter(torch.arange(12.0).reshape(3, 4))
        self.part: nn.Parameter = nn.Parameter(self.whole.detach()[1:, ::2])
        self.turned: nn.Parameter = nn.Parameter(torch.arange(6.0).reshape(2, 3).T)
        self.short: nn.Parameter = nn.Parameter(torch.tensor([0.5, -3.0], dtype=torch.bfloat16))
        self.none: nn.Parameter = nn.Parameter(torch.zeros(0, 3))
        self.register_buffer("seen", torch.tensor(7))
        self.register_buffer("mask", torch.tensor([True, False]))
        self.register_buffer("passing", torch.ones(2), persistent=False)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return rows @ self.whole.T


def save(net: nn.Module, path: Path, inputs: torch.Tensor) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch's own, of weights that lie in another order
        torch.export.save(torch.export.export(net.eval(), (inputs,)), path)


def changed(source: Path, path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write the archive again, each part as `change` gives it."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            data = change(name.split("/", 1)[1], before.read(name))
            if data is not None:
                after.writestr(name, data)


def with_weight(**about: Any) -> Callable[[str, bytes], bytes]:
    """Say something else of the weight `whole`, or of its numbers."""

    def change(name: str, data: bytes) -> bytes:
        if name != CONFIG:
            return data
        config = json.loads(data)
        whole = config["config"]["whole"]
        for key, value in about.items():
            (whole if key in whole else whole["tensor_meta"])[key] = value
        return json.dumps(config).encode()

    return change


@pytest.fixture(name="odd")
def odd_file(tmp_path: Path) -> Path:
    path = tmp_path / "odd.pt2"
    save(Odd(), path, torch.zeros(2, 4))
    return path


def test_weights_and_buffers_are_those_of_the_module(odd: Path):
    found, expected = read(str(odd)), Odd().state_dict()
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name].dtype == value.dtype
        assert torch.equal(found[name], value)


@pytest.mark.parametrize("place", ["data/sample_inputs/model.pt", "data/constants/evil"])
def test_a_pickle_beside_the_weights_is_never_read(tmp_path: Path, odd: Path, place: str):
    mark, path = tmp_path / "run", tmp_path / "evil.pt2"
    evil = pickle.dumps(Evil(mark))
    changed(odd, path, lambda name, data: evil if name == place else data)
    with zipfile.ZipFile(path, "a") as archive:
        if f"odd/{place}" not in archive.namelist():
            archive.writestr(f"odd/{place}", evil)
    assert read(str(path)).keys() == Odd().state_dict().keys()
    assert not mark.exists()


@pytest.mark.parametrize("old", [False, True])
def test_pickled_weights_are_refused_and_do_not_run(tmp_path: Path, odd: Path, old: bool):
    mark, path = tmp_path / "run", tmp_path / "evil.pt2"
    evil = pickle.dumps(Evil(mark))
    say = with_weight(use_pickle=True)
    changed(odd, path, lambda name, data: evil if "weight_" in name else say(name, data))
    if old:
        changed(odd, path, lambda name, data: data)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("odd/data/weights/model.pt", evil)
    found = "odd/data/weights/model.pt" if old else "whole"
    with pytest.raises(FileError, match=rf"found {found} as a pickle.*Nothing of it was run"):
        read(str(path))
    assert not mark.exists()


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ({"sizes": [{"as_int": 3}, {"as_int": 5}]}, "bytes for whole of"),
        ({"sizes": [{"as_expr": {"expr_str": "print(1)"}}]}, "None in the list of weights"),
        ({"sizes": [{"as_int": -3}, {"as_int": -4}]}, "-3 in the list"),
        ({"storage_offset": {"as_int": 1}}, "out of bounds"),
        ({"strides": [{"as_int": 400}, {"as_int": 1}]}, "out of bounds"),
        ({"dtype": 9}, "whole of type 9"),
        ({"layout": 1}, "layout 1"),
        ({"path_name": "../../../../../../etc/passwd"}, "no item named"),
        ({"tensor_meta": None}, "a NoneType in the list"),
    ],
)
def test_a_list_of_weights_that_lies_is_refused(
    tmp_path: Path, odd: Path, about: dict[str, Any], found: str
):
    path = tmp_path / "other.pt2"
    changed(odd, path, with_weight(**about))
    with pytest.raises(FileError, match=f"it needs a whole file of torch.export.save.*{found}"):
        read(str(path))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda name, data: None if name == CONFIG else data, "0 lists of weights"),
        (lambda name, data: b"big" if name == "byteorder" else data, "another byte order"),
        (lambda name, data: b"[]" if name == CONFIG else data, "a list in the list"),
        (lambda name, data: b"{" if name == CONFIG else data, "JSONDecodeError"),
    ],
)
def test_an_archive_that_lacks_something_is_refused(
    tmp_path: Path, odd: Path, change: Callable[[str, bytes], bytes | None], found: str
):
    path = tmp_path / "other.pt2"
    changed(odd, path, change)
    with pytest.raises(FileError, match=found):
        read(str(path))


def test_compressed_numbers_half_a_file_and_no_file_are_refused(tmp_path: Path, odd: Path):
    path = tmp_path / "other.pt2"
    with (
        zipfile.ZipFile(odd) as before,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
    with pytest.raises(FileError, match="compressed"):
        read(str(path))
    path.write_bytes(odd.read_bytes()[: odd.stat().st_size // 2])
    with pytest.raises(FileError, match="not a zip file"):
        read(str(path))
    with pytest.raises(FileError, match="No such file"):
        read(str(tmp_path / "missing.pt2"))


@pytest.mark.parametrize("arch", ["resnet18", "torchvision:resnet18"])
def test_a_network_that_we_exported_is_imported_with_all_its_weights(tmp_path: Path, arch: str):
    net = models.build(arch, heads={"labels": 3}, seed=5)
    path, out = str(tmp_path / "model.pt2"), str(tmp_path / "out.safetensors")
    export.write_program(net, path, size=64, threads=1)
    done = pretrained.from_checkpoint(path, arch, out, preprocessing=READING)
    assert done["layout"] == "a program of clusterfit"
    found = tensors.load(out)
    trunk = {name: value for name, value in net.state_dict().items() if not name.startswith("fc.")}
    assert trunk.keys() <= found.keys()
    assert all(torch.equal(found[name], value) for name, value in trunk.items())
