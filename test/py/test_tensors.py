import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

from clusterfit import scratch, tensors
from clusterfit.errors import FileError, InputError


def test_what_was_saved_is_loaded(tmp_path: Path):
    path = str(tmp_path / "a.safetensors")
    grid = torch.arange(24).view(2, 3, 4)
    tensors.save(
        path, {"transposed": grid.transpose(0, 2), "array": np.array([[1, 2]], np.float32)}
    )
    loaded = tensors.load(path)
    assert torch.equal(loaded["transposed"], grid.transpose(0, 2))
    assert torch.equal(loaded["array"], torch.tensor([[1.0, 2.0]]))


def test_the_same_tensors_and_metadata_give_the_same_bytes(tmp_path: Path):
    metadata = {f"key{number}": number for number in range(12)}
    written: set[bytes] = set()
    for attempt in range(8):
        path = tmp_path / f"{attempt}.safetensors"
        tensors.save(str(path), {"b": torch.ones(3), "a": torch.zeros(2)}, metadata)
        written.add(path.read_bytes())
        with safe_open(path, framework="pt") as file:
            assert json.loads(file.metadata()["clusterfit"]) == metadata
    assert len(written) == 1


def test_a_failed_save_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "a.safetensors"
    tensors.save(str(path), {"a": torch.zeros(2)})
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tensors, "save_file", full)
    with pytest.raises(FileError, match=r"Cannot write .* 12 bytes, .*No space left on device"):
        tensors.save(str(path), {"a": torch.zeros(3)})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_saving_into_a_missing_folder_says_so(tmp_path: Path):
    with pytest.raises(FileError, match=r"Cannot write .*No such file or directory"):
        tensors.save(str(tmp_path / "missing" / "a.safetensors"), {"a": torch.zeros(2)})


@pytest.mark.parametrize("keep", [0, 5, -1])
def test_a_torn_file_is_refused(tmp_path: Path, keep: int):
    path = tmp_path / "a.safetensors"
    tensors.save(str(path), {"a": torch.zeros(2)})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(FileError, match="it needs a whole safetensors file"):
        tensors.load(str(path))


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(FileError, match="Cannot read tensors from"):
        tensors.load(str(tmp_path / "missing.safetensors"))


def test_a_tensor_shares_the_memory_of_its_array():
    array = np.zeros(3, np.uint8)
    shared = tensors.tensor(array)
    array[1] = 7
    assert shared.tolist() == [0, 7, 0]
    assert tensors.tensor(array, "int64").dtype == torch.int64


@pytest.mark.parametrize(
    ("rows", "columns", "name"), [(7, 3, "features"), (10, 1, "x"), (4, 17, "é")]
)
def test_rows_that_are_appended_make_the_file_that_save_writes(
    tmp_path: Path, rows: int, columns: int, name: str
):
    matrix = torch.randn(rows, columns, generator=torch.Generator().manual_seed(0))
    whole, grown = tmp_path / "whole", tmp_path / "grown"
    tensors.save(str(whole), {name: matrix})
    expected = whole.read_bytes()
    place = 0
    for start in range(0, rows, 3):
        piece = matrix[start : start + 3]
        written = tensors.append(str(grown), name, piece, total=rows, start=start)
        own = expected[place : place + written["bytes"]]
        assert written["sha256"] == hashlib.sha256(own).hexdigest()
        place += written["bytes"]
        assert grown.read_bytes() == expected[:place]
    assert grown.read_bytes() == expected
    assert grown.stat().st_mode == whole.stat().st_mode


def test_rows_that_are_appended_again_replace_what_is_behind_them(tmp_path: Path):
    path = str(tmp_path / "grown")
    matrix = torch.arange(10.0).view(5, 2)
    tensors.append(path, "x", matrix[:2], total=5, start=0)
    tensors.append(path, "x", torch.zeros(3, 2), total=5, start=2)
    tensors.append(path, "x", matrix[2:4], total=5, start=2)
    tensors.append(path, "x", matrix[4:], total=5, start=4)
    assert torch.equal(tensors.load(path)["x"], matrix)
    tensors.append(path, "x", torch.zeros(2, 2), total=2, start=0)
    assert tensors.load(path)["x"].tolist() == [[0, 0], [0, 0]]


def test_rows_behind_those_of_a_file_that_is_gone_are_refused(tmp_path: Path):
    path = str(tmp_path / "grown")
    with pytest.raises(FileError, match=r"Cannot write .*24 bytes, .*No such file"):
        tensors.append(path, "x", torch.zeros(3, 2), total=5, start=2)
    with pytest.raises(InputError, match=r"rows 3 to 5 of 5: it needs float32 rows"):
        tensors.append(path, "x", torch.zeros(3, 2), total=5, start=3)
    with pytest.raises(InputError, match=r"found torch.int64 of shape \(3, 2\)"):
        tensors.append(path, "x", torch.zeros(3, 2).long(), total=5, start=0)


def test_take_returns_rows_in_the_order_asked_for():
    values = torch.tensor([[0, 0], [1, 1], [2, 2]])
    assert tensors.take(values, np.array([2, 0, 2], np.int32)).tolist() == [[2, 2], [0, 0], [2, 2]]


def test_take_gives_the_same_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    values = torch.tensor([[0.0, 1], [2, 3], [4, 5]])
    rows = np.array([2, 0, 2], np.int32)
    assert tensors.take(values, rows, str(tmp_path)).tolist() == [[4, 5], [0, 1], [4, 5]]
    assert tensors.take(values[:, 0].long(), rows, str(tmp_path)).tolist() == [4, 0, 4]


def test_whoever_may_read_the_folder_may_read_the_file(tmp_path: Path):
    for mode in (0o755, 0o700):
        folder = tmp_path / oct(mode)
        folder.mkdir()
        folder.chmod(mode)
        tensors.save(str(folder / "a.safetensors"), {"a": torch.zeros(2)})
        assert (folder / "a.safetensors").stat().st_mode & 0o777 == mode & 0o666
