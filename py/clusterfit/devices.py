"""What this machine offers, how many threads a call may use, and what a GPU has to be told."""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypedDict

import faiss
import torch

from . import versions
from .errors import InputError

_loading = threading.Lock()


class Cuda(TypedDict):
    """The NVIDIA devices: the first one's name, how many, and the first one's memory in bytes."""

    name: str
    count: int
    memory: int


class Description(TypedDict):
    """What `describe` found."""

    versions: dict[str, str]
    threads: int
    bf16: bool
    cuda: Cuda | None
    faiss_gpu: bool


def describe() -> Description:
    """Describe the interpreter, its libraries and the hardware.

    `threads` counts the CPUs this process may run on. `bf16` says whether PyTorch computes
    bfloat16 products in the CPU's hardware: the CPU has AVX-512 BF16 or AMX, and oneDNN may use it
    (ONEDNN_MAX_CPU_ISA=AVX2 forbids it). `faiss_gpu` says whether this build of FAISS sees a GPU.
    """
    return {
        "versions": versions.installed(),
        "threads": cpus(),
        "bf16": _multiplies_bfloat16(),
        "cuda": _cuda(),
        "faiss_gpu": faiss.get_num_gpus() > 0,
    }


@contextmanager
def threads(count: int) -> Generator[None]:
    """Let PyTorch and FAISS use `count` threads for what the calling thread does.

    The count belongs to the calling thread (an OpenMP control variable), so several jobs on
    threads of one process each keep their own. PyTorch copies its process-wide count on a
    thread's first parallel work, which would undo ours: asking for the count first gets that
    copy over with.

    Raises:
        InputError: `count` is below 1.
    """
    if count < 1:
        raise InputError(
            f"Cannot compute with these threads: it needs at least 1, found {count}. Give more."
        )
    torch_before, faiss_before = torch.get_num_threads(), faiss.omp_get_max_threads()
    torch.set_num_threads(count)
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(torch_before)
        faiss.omp_set_num_threads(faiss_before)


def repeatable(device: torch.device | str) -> None:
    """Let networks on a GPU give the same bits each time, and in float32 where that is asked for.

    cuDNN may otherwise add in any order, and round the factors of float32 products to
    TensorFloat-32. Its settings are those of the process, and are left so: jobs on several threads
    would undo each other's. cuBLAS, as PyTorch sets it up, does neither.
    """
    if torch.device(device).type == "cuda":
        torch.backends.cudnn.deterministic = True
        torch.backends.cudnn.allow_tf32 = False


def load_linalg(device: torch.device | str) -> None:
    """Have PyTorch's linear algebra of a GPU loaded: call it before `torch.linalg` is used there.

    PyTorch loads it with its first use in the process, and fails where two threads come to that
    together: "lazy wrapper should be called at most once"
    (https://github.com/pytorch/pytorch/issues/90613). Here one thread at a time uses it, on a
    matrix of one number, which costs little once it is there. The CPU's is never loaded so.
    """
    if torch.device(device).type != "cpu":
        with _loading:
            torch.linalg.cholesky(torch.ones(1, 1, device=device))


def cpus() -> int:
    """Return how many CPUs this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _multiplies_bfloat16() -> bool:
    capabilities = torch.cpu.get_capabilities()
    if not any(capabilities.get(name, False) for name in ("avx512_bf16", "amx_bf16")):
        return False
    return torch.ops.mkldnn._is_mkldnn_bf16_supported()


def _cuda() -> Cuda | None:
    if not torch.cuda.is_available():
        return None
    _, memory = torch.cuda.mem_get_info(0)
    return {
        "name": torch.cuda.get_device_name(0),
        "count": torch.cuda.device_count(),
        "memory": memory,
    }
