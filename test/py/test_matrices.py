from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import matrices, scratch, tensors, tiles
from clusterfit.errors import FileError, InputError


@pytest.fixture
def rows() -> Tensor:
    return torch.randn(50, 7, generator=torch.Generator().manual_seed(0))


def save(folder: Path, array: np.ndarray[Any, Any], **options: Any) -> str:
    path = folder / "x.npy"
    np.save(path, array, **options)
    return str(path)


def test_float32_stays_in_its_file_and_what_is_written_to_it_does_not_reach_it(
    tmp_path: Path, rows: Tensor
):
    path = save(tmp_path, rows.numpy())
    before = Path(path).read_bytes()
    found = matrices.load(path, None)
    assert torch.equal(found, rows)
    found.zero_()
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("dtype", ["<f2", "<f8", ">f4", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("in_memory", [0, 1 << 20])
def test_other_floats_and_orders_are_converted(
    tmp_path: Path,
    rows: Tensor,
    dtype: str,
    order: Any,
    in_memory: int,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(scratch, "IN_MEMORY", in_memory)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 50)
    given = np.asarray(rows.numpy().astype(dtype), order=order)
    found = matrices.load(save(tmp_path, given), None, str(tmp_path))
    assert found.dtype == torch.float32
    assert found.is_contiguous()
    np.testing.assert_array_equal(found.numpy(), given.astype(np.float32))


def test_a_matrix_of_float32_by_columns_is_turned(tmp_path: Path, rows: Tensor):
    found = matrices.load(save(tmp_path, np.asfortranarray(rows.numpy())), None)
    assert torch.equal(found, rows)
    assert found.is_contiguous()


def test_a_tensor_of_a_safetensors_file(tmp_path: Path, rows: Tensor):
    path = str(tmp_path / "x.safetensors")
    tensors.save(path, {"a": rows, "b": rows.double() * 2})
    assert torch.equal(matrices.load(path, "a"), rows)
    assert torch.equal(matrices.load(path, "b"), rows * 2)


@pytest.mark.parametrize("array", [np.zeros(3, np.float32), np.zeros((3, 2), np.int64)])
def test_what_is_no_matrix_of_floats_is_refused(tmp_path: Path, array: np.ndarray[Any, Any]):
    with pytest.raises(InputError, match=r"it needs a matrix of floats, found (float32|int64)"):
        matrices.load(save(tmp_path, array), None)


def test_pickles_are_not_read(tmp_path: Path):
    path = save(tmp_path, np.array([[{}]], object), allow_pickle=True)
    with pytest.raises(FileError, match="a whole npy file without pickles"):
        matrices.load(path, None)


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, rows: Tensor):
    path = save(tmp_path, rows.numpy())
    with Path(path).open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(FileError, match="Cannot read the features"):
        matrices.load(path, None)
