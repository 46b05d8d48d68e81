import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import faiss
import pytest
import torch

from clusterfit.devices import describe, load_linalg, repeatable, threads
from clusterfit.errors import InputError

PACKAGES = Path(__file__).parents[2] / "py"
HANG = 600
"""Seconds that only a hang lasts."""


def test_describe_names_every_library_that_computes():
    description = describe()
    libraries = {"python", "torch", "torchvision", "faiss", "numpy", "safetensors", "pillow"}
    libraries |= {"scikit-learn"}  # it fits the linear SVMs
    libraries |= {"timm", "transformers", "av"}  # those that only some runs need
    assert set(description["versions"]) == libraries
    assert description["threads"] >= 1
    assert (description["cuda"] is None) == (not torch.cuda.is_available())


def test_bfloat16_is_not_promised_where_onednn_may_not_use_the_instructions():
    hardware = torch.cpu.get_capabilities()
    has = hardware.get("avx512_bf16", False) or hardware.get("amx_bf16", False)
    limited = os.environ.get("ONEDNN_MAX_CPU_ISA") == "AVX2"
    assert describe()["bf16"] == (has and not limited)
    child = subprocess.run(
        [sys.executable, "-c", "from clusterfit import devices; print(devices.describe()['bf16'])"],
        env={**os.environ, "ONEDNN_MAX_CPU_ISA": "AVX2", "PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "False\n"


def test_threads_of_one_thread_do_not_change_those_of_another():
    counts: dict[str, tuple[int, int]] = {}
    one_is_set, two_is_set = threading.Event(), threading.Event()

    def with_one():
        with threads(1):
            one_is_set.set()
            two_is_set.wait(HANG)
            torch.ones(100_000).sum()
            counts["one"] = torch.get_num_threads(), faiss.omp_get_max_threads()

    def with_two():
        one_is_set.wait(HANG)
        with threads(2):
            two_is_set.set()
            torch.ones(100_000).sum()
            counts["two"] = torch.get_num_threads(), faiss.omp_get_max_threads()

    workers = [threading.Thread(target=work) for work in (with_one, with_two)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert counts == {"one": (1, 1), "two": (2, 2)}


def test_threads_are_given_back_afterwards():
    before = torch.get_num_threads(), faiss.omp_get_max_threads()
    with threads(1):
        pass
    assert (torch.get_num_threads(), faiss.omp_get_max_threads()) == before


def test_no_threads_at_all_are_refused():
    with pytest.raises(InputError, match="it needs at least 1, found 0"), threads(0):
        pass


def test_networks_on_a_gpu_add_in_one_order_and_round_no_factors(monkeypatch: pytest.MonkeyPatch):
    """Settings that need no GPU; what they bring is tested in test_cuda.py."""
    cudnn = torch.backends.cudnn
    monkeypatch.setattr(cudnn, "deterministic", False)
    monkeypatch.setattr(cudnn, "allow_tf32", True)
    repeatable("cpu")
    assert (cudnn.deterministic, cudnn.allow_tf32) == (False, True)
    repeatable(torch.device("cuda", 0))
    assert (cudnn.deterministic, cudnn.allow_tf32) == (True, False)


def test_linear_algebra_of_a_gpu_is_loaded_by_one_thread_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
):
    """On the meta device, which computes nothing; test_cuda.py has the real one."""
    cholesky, count = torch.linalg.cholesky, 4
    together, alone = threading.Barrier(count), threading.Lock()
    devices: list[str] = []
    overlaps: list[bool] = []

    def watched(matrix: torch.Tensor) -> torch.Tensor:
        entered = alone.acquire(blocking=False)
        overlaps.append(not entered)
        devices.append(matrix.device.type)
        time.sleep(0.01)  # time for others to come in, if nothing holds them
        if entered:
            alone.release()
        return cholesky(matrix)

    def work():
        together.wait(HANG)
        load_linalg("meta")

    monkeypatch.setattr(torch.linalg, "cholesky", watched)
    workers = [threading.Thread(target=work) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert devices == ["meta"] * count
    assert not any(overlaps)


def test_the_linear_algebra_of_the_cpu_needs_no_loading(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(torch.linalg, "cholesky")
    load_linalg("cpu")
