import errno
import os
import sys
from pathlib import Path

import pytest
import torch

from clusterfit import scratch
from clusterfit.errors import FileError


@pytest.fixture(autouse=True)
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "IN_MEMORY", 100)


def mapped_in(folder: Path) -> bool:
    """Whether this process maps a file of that folder; such a file may have no name any more."""
    return str(folder) in Path("/proc/self/maps").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_only_many_numbers_lie_in_a_file_which_goes_with_the_tensor(tmp_path: Path):
    small = scratch.empty(10, 10, "cpu", str(tmp_path))
    assert not mapped_in(tmp_path)
    large = scratch.empty(101, 1, "cpu", str(tmp_path))
    assert mapped_in(tmp_path)
    assert list(tmp_path.iterdir()) == []
    view = large[1:]
    del large
    assert view.fill_(2).sum().item() == 200
    del view
    assert not mapped_in(tmp_path)
    assert small.shape == (10, 10)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_without_a_folder_all_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert scratch.empty(1000, 3, "cpu", None).shape == (1000, 3)
    assert not mapped_in(tmp_path)


def test_it_is_a_matrix_of_float32():
    matrix = scratch.empty(60, 2, "cpu", "/tmp")
    assert matrix.dtype == torch.float32
    matrix.copy_(torch.arange(120).view(60, 2))
    assert matrix[59].tolist() == [118, 119]


@pytest.mark.skipif(sys.platform != "linux", reason="room is reserved on Linux")
def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(
        FileError, match=r"matrix of 1,000 x 3 numbers: it needs 12,000 bytes in .*Errno 28"
    ):
        scratch.empty(1000, 3, "cpu", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
